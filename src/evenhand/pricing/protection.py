"""What holds of stop-loss rules and limits wherever they are priced."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evenhand.contracts.limits import Limit
from evenhand.contracts.model import Contract, Version
from evenhand.contracts.outliers import Outlier
from evenhand.contracts.stoploss import StopLoss
from evenhand.errors import PricingError

#: Where the row of an outlier stands among a claim's adjustments: first of all.
OUTLIER = 1
#: Where stop-loss rows stand among a claim's adjustments; the rule's number is added.
FIRST_STOP_LOSS = 401
#: Limits by line, group and day come before it, those of the whole claim after it, lesser-of by claim last.
FIRST_LINE_LIMIT, FIRST_CLAIM_LIMIT, LESSER_OF_CLAIM = 101, 601, 901


def numbered_limits(version: Version) -> Iterator[tuple[int, Limit]]:
    """The limits in order, each with its place among a claim's adjustments."""
    for number, limit in enumerate(version.rules.limits):
        yield (FIRST_CLAIM_LIMIT if limit.level == "claim" else FIRST_LINE_LIMIT) + number, limit


def needs_charges(rule: StopLoss) -> bool:
    """Whether the rule cannot be judged without the charges it counts."""
    by_charge = any(each.has_charge_threshold or each.charges_under_share_of_rate is not None for each in rule.when)
    return by_charge or rule.pay.percent is not None or rule.most_of_charges is not None


def require_protection(contract: Contract, version: Version, most: int) -> None:
    """Refuse stop-loss rules and limits that cannot be priced as they stand.

    Raises:
        PricingError: An excess has no threshold it could exceed; a figure is more than any claim is paid.
    """
    for rule in version.rules.stop_loss:
        where = f"contract '{contract.name}', stop-loss '{rule.name}'"
        if rule.pay.percent is None and rule.pay.per_day is None:
            raise PricingError(f"{where}: it says nothing it pays; write percent or per_day")
        if rule.pay.of == "excess" and not all(each.has_charge_threshold for each in rule.when):
            raise PricingError(f"{where}: excess charges need a threshold of charges in every trigger")
        if rule.pay.days == "excess" and not all(each.needs_stay for each in rule.when):
            raise PricingError(f"{where}: excess days need a threshold of days in every trigger")
        if any(abs(figure) >= most for figure in _figures(rule)):
            raise PricingError(f"{where}: a figure of {most:,} or more is more than any claim is paid")
    for term in version.terms:
        if term.outlier is not None and max(map(abs, _outlier_figures(term.outlier))) >= most:
            where = f"contract '{contract.name}', outlier of '{term.name}'"
            raise PricingError(f"{where}: a figure of {most:,} or more is more than any claim is paid")
    for limit in version.rules.limits:
        bounds = [each for each in (limit.at_least, limit.at_most) if each is not None]
        figures = [each for one in bounds for each in (one.amount, one.percent_of_charges) if each is not None]
        if any(abs(figure) >= most for figure in figures):
            where = f"contract '{contract.name}', limit '{limit.name}'"
            raise PricingError(f"{where}: a figure of {most:,} or more is more than any claim is paid")


def _outlier_figures(outlier: Outlier) -> Iterator[Decimal]:
    yield outlier.fixed_loss
    yield from (share * 1_000_000 for share in (outlier.cost_to_charge, outlier.share))
    yield from (each.share * 1_000_000 for each in outlier.by_drg)


def _figures(rule: StopLoss) -> Iterator[Decimal]:
    """Every number of a rule, as large as it may get."""
    pay = rule.pay
    stated = rule.average_stay if isinstance(rule.average_stay, Decimal) else None
    alone = [pay.per_day, pay.minimum, pay.maximum, rule.most, stated]
    shares = [pay.percent, rule.most_of_charges]
    for trigger in rule.when:
        alone += [trigger.charges_over, trigger.days_over, *(each.charges_over for each in trigger.by_service)]
        shares += [trigger.times_rate, trigger.times_average_stay, trigger.charges_under_share_of_rate]
    yield from (figure for figure in alone if figure is not None)
    yield from (share * 1_000_000 for share in shares if share is not None)
