"""A release: one published table, for the days it holds, never changed once it is in a library."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from evenhand.periods import Period, through
from evenhand.schedules.tables.catalogue import BY_NAME
from evenhand.schedules.tables.kind import Kind
from evenhand.schedules.tables.reading import PublishedTable


@dataclass(frozen=True, slots=True)
class Release:
    """What a library knows of a release.

    Attributes:
        id: Its name: kind, first day and the beginning of the digest of its rows.
        kind_name: Name of its kind.
        first_day, last_day: The days it holds for, both inside.
        rows: How many rows it has.
        file: The file it came from, with its archive.
        digest: SHA-256 of that file.
        loaded: When it was taken in (UTC, ISO 8601).
        part: Whether it was loaded as a part of a whole release.
        dropped: Headings of columns that were not taken in, as descriptions of codes.
    """

    id: str
    kind_name: str
    first_day: date
    last_day: date
    rows: int
    file: str
    digest: str
    loaded: str
    part: bool = False
    dropped: tuple[str, ...] = ()

    @classmethod
    def of(cls, read: PublishedTable, *, file: str, digest: str, rows_digest: str, loaded: str, part: bool) -> Release:
        """What is to be known of a table just read."""
        first, last = read.period.start, read.period.last
        assert last is not None
        name = f"{read.kind.name}-{first:%Y-%m-%d}-{rows_digest[:8]}"
        return cls(
            name, read.kind.name, first, last, read.table.num_rows, file, digest, loaded, part, tuple(read.dropped)
        )

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return BY_NAME[self.kind_name]

    @property
    def period(self) -> Period:
        """The days it holds for."""
        return through(self.first_day, self.last_day)

    def to_json(self) -> str:
        """Itself as text."""
        return json.dumps(asdict(self), default=str, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Release:
        """Itself from text.

        Raises:
            ValueError, KeyError, TypeError: The text is not a release's.
        """
        said = json.loads(text)
        if said["kind_name"] not in BY_NAME:
            raise ValueError(f"this version knows no tables of the kind '{said['kind_name']}'")
        days = {name: date.fromisoformat(said[name]) for name in ("first_day", "last_day")}
        return cls(**{**said, **days, "dropped": tuple(said["dropped"])})
