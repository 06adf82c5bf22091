"""Schedules taken from the library of public ones: which release, which place, and whatever else a contract pins.

What is taken is remembered by its digest, so that the same contract with another release is another contract.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.contracts.datedschedules import later
from evenhand.contracts.durations import Duration
from evenhand.contracts.indicators import Stated, by_code
from evenhand.contracts.model import FeeSchedule, Rate
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.rvuschedules import rates_of
from evenhand.contracts.shapes import YES, Choice, Value
from evenhand.errors import EvenhandError, Log
from evenhand.money import to_cents
from evenhand.periods import ALWAYS, Period
from evenhand.schedules import Library
from evenhand.schedules.coded import DESIGNS, Coded
from evenhand.schedules.pfs.locality import read_locality, state_of
from evenhand.schedules.pfs.physician import Physician
from evenhand.schedules.published import Published, Taken

#: What is left of an amount after sequestration: 2 % of Medicare's share, which is 80 % after coinsurance
#: (2 U.S.C. 901a; Medicare Claims Processing Manual chapter 1).
SEQUESTERED = Decimal("0.984")
MEDICARE = Record(
    "schedule",
    (
        Key("medicare", Choice({name: name for name in ("pfs", *DESIGNS)}),
            "Taken from the library of public schedules: pfs of physicians, opps of hospitals' outpatients, asc of "
            "surgery centres, clfs of laboratories, asp and drugs of drugs, dmepos of equipment."),
        Key("quarter", Value("a quarter", "4", r"[1-4]", int), "With year: the quarter whose release holds."),
        Key("qp", YES, "From 2026 on: whether paid by the factor of qualifying participants."),
        Key("site_of_service", Choice({"as billed": "", "facility": "facility", "office": "office"}),
            "The setting whose amounts are paid; without it, that of the place of service."),
        Key("sequestration", Choice({"before": "before", "after": "after"}),
            "Whether the amounts are those before or after sequestration."),
    ),
)  # fmt: skip
#: Key → how it may be settled, where leaving it open leaves the amount open.
_PINS = {"sequestration": "say 'sequestration: before' or 'sequestration: after'"}
_PHYSICIAN_PINS = {
    "locality": "say 'locality: \"10112-00\"' (contractor and locality)",
    "opps_cap": "say 'opps_cap: yes' or 'opps_cap: no'",
    "site_of_service": "say 'site_of_service: as billed', facility or office",
}


def medicare_schedule(name: str, said: Entry, content: MutableMapping[str, bytes], log: Log) -> FeeSchedule:
    """The schedule a contract takes from the library; without rates, and why in the log, where it cannot be had."""
    if said.get("medicare") is None:  # the word is none of ours, which the log says already
        return FeeSchedule(name, ())
    if "medicare" not in said:
        return FeeSchedule(name, ())
    try:
        pieces = list(_pieces(_published(Library.open(), said), said, log))
    except EvenhandError as problem:
        log.error(said.line_of("medicare"), f"schedule '{name}': {problem}", "load it, or pin what the library has")
        return FeeSchedule(name, ())
    if not pieces and not log.failed:
        what = f"schedule '{name}': the library has nothing of {said.get('medicare')} that is whole for any time"
        log.error(
            said.line_of("medicare"),
            what,
            "load CMS's archive of the year ('evenhand schedules list' shows what is there)",
        )
    _warn(name, said, log)
    site = said.get("site_of_service", "")
    rates: list[Rate] = []
    stated: list[Stated] = []
    for period, taken in pieces:
        content[f"schedules/{taken.release.id}"] = taken.release.digest.encode()
        fees = (fee for fee in taken.fees if not site or fee.setting in ("", site))
        rates += [_settled(rate, said) for rate in rates_of(fees, period)]
        stated += [Stated(one.code, one.modifier, "", period, _reduced(one.values, said)) for one in taken.says]
    source = ", ".join(dict.fromkeys(taken.release.id for _, taken in pieces))
    return FeeSchedule(name, tuple(rates), source=source, lagged=_lag(said) is not None, indicators=by_code(stated))


def _published(library: Library, said: Entry) -> Published:
    day = _day(said) or date.today()
    place = read_locality(said.get("locality", "national"), library, day)
    if said.get("medicare") != "pfs":
        index, state = said.get("wage_index", Decimal(1)), state_of(library, place, day) if "locality" in said else ""
        return Coded(library, said.get("medicare"), index, said.get("labor_share"), state)
    factor, cents = said.get("conversion_factor"), said.get("rounding", "cents") == "cents"
    pinned = factor if isinstance(factor, Decimal) else None
    return Physician(library, place, said.get("qp", False), pinned, said.get("opps_cap", True), cents)


def _day(said: Entry) -> date | None:
    """The first day of the quarter a contract pins."""
    year = said.get("year")
    return None if year is None else date(year, said.get("quarter", 1) * 3 - 2, 1)


def _pieces(schedule: Published, said: Entry, log: Log) -> Iterator[tuple[Period, Taken]]:
    day = _day(said)
    if (day is None) == ("rolling" not in said):
        what = "a schedule of Medicare's says either rolling or year"
        log.error(said.line, what, "write 'rolling: yes' or 'year: 2025'")
    elif day is not None:
        yield ALWAYS, schedule.on(day)
    else:
        lag = _lag(said)
        for period, taken in schedule.pieces(filled=said.get("rolling") == "nearest"):
            yield Period(later(period.start, lag), later(period.end, lag)), taken


def _lag(said: Entry) -> Duration | None:
    rolling: Any = said.get("rolling")
    return rolling.get("lag") if isinstance(rolling, Entry) else None


def _settled(rate: Rate, said: Entry) -> Rate:
    """A rate in the one setting a contract pays, and after sequestration where it says so."""
    setting = "" if said.get("site_of_service", "") else rate.setting
    return replace(rate, setting=setting, amount=_after(rate.amount, said))


def _reduced(values: Mapping[str, str], said: Entry) -> dict[str, str]:
    cut = {name: f"{_after(Decimal(value), said):f}" for name, value in values.items() if name.startswith("reduced")}
    return {**values, **cut}


def _after(amount: Decimal, said: Entry) -> Decimal:
    return to_cents(amount * SEQUESTERED) if said.get("sequestration") == "after" else amount


def _warn(name: str, said: Entry, log: Log) -> None:
    """Say what the contract leaves open, of all that moves the amount."""
    pins = dict(_PINS)
    if said.get("medicare") == "pfs":
        pins |= _PHYSICIAN_PINS
        if said.get("year", 0) >= 2026 or "rolling" in said:
            pins["qp"] = "say 'qp: no' or 'qp: yes': from 2026 on there are two conversion factors"
    elif said.get("medicare") == "dmepos":
        pins["locality"] = "say 'locality: \"10112-00\"': fees of equipment are those of its state"
    elif said.get("medicare") in ("opps", "asc"):
        pins["wage_index"] = "say 'wage_index: 1' for the nation's, or that of the place"
    if "year" in said and "quarter" not in said:
        pins["quarter"] = "say 'quarter: 1': amounts change each quarter"
    for key, right in pins.items():
        if key not in said:
            log.warn(said.line, f"schedule '{name}' leaves {key} open", right)
