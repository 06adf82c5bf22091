"""Sequestration, withholds and prompt payment as one would say them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from evenhand.contracts.lateness import LateStep, LateTerms, PromptPay
from evenhand.contracts.model import Rules, Selector
from evenhand.contracts.takings import Sequestration, Withhold
from evenhand.money import show_money

_ORDERS = {
    "before": "before sequestration",
    "after": "after sequestration",
    "beside": "of the same payment as sequestration",
    None: "",
}
_MONTHS = {"days": "a month of 30 days, by the day", "begun": "a begun month of 30 days", "whole": "a whole 30 days"}


def dues_words(rules: Rules, selector: Callable[[Selector], str]) -> dict[str, str]:
    """Each rule that holds by its key, given how a selector is said."""
    said: dict[str, tuple[Sequestration | Withhold | PromptPay, ...]] = {
        "sequestration": rules.sequestration,
        "withhold": rules.withhold,
        "prompt_pay": rules.prompt_pay,
    }
    return {key: "; ".join(due_words(rule, selector) for rule in held) for key, held in said.items() if held}


def due_words(rule: Sequestration | Withhold | PromptPay, selector: Callable[[Selector], str]) -> str:
    """One rule, given how a selector is said."""
    if isinstance(rule, PromptPay):
        return prompt_pay_words(rule) + _scope(rule, selector)
    if isinstance(rule, Sequestration):
        return f"{_percent(rule.share)} of the payment taken off{_scope(rule, selector)}"
    held = f"{_percent(rule.share)} of the payment held back{_scope(rule, selector)}"
    return ", ".join(filter(None, (held, _ORDERS[rule.order])))


def _scope(rule: Sequestration | Withhold | PromptPay, selector: Callable[[Selector], str]) -> str:
    covers = "" if rule.covers is None else f" ({selector(rule.covers)})"
    since = "" if rule.period.start == date.min else f" from {rule.period.start}"
    until = "" if rule.period.last is None else f" to {rule.period.last}"
    return covers + since + until


def prompt_pay_words(rule: PromptPay) -> str:
    """When payment is due, and what lateness costs."""
    terms = rule.terms[-1]
    told = _days(rule, terms)
    if terms.steps or terms.linked_to:
        told += f": then {_owed(terms)}"
    return told if rule.source is None else f"as in {rule.source.state}, {told}"


def _days(rule: PromptPay, terms: LateTerms) -> str:
    days = terms.paper_days if rule.paper and terms.paper_days is not None else terms.days
    kind = "working days" if terms.working else "days"
    return "within the payment days agreed" if days is None else f"within {days} {kind} of receipt"


def _owed(terms: LateTerms) -> str:
    base = "what is late" if terms.of == "payment" else "the charges less the allowed amount"
    if terms.linked_to:
        margin = f" plus {_percent(terms.margin)}" if terms.margin else ""
        least = "" if terms.at_least is None else f", at least {_percent(terms.at_least)}"
        return f"{terms.linked_to}{margin}{least} of {base} a year of {terms.year_days} days"
    each = {"year": f"a year of {terms.year_days} days", "month": _MONTHS[terms.months], "once": "once"}[terms.per]
    return f"{', '.join(_step(step) for step in terms.steps)} of {base}, {each}"


def _step(step: LateStep) -> str:
    words = _percent(step.share)
    words += "" if step.to_day is None else f" to day {step.to_day}"
    words += "" if step.most is None else f" (at most {show_money(step.most)})"
    return words if step.yearly is None else f"{words} with {_percent(step.yearly)} a year on it"


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"
