"""A table somebody made, its columns found by their headings: CSV, Excel or Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenhand.claims.tabular.grid import Grid, open_grid, plain_heading
from evenhand.claims.tabular.rows import Rows
from evenhand.errors import Log, Problem, ReadError
from evenhand.market.keys import Codes, Floats, Ints, encoded

#: Problems told one by one; more of them are counted.
_TOLD = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """A column a table may have: the name it is known by here, and how its heading may be written."""

    name: str
    also: tuple[str, ...] = ()
    needed: bool = False

    def matches(self, heading: str) -> bool:
        """Whether a heading means this column; case, spaces and punctuation do not matter."""
        return plain_heading(heading) in {plain_heading(one) for one in (self.name, *self.also)}


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of text, found by heading, with the line each row stands on.

    Attributes:
        path: the file.
        lines: each row's line.
        columns: the columns found, under the names asked for; the others under their own headings.
        problems: rows that do not fit the headings.
    """

    path: Path
    lines: Ints
    columns: dict[str, pa.ChunkedArray]
    problems: tuple[Problem, ...]

    def __len__(self) -> int:
        return len(self.lines)

    def codes(self, name: str) -> Codes:
        """A column as integers; a column the table does not have holds nothing."""
        if name not in self.columns:
            return Codes(np.full(len(self), -1, dtype=np.int64), ())
        return encoded(self.columns[name])

    def texts(self, name: str) -> list[str]:
        """A column as text, row by row; empty where nothing stands."""
        if name not in self.columns:
            return [""] * len(self)
        return [(one or "").strip() for one in self.columns[name].to_pylist()]

    def numbers(self, name: str, log: Log, *, least: float = 0.0) -> Floats:
        """A column of numbers, row by row; NaN where nothing stands, or where what does is logged as no number."""
        found = np.full(len(self), np.nan)
        for place, text in enumerate(self.texts(name)):
            if text:
                value = number(text)
                if value is None or value < least:
                    log.error(int(self.lines[place]), f"{name} '{text[:30]}' is not a number of at least {least:g}")
                else:
                    found[place] = value
        return found


def number(text: str) -> float | None:
    """A number as people write it: ``$1,234.5`` is 1234.5; ``None`` when it is none.

    >>> number("$1,234.5"), number("*"), number("nan")
    (1234.5, None, None)
    """
    try:
        value = float(text.strip().lstrip("$").replace(",", ""))
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def read_table(path: Path | str, headings: Sequence[Heading], what: str) -> Table:
    """Read the first table of a file by its headings.

    Raises:
        ReadError: the file is no table, or lacks a column that is needed; the message names the headings.
    """
    path = Path(path)
    try:
        grid = open_grid(path)
    except OSError as problem:
        raise ReadError(path, f"cannot be read ({problem.strerror})", f"name {what}") from problem
    if grid is None:
        raise ReadError(path, "there is no table in it", f"give {what} as .csv, .xlsx or .parquet, headings first")
    names = _names(path, grid, headings, what)
    rows = _rows(path, grid, list(names))
    table = rows[0]
    columns = {name: pc.utf8_trim_whitespace(table[f"c{place}"]) for place, name in names.items()}
    return Table(path, table["row_no"].to_numpy().astype(np.int64), columns, rows[1])


def _names(path: Path, grid: Grid, headings: Sequence[Heading], what: str) -> dict[int, str]:
    """Position → name of every column kept: the first that means each name, and all that mean none."""
    names: dict[int, str] = {}
    for heading in headings:
        found = [place for place, said in enumerate(grid.columns) if heading.matches(said)]
        if found:
            names.setdefault(found[0], heading.name)
        elif heading.needed:
            words = ", ".join(f"'{one}'" for one in (heading.name, *heading.also[:4]))
            told = ", ".join(f"'{one}'" for one in grid.columns if one)
            raise ReadError(path, f"{what} has no column headed {words} (it has {told[:200]})", "write that heading")
    for place, said in enumerate(grid.columns):
        if said.strip() and place not in names and said not in names.values():
            names[place] = said.strip()
    return names


def _rows(path: Path, grid: Grid, wanted: list[int]) -> tuple[pa.Table, tuple[Problem, ...]]:
    """All rows as text; a stray quote that swallows the rest is read again line by line."""
    for quoted_newlines in (True, False):
        rows = Rows(path, grid, sorted(wanted), quoted_newlines)
        try:
            batches = list(rows.batches())
        except pa.ArrowInvalid as problem:
            if not quoted_newlines or grid.form != "csv":
                raise ReadError(path, f"cannot be read as a table ({problem})", "save it again") from problem
            continue
        width = len(grid.columns)
        told = tuple(
            Problem(path.name, one.row_no, f"{one.cells} cells under {width} headings; it is left out", "mend the row")
            for one in rows.misfits
        )
        return pa.concat_tables(batches) if batches else rows.schema.empty_table(), told
    raise AssertionError  # pragma: no cover


def told(problems: Iterable[Problem]) -> list[Problem]:
    """Problems for a reader: the first ones, then how many more there are."""
    listed = list(problems)
    if len(listed) <= _TOLD:
        return listed
    more = Problem(listed[0].file, None, f"{len(listed) - _TOLD:,} more rows like these are left out")
    return [*listed[:_TOLD], more]
