"""Reading one published table: what it is, which days it holds for, its rows; refused rather than half understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from evenhand.errors import Log
from evenhand.periods import Period
from evenhand.schedules.tables.catalogue import KINDS, LAYOUTS
from evenhand.schedules.tables.dating import named_day, period_of, said_day
from evenhand.schedules.tables.headings import Heading, find_heading
from evenhand.schedules.tables.kind import Kind
from evenhand.sheets import Row, Sheet, read_sheets, text_of_bytes, tidy

#: How many errors of one file are told.
_TOLD = 20
#: Rows with no more cells than this, and no key, are notes.
_NOTE = 2


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One table as read.

    Attributes:
        kind: What it is.
        period: The days it holds for.
        table: Its rows, in the columns of its kind.
        dropped: Headings of the columns not taken in.
        sheet: The sheet of the workbook it stood on; empty for text files.
    """

    kind: Kind
    period: Period
    table: pa.Table
    dropped: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(slots=True)
class _Rows:
    """Rows on their way to a table."""

    kind: Kind
    log: Log
    values: dict[str, list[Any]] = field(default_factory=dict)
    seen: dict[tuple[Any, ...], tuple[Any, ...]] = field(default_factory=dict)
    wrong: int = 0

    def __post_init__(self) -> None:
        self.values = {column.name: [] for column in self.kind.columns}

    def add(self, line: int, cells: dict[str, str]) -> None:
        """Read one row; what cannot be read is said, and counted."""
        row: dict[str, Any] = {}
        for column in self.kind.columns:
            try:
                row[column.name] = column.form.read(cells.get(column.name, "").strip())
            except ValueError:
                what = f"{column.name.replace('_', ' ')}: '{cells[column.name].strip()}' is not {column.form.words}"
                self._refuse(line, what, f"write it like {column.form.example}")
                return
        key = tuple(row[name] for name in self.kind.key)
        whole = tuple(row.values())
        if key[0] is None:
            self._refuse(line, f"a row without {self.kind.key[0].replace('_', ' ')}", "check the file is whole")
        elif self.seen.get(key, whole) != whole and not self.kind.repeats:
            self._refuse(line, f"{' '.join(map(str, filter(None, key)))} stands twice, with different values",
                         "keep the row that holds")  # fmt: skip
        elif key not in self.seen or self.kind.repeats:
            self.seen[key] = whole
            for name, value in row.items():
                self.values[name].append(value)

    def _refuse(self, line: int, what: str, right: str) -> None:
        self.wrong += 1
        if self.wrong <= _TOLD:
            self.log.error(line, what, right)

    def table(self, part: bool) -> pa.Table | None:
        """The table; ``None`` where something was wrong, which is in the log."""
        schema = self.kind.schema()
        table = pa.table({name: pa.array(self.values[name], schema.field(name).type) for name in schema.names})
        if self.wrong > _TOLD:
            self.log.error(None, f"{self.wrong - _TOLD} more rows cannot be read", "check the file is whole")
        if table.num_rows < self.kind.fewest and not self.wrong and not part:
            what = f"{table.num_rows} rows of {self.kind.title}; a whole release has at least {self.kind.fewest:,}"
            self.log.error(None, what, "check the file is whole, or load it as a part (--part)")
        if not self.log.failed:
            for sentence in list(self.kind.check(table))[:_TOLD]:
                self.log.error(None, sentence, "the file is not as it was published")
        return None if self.log.failed else table


def read_published(
    name: str, content: bytes, log: Log, *, first_day: date | None = None, part: bool = False
) -> list[PublishedTable]:
    """Every table a file holds that is of a known kind.

    Args:
        name: Name of the file, with its folder or archive: what the file does not say of its day is taken from it.
        content: Its bytes.
        log: Takes what is wrong; nothing is returned of a table something is wrong with.
        first_day: The first day the tables hold for, when neither the file nor its name says, or both are wrong.
        part: Whether fewer rows than a whole release has are taken.

    Returns:
        The tables; none, with nothing in the log, where no sheet is of a known kind.
    """
    if name.lower().endswith((".csv", ".tsv", ".txt")):
        laid = _laid_out(name, content, log, first_day, part)
        if laid is not None:
            return laid
    found = [_read_sheet(name, sheet, log, first_day, part) for sheet in read_sheets(name, content, log)]
    return [table for table in found if table is not None]


