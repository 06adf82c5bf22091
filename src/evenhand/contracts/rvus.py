"""Relative value files: rows by code with the parts of a fee, found by their headings however many lines these take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from evenhand.contracts.indicators import HEADINGS as INDICATORS
from evenhand.contracts.indicators import read_values
from evenhand.contracts.rateheadings import SEARCHED_ROWS
from evenhand.errors import Log
from evenhand.schedules.pfs.formula import PARTS, Gpci, RvuRow
from evenhand.sheets import Row, read_rows, tidy

#: Column → headings it is known by; a heading may be spread over the rows above the last.
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("hcpcs", "cpt", "code", "cpt hcpcs", "procedure code"),
    "modifier": ("mod", "modifier"),
    "work": ("work rvu", "work", "physician work rvu", "work rvus"),
    "pe_office": ("non fac pe rvu", "non facility pe rvu", "office pe rvu", "office pe"),
    "pe_facility": ("facility pe rvu", "fac pe rvu", "facility pe"),
    "mp": ("mp rvu", "mp", "malpractice rvu", "pli rvu"),
    "opps_pe_office": ("non facility pe used for opps payment amount", "opps office pe"),
    "opps_pe_facility": ("facility pe used for opps payment amount", "opps facility pe"),
    "opps_mp": ("mp used for opps payment amount", "opps mp"),
    **INDICATORS,
    "rvu_facility": (*INDICATORS["rvu_facility"], "facility total"),
    "rvu_office": (*INDICATORS["rvu_office"], "non facility total"),
}
_KIND = {heading: kind for kind, headings in HEADINGS.items() for heading in headings}
NEEDED = ("code", *PARTS)
#: How many rows a heading is spread over at most.
_SPREAD = 5


def read_rvus(content: bytes, log: Log) -> list[RvuRow]:
    """The rows of a relative value file; ``log.file`` names it in messages."""
    rows = read_rows(log.file, content, log, lambda cells: len(cells) > len(NEEDED))
    found = _heading(rows)
    if found is None:
        if not log.failed:
            log.error(None, "no heading names codes with their work, practice and malpractice values",
                      "name columns code, work, facility pe, office pe, mp")  # fmt: skip
        return []
    start, columns = found
    return [one for row in rows[start + 1 :] if (one := _row(row, columns, log)) is not None]


def _heading(rows: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """The last row of the heading, and the column of each kind."""
    for place in range(min(len(rows), SEARCHED_ROWS)):
        columns = _columns([row.cells for row in rows[max(0, place - _SPREAD + 1) : place + 1]])
        if all(kind in columns for kind in NEEDED):
            return place, columns
    return None


def _columns(cells: Sequence[Sequence[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(len(cells[-1])):
        above = [row[column] if column < len(row) else "" for row in cells]
        names = [tidy(" ".join(above[-count:])) for count in range(len(above), 0, -1)]
        kind = next((_KIND[name] for name in names if name in _KIND and _KIND[name] not in found), None)
        if kind is not None and tidy(above[-1]):
            found[kind] = column
    return found


def _row(row: Row, columns: Mapping[str, int], log: Log) -> RvuRow | None:
    cells = {kind: row.cells[at].strip() if at < len(row.cells) else "" for kind, at in columns.items()}
    code = cells["code"].upper()
    if len(code) != 5 or not code.isalnum():
        return None
    values = {}
    for kind in (*PARTS, "opps_pe_office", "opps_pe_facility", "opps_mp"):
        number = _number(cells.get(kind, ""))
        if number is None:
            log.error(row.line, f"{code}: '{cells[kind]}' is no relative value", "write it like 0.97")
            return None
        values[kind] = number
    said = {name: cells[name] for name in INDICATORS if name in cells}
    return RvuRow(code, cells.get("modifier", "").upper(), values, read_values(said, code, row.line, log), row.line)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text or "0")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_gpcis(content: bytes, locality: str, log: Log) -> Gpci | None:
    """The factors of one locality (``10112-00``: carrier and number) in a file of all."""
    wanted = locality.replace(" ", "")
    known = []
    for row in read_rows(log.file, content, log, lambda cells: len(cells) > 6):
        cells = [cell.strip() for cell in row.cells]
        key = f"{cells[0]}-{cells[2]}" if len(cells) > 2 else ""
        numbers = [_number(cell) for cell in cells[4:7]]
        if key[:1].isdigit():
            known.append(key)
        if key == wanted and len(numbers) == 3 and None not in numbers:
            work, pe, mp = (number for number in numbers if number is not None)
            return Gpci(work, pe, mp)
    right = f"write carrier and number, such as {next(iter(known), '10112-00')}"
    log.error(None, f"there is no locality '{locality}'", right)
    return None
