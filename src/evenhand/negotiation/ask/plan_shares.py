"""What of a higher rate the plan pays, and what its patients owe, as the remittances of a book have it."""

from __future__ import annotations

from evenhand.negotiation.ask.paid_today import PaidRate, PaidToday
from evenhand.negotiation.assumptions import Assumptions

#: A code's own share counts from so many lines on; below, its service line's, then that of everything.
FEWEST_LINES = 30


def plan_shares(paid: PaidToday, assumptions: Assumptions) -> dict[tuple[str, str], float]:
    """What of one more dollar allowed the plan pays, by rate table and name: its own, else its line's, else of all.

    Args:
        paid: what is paid today, with what the remittances say of it.
        assumptions: what grows of a deductible, and the share where no remittance says it.
    """
    lines: dict[str, list[PaidRate]] = {}
    for rate in paid.rates:
        lines.setdefault(rate.line, []).append(rate)
    unknown = assumptions.value("plan_share_unknown")
    grows = assumptions.value("deductible_grows")
    everything = _known(_pooled(paid.rates, grows), unknown)
    by_line = {line: _known(_pooled(rates, grows), everything) for line, rates in lines.items()}
    return {(rate.schedule, rate.name): _known(_pooled((rate,), grows), by_line[rate.line]) for rate in paid.rates}


def _known(share: float | None, otherwise: float) -> float:
    return otherwise if share is None else share


def _pooled(rates: tuple[PaidRate, ...] | list[PaidRate], grows: float) -> float | None:
    """1 less the coinsurance, and what grows of the deductible, in what was allowed; ``None`` on too few lines."""
    known = float(sum(rate.known_amount for rate in rates))
    if sum(rate.known_lines for rate in rates) < FEWEST_LINES or known <= 0:
        return None
    patients = float(sum(rate.coinsurance_amount for rate in rates))
    patients += grows * float(sum(rate.deductible_amount for rate in rates))
    return min(1.0, max(0.0, 1 - patients / known))
