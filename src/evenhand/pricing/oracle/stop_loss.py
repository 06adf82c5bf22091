"""Stop-loss: claims dearer or longer (or cheaper) than the contract foresees, paid another way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from evenhand.contracts.model import Version
from evenhand.contracts.moved import threshold_movers
from evenhand.contracts.stoploss import StopLoss, Trigger
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle import rates
from evenhand.pricing.oracle.adjusting import SettledLine
from evenhand.pricing.oracle.claim import OracleClaim
from evenhand.pricing.oracle.escalation import growth
from evenhand.pricing.oracle.priced import Adjustment
from evenhand.pricing.oracle.selection import covers
from evenhand.pricing.oracle.stays import drg_rate, goes_by_drg
from evenhand.pricing.protection import FIRST_STOP_LOSS, needs_charges


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a rule looks at: charges and days of the claim, what it and its carve-outs are paid otherwise."""

    charges: Decimal
    stay: int | None
    average_stay: Decimal | None
    rate: Decimal
    carved: Decimal
    growth: Decimal
    lines: list[SettledLine]
    claim: OracleClaim


@dataclass(frozen=True, slots=True)
class Met:
    """A trigger that is met: the charges and the days beyond which there is an excess."""

    charges: Decimal | None
    days: Decimal | None


def stop_loss(
    version: Version, claim: OracleClaim, lines: list[SettledLine], so_far: list[Adjustment]
) -> list[Adjustment]:
    """The row of the first stop-loss rule whose trigger the claim meets, if any."""
    lines = [each for each in lines if each.protected]
    own = [each for each in lines if not each.carved]
    if not own:
        return []
    for number, rule in enumerate(version.rules.stop_loss, start=FIRST_STOP_LOSS):
        if rule.covers is not None and not any(covers(rule.covers, claim, each.line) for each in lines):
            continue
        row = Adjustment(
            own[0].line.line_key, number, "stop-loss", rule.name, rule.cite or None, *(None,) * 5, amount=None
        )
        counted = [each.line.charge_amount for each in lines if rule.carve_outs_count or not each.carved]
        grown = growth(threshold_movers(version.rules, rises=rule.escalates), claim.day)
        if (None in counted and needs_charges(rule)) or grown is None:
            return [row]
        seen = lines, so_far, [each or ZERO for each in counted]
        exposure = _exposure(version, rule, claim, seen, grown)
        met = next((found for each in rule.when if (found := _met(each, exposure)) is not None), None)
        if met is not None:
            return [_paid(row, rule, exposure, met)]
    return []


def _exposure(
    version: Version,
    rule: StopLoss,
    claim: OracleClaim,
    seen: tuple[list[SettledLine], list[Adjustment], list[Decimal]],
    growth: Decimal,
) -> Exposure:
    lines, so_far, charges = seen
    carved = {each.line.line_key for each in lines if each.carved}
    amounts = [(each.line.line_key, each.amount) for each in lines]
    protected = {key for key, _ in amounts}
    amounts += [(each.line_key, each.amount or ZERO) for each in so_far if each.line_key in protected]
    return Exposure(
        charges=sum(charges, ZERO),
        stay=claim.length_of_stay,
        average_stay=_average_stay(version, rule, claim, lines),
        rate=sum((amount for key, amount in amounts if key not in carved), ZERO),
        carved=sum((amount for key, amount in amounts if key in carved), ZERO),
        growth=growth,
        lines=lines,
        claim=claim,
    )


def _average_stay(version: Version, rule: StopLoss, claim: OracleClaim, lines: list[SettledLine]) -> Decimal | None:
    """The days stated, or those of the DRG in the table that pays the claim."""
    if rule.average_stay is None or isinstance(rule.average_stay, Decimal):
        return rule.average_stay
    number = next((each.priced.term_no for each in lines if each.inside), None)
    term = None if number is None else version.terms[number - 1]
    rate = drg_rate(version, term, claim) if term is not None and goes_by_drg(term) else None
    return None if rate is None or rate.drg is None else getattr(rate.drg, rule.average_stay)


