"""Anaesthesia in the contract language: its keys, read, written back, and said in words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, get_args

from evenhand.contracts.methods.anesthesia import Anesthesia, BilledUnits, Session, TimeUnits
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import QUANTITY, Choice, Either, Named, Value, Word
from evenhand.errors import Log

#: Decimals a conversion factor is held to, as Medicare publishes it.
FACTOR_PLACES = Decimal("0.0001")
_FACTOR = Value(
    "dollars below 1,000 with up to four decimals", "72.50", r"\$?\d{1,3}(\.\d{1,4})?", lambda t: Decimal(t.lstrip("$"))
)
_MINUTES = Value("minutes, from 1 to 60", "15", r"[1-9]|[1-5]\d|60", int)
_STATUS = Value("a modifier of two letters or digits", "P3", r"[A-Za-z0-9]{2}", str.upper)

ANESTHESIA = Record(
    "pay",
    (
        Key("anesthesia", Word("a schedule or file", "base-units.csv"), "Base units by code.", required=True),
        Key("conversion_factor", _FACTOR, "Dollars for one unit.", required=True, example="72.50"),
        Key("unit_minutes", _MINUTES, "How many minutes a unit of time has."),
        Key(
            "time_units",
            Choice({word: word for word in get_args(TimeUnits)}),
            "How minutes become units: exact, or rounded to a tenth, to the nearest whole, up or down; none: no time.",
        ),
        Key(
            "physical_status",
            Either(Choice({"none": ()}, "modifiers with their units"), Named(QUANTITY, _STATUS)),
            "Units added for a physical status: {P3: 1, P4: 2, P5: 3}.",
        ),
        Key(
            "billed_units",
            Choice({word: word for word in get_args(BilledUnits)}),
            "What the units of a line are that does not say they are minutes.",
        ),
        Key(
            "session",
            Choice({word: word for word in get_args(Session)}),
            "Several codes of one anaesthetist, claim and day: each is paid, or the one with the most base units.",
        ),
    ),
)
_SILENT = {
    "unit_minutes": ("how long a unit of time is: 15 minutes", "unit_minutes: 15"),
    "time_units": ("how units of time are rounded: they are not", "time_units: tenth"),
    "physical_status": ("what a physical status adds: nothing", "physical_status: {P3: 1, P4: 2, P5: 3}"),
    "billed_units": ("what lines billed in units hold: such lines have no price", "billed_units: time units"),
    "session": ("what several codes of one session are paid: each by itself", "session: highest base"),
}
_ROUNDED = {
    "exact": "unrounded",
    "tenth": "rounded to a tenth",
    "nearest": "rounded to whole units",
    "up": "rounded up to whole units",
    "down": "rounded down to whole units",
}
_BILLED: dict[BilledUnits | None, str] = {
    "minutes": "units billed are minutes",
    "time units": "units billed are units of time",
    None: "lines not billed in minutes have no price",
}


def read_anesthesia(said: Entry, schedule: str, log: Log) -> Anesthesia:
    """The payment as stated; what it is silent on is warned of, with what that means."""
    timeless = said.get("time_units") == "none"
    for key in () if timeless else [key for key in _SILENT if key not in said]:
        what, right = _SILENT[key]
        log.warn(said.line, f"it is not said {what}", f"add '{right}', or as the contract has it")
    status = tuple((name.text, units) for name, units in said.get("physical_status", ()))
    return Anesthesia(
        schedule=schedule,
        conversion_factor=said.get("conversion_factor", Decimal(0)),
        unit_minutes=said.get("unit_minutes", 15),
        time_units=said.get("time_units", "exact"),
        physical_status=status,
        billed_units=said.get("billed_units"),
        session=said.get("session", "each code"),
    )


def written_anesthesia(pay: Anesthesia) -> dict[str, Any]:
    """The payment as the contract file has it."""
    said = {
        "anesthesia": pay.schedule,
        "conversion_factor": pay.conversion_factor,
        "unit_minutes": pay.unit_minutes,
        "time_units": pay.time_units,
        "physical_status": dict(pay.physical_status) or "none",
        "session": pay.session,
    }
    return said if pay.billed_units is None else {**said, "billed_units": pay.billed_units}


def anesthesia_words(pay: Anesthesia) -> str:
    """The payment in plain words."""
    words = f"${pay.conversion_factor} for each of the base units in {pay.schedule}"
    if pay.time_units != "none":
        words += f" and each {pay.unit_minutes} minutes, {_ROUNDED[pay.time_units]}"
    if pay.physical_status:
        added = ", ".join(f"{name} {units.normalize():f}" for name, units in pay.physical_status)
        words += f"; physical status adds {added}"
    if pay.time_units != "none":
        words += f"; {_BILLED[pay.billed_units]}"
    return words if pay.session == "each code" else f"{words}; of several codes in a session only the highest base"


def raised(pay: Anesthesia, factor: Decimal) -> Decimal:
    """The conversion factor times a factor, held to four decimals."""
    return (pay.conversion_factor * factor).quantize(FACTOR_PLACES, rounding=ROUND_HALF_UP)
