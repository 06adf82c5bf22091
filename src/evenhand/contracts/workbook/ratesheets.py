"""From the sheets of rates back to rate tables: files whose lines are the rows of their sheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from evenhand.contracts.workbook import layout
from evenhand.contracts.workbook.grid import OpenedWorkbook, Row
from evenhand.errors import Log
from evenhand.sheets import KINDS

_BOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class RateSheet:
    """One rate table: the sheet it stands on, and its rows as text, blank ones too."""

    sheet: str
    grid: Sequence[Sequence[str]]

    def content(self, file: str) -> bytes:
        """The table as the bytes of a file of this name."""
        if PurePosixPath(file).suffix.lower() in _BOOKS:
            return _workbook(self.grid)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        for cells in self.grid:
            writer.writerow(cells)
        return out.getvalue().encode()

    def column(self, row: int, text: str) -> int:
        """The column of a text in a row, from 1; the first when it is not there."""
        cells = self.grid[row - 1] if 0 < row <= len(self.grid) else ()
        return next((at for at, cell in enumerate(cells, start=1) if text and cell.strip() == text), 1)


def read_rate_sheets(book: OpenedWorkbook, log: Log) -> dict[str, RateSheet]:
    """Every rate table by its file, as the sheet Schedules lists them."""
    found: dict[str, RateSheet] = {}
    sheets = {name.lower(): name for name in book.sheets}
    for row in book.table(layout.SCHEDULES, layout.FILE, log).rows:
        file, sheet = row.text(layout.FILE), sheets.get(row.text(layout.SHEET).lower())
        if row.text(layout.SHEET) == layout.EXPLAINED or not _is_right(row, file, sheet, found, log):
            continue
        assert sheet is not None
        found[file] = RateSheet(sheet, _aligned(book.grid(sheet, log)))
    listed = {table.sheet for table in found.values()}
    for name in book.sheets:
        if name not in layout.OWN_SHEETS and name not in listed:
            place = book.places.add(name, 1, 1)
            log.error(place, f"the sheet '{name}' is not listed under Schedules", "list it with its file, or remove it")
    return found


def _is_right(row: Row, file: str, sheet: str | None, found: Mapping[str, RateSheet], log: Log) -> bool:
    if sheet is None or sheet in layout.OWN_SHEETS:
        what = f"there is no sheet of rates '{row.text(layout.SHEET)}'"
        log.error(row.place(layout.SHEET), what, "write the name of the sheet as on its tab")
    elif file in found:
        log.error(row.place(layout.FILE), f"two sheets are the file '{file}'", "give each a file of its own")
    elif not re.fullmatch(r"((amendments|offers)/)?[^/\\]+", file) or PurePosixPath(file).suffix.lower() not in KINDS:
        log.error(row.place(layout.FILE), f"'{file}' is not the name of a rate table", "write it like exhibit-a.csv")
    else:
        return True
    return False


def _aligned(grid: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows with their columns in one order; a cell never breaks the line, so that lines stay rows."""
    return [[" ".join(cell.split()) for cell in cells] for cells in grid]


def _workbook(grid: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("rates")
        for number, cells in enumerate(grid):
            for column, text in enumerate(cells):
                if text:
                    page.write_string(number, column, text)
    return out.getvalue()