def _met(trigger: Trigger, seen: Exposure) -> Met | None:
    """The thresholds of a trigger all of whose conditions hold."""
    charges, days = _charge_threshold(trigger, seen), _day_threshold(trigger, seen)
    if trigger.has_charge_threshold and (charges is None or seen.charges <= charges):
        return None
    if trigger.needs_stay and (days is None or seen.stay is None or seen.stay <= days):
        return None
    share = trigger.charges_under_share_of_rate
    if share is not None:
        under = to_cents(seen.rate * rates.places(share, 6))
        return Met(under if charges is None else charges, days) if seen.charges < under else None
    return Met(charges, days)


def _charge_threshold(trigger: Trigger, seen: Exposure) -> Decimal | None:
    if trigger.charges_over is not None:
        return to_cents(trigger.charges_over * seen.growth)
    for service in trigger.by_service:
        if service.covers is None or any(covers(service.covers, seen.claim, each.line) for each in seen.lines):
            return to_cents(service.charges_over * seen.growth)
    if trigger.times_rate is not None:
        return to_cents(seen.rate * rates.places(trigger.times_rate, 4))
    return None


def _day_threshold(trigger: Trigger, seen: Exposure) -> Decimal | None:
    if trigger.days_over is not None:
        return trigger.days_over
    if trigger.times_average_stay is None or seen.average_stay is None:
        return None
    return rates.places(trigger.times_average_stay, 4) * rates.places(seen.average_stay, 4)


def _paid(row: Adjustment, rule: StopLoss, seen: Exposure, met: Met) -> Adjustment:
    """The row with what the rule pays, less what that takes the place of."""
    pay = rule.pay
    basis = seen.charges if pay.of == "charges" else seen.charges - (met.charges or ZERO)
    by_share = None if pay.percent is None else to_cents(basis * rates.places(pay.percent, 6))
    per_day = None if pay.per_day is None else to_cents(pay.per_day * seen.growth)
    days = _paid_days(rule, seen, met)
    by_day = None if per_day is None or days is None else to_cents(per_day * days)
    if pay.per_day is not None and by_day is None:
        return row
    shares = by_day is None or (by_share is not None and by_share <= by_day)
    replaced = (seen.rate if rule.effect == "instead" else ZERO) + (seen.carved if rule.carve_outs_replaced else ZERO)
    price = _held(rule, seen, by_share if shares else by_day)
    return Adjustment(
        row.line_key,
        row.position,
        row.kind,
        row.name,
        row.cite,
        basis_amount=basis if shares else per_day,
        percent=rates.places(pay.percent, 6) if shares and pay.percent is not None else None,
        units=None if shares else days,
        threshold_amount=met.charges,
        replaced_amount=replaced,
        amount=price - seen.rate - (seen.carved if rule.carve_outs_replaced else ZERO),
    )


def _paid_days(rule: StopLoss, seen: Exposure, met: Met) -> Decimal | None:
    """All nights, or those whose number exceeds the threshold: of 10 nights over 8.6, the 9th and the 10th."""
    if seen.stay is None:
        return None
    if rule.pay.days == "all":
        return Decimal(seen.stay)
    return None if met.days is None else seen.stay - met.days.to_integral_value(ROUND_FLOOR)


def _held(rule: StopLoss, seen: Exposure, payment: Decimal | None) -> Decimal:
    """The claim's price with the payment, between its least and its most."""
    paid = payment or ZERO
    if rule.pay.minimum is not None:
        paid = max(paid, to_cents(rule.pay.minimum * seen.growth))
    if rule.pay.maximum is not None:
        paid = min(paid, to_cents(rule.pay.maximum * seen.growth))
    price = paid if rule.effect == "instead" else seen.rate + paid
    if rule.most is not None:
        price = min(price, to_cents(rule.most * seen.growth))
    if rule.most_of_charges is not None:
        price = min(price, to_cents(seen.charges * rates.places(rule.most_of_charges, 6)))
    return price