def _read_sheet(name: str, sheet: Sheet, log: Log, first_day: date | None, part: bool) -> PublishedTable | None:
    found = find_heading(sheet.rows, KINDS)
    if not found:
        return None
    if len(found) > 1 and len(found[0].columns) == len(found[1].columns):
        what = f"this could be {found[0].kind.title} or {found[1].kind.title}"
        log.error(sheet.rows[found[0].last].line, what, "keep the title above the headings as it was published")
        return None
    heading = found[0]
    rows = _rows(sheet.rows, heading, log)
    period = _period(name, f"{heading.words} {heading.title}", heading.kind, rows.values, log, first_day)
    table = rows.table(part)
    if table is None or period is None:
        return None
    taken = set(heading.columns.values())
    cells = sheet.rows[heading.last].cells
    dropped = tuple(cell.strip() for at, cell in enumerate(cells) if cell.strip() and at not in taken)
    return PublishedTable(heading.kind, period, table, dropped, sheet.title)


def _rows(rows: Sequence[Row], heading: Heading, log: Log) -> _Rows:
    kind, read = heading.kind, _Rows(heading.kind, log)
    carried: dict[str, str] = {}
    for row in rows[heading.last + 1 :]:
        cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in heading.columns.items()}
        filled = sum(1 for cell in row.cells if cell.strip())
        if filled <= _NOTE and (not cells[kind.key[0]].strip() or len(cells) > _NOTE):
            continue
        for name in kind.carried:
            carried[name] = cells[name] = cells.get(name, "").strip() or carried.get(name, "")
        read.add(row.line, cells)
    return read


def _laid_out(name: str, content: bytes, log: Log, first_day: date | None, part: bool) -> list[PublishedTable] | None:
    """The table of a file without headings; ``None`` where its first lines are of no known layout."""
    lines = text_of_bytes(content).splitlines()
    head = [line for line in lines[:10] if line.strip()]
    kind = next((k for k in LAYOUTS if head and all(re.fullmatch(k.layout, line) for line in head)), None)
    if kind is None:
        return None
    read = _laid_rows(kind, lines, log)
    period = _period(name, "", kind, read.values, log, first_day)
    table = read.table(part)
    return [] if table is None or period is None else [PublishedTable(kind, period, table)]


def _laid_rows(kind: Kind, lines: Sequence[str], log: Log) -> _Rows:
    layout, read = re.compile(kind.layout), _Rows(kind, log)
    for number, line in enumerate(lines, 1):
        found = layout.fullmatch(line)
        if found:
            read.add(number, {key: cell or "" for key, cell in found.groupdict().items()})
        elif kind.trailer and line.startswith(kind.trailer):
            return read
        elif line.strip("\x1a \t"):
            log.error(number, f"this line is not laid out as {kind.title}", "check the file is whole")
            return read
    if kind.trailer:
        log.error(len(lines), f"the file ends without its trailer ({kind.trailer})", "it was cut off: take it whole")
    return read


def _period(
    name: str, words: str, kind: Kind, values: dict[str, list[Any]], log: Log, first_day: date | None
) -> Period | None:
    """The days the rows themselves name, else the words of the table, else its file's name, else what was told."""
    said = _stated(values) or said_day(tidy(words), kind.lasts)
    named = named_day(name, kind.lasts)
    if said and named and said.year != named.year and kind.lasts != "fiscal year":
        log.warn(
            None, f"the file is named for {named.year} and its own words say {said.year}", "the words were believed"
        )
    # the name may say the quarter where the words say the year alone
    closer = named if said and named and kind.lasts == "quarter" and said == date(named.year, 1, 1) else None
    first = first_day or closer or said or named
    if first is None:
        log.error(None, f"{kind.title}: nothing says from which day it holds", "say it with --effective YYYY-MM-DD")
        return None
    return period_of(first, kind.lasts)


def _stated(values: dict[str, list[Any]]) -> date | None:
    for name in ("quarter", "first_day"):
        days = {value for value in values.get(name, ()) if value}
        if len(days) == 1:
            (value,) = days
            return value if isinstance(value, date) else date(int(value[:4]), int(value[4]) * 3 - 2, 1)
    return None
