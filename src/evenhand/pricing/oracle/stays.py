"""Hospital cases by DRG: the rate of the day, and what a case that ends in a transfer has earned."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from evenhand.contracts.methods import Amount, DrgWeights, PaidBySchedule
from evenhand.contracts.model import Rate, Term, Version
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle.claim import OracleClaim


def goes_by_drg(term: Term) -> bool:
    """Whether the term needs a rate for the claim's DRG."""
    return isinstance(term.pay, PaidBySchedule | DrgWeights)


def drg_rate(version: Version, term: Term, claim: OracleClaim) -> Rate | None:
    """The row of the term's table for the claim's DRG on its day."""
    assert isinstance(term.pay, PaidBySchedule | DrgWeights)
    drg, day = (claim.drg_code or "").strip().upper(), claim.day
    for rate in version.schedules[term.pay.schedule].rates:
        anywhere = not rate.modifier and not rate.setting
        if anywhere and drg and rate.code.strip().upper() == drg and day is not None and day in rate.period:
            return rate
    return None


def window(term: Term) -> int | None:
    """How many days of the stay a case's amount covers, where that is limited."""
    return term.pay.days if isinstance(term.pay, Amount) else None


def extra_days(term: Term, claim: OracleClaim, grown: Decimal | None) -> Decimal:
    """What the days beyond the window of a case are paid."""
    days, nights = window(term), claim.length_of_stay
    if days is None or nights is None or nights <= days or grown is None:
        return ZERO
    assert isinstance(term.pay, Amount)
    rate = to_cents(to_cents(term.pay.extra_day or ZERO) * grown)
    return to_cents(rate * (nights - days))


def is_transfer(term: Term, claim: OracleClaim, rate: Rate | None) -> bool:
    """Whether the case ends in a transfer that the term and the table cut it for."""
    if term.transfer is None or rate is None or rate.drg is None or rate.drg.gmlos is None:
        return False
    status = (claim.discharge_status or "").strip()
    if status in term.transfer.discharge_status:
        return rate.drg.transfer != "none"
    return status in term.transfer.post_acute and rate.drg.transfer in ("post-acute", "special")


def transfer_share(term: Term, claim: OracleClaim, rate: Rate | None) -> Decimal | None:
    """The share of the price a transferred case has earned, to four decimals; ``None`` for all of it."""
    nights = claim.length_of_stay
    if not is_transfer(term, claim, rate) or nights is None:
        return None
    assert rate is not None
    assert rate.drg is not None
    assert rate.drg.gmlos is not None
    assert term.transfer is not None
    share = (nights + 1) / rate.drg.gmlos
    to_hospital = (claim.discharge_status or "").strip() in term.transfer.discharge_status
    if rate.drg.transfer == "special" and not to_hospital:
        share = Decimal("0.5") + share / 2
    held = share.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
    return held if held < 1 and nights + 1 < rate.drg.gmlos else None
