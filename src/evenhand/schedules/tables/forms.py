"""What a cell of a published table may hold, and how it is read: exactly, or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

#: Arrow type of every number: weights and factors have up to six decimals, drugs are paid in thousandths of a cent.
NUMBER = pa.decimal128(18, 6)
#: A number as publishers write it: thousands are parted only where decimals follow, or a lost point would pass for one.
_FIGURE = re.compile(r"\$?\s*((\d+|[1-9]\d{0,2}(,\d{3})+(?=\.))(\.\d+)?|\.\d+)", re.ASCII)
_WHOLE = re.compile(r"\$\s*[1-9]\d{0,2}(,\d{3})+", re.ASCII)
#: What publishers write where there is no number.
_NOTHING = frozenset(("", ".", "-", "--", "n/a", "na", "not applicable"))


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of cell is read.

    Attributes:
        words: What a cell of this form is, for messages.
        example: A cell that is right.
        type: Arrow type of the column.
        read: Cell without outer blanks → value; ``None`` where there is none.
        digits: How many digits a number has whose leading zeros a spreadsheet may have taken.

    ``read`` raises :class:`ValueError` where the cell is none of these.
    """

    words: str
    example: str
    type: pa.DataType
    read: Callable[[str], Any]
    digits: int = 0


def text(words: str, example: str, pattern: str, *, digits: int = 0) -> Form:
    """Text that matches a pattern; ``digits``: the leading zeros that a spreadsheet takes are given back."""
    wanted = re.compile(pattern, re.ASCII)

    def read(cell: str) -> str | None:
        filled = cell.upper().zfill(digits) if digits and cell.isdigit() else cell.upper()
        if filled and not wanted.fullmatch(filled):
            raise ValueError(cell)
        return filled or None

    return Form(words, example, pa.string(), read, digits)


def whole(words: str, example: str, pattern: str) -> Form:
    """A whole number, the group of a pattern."""
    wanted = re.compile(pattern, re.ASCII | re.IGNORECASE)

    def read(cell: str) -> int | None:
        found = wanted.fullmatch(cell)
        if cell and not found:
            raise ValueError(cell)
        return int(found[1].replace(",", "")) if found else None

    return Form(words, example, pa.int32(), read)


def _words(cell: str) -> str | None:
    return " ".join(cell.split()).rstrip("*").strip() or None


def _number(cell: str) -> Decimal | None:
    if cell.lower() in _NOTHING:
        return None
    if not _FIGURE.fullmatch(cell):
        raise ValueError(cell)
    return _exact(cell)


def _money(cell: str) -> Decimal | None:
    """As people write it: ``$1,250`` has no decimals."""
    if cell.lower() in _NOTHING:
        return None
    if not _FIGURE.fullmatch(cell) and not _WHOLE.fullmatch(cell):
        raise ValueError(cell)
    return _exact(cell)


def _exact(cell: str) -> Decimal:
    value = Decimal(cell.replace("$", "").replace(",", "").strip())
    if value >= 10**11 or value.as_tuple().exponent < -6:  # type: ignore[operator]
        raise ValueError(cell)
    return value


def _share(cell: str) -> Decimal | None:
    """A percentage, or the share a workbook shows as one."""
    value = _number(cell.rstrip("%"))
    return value / 100 if value is not None and cell.endswith("%") else value


def _flag(cell: str) -> bool:
    said = {"y": True, "yes": True, "1": True, "": False, "n": False, "no": False, "0": False}.get(cell.lower())
    if said is None:
        raise ValueError(cell)
    return said


def _day(cell: str) -> date | None:
    if not cell:
        return None
    for shape in ("%Y%m%d", "%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(cell, shape).date()
        except ValueError:
            continue
    raise ValueError(cell)


CODE = text("a procedure code", "99213", r"[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4}", digits=5)
MODIFIER = text("a modifier", "26", r"[0-9A-Z]{2}")
CARRIER = text("a contractor's number", "10112", r"[0-9]{5}", digits=5)
LOCALITY = text("a locality's number", "00", r"[0-9]{2}", digits=2)
ZIP = text("a ZIP code", "35203", r"[0-9]{5}", digits=5)
STATE = text("a state", "AL", r"[A-Z]{2}")
DRG = text("a DRG", "470", r"[0-9]{3}", digits=3)
APC = text("an APC", "5114", r"[0-9]{4}", digits=4)
CBSA = text("an area's number", "13820", r"[0-9]{2}|[0-9]{5}", digits=2)
KIND = text("an indicator", "J1", r"[0-9A-Z]{1,3}")
WORDS = Form("words", "Statewide", pa.string(), _words)
AMOUNT = Form("a number", "1,257.63", NUMBER, _number)
MONEY = Form("an amount", "1,257.63", NUMBER, _money)
SHARE = Form("a percentage", "33.86%", NUMBER, _share)
FLAG = Form("yes or no", "Y", pa.bool_(), _flag)
DAY = Form("a day", "2025-10-01", pa.date32(), _day)
