"""The plain reading of what should be paid for one claim: slow, obvious, and what the steps are held to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from evenhand.contracts.lateness import LateStep, LateTerms, PromptPay
from evenhand.contracts.model import Version
from evenhand.contracts.takings import Sequestration, Withhold
from evenhand.money import ZERO, to_cents
from evenhand.performance.payments.layout import Rule, rules_of
from evenhand.pricing.oracle import OracleClaim, OracleLine
from evenhand.pricing.oracle.selection import covers


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came, or was taken back, on a day."""

    day: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaidClaim:
    """A claim as it was priced and settled; ``facts`` is what payment rules look at."""

    facts: OracleClaim
    day: date
    charge: Decimal
    expected_allowed: Decimal
    patient: Decimal
    received: date | None
    payments: tuple[Payment, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Due:
    """What should be paid for a claim, when, and what lateness costs; as in `expected_payments`."""

    sequestration: Decimal
    withhold: Decimal
    payment_due: Decimal
    due_date: date | None
    days_late: int | None
    interest_owed: Decimal | None
    unpaid_amount: Decimal
    days_unpaid: int | None = None
    interest_accruing: Decimal | None = None


def due(version: Version, claim: PaidClaim, accrue_to: date | None = None) -> Due:
    """What the version of the contract a claim was priced under says is to be paid for it.

    ``accrue_to``: the day interest accrues to on what was never paid.
    """
    share = max(claim.expected_allowed - claim.patient, ZERO)
    taken, held = _first(version, "sequestration", claim), _first(version, "withhold", claim)
    assert taken is None or isinstance(taken, Sequestration)
    assert held is None or isinstance(held, Withhold)
    sequestration, withhold = _takings(share, taken, held)
    payment = share - sequestration - withhold
    unpaid = payment - sum((amount for _, amount in _new_payments(claim.payments, payment)), ZERO)
    rule = _first(version, "prompt pay", claim)
    if not isinstance(rule, PromptPay) or claim.received is None:
        return Due(sequestration, withhold, payment, None, None, None, unpaid)
    stated = version.provisions.get("payment_days")
    days, working = rule.days(claim.received, int(stated) if stated else None)
    if days is None:
        return Due(sequestration, withhold, payment, None, None, None, unpaid)
    last = _last_day(claim.received, days, working=working)
    late, interest = _lateness(rule, claim, payment, last)
    accrued = (None, None) if accrue_to is None else _accruing(rule, claim, payment, ((accrue_to - last).days, last))
    return Due(sequestration, withhold, payment, last, late, interest, unpaid, *accrued)


def _first(version: Version, kind: str, claim: PaidClaim) -> Rule | None:
    rules = (rule for name, rule in rules_of(version) if name == kind)
    return next((rule for rule in rules if claim.day in rule.period and _covered(rule, claim.facts)), None)


def _covered(rule: Rule, facts: OracleClaim) -> bool:
    nowhere = OracleLine(line_key=1, claim_line_number=1)
    return rule.covers is None or covers(rule.covers, facts, nowhere)


def _takings(share: Decimal, taken: Sequestration | None, held: Withhold | None) -> tuple[Decimal, Decimal]:
    off, back = (taken.share if taken else ZERO), (held.share if held else ZERO)
    order = held.order or "after" if held else "after"
    if order == "before":
        withhold = to_cents(share * back)
        return to_cents((share - withhold) * off), withhold
    sequestration = to_cents(share * off)
    return sequestration, to_cents((share - (sequestration if order == "after" else ZERO)) * back)


def _last_day(received: date, days: int, *, working: bool) -> date:
    """Count on day by day."""
    day, counted = received, 0
    while counted < days:
        day += timedelta(days=1)
        counted += 1 if not working or day.weekday() < 5 else 0
    return day


def _lateness(rule: PromptPay, claim: PaidClaim, payment: Decimal, last: date) -> tuple[int, Decimal | None]:
    """The most days a payment was late, and all interest; nothing is known where the day has no rate."""
    terms = rule.late_terms(last + timedelta(days=1))
    new = list(_new_payments(claim.payments, payment))
    late = [((day - last).days, amount) for day, amount in new if day is not None and day > last]
    most = max((days for days, _ in late), default=0)
    if terms is not None and not terms.steps:
        return most, None
    if terms is None:
        return most, None if late else ZERO
    whole = sum((amount for _, amount in new), ZERO)
    return most, sum((_cost(terms, claim, days, amount, whole) for days, amount in late), ZERO)


def _accruing(
    rule: PromptPay, claim: PaidClaim, payment: Decimal, since: tuple[int, date]
) -> tuple[int, Decimal | None]:
    """The days that what was never paid is late, and the interest on it."""
    days, last = since
    terms = rule.late_terms(last + timedelta(days=1))
    new = list(_new_payments(claim.payments, payment))
    paid = sum((amount for _, amount in new), ZERO)
    if days <= 0 or paid == payment:
        return 0, None if terms is not None and not terms.steps else ZERO
    if terms is None or not terms.steps:
        return days, None
    if terms.of == "discount" and len(new) == 1 and new[0][0] is not None and new[0][0] > last:
        return days, ZERO  # the one payment there was came late, and bears it all
    unpaid = payment - paid
    return days, _cost(terms, claim, days, unpaid, payment if paid else unpaid)


def _new_payments(payments: Sequence[Payment], most: Decimal) -> Iterator[tuple[date | None, Decimal]]:
    """What each day added to what had been paid before, up to what is due."""
    running, seen = ZERO, ZERO
    for day in sorted({payment.day for payment in payments}, key=lambda day: day or date.min):
        running += sum((payment.amount for payment in payments if payment.day == day), ZERO)
        if min(running, most) > seen:
            yield day, min(running, most) - seen
            seen = min(running, most)


def _cost(terms: LateTerms, claim: PaidClaim, days: int, amount: Decimal, whole: Decimal) -> Decimal:
    base = amount
    if terms.of == "discount":
        base = max(claim.charge - claim.expected_allowed, ZERO)
        if amount != whole:
            base = to_cents(base * _ten_decimals(Fraction(amount) / Fraction(claim.expected_allowed)))
    owed = to_cents(base * _ten_decimals(_factor(terms, days)))
    step = next(step for step in terms.steps if step.to_day is None or days <= step.to_day)
    if terms.per != "once":
        return owed
    once = owed if step.most is None else min(owed, step.most)
    yearly = Fraction(step.yearly or 0) * days / terms.year_days
    return once + to_cents(once * _ten_decimals(yearly))


def _factor(terms: LateTerms, days: int) -> Fraction:
    """Each day late, or each month of thirty days, at the share of the step it falls in."""
    if terms.per == "once":
        return Fraction(_step_of(terms, days).share)
    if terms.per == "year":
        return sum((Fraction(_step_of(terms, day).share) for day in range(1, days + 1)), Fraction()) / terms.year_days
    total = Fraction()
    for step in terms.steps:
        counted = sum(1 for day in range(1, days + 1) if _step_of(terms, day) is step)
        whole, left = divmod(counted, 30)
        parts = {"days": Fraction(left, 30), "begun": Fraction(bool(left)), "whole": Fraction(0)}
        total += Fraction(step.share) * (whole + parts[terms.months])
    return total


def _step_of(terms: LateTerms, day: int) -> LateStep:
    return next(step for step in terms.steps if step.to_day is None or day <= step.to_day)


def _ten_decimals(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(
        Decimal("0.0000000001"), rounding=ROUND_HALF_UP
    )
