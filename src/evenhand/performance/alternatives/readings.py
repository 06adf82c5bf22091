"""Other readings of one contract: older, unescalated, without a rule, with another factor.

Each :class:`Reading` says which mistake a payer would be making, and holds the contract as that payer
would read it. Nothing is priced here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from evenhand.contracts.model import Contract, FeeSchedule, Rate, Rules, Version
from evenhand.periods import add_months


@dataclass(frozen=True, slots=True)
class Reading:
    """One way a payer may have read the contract, or the claim.

    ``way`` says what of the claim is taken as the payer changed it: nothing (``billed``), its ``code``,
    ``modifiers``, ``units``, ``all`` of these, ``one unit`` or ``no modifiers``.
    """

    reason: str
    words: str
    contract: Contract
    way: str = "billed"


def readings(contract: Contract) -> list[Reading]:
    """Every reading worth trying, the most telling first: when several fit, the first is named."""
    makers: tuple[Callable[[Contract], Iterator[Reading]], ...] = (
        _changed_claims,
        _older_versions,
        _earlier_rates,
        _escalations,
        _carve_outs,
        _modifier_rules,
        _procedure_cuts,
        _limits,
        _without_claim_prices,
    )
    return [reading for maker in makers for reading in maker(contract)]


def _changed_claims(contract: Contract) -> Iterator[Reading]:
    yield Reading("code changed", "the rate of the code the payer put in place of the one billed", contract, "code")
    yield Reading("units changed", "the rate for the units the payer counted", contract, "units")
    yield Reading("modifier", "the rate with the modifiers the payer kept", contract, "modifiers")
    yield Reading("code changed", "the rate of code, modifiers and units as the payer changed them", contract, "all")
    yield Reading("units changed", "the rate for one unit", contract, "one unit")


def _older_versions(contract: Contract) -> Iterator[Reading]:
    versions = contract.versions
    for back in range(1, len(versions)):
        older = tuple(
            replace(versions[max(0, place - back)], period=version.period) for place, version in enumerate(versions)
        )
        which = "the version before" if back == 1 else f"the version {back} before"
        yield Reading("older schedule", f"the price under {which}", replace(contract, versions=older))


def _earlier_rates(contract: Contract) -> Iterator[Reading]:
    if any(_dated(schedule) for version in contract.versions for schedule in version.schedules.values()):
        earlier = _with_versions(
            contract, lambda v: replace(v, schedules={n: _earlier(s) for n, s in v.schedules.items()})
        )
        yield Reading("older schedule", "the price at the rates that stood before in the same schedule", earlier)


def _key(rate: Rate) -> tuple[str, str, str]:
    return rate.code, rate.modifier, rate.setting


def _dated(schedule: FeeSchedule) -> bool:
    return len({_key(rate) for rate in schedule.rates}) < len(schedule.rates)


def _earlier(schedule: FeeSchedule) -> FeeSchedule:
    """Each rate's amount replaced by that of the period before it; the first stays."""
    ordered = sorted(schedule.rates, key=lambda rate: (_key(rate), rate.period))
    moved: list[Rate] = []
    for _, group in groupby(ordered, key=_key):
        rates = list(group)
        moved += [replace(rate, amount=rates[max(0, place - 1)].amount) for place, rate in enumerate(rates)]
    return replace(schedule, rates=tuple(moved))


def _escalations(contract: Contract) -> Iterator[Reading]:
    if any(version.rules.escalator for version in contract.versions):
        yield Reading(
            "escalator not applied", "the price with the latest escalation left out", _with_rules(contract, _later)
        )
        yield Reading(
            "escalator not applied",
            "the price without any escalation",
            _with_rules(contract, lambda rules: replace(rules, escalator=())),
        )


def _later(rules: Rules) -> Rules:
    """Every step one later; an index keeps the months it is read for."""
    return replace(
        rules,
        escalator=tuple(
            replace(one, start=add_months(one.start, one.months), lag=one.lag + one.months) for one in rules.escalator
        ),
    )


def _carve_outs(contract: Contract) -> Iterator[Reading]:
    if any(term.carve_out or term.excepts for version in contract.versions for term in version.terms):
        inside = _with_versions(
            contract,
            lambda v: replace(v, terms=tuple(replace(t, carve_out=False, excepts=()) for t in v.terms)),
        )
        yield Reading("carve-out not paid", "the price with nothing paid in addition to the case or day price", inside)


def _modifier_rules(contract: Contract) -> Iterator[Reading]:
    for modifier in sorted({m for version in contract.versions for m in version.rules.modifiers}):
        yield Reading(
            "modifier",
            f"the price without the contract's percentage for modifier {modifier}",
            _with_rules(contract, lambda rules, m=modifier: _without_modifier(rules, m)),  # type: ignore[misc]
        )
    yield Reading("modifier", "the price with no modifier taken into account", contract, "no modifiers")


def _without_modifier(rules: Rules, modifier: str) -> Rules:
    return replace(rules, modifiers={m: f for m, f in rules.modifiers.items() if m != modifier})


def _procedure_cuts(contract: Contract) -> Iterator[Reading]:
    if any(version.rules.multiple_procedures for version in contract.versions):
        yield Reading(
            "multiple procedures",
            "the price without a cut for several procedures",
            _with_rules(contract, lambda rules: replace(rules, multiple_procedures=())),
        )


def _limits(contract: Contract) -> Iterator[Reading]:
    stated = {version.rules.lesser_of for version in contract.versions}
    words = {
        None: "the price without holding it to the charge",
        "line": "the price held to the charge, line by line",
        "claim": "the price held to the charge of the whole claim",
    }
    for level, text in words.items():
        if stated != {level}:
            other = _with_rules(contract, lambda rules, to=level: replace(rules, lesser_of=to))  # type: ignore[misc]
            yield Reading("lesser-of", text, other)


def _without_claim_prices(contract: Contract) -> Iterator[Reading]:
    if any(term.claim_level for version in contract.versions for term in version.terms):
        by_line = _with_versions(
            contract, lambda v: replace(v, terms=tuple(term for term in v.terms if not term.claim_level))
        )
        yield Reading("case rate", "the price line by line, without the case or day price", by_line)


def _with_versions(contract: Contract, change: Callable[[Version], Version]) -> Contract:
    return replace(contract, versions=tuple(change(version) for version in contract.versions))


def _with_rules(contract: Contract, change: Callable[[Rules], Rules]) -> Contract:
    return _with_versions(contract, lambda version: replace(version, rules=change(version.rules)))
