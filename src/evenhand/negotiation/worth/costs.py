"""The provider's unit costs, from a file of his own or a cost-to-charge ratio; never invented."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenhand.errors import ContractError, Log, ReadError
from evenhand.money import parse_money
from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.worth.assumptions import is_given
from evenhand.negotiation.worth.credibility import Numbers
from evenhand.negotiation.worth.pricing import PricedLines
from evenhand.sheets import read_rows, tidy

_CODE = ("code", "cpt", "hcpcs", "revenue code")
_COST = ("cost", "unit cost", "cost per unit")


@dataclass(frozen=True, slots=True)
class Costs:
    """What the lines valued cost the provider.

    Attributes:
        by_line: cost of each line, today.
        words: where the costs come from.
        known: the share of charges with a cost of its own in the file.
    """

    by_line: Numbers
    words: str
    known: float


def read_costs(file: Path) -> dict[str, float]:
    """The cost of a unit of each code.

    Raises:
        ReadError: the file cannot be read.
        ContractError: it holds no such table, or an amount is none; all problems at once, with their lines.
    """
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise ReadError(file, "cannot be read", "give a CSV file with the columns code and cost") from problem
    log = Log(file.name)
    rows = list(read_rows(file.name, content, log, _is_heading))
    at = next((place for place, row in enumerate(rows) if _is_heading(row.cells)), None)
    if at is None:
        log.error(None, "there is no heading row with a code and a cost", "start it with 'code,cost'")
        raise ContractError(log.problems)
    heading = [tidy(cell) for cell in rows[at].cells]
    code_at, cost_at = (next(heading.index(name) for name in names if name in heading) for names in (_CODE, _COST))
    costs: dict[str, float] = {}
    for row in rows[at + 1 :]:
        cells = [*row.cells, *[""] * len(heading)]
        amount = parse_money(cells[cost_at])
        if amount is None or amount < 0 or not cells[code_at].strip():
            log.error(row.line, f"'{cells[cost_at]}' is no cost of a code", "write it like 99213,61.50")
        else:
            costs[cells[code_at].strip().upper()] = float(amount)
    if log.failed:
        raise ContractError(log.problems)
    return costs


def _is_heading(cells: object) -> bool:
    names = {tidy(str(cell)) for cell in cells} if isinstance(cells, list | tuple) else set()
    return bool(names & set(_CODE)) and bool(names & set(_COST))


def costs_of(priced: PricedLines, assumed: Assumptions, file: Path | None) -> Costs | None:
    """What the lines cost; ``None`` where nobody has said, or a file leaves codes open and no ratio is given."""
    ratio = assumed.value("cost_to_charge") if is_given(assumed, "cost_to_charge") else None
    if file is None:
        if ratio is None:
            return None
        return Costs(priced.charge * ratio, f"charges times the cost-to-charge ratio of {ratio:g}", 0.0)
    unit = read_costs(file)
    own = np.array([unit.get(code, np.nan) for code in priced.code.tolist()]) * priced.units
    open_ = np.isnan(own)
    total = float(priced.charge.sum())
    known = 1 - float(priced.charge[open_].sum()) / total if total else 0.0
    if bool(open_.any()) and ratio is None:
        return None
    filled = np.where(open_, priced.charge * (ratio or 0.0), own)
    rest = "" if not bool(open_.any()) else f"; for the others charges times {ratio:g}"
    return Costs(filled, f"{file.name}, which covers {known:.1%} of charges{rest}", known)
