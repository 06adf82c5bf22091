"""CMS's yearly HSD reference file: what holds in each county, laid over the base table.

Read are a long table (a row for each county and specialty) and wide sheets (a row for each county, a column or two for
each specialty), told apart by their headings. The wide layout was written down from memory: check a few counties of
your year's file against what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evenhand.claims.tabular.grid import plain_heading
from evenhand.errors import Log, ReadError
from evenhand.market.adequacy.limits import COUNTY_TYPES, Limit, Limits
from evenhand.market.tables import number
from evenhand.sheets import Row, Sheet, read_sheets, tidy

_COUNTY = {"county", "county name", "countyname"}
_STATE = {"state", "st"}
_KIND = {"county type", "county designation", "designation"}
_SPECIALTY = {"specialty", "specialty name", "provider type", "facility type"}
_WORDS = {
    "minutes": ("minute", "time"),
    "miles": ("mile", "distance"),
    "minimum": ("minimum", "number", "count", "min"),
}


@dataclass(frozen=True, slots=True)
class _Cell:
    county: str
    kind: str
    specialty: str
    what: str
    value: float


def read_reference(path: Path | str, limits: Limits) -> Limits:
    """Limits with those of an HSD reference file over them.

    Raises:
        ReadError: the file cannot be read, or no sheet states a county's minimum, time or distance.
    """
    path = Path(path)
    log = Log(path.name)
    try:
        sheets = read_sheets(path.name, path.read_bytes(), log)
    except OSError as problem:
        raise ReadError(path, f"cannot be read ({problem.strerror})", "name CMS's HSD reference file") from problem
    cells = [cell for sheet in sheets for cell in _cells(sheet, limits)]
    if log.failed or not cells:
        what = (
            str(log.problems[0]) if log.failed else "no sheet states minimum, time or distance by county and specialty"
        )
        raise ReadError(path, what, "give a sheet with a heading 'County' and known specialties")
    stated: dict[tuple[str, str], dict[str, float]] = {}
    named: dict[tuple[str, str], _Cell] = {}
    for cell in cells:
        key = (plain_heading(cell.county), plain_heading(cell.specialty))
        stated.setdefault(key, {})[cell.what] = cell.value
        named.setdefault(key, cell)
    return limits.over({key: _limit(named[key], values, limits, path.name) for key, values in stated.items()})


def _limit(cell: _Cell, values: dict[str, float], limits: Limits, file: str) -> Limit:
    """What the file states; what it leaves out is the base table's for the county's type, else for the densest."""
    base = limits.find("", cell.kind or next(iter(COUNTY_TYPES)), cell.specialty)
    assert base is not None
    minimum = int(values["minimum"]) if "minimum" in values else base.minimum
    minutes, miles = values.get("minutes", base.minutes), values.get("miles", base.miles)
    lacking = {"minutes", "miles"} - set(values)
    source = file if not lacking else f"{file}; {' and '.join(sorted(lacking))} from the {base.source}"
    return Limit(base.specialty, minutes, miles, base.per_1000, base.unit, minimum, source)


def _cells(sheet: Sheet, limits: Limits) -> Iterator[_Cell]:
    head = next((n for n, row in enumerate(sheet.rows[:20]) if {tidy(c) for c in row.cells} & _COUNTY), None)
    if head is None:
        return
    heads = [tidy(cell) for cell in sheet.rows[head].cells]
    if set(heads) & _SPECIALTY:
        yield from _long(sheet.rows[head + 1 :], heads, limits)
    else:
        yield from _wide(sheet, head, heads, limits)


def _named(row: Row, heads: Sequence[str]) -> tuple[str, str]:
    county, state, kind = (_under(row, heads, names) for names in (_COUNTY, _STATE, _KIND))
    return ", ".join(filter(None, (county, state))), kind


def _under(row: Row, heads: Sequence[str], names: set[str]) -> str:
    return next((c.strip() for c, h in zip(row.cells, heads, strict=False) if h in names and c.strip()), "")


def _long(rows: Sequence[Row], heads: Sequence[str], limits: Limits) -> Iterator[_Cell]:
    for row in rows:
        county, kind = _named(row, heads)
        specialty = limits.specialty(_under(row, heads, _SPECIALTY))
        for head, text in zip(heads, row.cells, strict=False):
            what, value = _what(head), number(text)
            if county and specialty and what and value is not None:
                yield _Cell(county, kind, specialty, what, value)


def _wide(sheet: Sheet, head: int, heads: Sequence[str], limits: Limits) -> Iterator[_Cell]:
    columns = dict(_columns(sheet, head, limits))
    for row in sheet.rows[head + 1 :]:
        county, kind = _named(row, heads)
        for place, (specialty, what) in columns.items():
            value = number(row.cells[place]) if place < len(row.cells) else None
            if county and value is not None:
                yield _Cell(county, kind, specialty, what, value)


def _columns(sheet: Sheet, head: int, limits: Limits) -> Iterator[tuple[int, tuple[str, str]]]:
    """Position → specialty and measure: from the heading, what stands above it, and the sheet's title."""
    above = ""
    for place, text in enumerate(sheet.rows[head].cells):
        over = sheet.rows[head - 1].cells if head else ()
        above = over[place].strip() if place < len(over) and over[place].strip() else above
        for said in (text, above):
            specialty = limits.specialty(said.lstrip("0123456789 -–.")) or limits.specialty(_bare(said))
            what = _what(tidy(text)) or _what(tidy(sheet.title))
            if specialty and what:
                yield place, (specialty, what)
                break


def _bare(text: str) -> str:
    """A heading without its code in front and its measure behind."""
    words = [word for word in text.replace("-", " ").split() if not word.isdigit()]
    while words and _what(tidy(words[-1])):
        words.pop()
    return " ".join(words)


def _what(head: str) -> str:
    return next(
        (
            what
            for what, words in _WORDS.items()
            if any(word in head.split() or f"{word}s" in head.split() for word in words)
        ),
        "",
    )
