"""Limits as rows, and stop-loss rules: one for each trigger of a rule, with what the rule pays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from evenhand.contracts.limits import Bounds, Limit
from evenhand.contracts.model import Rules, Selector
from evenhand.contracts.stoploss import StopLoss, StopLossPay, Trigger
from evenhand.pricing.bands import Bands
from evenhand.pricing.escalations import Courses
from evenhand.pricing.protection import FIRST_STOP_LOSS, needs_charges, numbered_limits
from evenhand.pricing.rates import rounded
from evenhand.pricing.selectors import Kind, SelectorRows

Rows = dict[str, list[tuple[Any, ...]]]
#: Keys of these selectors, away from those of terms (above zero) and rankings (a version's key below zero).
KEYS_BELOW = -(10**12)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows of one version go."""

    rows: Rows
    selectors: SelectorRows
    version_key: int
    bands: Mapping[str, Bands]

    def selector_key(self, covers: Selector | None, kind: Kind) -> int | None:
        """The key of a selector, newly laid out; ``None`` for one that covers everything."""
        if covers is None:
            return None
        key = KEYS_BELOW - len(self.selectors.selectors)
        self.selectors.add((key, self.version_key, kind), covers, self.bands)
        return key


def protection_selectors(rules: Rules) -> Iterator[Selector]:
    """Every selector the rules hold."""
    for rule in rules.stop_loss:
        services = [service for trigger in rule.when for service in trigger.by_service]
        yield from (covers for covers in (rule.covers, *(each.covers for each in services)) if covers is not None)
    yield from (limit.covers for limit in rules.limits if limit.covers is not None)


def add_protection(
    rows: Rows, selectors: SelectorRows, version_key: int, courses: Courses, bands: Mapping[str, Bands]
) -> None:
    """Lay out what adjusts the claims of a version as a whole."""
    place, version = Place(rows, selectors, version_key, bands), courses.version
    if version.rules.stop_loss or version.rules.limits or any(term.outlier for term in version.terms):
        rows["contract_adjusters"].append((version_key,))
    for number, rule in enumerate(version.rules.stop_loss, start=FIRST_STOP_LOSS):
        _add_stop_loss(place, number, rule, course=courses.of_thresholds(rises=rule.escalates))
    terms = [(row[3], row[0]) for row in rows["contract_terms"] if row[1] == version_key]
    _add_outliers(rows, version_key, courses, dict(terms))
    for number, limit in numbered_limits(version):
        _add_limit(place, number, limit, terms)


def _add_outliers(rows: Rows, version_key: int, courses: Courses, term_keys: Mapping[str, int]) -> None:
    for term in courses.version.terms:
        outlier = term.outlier
        if outlier is None:
            continue
        key = term_keys[term.name]
        rows["contract_outliers"].append(
            (
                key,
                version_key,
                term.name,
                outlier.cite or term.cite or None,
                rounded(outlier.cost_to_charge, 6),
                rounded(outlier.fixed_loss, 2),
                rounded(outlier.share, 6),
                courses.of_thresholds(rises=outlier.escalates),
                bool(outlier.carve_outs_count),
            )
        )
        rows["contract_outlier_drgs"] += [
            (key, one.low, one.high, len(one.low), rounded(each.share, 6))
            for each in outlier.by_drg
            for one in each.drgs
        ]


def _add_limit(place: Place, number: int, limit: Limit, terms: list[tuple[str, int]]) -> None:
    key = len(place.rows["contract_limits"]) + 1
    place.rows["contract_limits"].append(
        (
            key,
            place.version_key,
            number,
            limit.level,
            limit.name,
            limit.cite or None,
            bool(limit.terms),
            place.selector_key(limit.covers, "limit"),
            *_bounds(limit.at_least),
            *_bounds(limit.at_most),
            limit.floor_kind,
            limit.cap_kind,
        )
    )
    place.rows["contract_limit_terms"] += [(key, term_key) for name, term_key in terms if name in limit.terms]


def _bounds(bounds: Bounds | None) -> tuple[Decimal | None, Decimal | None]:
    if bounds is None:
        return None, None
    return _held(bounds.percent_of_charges, 6), _held(bounds.amount, 2)


def _add_stop_loss(place: Place, number: int, rule: StopLoss, *, course: int) -> None:
    selector_key = place.selector_key(rule.covers, "stop-loss")
    for trigger in rule.when:
        key = len(place.rows["contract_stop_losses"]) + 1
        place.rows["contract_stop_losses"].append(
            (
                key,
                place.version_key,
                number,
                rule.name,
                rule.cite or None,
                selector_key,
                needs_charges(rule),
                bool(rule.carve_outs_count),
                bool(rule.carve_outs_replaced),
                rule.effect == "instead",
                course,
                *_trigger_columns(trigger, rule),
                *_pay_columns(rule.pay),
                _held(rule.most, 2),
                _held(rule.most_of_charges, 6),
            )
        )
        _add_services(place, key, trigger)
        if isinstance(rule.average_stay, str) and trigger.times_average_stay is not None:
            times = rounded(trigger.times_average_stay, 4)
            place.rows["contract_average_stays"].append((key, place.version_key, rule.average_stay, times))


def _trigger_columns(trigger: Trigger, rule: StopLoss) -> tuple[Any, ...]:
    stay = trigger.days_over
    if stay is None and trigger.times_average_stay is not None and isinstance(rule.average_stay, Decimal):
        stay = rounded(trigger.times_average_stay, 4) * rounded(rule.average_stay, 4)
    return (
        _held(trigger.charges_over, 2),
        bool(trigger.by_service),
        _held(trigger.times_rate, 4),
        trigger.has_charge_threshold,
        trigger.needs_stay,
        _held(stay, 8),
        None if stay is None else int(stay.to_integral_value(ROUND_FLOOR)),
        _held(trigger.charges_under_share_of_rate, 6),
    )


def _pay_columns(pay: StopLossPay) -> tuple[Any, ...]:
    return (
        _held(pay.percent, 6),
        pay.of == "excess",
        _held(pay.per_day, 2),
        pay.days == "excess",
        _held(pay.minimum, 2),
        _held(pay.maximum, 2),
    )


def _add_services(place: Place, alternative_key: int, trigger: Trigger) -> None:
    for number, service in enumerate(trigger.by_service, start=1):
        place.rows["contract_stop_loss_services"].append(
            (
                len(place.rows["contract_stop_loss_services"]) + 1,
                alternative_key,
                place.version_key,
                number,
                place.selector_key(service.covers, "stop-loss"),
                rounded(service.charges_over, 2),
            )
        )


def _held(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else rounded(value, places)
