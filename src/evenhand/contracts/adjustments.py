"""Across-the-board changes: rates of named terms, or of all, times one factor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from evenhand.contracts.anesthesialanguage import raised
from evenhand.contracts.methods import (
    Amount,
    Anesthesia,
    Capitated,
    DrgWeights,
    Levels,
    PaidBySchedule,
    PercentOf,
    PercentOfCharges,
    PercentOfInvoice,
)
from evenhand.contracts.model import FeeSchedule, Rules, Term, Version
from evenhand.contracts.nodes import Scalar
from evenhand.money import to_cents

_SHARE = Decimal("0.000001")
_FINE = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Rates of these terms (``None``: all) times ``factor``; 4 % is ``Decimal("1.04")``."""

    names: tuple[Scalar, ...] | None
    factor: Decimal
    line: int

    def touches(self, term: Term) -> bool:
        """Whether the term's rates move."""
        return self.names is None or any(name.text == term.name for name in self.names)


def adjust(version: Version, adjustments: tuple[Adjustment, ...]) -> Version:
    """The version after each adjustment in turn."""
    for one in adjustments:
        names = _new_names(version, one)
        schedules = dict(version.schedules)
        for old, new in names.items():
            schedules[new] = scaled(version.schedules[old], new, one.factor)
        terms = tuple(_adjusted(term, one.factor, names) if one.touches(term) else term for term in version.terms)
        version = replace(version, terms=terms, schedules=schedules, rules=_followed(version.rules, names))
    return version


def _followed(rules: Rules, names: Mapping[str, str]) -> Rules:
    """Escalators that move a schedule move the copy of it, too."""
    copies = {old: new for old, new in names.items() if old != new}
    escalators = tuple(
        replace(one, schedules=(*one.schedules, *(new for old, new in copies.items() if old in one.schedules)))
        for one in rules.escalator
    )
    return replace(rules, escalator=escalators) if copies else rules


def _new_names(version: Version, one: Adjustment) -> dict[str, str]:
    """Schedules to scale → their names afterwards.

    A schedule keeps its name when every term that uses it moves; else the moved terms get a copy.
    """
    moved: set[str] = set()
    kept: set[str] = set()
    for term in version.terms:
        if isinstance(term.pay, PaidBySchedule | PercentOf):
            scales = one.touches(term) and isinstance(term.pay, PaidBySchedule)
            (moved if scales else kept).add(term.pay.schedule)
    return {name: f"{name} × {one.factor.normalize():f}" if name in kept else name for name in sorted(moved)}


def scaled(schedule: FeeSchedule, name: str, factor: Decimal) -> FeeSchedule:
    """A schedule with every amount times a factor, as :func:`scaled_amount` has it."""
    rates = tuple(replace(rate, amount=scaled_amount(rate.amount, factor)) for rate in schedule.rates)
    return replace(schedule, name=name, rates=rates)


def scaled_amount(amount: Decimal, factor: Decimal) -> Decimal:
    """A rate times a factor, in cents; one stated in fractions of a cent is held to six decimals.

    >>> scaled_amount(Decimal("118.52"), Decimal("1.04")), scaled_amount(Decimal("0.0045"), Decimal("1.04"))
    (Decimal('123.26'), Decimal('0.004680'))
    """
    if amount == to_cents(amount):
        return to_cents(amount * factor)
    return (amount * factor).quantize(_FINE, rounding=ROUND_HALF_UP)


def adjusted_share(share: Decimal, factor: Decimal) -> Decimal:
    """A percentage moved by a factor: kept to four decimals of a percent, as percentages are written.

    >>> adjusted_share(Decimal("1.28"), Decimal("1.035"))
    Decimal('1.3248')
    """
    return (share * factor).quantize(_SHARE, rounding=ROUND_HALF_UP).normalize()


def _adjusted(term: Term, factor: Decimal, names: Mapping[str, str]) -> Term:
    match term.pay:
        case Amount(amount, extra_day=extra):
            more = None if extra is None else to_cents(extra * factor)
            return replace(term, pay=replace(term.pay, amount=to_cents(amount * factor), extra_day=more))
        case Levels(levels):
            moved = tuple(replace(level, amount=to_cents(level.amount * factor)) for level in levels)
            return replace(term, pay=replace(term.pay, levels=moved))
        case Capitated(rates):
            grown = tuple(replace(rate, amount=to_cents(rate.amount * factor)) for rate in rates)
            return replace(term, pay=replace(term.pay, rates=grown))
        case PaidBySchedule(schedule):
            return replace(term, pay=PaidBySchedule(names[schedule]))
        case Anesthesia():
            return replace(term, pay=replace(term.pay, conversion_factor=raised(term.pay, factor)))
        case DrgWeights(base=base):
            return replace(term, pay=replace(term.pay, base=to_cents(base * factor)))
        case PercentOf(factor=share):
            return replace(term, pay=replace(term.pay, factor=adjusted_share(share, factor)))
        case PercentOfCharges(share):
            return replace(term, pay=PercentOfCharges(adjusted_share(share, factor)))
        case PercentOfInvoice():
            return replace(term, pay=_by_invoice(term.pay, factor))
    return term


def _by_invoice(pay: PercentOfInvoice, factor: Decimal) -> PercentOfInvoice:
    """The share and the stated fallback move; the most for a unit stays, as thresholds do."""
    otherwise = pay.otherwise
    if isinstance(otherwise, Amount):
        otherwise = Amount(to_cents(otherwise.amount * factor))
    elif otherwise is not None:
        otherwise = PercentOfCharges(adjusted_share(otherwise.factor, factor))
    return replace(pay, factor=adjusted_share(pay.factor, factor), otherwise=otherwise)
