"""A contract with a scenario's changes made: what the scenario means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from evenhand.contracts.adjustments import Adjustment, adjust, scaled_amount
from evenhand.contracts.methods import Excluded, Packaged
from evenhand.contracts.model import Bound, Contract, FeeSchedule, Rate, Term, Version
from evenhand.contracts.nodes import Scalar
from evenhand.errors import UsageError
from evenhand.money import to_cents
from evenhand.pricing.scenarios.changes import Change, Scenario

#: Fields that hold a multiplier where the contract is written in percent.
_SHARES = ("factor", "share", "percent")
_SHARE = Decimal("0.00000001")
#: Written bound → measure, the end it sets, whether the value itself is outside.
_BOUNDS = {
    f"{measure}_{words}": (measure, end, above)
    for measure in ("charge", "claim_charge")
    for words, end, above in (("over", "low", True), ("at_least", "low", False), ("up_to", "high", False))
}


def changed(contract: Contract, scenario: Scenario) -> Contract:
    """The contract with the scenario's changes made, in every version that has what they name.

    Raises:
        UsageError: a change names a number that nothing of that name has.
    """
    versions = contract.versions
    for change in scenario.ordered():
        tried = [change_version(version, change) for version in versions]
        if all(each is None for each in tried):
            raise UsageError(f"'{change}': {contract.name} has no such number to change")
        versions = tuple(new or old for new, old in zip(tried, versions, strict=True))
    return replace(contract, versions=versions, cases=(), digest="")


def change_version(version: Version, change: Change) -> Version | None:
    """The version with one change made; nothing where it does not have what the change names."""
    made: Mapping[str, Callable[[Version, Change], Version | None]] = {
        "schedule": _change_schedule,
        "rule": _change_rule,
        "term": _change_term,
    }
    return made[change.kind](version, change)


def _change_schedule(version: Version, change: Change) -> Version | None:
    schedule = version.schedules.get(change.name)
    if schedule is None:
        return None
    rates = tuple(_rate(rate, change) if meant(rate, change.key) else rate for rate in schedule.rates)
    if change.key and not any(meant(rate, change.key) for rate in schedule.rates):
        return None
    return _with_schedule(version, replace(schedule, rates=rates))


def _with_schedule(version: Version, schedule: FeeSchedule) -> Version:
    return replace(version, schedules={**version.schedules, schedule.name: schedule})


def meant(rate: Rate, key: str) -> bool:
    """Whether a rate is one a key means: all, those of a code, or those of a code with a modifier."""
    code, _, modifier = key.upper().partition("-")
    return not key or (rate.code.upper() == code and (not modifier or rate.modifier.upper() == modifier))


def _rate(rate: Rate, change: Change) -> Rate:
    return replace(rate, amount=scaled_amount(rate.amount, change.value) if change.times else change.value)


def _change_rule(version: Version, change: Change) -> Version | None:
    rule = getattr(version.rules, change.name, None)
    if not rule:
        return None
    new: Any = None
    if isinstance(rule, Mapping):
        new = _in_mapping(rule, change)
    elif isinstance(rule, tuple):
        new = _in_several(rule, change)
    elif is_dataclass(rule):
        new = _in_record(rule, change)
    return None if new is None else replace(version, rules=replace(version.rules, **{change.name: new}))


def _in_mapping(shares: Mapping[str, Any], change: Change) -> dict[str, Any] | None:
    """The share of one modifier, or of all; one that goes by the code's indicators is no single number."""
    plain = [name for name, share in shares.items() if isinstance(share, Decimal)]
    names = [name for name in plain if change.key.upper() in ("", name.upper())]
    return {**shares, **{name: _new(shares[name], change, share=True) for name in names}} if names else None


def _in_several(records: tuple[Any, ...], change: Change) -> tuple[Any, ...] | None:
    """A number of one of several rules of a kind: by its name or its place (``2.percent``), or the only one's."""
    changed, touched = [], False
    for place, record in enumerate(records, start=1):
        names = (str(place), getattr(record, "name", ""))
        begun = next((name for name in names if name and change.key.lower().startswith(f"{name.lower()}.")), None)
        key = change.key if begun is None else change.key[len(begun) + 1 :]
        if is_dataclass(record) and (begun is not None or len(records) == 1):
            changed.append(_in_record(record, replace(change, key=key)))
            touched = True
        else:
            changed.append(record)
    return None if None in changed or not touched else tuple(changed)


