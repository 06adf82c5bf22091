"""Drawing the sheets with xlsxwriter: text as text, money as numbers, lists to choose from, headings that stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.contracts.workbook.layout import EXPLAINED, MARK, READ_ME, VALUE
from evenhand.contracts.workbook.pages import Head, Page
from evenhand.errors import UsageError
from evenhand.sheets import text_of

_NUMBER = re.compile(r"\$?[0-9][0-9,]*(\.[0-9]+)?")
_LONGEST, _MOST_ROWS = 32_767, 1_048_000
_SPARE_ROWS = 500  # below the last row: formatted and with their lists, for what is added
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "figure": {"num_format": "#,##0.00##", "valign": "top"},
    "count": {"num_format": "0.###", "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "told": {"num_format": "@", "text_wrap": True, "valign": "top", "font_color": "#707070"},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F5"},
    "says": {"italic": True, "font_color": "#707070", "text_wrap": True, "valign": "top", "font_size": 8},
    "title": {"bold": True, "font_size": 14},
    "prose": {"text_wrap": True, "valign": "top"},
}
Formats = Mapping[str, Any]


def draw(path: Path, name: str, told: Sequence[tuple[str, str]], sheets: Sequence[Page]) -> None:
    """Write the workbook.

    Args:
        path: The file; what is there is replaced.
        name: The contract's name.
        told: What the first sheet says: subject and sentence.
        sheets: The other sheets.

    Raises:
        UsageError: A value is longer, or a table larger, than a worksheet holds. Nothing is written then.
    """
    import xlsxwriter

    for page in sheets:
        _check_size(page)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = {kind: book.add_format(form) for kind, form in _FORMATS.items()}
        _read_me(book.add_worksheet(READ_ME), formats, name, told)
        for page in sheets:
            _draw_page(book.add_worksheet(page.name), formats, page)


def _check_size(page: Page) -> None:
    if len(page.rows) > _MOST_ROWS:
        raise UsageError(f"{page.name} has {len(page.rows):,} rows, more than a worksheet holds; split the rate table")
    for row in page.rows:
        for heading, value in row.items():
            if isinstance(value, str) and len(value) > _LONGEST:
                first = next(iter(text for text in row.values() if text), "")
                raise UsageError(
                    f"{page.name}: '{heading}' of '{first}' is {len(value):,} characters long, more than a cell holds"
                    f" ({_LONGEST:,}); use ranges, or split the list into two code sets or terms"
                )


def _read_me(page: Any, formats: Formats, name: str, told: Sequence[tuple[str, str]]) -> None:
    page.set_column(0, 0, 26, formats["prose"])
    page.set_column(1, 1, 105, formats["prose"])
    page.write_string(0, 0, MARK, formats["told"])
    page.write_string(1, 0, name, formats["title"])
    for row, (subject, sentence) in enumerate(told, start=3):
        page.write_string(row, 0, subject, formats["prose"])
        page.write_string(row, 1, sentence, formats["prose"])
    page.hide_gridlines(2)


def _draw_page(page: Any, formats: Formats, said: Page) -> None:
    first = 2 if said.explained else 1
    last = first + len(said.rows) + _SPARE_ROWS
    for column, head in enumerate(said.heads):
        options = {"level": 1, "hidden": True} if head.folded else {}
        page.set_column(column, column, _width(head, said.rows), formats[head.kind], options)
        page.write_string(0, column, head.heading, formats["head"])
        if said.explained:
            page.write_string(1, column, EXPLAINED if column == 0 else head.says, formats["says"])
        if head.words:
            _offer(page, (first, column, last, column), head.words)
    for number, row in enumerate(said.rows):
        for column, head in enumerate(said.heads):
            _write(page, (first + number, column), row.get(head.heading), formats, head.kind)
        words = said.choices.get(number)
        if words:
            value = next(column for column, head in enumerate(said.heads) if head.heading == VALUE)
            _offer(page, (first + number, value, first + number, value), words)
    page.freeze_panes(first, min(3, len(said.heads) - 1) if said.explained else 0)
    page.ignore_errors({"number_stored_as_text": f"A1:BZ{last + 1}"})
    if said.rows:
        page.autofilter(first - 1, 0, first - 1 + len(said.rows), len(said.heads) - 1)


def _offer(page: Any, where: tuple[int, int, int, int], words: Sequence[str]) -> None:
    """A list to choose from; what is not on it is let through, for the import to judge."""
    page.data_validation(*where, {"validate": "list", "source": list(words), "error_type": "warning"})


def _width(head: Head, rows: Sequence[Mapping[str, Any]]) -> int:
    longest = max((len(str(row.get(head.heading) or "")) for row in rows[:500]), default=0)
    least = max(len(word) for word in head.heading.split()) + 2
    return min(60, max(least, 11 if head.kind in ("figure", "date") else 8, longest + 2))


def _write(page: Any, where: tuple[int, int], value: Any, formats: Formats, kind: str) -> None:
    if value is None or value == "":
        return
    style = formats[kind]
    if isinstance(value, date):
        in_excel = 1900 < value.year <= 9999
        (page.write_datetime if in_excel else page.write_string)(*where, value if in_excel else str(value), style)
        return
    number = _exact(value) if kind in ("figure", "count") else None
    if number is None:
        page.write_string(*where, value, formats["text"] if kind in ("figure", "count") else style)
    else:
        page.write_number(*where, number, style)


def _exact(text: str) -> float | None:
    """The number Excel would hold, if it is read back as exactly this amount."""
    if not _NUMBER.fullmatch(text):
        return None
    amount = Decimal(text.replace("$", "").replace(",", ""))
    return float(amount) if Decimal(text_of(float(amount))) == amount else None
