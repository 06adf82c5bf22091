"""Stop-loss rules and limits as one would say them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from evenhand.contracts.limits import Bounds, Limit
from evenhand.contracts.model import Rules, Selector
from evenhand.contracts.protection.writing import percent
from evenhand.contracts.stoploss import StopLoss, StopLossPay, Trigger
from evenhand.money import show_money

_MEANS = {"gmlos": "geometric", "amlos": "arithmetic"}


def protection_words(rules: Rules, selector: Callable[[Selector], str]) -> dict[str, str]:
    """Each rule that holds by its key, given how a selector is said."""
    said = {
        "stop_loss": "; ".join(stop_loss_words(rule, selector) for rule in rules.stop_loss),
        "limits": "; ".join(limit_words(limit, selector) for limit in rules.limits),
    }
    return {key: words for key, words in said.items() if words}


def limit_words(limit: Limit, selector: Callable[[Selector], str]) -> str:
    """One limit, with its name."""
    scope = [*limit.terms, *([] if limit.covers is None else [selector(limit.covers)])]
    covered = f" ({', '.join(scope)})" if scope else ""
    floor = "" if limit.at_least is None else f"at least {_bounds(limit.at_least, 'the higher of')}"
    cap = "" if limit.at_most is None else f"at most {_bounds(limit.at_most, 'the lower of')}"
    return f"{limit.name}{covered}: each {limit.level} {' and '.join(part for part in (floor, cap) if part)}"


def _bounds(bounds: Bounds, of_two: str) -> str:
    share = "" if bounds.percent_of_charges is None else f"{percent(bounds.percent_of_charges)}% of charges"
    amount = "" if bounds.amount is None else show_money(bounds.amount)
    return f"{of_two} {share} and {amount}" if share and amount else share or amount


def stop_loss_words(rule: StopLoss, selector: Callable[[Selector], str]) -> str:
    """One rule, with its name."""
    scope = "" if rule.covers is None else f" ({selector(rule.covers)})"
    when = ", or ".join(_trigger(each, selector) for each in rule.when)
    words = f"{rule.name}{scope}: when {when}, {_pay(rule.pay)} {_effect(rule)}"
    return "; ".join([words, *_flags(rule)])


def _effect(rule: StopLoss) -> str:
    return "instead of the rate" if rule.effect == "instead" else "in addition to the rate"


def _trigger(trigger: Trigger, selector: Callable[[Selector], str]) -> str:
    parts = []
    if trigger.charges_over is not None:
        parts.append(f"charges exceed {show_money(trigger.charges_over)}")
    if trigger.by_service:
        each = [
            f"{show_money(one.charges_over)} for {'all else' if one.covers is None else selector(one.covers)}"
            for one in trigger.by_service
        ]
        parts.append(f"charges exceed {', '.join(each)}")
    if trigger.times_rate is not None:
        parts.append(f"charges exceed {_number(trigger.times_rate)} times the rate")
    if trigger.days_over is not None:
        parts.append(f"the stay exceeds {_number(trigger.days_over)} days")
    if trigger.times_average_stay is not None:
        parts.append(f"the stay exceeds {_number(trigger.times_average_stay)} times the average stay")
    if trigger.charges_under_share_of_rate is not None:
        parts.append(f"charges are under {percent(trigger.charges_under_share_of_rate)}% of the rate")
    return " and ".join(parts)


def _pay(pay: StopLossPay) -> str:
    days = "" if pay.per_day is None else f"{show_money(pay.per_day)} for each {_day(pay.days)}"
    share = "" if pay.percent is None else f"{percent(pay.percent)}% of {_base(pay.of)}"
    words = f"the lesser of {share} and {days}" if share and days else share or days
    bounds = [] if pay.minimum is None else [f"at least {show_money(pay.minimum)}"]
    bounds += [] if pay.maximum is None else [f"at most {show_money(pay.maximum)}"]
    return f"{words} ({', '.join(bounds)})" if bounds else words


def _base(of: str) -> str:
    return "charges" if of == "charges" else "the charges in excess"


def _day(days: str) -> str:
    return "day" if days == "all" else "day in excess"


def _flags(rule: StopLoss) -> list[str]:
    found = []
    if rule.carve_outs_count is not None:
        found.append(f"charges of carve-outs {'count' if rule.carve_outs_count else 'do not count'}")
    if rule.carve_outs_replaced is not None:
        found.append(f"carve-outs {'not paid besides' if rule.carve_outs_replaced else 'paid besides'}")
    if rule.escalates is not None:
        found.append(f"its dollars {'rise' if rule.escalates else 'do not rise'} with the escalator")
    if isinstance(rule.average_stay, Decimal):
        found.append(f"average stay {_number(rule.average_stay)} days")
    elif rule.average_stay is not None:
        found.append(f"average stay the {_MEANS[rule.average_stay]} mean of the DRG")
    if rule.most is not None:
        found.append(f"the claim is paid at most {show_money(rule.most)}")
    if rule.most_of_charges is not None:
        found.append(f"the claim is paid at most {percent(rule.most_of_charges)}% of charges")
    return found


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
