"""Stop-loss rules and limits written back in the contract language."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from evenhand.contracts.limits import Bounds, Limit
from evenhand.contracts.model import Rules, Selector
from evenhand.contracts.stoploss import ServiceThreshold, StopLoss, StopLossPay, Trigger

Said = dict[str, Any]


def written_protection(rules: Rules, selector: Callable[[Selector], Said]) -> Said:
    """The keys under ``rules:``, given how a selector is written."""
    return {
        "stop_loss": [_stop_loss(rule, selector) for rule in rules.stop_loss] or "none",
        "limits": [_limit(limit, selector) for limit in rules.limits] or "none",
    }


def _limit(limit: Limit, selector: Callable[[Selector], Said]) -> Said:
    return {
        "name": limit.name,
        "level": limit.level,
        **_some(terms=list(limit.terms), **{"for": limit.covers and selector(limit.covers)}),
        **_some(at_least=_bounds(limit.at_least), at_most=_bounds(limit.at_most), cite=limit.cite),
    }


def _bounds(bounds: Bounds | None) -> Said:
    if bounds is None:
        return {}
    return _some(percent_of_charges=percent(bounds.percent_of_charges), amount=bounds.amount)


def _stop_loss(rule: StopLoss, selector: Callable[[Selector], Said]) -> Said:
    flags = _some(count=_yes(rule.carve_outs_count), replaced=_yes(rule.carve_outs_replaced))
    most = _some(amount=rule.most, percent_of_charges=percent(rule.most_of_charges))
    return {
        "name": rule.name,
        **_some(**{"for": rule.covers and selector(rule.covers)}),
        "when": _when(rule.when, selector),
        "pay": _pay(rule.pay),
        "effect": rule.effect,
        **_some(carve_outs=flags, escalates=_yes(rule.escalates), average_stay=rule.average_stay, maximum=most),
        **_some(cite=rule.cite),
    }


def _when(when: tuple[Trigger, ...], selector: Callable[[Selector], Said]) -> Said:
    said = [_trigger(each, selector) for each in when]
    return said[0] if len(said) == 1 else {"any": said}


def _trigger(trigger: Trigger, selector: Callable[[Selector], Said]) -> Said:
    return _some(
        charges_over=trigger.charges_over,
        by_service=[_service(each, selector) for each in trigger.by_service],
        times_rate=trigger.times_rate,
        days_over=trigger.days_over,
        times_average_stay=trigger.times_average_stay,
        charges_under_share_of_rate=percent(trigger.charges_under_share_of_rate),
    )


def _service(service: ServiceThreshold, selector: Callable[[Selector], Said]) -> Said:
    covers = {} if service.covers is None else {"for": selector(service.covers)}
    return {**covers, "charges_over": service.charges_over}


def _pay(pay: StopLossPay) -> Said:
    said: Said
    if pay.percent is None:
        said = {"per_day": pay.per_day, "of": f"{pay.days} days"}
    else:
        said = {"percent": percent(pay.percent), "of": pay.of}
        if pay.per_day is not None:
            said["lesser_with"] = {"per_day": pay.per_day, "of": f"{pay.days} days"}
    return said | _some(minimum=pay.minimum, maximum=pay.maximum)


def percent(share: Decimal | None) -> str | None:
    """A share as the language writes it: in percent."""
    return None if share is None else f"{(share * 100).normalize():f}"


def _yes(flag: bool | None) -> str | None:
    return None if flag is None else "yes" if flag else "no"


def _some(**values: Any) -> Said:
    return {key: value for key, value in values.items() if value not in (None, "", {}, [])}
