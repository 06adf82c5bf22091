"""Finding the heading row of a rate table, and what each of its columns holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evenhand.contracts.indicators import HEADINGS as INDICATOR_HEADINGS
from evenhand.contracts.methods import Holds
from evenhand.contracts.shapes import suggest
from evenhand.errors import Log
from evenhand.sheets import Row, tidy

#: How many rows from the top a heading is looked for in.
SEARCHED_ROWS = 40
#: Headings each column is known by, without case and punctuation.
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": (
        "code", "cpt", "hcpcs", "cpt code", "hcpcs code", "cpt hcpcs", "cpt hcpcs code", "procedure",
        "procedure code", "proc code", "service code", "billing code", "cdt", "cdt code",
    ),
    "amount": (
        "amount", "rate", "fee", "allowed", "allowed amount", "allowable", "fee amount", "rate amount",
        "contract rate", "contracted rate", "negotiated rate",
         "price", "payment", "payment amount", "fee schedule amount",
    ),
    "facility": ("facility amount", "facility rate", "facility fee", "facility price", "fac fee", "fac rate"),
    "office": (
        "office amount", "office rate", "office fee", "non facility amount", "non facility rate", "non facility fee",
        "nonfacility amount", "nonfacility rate", "nonfacility fee", "non facility price", "non fac fee",
        "non fac rate",
    ),
    "modifier": ("modifier", "mod", "modifiers", "mod 1", "modifier 1"),
    "setting": ("setting", "pos setting", "site", "f nf", "nf f", "facility non facility", "facility indicator"),
    "device offset": ("device offset", "device offset amount", "device portion", "device portion amount"),
    "per units": ("per units", "per quantity", "rate quantity", "contract quantity", "source quantity"),
    "billed quantity": ("billed quantity", "asp quantity", "hcpcs quantity", "quantity per billed unit"),
    "effective": ("effective", "effective date", "from", "from date", "start", "start date", "begin date", "eff date"),
    "ends": ("ends", "end", "end date", "to", "to date", "through", "thru", "termination date", "term date", "expires"),
}  # fmt: skip
#: Headings of tables of base units, beside those.
BASE_UNITS = ("base unit", "base units", "base unit value", "asa base units", "anesthesia base units")
#: Headings of tables of DRGs, beside those.
DRG_HEADINGS: dict[str, tuple[str, ...]] = {
    "drg": ("drg", "ms drg", "msdrg", "apr drg", "drg code", "ms drg code", "apr drg code"),
    "weight": ("weight", "weights", "relative weight", "rel weight", "drg weight", "rw", "case weight"),
    "severity": ("severity", "soi", "severity of illness", "apr severity", "apr soi"),
    "gmlos": ("gmlos", "geometric mean los", "geometric mean length of stay"),
    "amlos": ("amlos", "alos", "arithmetic mean los", "arithmetic mean length of stay", "average length of stay"),
    "transfer": ("transfer", "transfer policy"),
}
_KIND = {
    heading: kind
    for table in (HEADINGS, {"base unit": BASE_UNITS}, DRG_HEADINGS, INDICATOR_HEADINGS)
    for kind, headings in table.items()
    for heading in headings
}


@dataclass(frozen=True, slots=True)
class Heading:
    """Which column holds what."""

    columns: dict[str, int]
    amounts: tuple[tuple[int, str], ...]  # column, setting

    @property
    def by(self) -> Literal["code", "drg"]:
        """What the rows are found by."""
        return "code" if "code" in self.columns else "drg"

    @property
    def holds(self) -> Holds:
        """What the rows give: where amounts stand, a column of weights or base units is passed over."""
        if self.columns.keys() & _AMOUNTS:
            return "amount"
        return "base unit" if "base unit" in self.columns else "weight"

    @property
    def indicators(self) -> list[str]:
        """The indicators that have a column."""
        return [kind for kind in self.columns if kind in INDICATOR_HEADINGS]

    def cell(self, row: Row, kind: str) -> str:
        """The text of a row's cell; empty where the column or the cell is missing."""
        column = self.columns.get(kind)
        return row.cells[column] if column is not None and column < len(row.cells) else ""


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a row names a column of codes or DRGs, and one of what it gives for them, or several of indicators."""
    kinds = {_KIND.get(tidy(cell)) for cell in cells}
    amounts = bool(kinds & {*_AMOUNTS, *_OTHERS})
    return bool(kinds & {"code", "drg"}) and (amounts or len(kinds & INDICATOR_HEADINGS.keys()) > 1)


def no_heading(rows: Sequence[Row], log: Log) -> None:
    """Say that no row is a heading, and what was found instead."""
    seen = max(rows[:SEARCHED_ROWS], key=lambda row: sum(bool(cell) for cell in row.cells), default=None)
    if seen is None:
        log.error(None, "the table is empty", "give it the headings 'code' and 'amount'")
        return
    shown = ", ".join(cell for cell in seen.cells if cell)[:120]
    close = next((s for c in seen.cells if c and "mean" in (s := suggest(tidy(c), ["code", "amount", "rate"]))), "")
    log.error(
        seen.line,
        f"no row has headings for code and amount (found: {shown})",
        close or "name two columns 'code' and 'amount'",
    )


def read_heading(row: Row, log: Log) -> Heading:
    """Which column holds what."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        kind = _KIND.get(tidy(cell))
        if kind is None:
            continue
        if kind in columns:
            first = row.cells[columns[kind]]
            log.error(row.line, f"two columns give the {kind}: '{first}' and '{cell}'", "rename the one not to be used")
        columns.setdefault(kind, index)
    amounts = [(columns[kind], setting) for kind, setting in _AMOUNT_COLUMNS if kind in columns]
    if not amounts:
        amounts = [(columns[kind], "") for kind in _OTHERS if kind in columns][:1]
    if "amount" in columns and len(amounts) > 1:
        log.error(row.line, "amounts stand in a general column and in one by setting", "keep one or the other")
    return Heading(columns, tuple(amounts))


#: What a table may hold instead of amounts.
_OTHERS: tuple[Holds, ...] = ("base unit", "weight")
_AMOUNTS = frozenset(("amount", "facility", "office"))
_AMOUNT_COLUMNS = (("amount", ""), ("facility", "facility"), ("office", "office"))
