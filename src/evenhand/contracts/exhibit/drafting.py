"""Drafting a mapping: what was recognised on each sheet, what was not, and how many rows would be taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from evenhand.contracts.exhibit.columns import Headings, find_headings, kind_of
from evenhand.contracts.exhibit.taking import Part, SheetTaken, take_sheet
from evenhand.contracts.workbook.cells import quoted
from evenhand.contracts.workbook.grid import OpenedWorkbook, Places, letters
from evenhand.errors import Log

FILL_IN = "TO BE FILLED IN"
_SHOWN = 8


def draft_mapping(path: Path | str, *, today: date | None = None) -> str:
    """Draft a mapping for an exhibit workbook, as commented YAML.

    Args:
        path: The workbook.
        today: The contract begins with this day's year until somebody fills in the date; without it, the current day.

    Raises:
        ReadError: It is not a workbook.
    """
    path = Path(path)
    book = OpenedWorkbook(path, Places())
    year = (today or date.today()).year
    lines = [
        f"# A draft: what was recognised in {path.name}. Check every line; what follows # is a remark.",
        f"# Then: evenhand contract import {path.name} --map THIS-FILE --out FOLDER",
        f"mapping: {quoted(path.stem)}",
        f'contract: "{FILL_IN}: name of the contract"',
        "parties:",
        f'  provider: {{name: "{FILL_IN}: provider"}}   # tin: ["12-3456789"], npi: [...]',
        f'  payer: {{name: "{FILL_IN}: payer"}}         # ids: [...] as in claim and remittance files',
        f"effective: {year}-01-01   # {FILL_IN}: first day",
        f"# ends: {year}-12-31      # last day, inclusive",
        "sheets:",
    ]
    for sheet in book.sheets:
        lines += _sheet(book, sheet)
    return "\n".join(lines) + "\n"


def opened_grid(book: OpenedWorkbook, sheet: str) -> tuple[list[list[str]], frozenset[tuple[int, int]]]:
    """The cells of a sheet, merged ones filled, and where formulas have no stored result."""
    log = Log(sheet)
    grid = book.filled(sheet, log)
    found = [re.fullmatch(r".*!([A-Z]+)(\d+)", book.places.name(problem.line)) for problem in log.problems]
    return grid, frozenset((int(one[2]), _number(one[1])) for one in found if one)


def _number(text: str) -> int:
    total = 0
    for letter in text:
        total = total * 26 + ord(letter) - 64
    return total


def _sheet(book: OpenedWorkbook, sheet: str) -> Iterator[str]:
    grid, unstored = opened_grid(book, sheet)
    headings = find_headings(grid)
    yield f"  - sheet: {quoted(sheet)}"
    if headings is None or book.hidden(sheet):
        rows = sum(any(cell.strip() for cell in cells) for cells in grid)
        why = "hidden" if book.hidden(sheet) else "no row has headings for codes and for amounts or percentages"
        seen = f"; it looks like {kind_of(headings.columns)}, headings in row {headings.row}" if headings else ""
        yield f"    is: not used   # {why}{seen}; {rows} row(s) not read"
        return
    yield from _used(sheet, headings, grid, unstored)


def _used(
    sheet: str, headings: Headings, grid: Sequence[Sequence[str]], unstored: frozenset[tuple[int, int]]
) -> Iterator[str]:
    kind = kind_of(headings.columns)
    part = Part(sheet, kind, headings.row, headings.columns, restore_zeros=False, shares=_shares(headings, grid))
    stem = re.sub(r"[^a-z0-9]+", "-", sheet.lower()).strip("-") or "rates"
    yield f"    is: {kind}"
    yield f"    header_row: {headings.row}   # rows above it are titles, and not read"
    yield "    columns:"
    for role, column in headings.columns.items():
        yield f"      {role}: {letters(column)}   # {_one_line(headings.names[column])}"
    for column, name in headings.unknown.items():
        yield f"      # {letters(column)} '{_one_line(name)}' was not understood, and is not read"
    for column, name in headings.doubled.items():
        yield f"      # {letters(column)} '{_one_line(name)}' says the same as a column above, and is not read"
    if kind == "fee schedule":
        yield f"    schedule: {stem}.csv"
        yield f"    term: {quoted(f'Everything on {sheet}')}"
    if "code" in headings.columns:
        yield "    restore_zeros: no   # yes: a code such as 100 is 00100"
    if "percent" in headings.columns:
        yield f"    percent_as: {'share' if part.shares else 'percent'}   # a bare number: 0.45 (share) or 45"
    yield from _counted(take_sheet(part, grid, unstored))


def _shares(headings: Headings, grid: Sequence[Sequence[str]]) -> bool:
    """Whether bare numbers under the percentages are all at most 1."""
    column = headings.columns.get("percent", 0)
    cells = [cells[column - 1].strip() for cells in grid[headings.row :] if 0 < column <= len(cells)]
    bare = [float(cell) for cell in cells if re.fullmatch(r"\d+(\.\d+)?", cell)]
    return bool(bare) and max(bare) <= 1


def _counted(taken: SheetTaken) -> Iterator[str]:
    made = f"{len(taken.rates)} rate(s), {len(taken.terms)} term(s)"
    yield f"    # {taken.rows} row(s) below the headings: {taken.taken} taken ({made}), {len(taken.not_taken)} doubtful"
    for one in taken.not_taken[:_SHOWN]:
        yield f"    #   row {one.row}: {_one_line(one.reason)}"
    if len(taken.not_taken) > _SHOWN:
        yield f"    #   and {len(taken.not_taken) - _SHOWN} more"


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
