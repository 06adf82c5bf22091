"""Schedules made of relative values: geographic factors times values times a conversion factor, per setting.

The formula is that of the Medicare physician fee schedule (42 CFR 414.20 and following):
``(work × work GPCI + practice expense × PE GPCI + malpractice × MP GPCI) × conversion factor``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from evenhand.contracts.indicators import Stated, by_code
from evenhand.contracts.model import FeeSchedule, Rate
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.rvus import read_gpcis, read_rvus
from evenhand.contracts.shapes import DATE, YES, Choice, Either, Sequenced, Value, Word
from evenhand.errors import Log
from evenhand.periods import ALWAYS, Period
from evenhand.schedules.pfs.formula import Fee, Formula, Gpci, RvuRow

_FACTOR = Value("a number with up to six decimals", "32.3465", r"\d{1,5}(\.\d{1,6})?", Decimal)
_LOCALITY = Value("a carrier and a locality number", '"10112-00"', r"[0-9A-Za-z]{2,6}\s?-\s?[0-9A-Za-z]{1,3}|national")
_FROM = Key("from", DATE, "First day of service it holds for; without it, from the beginning.")
_FILE = Word("a relative value file", "rvu25d.csv")
_DATED_FILE = Record("rvus", (Key("file", _FILE, "The file.", required=True, example="rvu25d.csv"), _FROM))
_DATED_FACTOR = Record(
    "conversion_factor", (Key("amount", _FACTOR, "Dollars.", required=True, example="32.3465"), _FROM)
)
_GPCI = Record(
    "gpci",
    tuple(
        Key(part, _FACTOR, f"Factor of the {words}.", required=True, example="1.0")
        for part, words in (("work", "work"), ("pe", "practice expense"), ("mp", "malpractice"))
    ),
)
RVU_SCHEDULE = Record(
    "schedule",
    (
        Key("rvus", Either(_FILE, Sequenced(_DATED_FILE)), "The relative value file, or several, each from a day on."),
        Key("gpci", Either(Word("a file of geographic factors", "gpci2025.csv"), _GPCI),
            "Geographic factors: a file of all localities, or the three numbers."),
        Key("locality", _LOCALITY, "Carrier and number of the locality in a file of factors."),
        Key("conversion_factor", Either(_FACTOR, Sequenced(_DATED_FACTOR)),
            "Dollars for one relative value, or several with their first days."),
        Key("rounding", Choice({"cents": "cents", "none": "none"}),
            "cents: the amount is rounded first (so without it). none: kept to four decimals."),
        Key("opps_cap", YES, "Whether the technical part of imaging is held to the hospital's amount."),
    ),
)  # fmt: skip
Opened = Callable[[Scalar], "tuple[bytes, Log] | None"]
_Some = TypeVar("_Some")


def read_rvu_schedule(name: str, said: Entry, opened: Opened, log: Log) -> FeeSchedule:
    """Compile the schedule an entry describes; without rates when something it needs is missing."""
    for key in ("gpci", "conversion_factor"):
        if key not in said:
            log.error(said.line, f"schedule '{name}' has no '{key}'", f"add '{key}:', as relative values need one")
    gpci = _gpci(said, opened, log)
    factors = _dated(said.get("conversion_factor"), "amount", log)
    files = [(start, read) for start, word in _dated(said.get("rvus"), "file", log) if (read := opened(word))]
    tables = [(start, read_rvus(*read)) for start, read in files]
    rates: list[Rate] = []
    stated: list[Stated] = []
    if gpci is not None:
        for period, (factor, rows) in _pieces(factors, tables):
            cents = said.get("rounding", "cents") == "cents"
            formula = Formula(gpci, factor, said.get("opps_cap", False), cents)
            rates += rates_of(formula.fees(rows), period)
            stated += stated_by(formula, rows, period)
    if any(row.values["opps_mp"] for _, rows in tables for row in rows) and "opps_cap" not in said:
        what = f"{name} does not say whether imaging is held to the hospital's amount"
        log.warn(said.line, what, "add 'opps_cap: yes' or 'opps_cap: no'")
    return FeeSchedule(name, tuple(rates), indicators=by_code(stated))


def _gpci(said: Entry, opened: Opened, log: Log) -> Gpci | None:
    stated = said.get("gpci")
    if isinstance(stated, Entry):
        parts = [stated.get(part) for part in ("work", "pe", "mp")]
        return None if None in parts else Gpci(*parts)
    if stated is None:
        return None
    if "locality" not in said:
        log.error(said.line, "a file of geographic factors needs a locality", 'add locality: "10112-00"')
        return None
    file = opened(stated)
    return None if file is None else read_gpcis(file[0], said.get("locality", ""), file[1])


def _dated(said: Any, key: str, log: Log) -> list[tuple[date, Any]]:
    """One value for all time, or several, each from its first day on."""
    if not isinstance(said, tuple):
        return [] if said is None else [(ALWAYS.start, said)]
    found = [(one.get("from", ALWAYS.start), one.get(key)) for one in said if key in one.values]
    if len({start for start, _ in found}) < len(found):
        log.error(said[0].line, "two of these hold from the same day", "give each a first day of its own")
        return []
    return sorted(found, key=lambda pair: pair[0])


def _pieces(
    factors: Sequence[tuple[date, Decimal]], tables: Sequence[tuple[date, list[RvuRow]]]
) -> Iterator[tuple[Period, tuple[Decimal, list[RvuRow]]]]:
    """The stretches of time in which neither factor nor table changes; none before both have begun."""
    starts = sorted({start for start, _ in (*factors, *tables)})
    for start, end in zip(starts, [*starts[1:], ALWAYS.end], strict=True):
        factor, rows = _latest(factors, start), _latest(tables, start)
        if factor is not None and rows is not None:
            yield Period(start, end), (factor, rows)


def _latest(dated: Sequence[tuple[date, _Some]], day: date) -> _Some | None:
    return next((value for start, value in reversed(dated) if start <= day), None)


def rates_of(fees: Iterable[Fee], period: Period) -> Iterator[Rate]:
    """Fees as rates, on the days of a period."""
    return (Rate(fee.code, fee.amount, fee.modifier, fee.setting, period, fee.line) for fee in fees)


def stated_by(formula: Formula, rows: Iterable[RvuRow], period: Period) -> Iterator[Stated]:
    """What the rows say besides values, with the amounts of therapy at half of the practice expense."""
    return (Stated(row.code, row.modifier, "", period, {**row.indicators, **formula.reduced(row)}) for row in rows)
