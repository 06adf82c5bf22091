"""What can be computed from exposures: rates, terms and rules this room knows whole.

Anything else, a rule added tomorrow among it, is priced the long way. So what is not known is never guessed at:
a field nobody here has heard of must stand at its default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, replace
from decimal import Decimal
from typing import Any

from evenhand.contracts.escalation import Escalator
from evenhand.contracts.methods import Amount, Excluded, Packaged, PaidBySchedule, PercentOf, PercentOfCharges
from evenhand.contracts.model import FeeSchedule, MultipleProcedures, Rate, Rules, Term, Version

#: Record → the fields this room knows. All other fields must stand at their default.
_KNOWN: Mapping[type[Any], frozenset[str]] = {
    Amount: frozenset(("amount", "method")),
    Excluded: frozenset(("method",)),
    Packaged: frozenset(("method",)),
    PaidBySchedule: frozenset(("schedule", "method")),
    PercentOf: frozenset(("schedule", "factor", "pinned", "method")),
    PercentOfCharges: frozenset(("factor", "method")),
    Term: frozenset(
        (
            "name",
            "pay",
            "covers",
            "per",
            "cite",
            "carve_out",
            "excepts",
            "default",
            "stop_loss",
            "grouper",
            "line",
            "source",
        )
    ),
    Rules: frozenset(("lesser_of", "multiple_procedures", "modifiers", "escalator", "grouper")),
    Version: frozenset(
        ("period", "terms", "rules", "schedules", "products", "amendments", "provisions", "scope"),
    ),
    MultipleProcedures: frozenset(("factors", "covers", "order", "apart", "name")),
    Escalator: frozenset(
        (
            "start",
            "months",
            "factor",
            "applies_to",
            "terms",
            "schedules",
            "index",
            "floor",
            "cap",
            "lag",
            "base_month",
            "decimals",
            "thresholds",
            "line",
            "source",
        )
    ),
    FeeSchedule: frozenset(("name", "rates", "file", "source", "lagged")),
    Rate: frozenset(("code", "amount", "modifier", "setting", "period", "line", "group")),
}
_PER = ("unit", "line", "day", "case")
_CENT = Decimal("0.01")
#: Decimals of a rate that is rounded to cents before units are counted.
_PLACES = 2
#: What a rate may say beside what is known here.
_BESIDE = tuple(each for each in fields(Rate) if each.name not in _KNOWN[Rate])


def knows(record: Any) -> bool:
    """Whether nothing is said in a record that this room does not know."""
    known = _KNOWN.get(type(record))
    if known is None:
        return False
    return all(each.name in known or getattr(record, each.name) == _default(each) for each in fields(record))


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def knows_rules(version: Version) -> bool:
    """Whether the rules that hold for all terms of a version are known."""
    rules = version.rules
    ranking = ranking_of(rules)
    return (
        knows(version)
        and knows(rules)
        and (ranking is not None or not rules.multiple_procedures)
        and rules.lesser_of in (None, "line", "claim")
        and (ranking is None or (knows(ranking) and ranking.order == "fee" and min(ranking.factors) >= 0))
        and all(map(knows, rules.escalator))
    )


def knows_term(version: Version, term: Term) -> bool:
    """Whether a term pays in a way that is known, by known rates."""
    schedule = version.schedules.get(getattr(term.pay, "schedule", ""))
    return (
        knows(term)
        and knows(term.pay)
        and term.per in _PER
        and not (isinstance(term.pay, Packaged) and version.rules.lesser_of == "claim")
        and (schedule is None or (knows(schedule) and all(map(_knows_rate, schedule.rates))))
    )


def _knows_rate(rate: Rate) -> bool:
    """Whether a rate is a plain amount in cents, with nothing beside it."""
    exponent = rate.amount.as_tuple().exponent
    plain = isinstance(exponent, int) and exponent >= -_PLACES and rate.amount >= 0
    return plain and all(getattr(rate, each.name) == _default(each) for each in _BESIDE)


def skeleton(version: Version) -> Any:
    """What a version says beside the numbers that can be changed here; rates are left out too."""
    return replace(
        version,
        terms=tuple(replace(term, pay=_without_numbers(term.pay)) for term in version.terms),
        rules=_rules_without_numbers(version.rules),
        schedules={},
    )


def _without_numbers(pay: Any) -> Any:
    if isinstance(pay, Amount):
        return replace(pay, amount=_CENT)
    return replace(pay, factor=_CENT) if isinstance(pay, PercentOf | PercentOfCharges) else pay


def _rules_without_numbers(rules: Rules) -> Rules:
    ranking = ranking_of(rules)
    if ranking is not None:
        ranking = replace(ranking, factors=tuple(_CENT for _ in ranking.factors))
    escalator = tuple(replace(each, factor=_CENT) for each in rules.escalator)
    rankings = rules.multiple_procedures if ranking is None else (ranking,)
    return replace(rules, multiple_procedures=rankings, escalator=escalator)


def ranking_of(rules: Rules) -> MultipleProcedures | None:
    """The ranking of procedures, where there is one and no other."""
    return rules.multiple_procedures[0] if len(rules.multiple_procedures) == 1 else None
