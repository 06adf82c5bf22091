"""Lines paid by units of anaesthesia."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from evenhand.contracts.methods import Anesthesia
from evenhand.contracts.methods.anesthesia import LONGEST_MINUTES
from evenhand.contracts.model import Version
from evenhand.money import CENT, ZERO, to_cents
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.priced import PricedLine
from evenhand.pricing.oracle.procedure import place
from evenhand.pricing.oracle.rates import find_rate, places

_MILLIONTH = Decimal("0.000001")


def by_anesthesia(priced: PricedLine, pay: Anesthesia, lines: Sequence[OracleLine], base: Decimal) -> PricedLine:
    """All units times the conversion factor, for the first line and the time of all of them.

    Without a time that can be read there is no price.
    """
    told = replace(priced, schedule=pay.schedule, basis_amount=places(pay.conversion_factor, 4))
    time = _time(pay, lines)
    if told.escalation is None:
        return replace(told, outcome="no index")
    if time is None:
        return replace(told, outcome="no time")
    assert told.modifier_factor is not None
    units = Fraction(places(base, 4)) + _status(pay, lines[0]) + time
    price = _held(units * Fraction(places(pay.conversion_factor * told.escalation, 4)), CENT)
    return replace(
        told,
        units=_held(time, Decimal("0.001")),
        percent=_held(units, _MILLIONTH),
        unit_rate=price,
        fee_amount=to_cents(price * told.modifier_factor),
    )


def paid_by_session(version: Version, claim: OracleClaim, lines: Sequence[PricedLine]) -> list[PricedLine]:
    """The lines of a claim; where one code is paid for a session, it has the time of all, and the others nothing."""
    sessions: dict[Hashable, list[_Coded]] = {}
    for index, (line, priced) in enumerate(zip(claim.lines, lines, strict=True)):
        pay = None if priced.term_no is None else version.terms[priced.term_no - 1].pay
        if isinstance(pay, Anesthesia) and pay.session == "highest base":
            day = line.service_date or claim.day
            rate = find_rate(version.schedules[pay.schedule], line, day)
            assert rate is not None
            session = (priced.term_no, day, (line.rendering_npi or "").strip().upper(), _is_nurses(line))
            sessions.setdefault(session, []).append(_Coded(index, line, _unpriced(priced, line), pay, rate.amount))
    answer = list(lines)
    for coded in sessions.values():
        first, *rest = sorted(coded, key=lambda one: (-one.base, *place(one.line)))
        time_of = [first.line, *(one.line for one in rest)]
        answer[first.index] = by_anesthesia(first.priced, first.pay, time_of, first.base)
        for one in rest:
            told = replace(one.priced, schedule=one.pay.schedule, basis_amount=places(one.base, 6))
            answer[one.index] = replace(told, outcome="included", fee_amount=ZERO, reduction="session")
    return answer


@dataclass(frozen=True, slots=True)
class _Coded:
    """A code of a session, with its base units."""

    index: int
    line: OracleLine
    priced: PricedLine
    pay: Anesthesia
    base: Decimal


def _unpriced(priced: PricedLine, line: OracleLine) -> PricedLine:
    """The line as its term decides it, before units are counted."""
    return replace(priced, outcome="priced", units=line.units, percent=None, unit_rate=None, fee_amount=None)


def _is_nurses(line: OracleLine) -> bool:
    """Whether a nurse anaesthetist's work is billed, directed or not."""
    return not _modifiers(line).isdisjoint(("QX", "QZ"))


def _time(pay: Anesthesia, lines: Sequence[OracleLine]) -> Fraction | None:
    """Units of time of all lines: minutes counted together, and units as billed."""
    if pay.time_units == "none":
        return Fraction(0)
    told = [_told_time(pay, line) for line in lines]
    minutes = sum(line.units for line, counted in zip(lines, told, strict=True) if counted == "minutes")
    billed = sum(line.units for line, counted in zip(lines, told, strict=True) if counted == "time units")
    if None in told or max(minutes, billed) > LONGEST_MINUTES:
        return None
    units = Fraction(int(minutes), pay.unit_minutes)
    rounded = {
        "exact": units,
        "tenth": Fraction(floor(units * 10 + Fraction(1, 2)), 10),
        "nearest": Fraction(floor(units + Fraction(1, 2))),
        "up": Fraction(ceil(units)),
        "down": Fraction(floor(units)),
    }
    return rounded[pay.time_units] + Fraction(billed)


def _told_time(pay: Anesthesia, line: OracleLine) -> str | None:
    """What the units of a line are; nothing where they are no time that can be counted."""
    measure = (line.unit_measure or "").strip().upper()
    counted = "minutes" if measure == "MJ" else pay.billed_units if measure in ("", "UN") else None
    whole = counted != "minutes" or line.units == line.units.to_integral_value()
    return counted if whole and 0 <= line.units <= LONGEST_MINUTES else None


def _status(pay: Anesthesia, line: OracleLine) -> Fraction:
    """The most units any modifier of the line adds."""
    modifiers = _modifiers(line)
    return max(
        (Fraction(places(units, 4)) for name, units in pay.physical_status if name in modifiers), default=Fraction(0)
    )


def _modifiers(line: OracleLine) -> frozenset[str]:
    return frozenset(modifier.strip().upper() for modifier in line.modifiers)


def _held(value: Fraction, place: Decimal) -> Decimal:
    """Held to so many decimals, halves up; nothing here is below zero."""
    return floor(value / Fraction(place) + Fraction(1, 2)) * place
