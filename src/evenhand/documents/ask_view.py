"""An ask as the payer will see it, and by service line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Field, Sheet, show
from evenhand.documents.small_cells import gathered
from evenhand.money import ratio
from evenhand.negotiation.ask import Ask
from evenhand.negotiation.ask.from_book import AskedRate

_VIEW = (
    Field("code", "Code or term"),
    Field("patients", "Patients, at least", "count"),
    Field("rise", "Rise", "rate"),
    Field("allowed", "Allowed more", "dollars"),
    Field("share", "of the ask", "percent"),
)
_LINES = (
    Field("line", "Service line"),
    Field("claims", "Claims, at least", "count"),
    Field("today", "Allowed today", "dollars"),
    Field("allowed", "Allowed more", "dollars"),
    Field("rise", "Rise", "rate"),
    Field("kept", "To us for a dollar of the plan's", "money"),
)
#: Rates listed in the payer's view.
_TOP = 10
#: A rate of fewer patients than this does not leave by itself.
FEWEST = 11


def payers_view(ask: Ask) -> Sheet:
    """The largest codes, the rise overall, and how much of the ask is above the market's 75th percentile."""
    changed = [one for one in ask.rates if one.rise > 0]
    return Sheet(
        "payers-view", "As the payer will see it", _VIEW, _view(ask, changed), _view_note(ask, changed), NOTHING
    )


def lines_sheet(ask: Ask) -> Sheet:
    """Each service line: today, the ask, and what a dollar of the plan's brings us there."""
    return Sheet("service-lines", "By service line", _LINES, _by_line(ask), _LINES_NOTE, NOTHING)


def decimal_of(amount: float) -> Decimal:
    """An amount as sheets show it."""
    return Decimal(str(round(amount, 4)))


def dollars_of(amount: float) -> str:
    """An amount in whole dollars, in words."""
    return show(decimal_of(amount), "dollars")


def market_p75(ask: Ask, one: AskedRate) -> float | None:
    """The market's 75th percentile as a rate like today's; none where the market does not know the code."""
    market = ask.question.market
    if market is None or 75 not in market.amounts:
        return None
    rise = market.rise_to(75, one.paid)
    return None if rise is None else one.room.rate * (1 + rise)


def _view(ask: Ask, changed: Sequence[AskedRate]) -> list[Any]:
    whole = decimal_of(ask.allowed)
    rows = [
        {"code": one.room.code, "patients": one.paid.patients, "rise": decimal_of(one.rise), "allowed": _extra(one)}
        for one in changed
    ]
    shown = gathered(rows, "patients", fewest=FEWEST, name=("code", "rate"), sums=("allowed",))
    large = sorted((row for row in shown if "rise" in row), key=lambda row: -row["allowed"])[:_TOP]
    others = [row for row in shown if "rise" not in row]
    together = [{**row, "code": str(row["code"]).replace("claims", "patients")} for row in others]
    return [{**row, "share": ratio(row.get("allowed"), whole)} for row in [*large, *together]]


def _extra(one: AskedRate) -> Decimal:
    return decimal_of(one.room.volume * one.room.rate * one.rise)


def _view_note(ask: Ask, changed: Sequence[AskedRate]) -> str:
    words = [
        f"Overall {show(decimal_of(ask.allowed / float(ask.paid.amount)), 'rate')} on what is allowed, "
        f"{show(decimal_of(ask.answer.cost / ask.plan_pays), 'rate')} on what the plan pays; "
        f"{len(changed):,} rates change of {len(ask.paid.rates):,} that are paid."
    ]
    known = [(one, p75) for one in changed if (p75 := market_p75(ask, one)) is not None]
    if ask.question.market is None:
        words.append("No market table was given, so nothing says how much of the ask is above the 75th percentile.")
    else:
        above = sum(
            one.room.volume * max(0.0, one.room.rate * (1 + one.rise) - max(p75, one.room.rate)) for one, p75 in known
        )
        words.append(
            f"Of the ask, {above / ask.allowed if ask.allowed else 0:.1%} is above the 75th percentile of "
            f"{ask.question.market.source}, which knows {len(known):,} of these rates."
        )
    return " ".join(words)


def _by_line(ask: Ask) -> list[dict[str, Any]]:
    lines: dict[str, dict[str, Any]] = {}
    for paid in ask.paid.rates:
        row = lines.setdefault(paid.line, {"line": paid.line, "claims": 0, "today": Decimal(0), "allowed": Decimal(0)})
        row["today"] += paid.amount
        row["claims"] = max(row["claims"], paid.claims)
    for one in ask.rates:
        lines[one.room.line]["allowed"] += _extra(one)
    kept = _kept(ask)
    rows = [
        {**row, "rise": ratio(row["allowed"], row["today"]), "kept": kept.get(row["line"])} for row in lines.values()
    ]
    return sorted(rows, key=lambda row: (-row["allowed"], row["line"]))


def _kept(ask: Ask) -> dict[str, Decimal]:
    """What a dollar of the plan's brings us in each service line, were all its rates raised to their most."""
    sums: dict[str, tuple[float, float]] = {}
    for room in ask.answer.problem.rooms:
        gain, cost = sums.get(room.line, (0.0, 0.0))
        more = room.volume * (room.most - room.rate)
        sums[room.line] = (gain + room.worth * more, cost + room.payer_share * more)
    return {line: decimal_of(gain / cost) for line, (gain, cost) in sums.items() if cost > 0}


#: What stands where no rate changes.
NOTHING = "No rate changes: the budget, or what is plausible, leaves no room."
_LINES_NOTE = (
    "To us for a dollar of the plan's: were all rates of the line raised to their most. Where it is high, let them "
    "give; where it is low, give. A line without a figure has no rate that can be asked for."
)
