"""Which term prices a line, and the rate it gives."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evenhand.contracts.methods import Amount, ByCode, DrgWeights, PercentOf
from evenhand.contracts.model import FeeSchedule, Rate, Term, Version
from evenhand.money import to_cents
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.selection import covers

ONE = Decimal(1)


def line_term(version: Version, claim: OracleClaim, line: OracleLine) -> tuple[int, Term, Rate | None] | None:
    """The first line-level term that covers the line and, if it pays by a schedule, has a rate for it."""
    for number, term in enumerate(version.terms, start=1):
        if term.claim_level or not covers(term.covers, claim, line):
            continue
        if not isinstance(term.pay, ByCode):
            return number, term, None
        rate = find_rate(version.schedules[term.pay.schedule], line, rate_day(term, claim, line))
        if rate is not None:
            return number, term, rate
    return None


def rate_day(term: Term, claim: OracleClaim, line: OracleLine) -> date | None:
    """The day whose rates count: the pinned one, else that of the service, else that of the claim."""
    pinned = term.pay.pinned if isinstance(term.pay, PercentOf) else None
    return pinned or line.service_date or claim.day


def find_rate(schedule: FeeSchedule, line: OracleLine, day: date | None) -> Rate | None:
    """The rate of the day: one for a modifier of the line (in billed order) first, then one for its setting."""
    code, modifiers = _plain(line.hcpcs_code), [_plain(modifier) for modifier in line.modifiers]
    fitting = [
        rate
        for rate in schedule.rates
        if code
        and day is not None
        and _plain(rate.code) == code
        and day in rate.period
        and (not rate.modifier or _plain(rate.modifier) in modifiers)
        and (not rate.setting or _plain(rate.setting) == _plain(line.setting))
    ]

    def preference(rate: Rate) -> tuple[int, bool]:
        place = modifiers.index(_plain(rate.modifier)) if rate.modifier else len(modifiers)
        return place, not rate.setting

    return min(fitting, key=preference, default=None)


def basis(term: Term, rate: Rate | None) -> tuple[Decimal, Decimal | None]:
    """The amount a rate starts from, and the multiplier laid on it (``None`` for none): a percentage, a weight."""
    if isinstance(term.pay, Amount):
        return places(term.pay.amount, 4), None
    assert rate is not None
    if isinstance(term.pay, DrgWeights):
        return places(term.pay.base, 4), places(rate.amount, 6)
    percent = places(term.pay.factor, 6) if isinstance(term.pay, PercentOf) else None
    return places(rate.amount, 6), percent


def unit_rate(amount: Decimal, percent: Decimal | None, escalation: Decimal | None) -> Decimal | None:
    """The rate in cents: the amount times its multiplier, rounded, times the escalation, rounded again."""
    start = to_cents(amount if percent is None else amount * percent)
    return None if escalation is None else to_cents(start * escalation)


def is_fine(term: Term, amount: Decimal) -> bool:
    """Whether a rate per unit has fractions of a cent: then nothing but the fee of the line is rounded to cents."""
    return term.per == "unit" and amount != to_cents(amount)


def unit_fee(
    amount: Decimal, percent: Decimal | None, escalation: Decimal | None, factor: Decimal, *, fine: bool
) -> Decimal | None:
    """What one unit is paid after modifiers: each step in cents, or held to six decimals where the rate is fine."""
    if escalation is None:
        return None
    decimals = 6 if fine else 2
    start = places(amount if percent is None else amount * percent, decimals)
    return places(places(start * escalation, decimals) * factor, decimals)


def places(value: Decimal, count: int) -> Decimal:
    """Held to so many decimals: rates and multipliers to six."""
    return value.quantize(Decimal((0, (1,), -count)), rounding=ROUND_HALF_UP)


def _plain(code: str | None) -> str:
    return (code or "").strip().upper()
