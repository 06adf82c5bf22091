"""A workbook as it was opened: rows of text by heading, and the address of every cell."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from evenhand.errors import Log, ReadError
from evenhand.sheets import text_of

_ESCAPED = re.compile(r"_x(00[01][0-9A-F]|FFF[EF])_")
_FORMULA = re.compile(rb"<f[ >/]")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and the number its address is kept under."""

    text: str
    place: int


@dataclass(slots=True)
class Places:
    """Addresses of cells, each under a number: what stands for a line wherever a file is read by its lines."""

    addresses: list[str] = field(default_factory=lambda: [""])

    def add(self, sheet: str, row: int, column: int | None = None) -> int:
        """The number of a cell; of its row when no column is given."""
        self.addresses.append(f"{sheet}!{letters(column) if column else 'row '}{row}")
        return len(self.addresses) - 1

    def name(self, place: int | None) -> str:
        """The address kept under a number."""
        return self.addresses[place] if place is not None and 0 < place < len(self.addresses) else ""


def letters(column: int) -> str:
    """A column's letters from its number.

    >>> letters(1), letters(27)
    ('A', 'AA')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(slots=True)
class Row:
    """One row below the headings."""

    number: int
    cells: Mapping[str, Cell]
    table: Table

    def text(self, heading: str) -> str:
        """The text under a heading; empty where there is none."""
        cell = self.cells.get(heading)
        return cell.text if cell else ""

    def place(self, heading: str) -> int:
        """The address under a heading, whether or not something stands there."""
        cell = self.cells.get(heading)
        column = self.table.columns.get(heading)
        return cell.place if cell else self.table.places.add(self.table.sheet, self.number, column)


@dataclass(slots=True)
class Table:
    """One sheet read by its headings."""

    sheet: str
    columns: dict[str, int]
    places: Places
    rows: list[Row] = field(default_factory=list)


class OpenedWorkbook:
    """All sheets of a workbook, as text."""

    def __init__(self, path: Path, places: Places) -> None:
        """Open a file.

        Raises:
            ReadError: It is not a workbook, or cannot be read.
        """
        self.path, self.places = path, places
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ReadError(path, f"the file cannot be read: {error.strerror}", "name an .xlsx file") from error
        self._values = _load(path, content, data_only=True)
        self._formulas = _load(path, content, data_only=False) if _has_formulas(content) else None

    @property
    def sheets(self) -> list[str]:
        """Names of the worksheets, in order."""
        return [sheet.title for sheet in self._values.worksheets]

    def grid(self, sheet: str, log: Log) -> list[list[str]]:
        """The text of every cell; a formula gives the value Excel stored, and is logged when it has none."""
        rows = [[_text(cell) for cell in row] for row in self._values[sheet].iter_rows()]
        for number, column in self._unstored(sheet, rows):
            place = self.places.add(sheet, number, column)
            log.error(place, "the result of this formula is not stored", "save the file in Excel, or write the value")
        return rows

    def filled(self, sheet: str, log: Log) -> list[list[str]]:
        """The text of every cell, where cells are merged in each of them."""
        rows = self.grid(sheet, log)
        for area in self._values[sheet].merged_cells.ranges:
            text = rows[area.min_row - 1][area.min_col - 1]
            for row in rows[area.min_row - 1 : area.max_row]:
                row[area.min_col - 1 : area.max_col] = [text] * (min(area.max_col, len(row)) - area.min_col + 1)
        return rows

    def hidden(self, sheet: str) -> bool:
        """Whether a person who opens the workbook does not see the sheet."""
        return bool(self._values[sheet].sheet_state != "visible")

    def _unstored(self, sheet: str, rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
        if self._formulas is None:
            return
        for number, cells in enumerate(self._formulas[sheet].iter_rows(), start=1):
            for column, cell in enumerate(cells, start=1):
                if cell.data_type == "f" and not rows[number - 1][column - 1]:
                    yield number, column

    def table(self, sheet: str, wanted: str, log: Log) -> Table:
        """A sheet by its headings, which stand in the first row that has the one wanted."""
        grid = self.grid(sheet, log)
        start = next((i for i, row in enumerate(grid) if wanted in map(_tidy, row)), None)
        if start is None:
            log.error(self.places.add(sheet, 1), f"no row has the heading '{wanted}'", "put the headings back")
            return Table(sheet, {}, self.places)
        columns: dict[str, int] = {}
        for column, text in enumerate(map(_tidy, grid[start]), start=1):
            if text in columns:
                log.error(self.places.add(sheet, start + 1, column), f"two columns are headed '{text}'", "keep one")
            elif text:
                columns[text] = column
        table = Table(sheet, columns, self.places)
        for number, cells in enumerate(grid[start + 1 :], start=start + 2):
            self._add(table, number, cells, log)
        return table

    def _add(self, table: Table, number: int, cells: Sequence[str], log: Log) -> None:
        held = {}
        headed = {column: heading for heading, column in table.columns.items()}
        for column, text in enumerate(cells, start=1):
            if not text.strip():
                continue
            place = self.places.add(table.sheet, number, column)
            if column in headed:
                held[headed[column]] = Cell(text.strip(), place)
            else:
                log.error(
                    place, f"'{text.strip()[:40]}' stands under no heading", "give the column a heading, or clear it"
                )
        if held:
            table.rows.append(Row(number, held, table))


def _tidy(text: str) -> str:
    return " ".join(text.split()).lower()


def _load(path: Path, content: bytes, *, data_only: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)
    except (BadZipFile, KeyError, ValueError, OSError, TypeError, SyntaxError) as error:
        raise ReadError(path, f"this workbook cannot be opened: {error}", "save it again as .xlsx") from error


def _has_formulas(content: bytes) -> bool:
    with ZipFile(io.BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(parts.read(name)) for name in names)


def _text(cell: Any) -> str:
    """The text of a cell: as shown for percentages, yes and no for Excel's truth values."""
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and "%" in str(cell.number_format):
        return f"{text_of(round(value * 100, 8))}%"
    text = text_of(value)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
