"""Days by level of care: each day of a line to the first level that holds it."""

from __future__ import annotations

from decimal import Decimal

from evenhand.contracts.methods import Level, Levels
from evenhand.contracts.model import Term, Version
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.escalation import escalation
from evenhand.pricing.oracle.priced import PricedLine

Span = tuple[Decimal, Decimal]


def has_level(term: Term, line: OracleLine) -> bool:
    """Whether some level names the line's revenue code; true of terms that do not pay by such levels."""
    if not isinstance(term.pay, Levels) or not any(level.revenue_codes for level in term.pay.levels):
        return True
    return bool(_naming(term.pay, line))


def is_unlevelled_room(term: Term, line: OracleLine) -> bool:
    """Whether the line is a room (revenue codes 0100 to 0219) that no level of the term names."""
    code = (line.revenue_center_code or "").strip()
    return not has_level(term, line) and len(code) == 4 and "0100" <= code <= "0219"


def by_level(
    version: Version, claim: OracleClaim, term: Term, counted: tuple[list[bool], Decimal | None]
) -> PricedLine:
    """The price of all days; ``counted`` says which lines are inside, and the days where levels name no codes."""
    assert isinstance(term.pay, Levels)
    inside, stay = counted
    grown = escalation(version, term, claim.day)
    if any(level.revenue_codes for level in term.pay.levels):
        days = _days_of_lines(term.pay, [line for line, held in zip(claim.lines, inside, strict=True) if held])
    elif stay is None:
        return PricedLine(0, "no date", escalation=grown)
    else:
        days = [ZERO] * len(term.pay.levels)
        _spend(term.pay, list(range(len(days))), (ZERO, max(stay, ZERO)), days)
    total = sum(days, ZERO)
    known = grown is not None or total >= 999_999_999_999_999
    fee = ZERO
    for level, spent in zip(term.pay.levels, days, strict=True):
        fee += to_cents(to_cents(to_cents(level.amount) * (grown or ZERO)) * spent)
    return PricedLine(
        0,
        "priced" if known else "no index",
        escalation=grown,
        units=total.quantize(Decimal("0.001")),
        fee_amount=fee if grown is not None else None,
    )


def _naming(pay: Levels, line: OracleLine) -> list[int]:
    """The places of the levels that name the line's revenue code."""
    code = (line.revenue_center_code or "").strip()
    return [place for place, level in enumerate(pay.levels) if any(code in one for one in level.revenue_codes)]


def _days_of_lines(pay: Levels, lines: list[OracleLine]) -> list[Decimal]:
    """The days of each level, line after line: numbered within the stay, or within the lines the same levels name."""
    days = [ZERO] * len(pay.levels)
    reached: dict[tuple[int, ...], Decimal] = {}
    for line in lines:
        places = _naming(pay, line)
        if places:
            counter = () if pay.counts == "stay" else tuple(places)
            start = reached.get(counter, ZERO)
            reached[counter] = start + max(line.units, ZERO)
            _spend(pay, places, (start, reached[counter]), days)
    return days


def _spend(pay: Levels, places: list[int], span: Span, days: list[Decimal]) -> None:
    """Give each part of a span of days to the first of these levels that holds it."""
    left = [span]
    for place in places:
        rest = []
        for start, end in left:
            low, high = _held(pay.levels[place], start, end)
            if low >= high:
                rest.append((start, end))
                continue
            days[place] += high - low
            rest += [part for part in ((start, low), (high, end)) if part[0] < part[1]]
        left = rest


def _held(level: Level, start: Decimal, end: Decimal) -> Span:
    last = end if level.last is None else min(end, Decimal(level.last))
    return max(start, Decimal(level.first - 1)), last
