"""Schedules taken from the library of public ones: which release, which place, and whatever else a contract pins.

What is taken is remembered by its digest, so that the same contract with another release is another contract.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.contracts.datedschedules import later
from evenhand.contracts.durations import Duration
from evenhand.contracts.indicators import Stated, by_code
from evenhand.contracts.model import FeeSchedule, Rate
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.rvuschedules import rates_of, stated_by
from evenhand.contracts.shapes import YES, Choice, Value
from evenhand.errors import EvenhandError, Log
from evenhand.money import to_cents
from evenhand.periods import ALWAYS, Period
from evenhand.schedules import Library, Release
from evenhand.schedules.pfs.formula import Formula
from evenhand.schedules.pfs.locality import read_locality
from evenhand.schedules.pfs.physician import Physician

#: What is left of an amount after sequestration: 2 % of Medicare's share, which is 80 % after coinsurance
#: (2 U.S.C. 901a; Medicare Claims Processing Manual chapter 1).
SEQUESTERED = Decimal("0.984")
MEDICARE = Record(
    "schedule",
    (
        Key("medicare", Choice({"pfs": "pfs"}), "Taken from the library of public schedules: pfs, of physicians."),
        Key("quarter", Value("a quarter", "4", r"[1-4]", int), "With year: the quarter whose release holds."),
        Key("qp", YES, "From 2026 on: whether paid by the factor of qualifying participants."),
        Key("site_of_service", Choice({"as billed": "", "facility": "facility", "office": "office"}),
            "The setting whose amounts are paid; without it, that of the place of service."),
        Key("sequestration", Choice({"before": "before", "after": "after"}),
            "Whether the amounts are those before or after sequestration."),
    ),
)  # fmt: skip
#: Key → how it may be settled, where leaving it open leaves the amount open.
_PINS = {
    "opps_cap": "say 'opps_cap: yes' or 'opps_cap: no'",
    "sequestration": "say 'sequestration: before' or 'sequestration: after'",
    "site_of_service": "say 'site_of_service: as billed', facility or office",
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of time with one release and one formula."""

    period: Period
    release: Release
    formula: Formula


def medicare_schedule(name: str, said: Entry, content: MutableMapping[str, bytes], log: Log) -> FeeSchedule:
    """The schedule a contract takes from the library; without rates, and why in the log, where it cannot be had."""
    try:
        library = Library.open()
        pieces = list(_pieces(library, said, log))
    except EvenhandError as problem:
        log.error(said.line_of("medicare"), f"schedule '{name}': {problem}", "load it, or pin what the library has")
        return FeeSchedule(name, ())
    if not pieces and not log.failed:
        log.error(said.line_of("medicare"), f"schedule '{name}': the library has no year with both relative values and "
                  "geographic factors", "load CMS's RVU archive of the year")  # fmt: skip
    _warn(name, said, log)
    site = said.get("site_of_service", "")
    rates: list[Rate] = []
    stated: list[Stated] = []
    for piece in pieces:
        content[f"schedules/{piece.release.id}"] = piece.release.digest.encode()
        rows = _physician(library, said).rows(piece.release)
        fees = (fee for fee in piece.formula.fees(rows) if not site or fee.setting in ("", site))
        rates += [_settled(rate, said) for rate in rates_of(fees, piece.period)]
        stated += [_reduced(one, said) for one in stated_by(piece.formula, rows, piece.period)]
    source = ", ".join(dict.fromkeys(piece.release.id for piece in pieces))
    return FeeSchedule(name, tuple(rates), source=source, lagged=_lag(said) is not None, indicators=by_code(stated))


def _physician(library: Library, said: Entry) -> Physician:
    place = read_locality(said.get("locality", "national"), library, _day(said) or date.today())
    factor, cents = said.get("conversion_factor"), said.get("rounding", "cents") == "cents"
    pinned = factor if isinstance(factor, Decimal) else None
    return Physician(library, place, said.get("qp", False), pinned, said.get("opps_cap", True), cents)


def _day(said: Entry) -> date | None:
    """The first day of the quarter a contract pins."""
    year = said.get("year")
    return None if year is None else date(year, said.get("quarter", 1) * 3 - 2, 1)


def _pieces(library: Library, said: Entry, log: Log) -> Iterator[_Piece]:
    schedule, day = _physician(library, said), _day(said)
    if (day is None) == ("rolling" not in said):
        log.error(
            said.line, "a schedule of Medicare's says either rolling or year", "write 'rolling: yes' or 'year: 2025'"
        )
    elif day is not None:
        release, formula = schedule.on(day)
        yield _Piece(ALWAYS, release, formula)
    else:
        lag = _lag(said)
        for period, release, formula in schedule.pieces(filled=said.get("rolling") == "nearest"):
            yield _Piece(Period(later(period.start, lag), later(period.end, lag)), release, formula)


def _lag(said: Entry) -> Duration | None:
    rolling: Any = said.get("rolling")
    return rolling.get("lag") if isinstance(rolling, Entry) else None


def _settled(rate: Rate, said: Entry) -> Rate:
    """A rate in the one setting a contract pays, and after sequestration where it says so."""
    setting = "" if said.get("site_of_service", "") else rate.setting
    return replace(rate, setting=setting, amount=_after(rate.amount, said))


def _reduced(one: Stated, said: Entry) -> Stated:
    reduced = {
        name: f"{_after(Decimal(value), said):f}" for name, value in one.values.items() if name.startswith("reduced")
    }
    return replace(one, values={**one.values, **reduced})


def _after(amount: Decimal, said: Entry) -> Decimal:
    return to_cents(amount * SEQUESTERED) if said.get("sequestration") == "after" else amount


def _warn(name: str, said: Entry, log: Log) -> None:
    """Say what the contract leaves open, of all that moves the amount."""
    pins = dict(_PINS)
    if "locality" not in said:
        pins["locality"] = "say 'locality: \"10112-00\"' (contractor and locality)"
    if "year" in said and "quarter" not in said:
        pins["quarter"] = "say 'quarter: 1': amounts change each quarter"
    if said.get("year", 0) >= 2026 or "rolling" in said:
        pins["qp"] = "say 'qp: no' or 'qp: yes': from 2026 on there are two conversion factors"
    for key, right in pins.items():
        if key not in said:
            log.warn(said.line, f"schedule '{name}' leaves {key} open", right)
