"""Lines paid by units of anaesthesia."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from evenhand.contracts.methods import Anesthesia
from evenhand.contracts.methods.anesthesia import LONGEST_MINUTES
from evenhand.money import CENT, to_cents
from evenhand.pricing.oracle.claim import OracleLine
from evenhand.pricing.oracle.priced import PricedLine
from evenhand.pricing.oracle.rates import places

_MILLIONTH = Decimal("0.000001")


def by_anesthesia(priced: PricedLine, pay: Anesthesia, line: OracleLine, base: Decimal) -> PricedLine:
    """All units times the conversion factor; without a time that can be read there is no price."""
    told = replace(priced, schedule=pay.schedule, basis_amount=places(pay.conversion_factor, 4))
    time = _time(pay, line)
    if told.escalation is None:
        return replace(told, outcome="no index")
    if time is None:
        return replace(told, outcome="no time")
    assert told.modifier_factor is not None
    units = Fraction(places(base, 4)) + _status(pay, line) + time
    price = _held(units * Fraction(places(pay.conversion_factor * told.escalation, 4)), CENT)
    return replace(
        told,
        units=_held(time, Decimal("0.001")),
        percent=_held(units, _MILLIONTH),
        unit_rate=price,
        fee_amount=to_cents(price * told.modifier_factor),
    )


def _time(pay: Anesthesia, line: OracleLine) -> Fraction | None:
    """Units of time: of the minutes of the line, or as billed."""
    if pay.time_units == "none":
        return Fraction(0)
    measure = (line.unit_measure or "").strip().upper()
    counted = "minutes" if measure == "MJ" else pay.billed_units if measure in ("", "UN") else None
    if counted is None or not 0 <= line.units <= LONGEST_MINUTES:
        return None
    if counted == "time units":
        return Fraction(line.units)
    if line.units != line.units.to_integral_value():
        return None
    units = Fraction(int(line.units), pay.unit_minutes)
    rounded = {
        "exact": units,
        "tenth": Fraction(floor(units * 10 + Fraction(1, 2)), 10),
        "nearest": Fraction(floor(units + Fraction(1, 2))),
        "up": Fraction(ceil(units)),
        "down": Fraction(floor(units)),
    }
    return rounded[pay.time_units]


def _status(pay: Anesthesia, line: OracleLine) -> Fraction:
    """The most units any modifier of the line adds."""
    modifiers = {modifier.strip().upper() for modifier in line.modifiers}
    return max(
        (Fraction(places(units, 4)) for name, units in pay.physical_status if name in modifiers), default=Fraction(0)
    )


def _held(value: Fraction, place: Decimal) -> Decimal:
    """Held to so many decimals, halves up; nothing here is below zero."""
    return floor(value / Fraction(place) + Fraction(1, 2)) * place
