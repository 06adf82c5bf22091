"""Selectors as rows: one row for each condition, one for each range of codes in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from evenhand.codes import CodeRange
from evenhand.contracts.model import Bound, Condition, Selector
from evenhand.pricing.bands import Bands
from evenhand.pricing.companions import CompanionRows
from evenhand.pricing.readmissions import ReadmissionRows

#: What a diagnosis is asked for by with its present-on-admission indicator: the indicator, then the code.
PRESENT_DIAGNOSIS = "present diagnosis"

#: Which condition of a selector leads: the narrowest kind first. Only what the leader lets through
#: is compared with the selector's other conditions.
LEADING = (
    "codes",
    "drg",
    "revenue_codes",
    "diagnosis",
    PRESENT_DIAGNOSIS,
    "rendering_npi",
    "bill_type",
    "modifiers",
    "place_of_service",
    "tin",
    "billing_npi",
    "product",
    "age",
    "length_of_stay",
    "claim_charge",
    "invoice",
    "charge",
    "companions",
    "readmission",
    "setting",
    "claim_type",
)

Kind = Literal["line", "claim", "ranking", "tier", "paid alone", "stop-loss", "limit"]


@dataclass(slots=True)
class SelectorRows:
    """The rows of ``contract_selectors``, ``contract_tests`` and ``contract_ranges`` as they grow."""

    selectors: list[tuple[int, int, str, int, bool]] = field(default_factory=list)
    tests: list[tuple[int, int, int, str, bool, bool]] = field(default_factory=list)
    ranges: list[tuple[int, int, str, str, str, int, bool]] = field(default_factory=list)
    companions: CompanionRows = field(default_factory=CompanionRows)
    readmissions: ReadmissionRows = field(default_factory=ReadmissionRows)

    def add(self, key: tuple[int, int, Kind], selector: Selector, bands: Mapping[str, Bands]) -> None:
        """Add one selector under (selector key, version key, kind)."""
        conditions = [
            *map(_with_indicator, selector.conditions),
            *(_as_condition(bound, bands) for bound in selector.bounds),
        ]
        conditions += self.companions.conditions(key[1], selector)
        conditions += self.readmissions.conditions(key[1], selector.readmission)
        leader = _leader(conditions)
        selector_key, version_key, kind = key
        others = sum(1 for each in conditions if not each.negated and each is not leader)
        self.selectors.append((selector_key, version_key, kind, others, leader is not None))
        for condition in conditions:
            self._add_test(key, condition, leads=condition is leader)

    def _add_test(self, key: tuple[int, int, Kind], condition: Condition, *, leads: bool) -> None:
        test_key = len(self.tests) + 1
        self.tests.append((test_key, key[0], key[1], condition.attribute, condition.negated, leads))
        for low, high in sorted({(each.low, each.high) for each in _plain(condition)}):
            self.ranges.append((test_key, key[1], condition.attribute, low, high, len(low), low == high))


def _as_condition(bound: Bound, bands: Mapping[str, Bands]) -> Condition:
    return Condition(bound.measure, (bands[bound.measure].inside(bound),))


def _with_indicator(condition: Condition) -> Condition:
    """Diagnoses asked for with an indicator, as ranges of indicator and code."""
    if not condition.present:
        return condition
    ranges = (CodeRange(each + one.low, each + one.high) for each in condition.present for one in condition.ranges)
    return Condition(PRESENT_DIAGNOSIS, tuple(ranges), condition.negated)


def _leader(conditions: Iterable[Condition]) -> Condition | None:
    positive = [condition for condition in conditions if not condition.negated]
    return min(positive, key=lambda condition: LEADING.index(condition.attribute), default=None)


def _plain(condition: Condition) -> Iterator[CodeRange]:
    """Ranges in capitals, as the values of claims are compared."""
    for each in condition.ranges:
        yield CodeRange(each.low.upper(), each.high.upper())


def bands_of(selectors: Iterable[Selector]) -> dict[str, Bands]:
    """The bands of every measure these selectors bound."""
    bounds: dict[str, list[Bound]] = {}
    for selector in selectors:
        for bound in selector.bounds:
            bounds.setdefault(bound.measure, []).append(bound)
    return {measure: Bands.of(measure, each) for measure, each in bounds.items()}
