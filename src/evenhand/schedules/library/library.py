"""A library of schedules: a folder of releases, each written once and read by whoever needs its day."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from evenhand.errors import ReadError, SelectionError
from evenhand.periods import FOREVER, Period
from evenhand.schedules.library.release import Release

#: Where the library is, when nobody says.
VARIABLE, DEFAULT = "EVENHAND_SCHEDULES", "./schedules"
#: Beside the package: a few codes of public releases, so that there is something to see without any download.
FACTS = Path(__file__).parent.parent / "facts" / "library"
_RELEASES, _TABLE, _SAID = "releases", "table.parquet", "release.json"
_AGAIN = "remove it ('evenhand schedules remove') and load it again"
#: Seconds after which what is half written is nobody's any more: a day.
_LONG_AGO = 86_400


@dataclass(frozen=True)
class Library:
    """The releases in a folder, as they stood when it was opened.

    Attributes:
        path: The folder.
        built_in: Whether it is the small fact table that comes with the package.
    """

    path: Path
    built_in: bool = False

    @classmethod
    def open(cls, path: Path | str | None = None) -> Library:
        """Open a library; without a path the one ``EVENHAND_SCHEDULES`` names, else ``./schedules``.

        Where neither is there, the small fact table that comes with the package, of a few codes, is opened.

        Raises:
            ReadError: The folder that was named is not there, or is no library.
        """
        named = path or os.environ.get(VARIABLE)
        folder = Path(named or DEFAULT)
        if (folder / _RELEASES).is_dir():
            return cls(folder)
        if named:
            raise ReadError(folder, "there is no library of schedules here", "make one with 'evenhand schedules load'")
        return cls(FACTS, built_in=True)

    @classmethod
    def create(cls, path: Path | str | None = None) -> Library:
        """Open a library to load into; where it is missing, its folder is made by the first release it takes."""
        return cls(Path(path or os.environ.get(VARIABLE) or DEFAULT))

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """All releases, by kind and first day; of one kind and day the one loaded last comes last.

        Raises:
            ReadError: A release's own file is broken.
        """
        found = [self._read(file) for file in sorted(self.path.glob(f"{_RELEASES}/[!.]*/{_SAID}"))]
        return tuple(sorted(found, key=lambda one: (one.kind_name, one.first_day, one.loaded)))

    def of_kind(self, kind: str) -> tuple[Release, ...]:
        """The releases of a kind, by first day."""
        return tuple(one for one in self.releases if one.kind_name == kind)

    def in_force(self, kind: str, day: date) -> Release | None:
        """The release of a kind that holds on a day: the one that began last. ``None`` where there is none."""
        held = [one for one in self.of_kind(kind) if day in one.period]
        return held[-1] if held else None

    def nearest(self, kind: str, day: date) -> Release | None:
        """The release of a kind in force on a day, else the last before it, else the first after it."""
        before = [one for one in self.of_kind(kind) if one.first_day <= day]
        return self.in_force(kind, day) or (before[-1] if before else next(iter(self.of_kind(kind)), None))

    def nearest_of_year(self, kind: str, day: date) -> Release | None:
        """The release of a kind in force on a day, else that of its year which begins nearest to it."""
        year = [one for one in self.of_kind(kind) if one.first_day.year == day.year]
        return self.in_force(kind, day) or min(year, key=lambda one: abs(one.first_day - day), default=None)

    def pieces(
        self, kind: str, *, filled: bool = False, ours: Callable[[Release], bool] = lambda _release: True
    ) -> Iterator[tuple[Period, Release]]:
        """The releases of a kind, each on the days it alone is in force.

        Args:
            kind: The kind.
            filled: Let days without a release have the one before it of the same year, else the first of the year.
            ours: Which releases count.
        """
        releases = {one.first_day: one for one in self.of_kind(kind) if ours(one)}
        days = sorted(releases)
        for place, (day, after) in enumerate(zip(days, [*days[1:], FOREVER], strict=True)):
            first_of_year = not place or days[place - 1].year < day.year
            start = date(day.year, 1, 1) if filled and first_of_year else day
            end = date(day.year + 1, 1, 1) if filled else releases[day].period.end
            yield Period(start, min(after, end)), releases[day]

    def release(self, name: str) -> Release:
        """The release of a name, or of the beginning of one.

        Raises:
            SelectionError: There is none, or there are several.
        """
        exact = [one for one in self.releases if one.id == name]
        found = exact or [one for one in self.releases if one.id.startswith(name)]
        if len(found) != 1:
            words = f"{len(found)} releases begin with '{name}'" if found else f"there is no release '{name}'"
            raise SelectionError(f"{words}; 'evenhand schedules list' names them all")
        return found[0]

    def table(self, release: Release) -> pa.Table:
        """The rows of a release.

        Raises:
            ReadError: Its file is missing or broken.
        """
        file = self._home(release) / _TABLE
        text = file.with_suffix(".csv")
        try:
            table = _from_text(text, release) if text.exists() else pq.read_table(file)
        except (OSError, pa.ArrowException) as error:
            raise ReadError(file, f"the release cannot be read: {_first_line(error)}", _AGAIN) from error
        if table.num_rows != release.rows:
            raise ReadError(file, f"the release has {table.num_rows} rows, and {release.rows} were loaded", _AGAIN)
        return table

    def add(self, read: Iterable[tuple[Release, pa.Table]]) -> tuple[Release, ...]:
        """Take in releases; those the library has already are left as they are. Gives those that were new."""
        self._sweep()
        taken = tuple(release for release, table in read if self._write(self._home(release), release, table))
        self.__dict__.pop("releases", None)
        return taken

    def remove(self, release: Release) -> None:
        """Take a release out.

        Raises:
            SelectionError: The library is the fact table that comes with the package.
        """
        if self.built_in:
            raise SelectionError("the fact table comes with the package, and nothing is taken out of it")
        home = self._home(release)
        gone = home.with_name(f".gone-{uuid4().hex}")
        os.rename(home, gone)
        shutil.rmtree(gone, ignore_errors=True)
        self.__dict__.pop("releases", None)

    def _home(self, release: Release) -> Path:
        return self.path / _RELEASES / release.id

    def _write(self, home: Path, release: Release, table: pa.Table) -> bool:
        """Write a release beside its place and move it there whole; whether it was new."""
        if home.exists():
            return False
        new = home.with_name(f".new-{uuid4().hex}")
        new.mkdir(parents=True)
        try:
            pq.write_table(table, new / _TABLE)
            (new / _SAID).write_text(release.to_json(), encoding="utf-8")
            os.rename(new, home)
        except OSError:
            if home.exists():  # another process was faster, with the same rows
                return False
            raise
        finally:
            shutil.rmtree(new, ignore_errors=True)
        return True

    def _sweep(self) -> None:
        """Clear away what processes that were killed left half written or half removed, long ago."""
        for left in self.path.glob(f"{_RELEASES}/.*"):
            try:
                if left.name.startswith((".new-", ".gone-")) and time.time() - left.stat().st_mtime > _LONG_AGO:
                    shutil.rmtree(left, ignore_errors=True)
            except OSError:  # another process clears away too
                continue

    def _read(self, file: Path) -> Release:
        try:
            return Release.from_json(file.read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            what = f"the release cannot be read: {_first_line(error)}"
            raise ReadError(file, what, "remove its folder, load it again") from error


def _first_line(error: Exception) -> str:
    said = f"it does not say {error}" if isinstance(error, KeyError) else str(error)
    return said.strip().split("\n")[0]


def _from_text(file: Path, release: Release) -> pa.Table:
    """A release kept as text, as those of the fact table are, so that people can read what changed in it."""
    types = {field.name: field.type for field in release.kind.schema()}
    options = pcsv.ConvertOptions(column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=True)
    return pcsv.read_csv(file, convert_options=options)
