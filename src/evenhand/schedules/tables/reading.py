"""Reading one published table: what it is, which days it holds for, its rows; refused rather than half understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from evenhand.errors import Log
from evenhand.periods import Period
from evenhand.schedules.tables.catalogue import KINDS, LAYOUTS, OTHERS
from evenhand.schedules.tables.headings import Heading, find_heading
from evenhand.schedules.tables.held import period_held
from evenhand.schedules.tables.kind import Kind
from evenhand.schedules.tables.rows import Rows
from evenhand.sheets import Row, Sheet, read_sheets, text_of_bytes, tidy

#: Rows with no more cells than this, and no key, are remarks; in tables of so few columns, rows of one cell.
_NOTE, _NARROW = 2, 3
#: How files begin that give each letter two bytes.
_WIDE = (b"\xff\xfe", b"\xfe\xff")


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
    textual = name.lower().endswith((".csv", ".tsv", ".txt"))
    if textual:
        laid = _laid_out(name, content, log, first_day, part)
        if laid is not None:
            return laid
    sheets = read_sheets(name, content, log)
    ended = not textual or text_of_bytes(content[-4:] if content[:2] not in _WIDE else content)[-1:] in "\r\n"
    found = [_read_sheet(name, sheet, log, first_day, part=part, ended=ended) for sheet in sheets]
    if not any(found) and not log.failed:
        _name_others(sheets, log)
    return [table for table in found if table is not None]


def _name_others(sheets: Sequence[Sheet], log: Log) -> None:
    """Say what a file is that is published beside the tables read here and is none of them."""
    for sheet in sheets:
        head = tidy(" ".join(cell for row in sheet.rows[:12] for cell in row.cells))
        for pattern, what in OTHERS:
            if re.search(pattern, head):
                log.warn(None, f"this is {what}", "it is not taken in")
                return


def _read_sheet(
    name: str, sheet: Sheet, log: Log, first_day: date | None, *, part: bool, ended: bool
) -> PublishedTable | None:
    found = find_heading(sheet.rows, KINDS)
    if not found or not _understood(found, sheet.rows[found[0].last].line, log):
        return None
    heading = found[0]
    rows = _rows(sheet, heading, log, ended=ended)
    period = period_held(name, (heading.words, heading.title), rows, log, first_day)
    table = rows.table(part)
    if table is None or period is None:
        return None
    taken = {*heading.columns.values(), *heading.spread}
    cells = sheet.rows[heading.last].cells
    dropped = tuple(cell.strip() for at, cell in enumerate(cells) if cell.strip() and at not in taken)
    return PublishedTable(heading.kind, period, table, dropped, sheet.title)


def _understood(found: Sequence[Heading], line: int, log: Log) -> bool:
    """Whether a heading can be of one kind alone, each of its columns of one name alone, and none is misspelt."""
    heading = found[0]
    if len(found) > 1 and len(found[0].columns) == len(found[1].columns):
        what = f"this could be {found[0].kind.title} or {found[1].kind.title}"
        log.error(line, what, "keep the title above the headings as it was published")
    for name in heading.twice:
        log.error(line, f"two headings may be {name.replace('_', ' ')}", "keep the column that holds")
    if heading.lacking and heading.unknown:
        names = ", ".join(name.replace("_", " ") for name in heading.lacking)
        what = f"'{heading.unknown[0]}' is not a heading of {heading.kind.title} that is known, and none is {names}"
        log.error(line, what, "write the headings as they were published")
    return not log.failed


def _rows(sheet: Sheet, heading: Heading, log: Log, *, ended: bool) -> Rows:
    kind, read = heading.kind, Rows(heading.kind, log)
    carried: dict[str, str] = {}
    width = len(sheet.rows[heading.last].cells)
    lines = sheet.rows[heading.last + 1 :]
    for row in lines:
        cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in heading.columns.items()}
        for name in kind.carried:
            carried[name] = cells[name] = cells.get(name, "").strip() or carried.get(name, "")
        if _is_note(row, cells, kind):
            continue
        if len(row.cells) != width:
            read.refuse(row.line, f"{len(row.cells)} cells under {width} headings", "check the file is whole")
            continue
        if row is lines[-1] and not ended and len(row.cells) - 1 in {*heading.columns.values(), *heading.spread}:
            read.refuse(row.line, "the last line is not ended, so that it may be cut off", "take the file whole")
        _add(read, row, cells, heading)
    return read


def _is_note(row: Row, cells: dict[str, str], kind: Kind) -> bool:
    """Whether a row is a remark: it has a cell or two, and what tells rows apart is not among them."""
    if sum(1 for cell in row.cells if cell.strip()) > (_NOTE if len(cells) > _NARROW else 1):
        return False
    key = cells[kind.key[0]].strip()
    if not key or len(cells) < _NARROW:
        return not key
    form = next(column.form for column in kind.columns if column.name == kind.key[0])
    try:
        return form.read(key) is None
    except ValueError:
        return True


def _add(read: Rows, row: Row, cells: dict[str, str], heading: Heading) -> None:
    """Add a row, or one for each area it states an amount for."""
    spread = heading.kind.spread
    if spread is None:
        read.add(row.line, cells)
        return
    for at, said in heading.spread.items():
        if row.cells[at].strip(" 0.$"):
            read.add(row.line, {**cells, **said, spread.amount: row.cells[at]})


def _laid_out(name: str, content: bytes, log: Log, first_day: date | None, part: bool) -> list[PublishedTable] | None:
    """The table of a file without headings; ``None`` where its first line is of no known layout."""
    lines = text_of_bytes(content).splitlines()
    first = next((line for line in lines if line.strip()), "")
    kind = next((one for one in LAYOUTS if re.fullmatch(one.layout, first)), None)
    if kind is None:
        return None
    read = _laid_rows(kind, lines, log)
    period = period_held(name, ("", ""), read, log, first_day)
    table = read.table(part)
    return [] if table is None or period is None else [PublishedTable(kind, period, table)]


def _laid_rows(kind: Kind, lines: Sequence[str], log: Log) -> Rows:
    layout, read = re.compile(kind.layout), Rows(kind, log)
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
