"""The contract in plain English: selectors, payments, terms and rules as one would say them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from evenhand.codes import CodeRange
from evenhand.contracts.anesthesialanguage import anesthesia_words
from evenhand.contracts.capitationlanguage import capitation_words
from evenhand.contracts.chargelimitlanguage import limiters_words
from evenhand.contracts.codevalues import drg_words, narrowest
from evenhand.contracts.dues import dues_words
from evenhand.contracts.escalatorlanguage import escalators_words
from evenhand.contracts.inpatientterms import stay_words
from evenhand.contracts.leveltexts import stated_words
from evenhand.contracts.methods import (
    Amount,
    Anesthesia,
    Capitated,
    DrgWeights,
    Excluded,
    Levels,
    Packaged,
    PaidBySchedule,
    Payment,
    PercentOf,
    PercentOfCharges,
    PercentOfInvoice,
)
from evenhand.contracts.model import (
    Bound,
    Condition,
    ModifierByCode,
    Rules,
    Selector,
    Term,
)
from evenhand.contracts.paidalone import paid_alone_words
from evenhand.contracts.protection import protection_words
from evenhand.contracts.rankingwords import rankings_words
from evenhand.contracts.readmissionlanguage import readmission_words
from evenhand.money import show_money

#: One, several.
_NOUNS = {
    "codes": ("code", "codes"),
    "revenue_codes": ("revenue code", "revenue codes"),
    "modifiers": ("modifier", "modifiers"),
    "place_of_service": ("place of service", "places of service"),
    "setting": ("setting", "settings"),
    "rendering_npi": ("rendering NPI", "rendering NPIs"),
    "drg": ("DRG", "DRGs"),
    "bill_type": ("type of bill", "types of bill"),
    "claim_type": ("claim type", "claim types"),
    "diagnosis": ("diagnosis", "diagnoses"),
    "product": ("product", "products"),
    "billing_npi": ("billing NPI", "billing NPIs"),
    "tin": ("tax number", "tax numbers"),
}
_MEASURES = {
    "charge": "charge",
    "claim_charge": "charge of the claim",
    "invoice": "invoice of a unit",
    "age": "age",
    "length_of_stay": "length of stay",
}


def percent_words(share: Decimal) -> str:
    """A share as a percentage, as precise as it is.

    >>> percent_words(Decimal("1.28")), percent_words(Decimal("0.625"))
    ('128%', '62.5%')
    """
    return f"{(share * 100).normalize():f}%"


def codes_words(ranges: Iterable[CodeRange], show: Callable[[CodeRange], str] | None = None) -> str:
    """Codes and ranges of codes.

    >>> codes_words((CodeRange("99202", "99215"), CodeRange("99381", "99381")))
    '99202–99215 or 99381'
    """
    words = [(show or _range_words)(one) for one in ranges]
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _range_words(one: CodeRange) -> str:
    if one.single:
        return one.low
    if one.low[:-1] == one.high[:-1] and one.low[-1] + one.high[-1] == "0Z":
        return f"{one.low[:-1]}x"
    return f"{one.low}–{one.high}"


def condition_words(condition: Condition) -> str:
    """One condition of a selector."""
    ranges = narrowest(condition.ranges) if condition.attribute == "diagnosis" else condition.ranges
    several = len(ranges) > 1 or "–" in _range_words(ranges[0])
    noun = _NOUNS[condition.attribute][several]
    words = codes_words(ranges, drg_words if condition.attribute == "drg" else None)
    if condition.present:
        words += f" with present-on-admission {' or '.join(condition.present)}"
    return f"{'not ' if condition.negated else ''}{noun} {words}"


def bound_words(bound: Bound) -> str:
    """One limit of a selector."""
    name = _MEASURES[bound.measure]
    if bound.measure in ("age", "length_of_stay"):
        low, high = ("" if end is None else str(end) for end in (bound.low, bound.high))
        span = low if low == high else f"{low}–{high}" if low and high else f"{low} or more" if low else f"up to {high}"
        return f"{name} {span}"
    parts = [] if bound.low is None else [f"{'over' if bound.above else 'from'} {show_money(bound.low)}"]
    parts += [] if bound.high is None else [f"up to {show_money(bound.high)}"]
    return f"{name} {' '.join(parts)}"


def selector_words(selector: Selector) -> str:
    """What a selector covers."""
    parts = ["codes on the schedule"] if selector.on_schedule else []
    parts += [condition_words(condition) for condition in selector.conditions if not condition.negated]
    parts += [bound_words(bound) for bound in selector.bounds]
    parts += [condition_words(condition) for condition in selector.conditions if condition.negated]
    if selector.with_line is not None:
        parts += [f"on a claim with a line of {_joined_words(selector.with_line)}"]
    if selector.without_line is not None:
        parts += [f"on a claim without a line of {_joined_words(selector.without_line)}"]
    if selector.readmission is not None:
        parts.append(readmission_words(selector.readmission))
    if not parts:
        return "everything"
    return (
        f"everything, {', '.join(parts)}" if parts[0].startswith(("not ", "on a ", "readmitted ")) else ", ".join(parts)
    )


def _joined_words(selector: Selector) -> str:
    return " and ".join(condition_words(condition) for condition in selector.conditions)


def payment_words(pay: Payment, per: str = "unit") -> str:
    """How a term pays."""
    match pay:
        case Amount() | Levels():
            return stated_words(pay, per)
        case Excluded() | Packaged():
            return _unpaid_words(pay, per)
        case Anesthesia():
            return anesthesia_words(pay)
        case Capitated():
            return capitation_words(pay)
        case PaidBySchedule(schedule):
            return f"the rate in {schedule}" + (f" per {per}" if per != "unit" else "")
        case DrgWeights(schedule, base):
            return f"{show_money(base)} times the weight in {schedule} per case"
        case PercentOf(schedule, factor, pinned):
            rates = "rates of the day of service" if pinned is None else f"rates of {pinned}"
            return f"{percent_words(factor)} of {schedule}, {rates}" + (", per line" if per == "line" else "")
        case PercentOfCharges(factor):
            return f"{percent_words(factor)} of charges" + (" of the whole claim" if per == "case" else "")
        case PercentOfInvoice():
            return _invoice_words(pay, per)


def _unpaid_words(pay: Excluded | Packaged, per: str) -> str:
    if isinstance(pay, Packaged):
        return "nothing of its own: packaged into the other services of the claim"
    return "nothing" + (" for the whole claim" if per == "case" else "")


def _invoice_words(pay: PercentOfInvoice, per: str) -> str:
    most = "" if pay.most is None else f", at most {show_money(pay.most)} a unit"
    otherwise = "no price" if pay.otherwise is None else payment_words(pay.otherwise, per)
    return f"{percent_words(pay.factor)} of the invoice{most}; without an invoice {otherwise}"


def term_words(term: Term) -> str:
    """A whole term, without its name: what it covers, how it pays, what is paid besides."""
    return f"{selector_words(term.covers)}: {terms_payment(term)}"


def terms_payment(term: Term) -> str:
    """How a term pays, and what is paid besides."""
    words = payment_words(term.pay, term.per)
    if term.carve_out:
        words += "; in addition to any case or day rate"
    if term.default:
        words += "; where no other term pays"
    if term.excepts:
        words += f"; {' and '.join(term.excepts)} paid in addition"
    if term.most_units is not None:
        words += f", at most {term.most_units.normalize():f} units of a line"
    if term.once:
        words += f"; once a {term.once}, for the line with the highest fee"
    if not term.stop_loss:
        words += "; its charges do not count towards a stop-loss"
    return "; ".join([words, *stay_words(term)])


def rules_words(rules: Rules) -> dict[str, str]:
    """Each rule by its key, in words; one that does not hold says so."""
    return {
        "lesser_of": lesser_of_words(rules.lesser_of),
        "multiple_procedures": rankings_words(rules.multiple_procedures, selector_words),
        "modifiers": ", ".join(f"{name} at {percent_words(share)}" for name, share in rules.modifiers.items())
        or "none",
        "escalator": escalators_words(rules.escalator),
        **protection_words(rules, selector_words),
        **({"charge_limiter": limiters_words(rules.charge_limiter)} if rules.charge_limiter else {}),
        **_further_words(rules),
        **dues_words(rules, selector_words),
    }


def _further_words(rules: Rules) -> dict[str, str]:
    """Rules that only some contracts have."""
    by_code = "; ".join(f"{name} {_by_code_words(rule)}" for name, rule in rules.modifiers_by_code.items())
    tiers = "; ".join(
        f"{tier.name}: {percent_words(tier.factor)} for {selector_words(tier.covers)}" for tier in rules.tiers
    )
    said = {
        "grouper": rules.grouper and f"stays are grouped by {rules.grouper}",
        "modifiers_by_code": by_code,
        "tiers": tiers,
        "paid_alone": paid_alone_words(rules.paid_alone, selector_words),
        "bilateral_lines": rules.bilateral_lines and "a code on two lines with RT and LT is paid as modifier 50",
        "bilateral_units": rules.bilateral_units
        and "two units of a code with bilateral indicator 1 or 3 are paid as modifier 50",
        "indicators": rules.indicators and f"those of {rules.indicators}",
    }
    return {rule: words for rule, words in said.items() if words}


def _by_code_words(rule: ModifierByCode) -> str:
    """A modifier whose share depends on the code; its share otherwise stands among the modifiers."""
    if rule.shares:
        return f"at the {' and '.join(rule.shares)}-operative share of the code"
    shares = ", ".join(f"{value} at {percent_words(factor)}" for value, factor in rule.factors.items())
    return f"by the code's {rule.by.replace('_', ' ')} indicator: {shares}"


def lesser_of_words(level: str | None) -> str:
    """The lesser-of rule."""
    if level is None:
        return "none: the rate is paid even above the charge"
    return "never more than the charge, line by line" if level == "line" else "never more than the charge of the claim"


def period_words(first: date, last: date | None) -> str:
    """A period by its first and last day.

    >>> period_words(date(2025, 1, 1), None)
    'from 2025-01-01'
    """
    return f"from {first}" if last is None else f"{first} to {last}"