def _in_record(record: Any, change: Change) -> Any:
    """A number of a rule by its field; ``percent`` is what the rule multiplies by, a digit its place in a list."""
    names = {each.name: getattr(record, each.name) for each in fields(record)}
    if change.key.isdecimal() and "factors" in names:
        return _in_list(record, change)
    if change.key == "percent" and change.name == "escalator":
        rise = _new(record.factor - 1, change, share=True)
        return replace(record, factor=1 + rise)
    field = next((each for each in _spellings(change.key) if isinstance(names.get(each), Decimal)), None)
    if field is None:
        return None
    return replace(record, **{field: _new(names[field], change, share=field in _SHARES)})


def _in_list(record: Any, change: Change) -> Any:
    factors, place = list(record.factors), int(change.key) - 1
    if not 0 <= place < len(factors):
        return None
    factors[place] = _new(factors[place], change, share=True)
    return replace(record, factors=tuple(factors))


def _spellings(key: str) -> tuple[str, ...]:
    return (key, *_SHARES) if key == "percent" else (key,)


def _new(old: Decimal, change: Change, *, share: bool) -> Decimal:
    """The new value: shares to eight decimals, dollars to cents where they are multiplied."""
    if change.times:
        new = old * change.value
        return new.quantize(_SHARE, rounding=ROUND_HALF_UP).normalize() if share else to_cents(new)
    return change.value / 100 if share else change.value


def _change_term(version: Version, change: Change) -> Version | None:
    if not any(term.name == change.name for term in version.terms):
        return None
    if not change.key:
        return _multiplied(version, change)
    terms = [_term(term, change) if term.name == change.name else term for term in version.terms]
    return None if None in terms else replace(version, terms=tuple(term for term in terms if term is not None))


def _multiplied(version: Version, change: Change) -> Version | None:
    """All rates of a term multiplied, as ``adjust:`` of an amendment does it."""
    (term,) = (term for term in version.terms if term.name == change.name)
    new = adjust(version, (Adjustment((Scalar(change.name, 0),), change.value, 0),))
    if new.terms == version.terms and new.schedules == version.schedules and change.value != 1:
        silent = isinstance(term.pay, Excluded | Packaged) or _all_zero(version, term)
        return new if silent else None
    return new


def _all_zero(version: Version, term: Term) -> bool:
    """Whether there is nothing to multiply: every rate is zero."""
    name = getattr(term.pay, "schedule", "")
    if name in version.schedules:
        return not any(rate.amount for rate in version.schedules[name].rates)
    numbers = [value for value in vars_of(term.pay).values() if isinstance(value, Decimal)]
    return bool(numbers) and not any(numbers)


def vars_of(record: Any) -> dict[str, Any]:
    """The fields of a record with their values."""
    return {each.name: getattr(record, each.name) for each in fields(record)}


def _term(term: Term, change: Change) -> Term | None:
    if change.key in _BOUNDS:
        return _bounded(term, change)
    pay = _in_record(term.pay, change)
    if pay is not None:
        return replace(term, pay=pay)
    changed: Term | None = _in_record(term, change)
    return changed


def _bounded(term: Term, change: Change) -> Term | None:
    """A threshold of what the term covers; only one that is there can be moved."""
    measure, end, above = _BOUNDS[change.key]
    bounds, moved = [], False
    for bound in term.covers.bounds:
        held = getattr(bound, end)
        if bound.measure == measure and held is not None and (end == "high" or bound.above == above):
            bounds.append(_moved(bound, end, change))
            moved = True
        else:
            bounds.append(bound)
    return replace(term, covers=replace(term.covers, bounds=tuple(bounds))) if moved else None


def _moved(bound: Bound, end: str, change: Change) -> Bound:
    value = _new(getattr(bound, end), change, share=False)
    return replace(bound, low=value) if end == "low" else replace(bound, high=value)
