"""Schedules made of relative values: geographic factors times values times a conversion factor, per setting.

The formula is that of the Medicare physician fee schedule (42 CFR 414.20 and following):
``(work × work GPCI + practice expense × PE GPCI + malpractice × MP GPCI) × conversion factor``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from evenhand.contracts.indicators import Stated, by_code
from evenhand.contracts.model import FeeSchedule, Rate
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.rvus import Gpci, RvuRow, payable, read_gpcis, read_rvus
from evenhand.contracts.shapes import DATE, YES, Choice, Either, Sequenced, Value, Word
from evenhand.errors import Log
from evenhand.periods import ALWAYS, Period

_FACTOR = Value("a number with up to six decimals", "32.3465", r"\d{1,5}(\.\d{1,6})?", Decimal)
_LOCALITY = Value("a carrier and a locality number", '"10112-00"', r"[0-9A-Za-z]{2,6}\s?-\s?[0-9A-Za-z]{1,3}")
#: The value of the 'multiple' indicator of therapy.
THERAPY = "5"
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


@dataclass(frozen=True, slots=True)
class Formula:
    """What turns a row of relative values into dollars, on the days of a period."""

    gpci: Gpci
    factor: Decimal
    period: Period
    cents: bool
    capped: bool

    def amounts(self, row: RvuRow) -> tuple[Decimal, Decimal]:
        """Dollars in a facility and in an office."""
        facility, office = (self._amount(row, row.values[f"pe_{setting}"]) for setting in ("facility", "office"))
        if self.capped and row.modifier == "TC":
            facility, office = (
                self._capped(row, amount, setting) for amount, setting in ((facility, "facility"), (office, "office"))
            )
        return facility, office

    def reduced(self, row: RvuRow) -> dict[str, str]:
        """For therapy, the amounts with half of the practice expense, as Medicare pays all units but one since 2013."""
        if row.indicators.get("multiple") != THERAPY:
            return {}
        pe = {setting: row.values[f"pe_{setting}"] / 2 for setting in ("facility", "office")}
        return {f"reduced_{setting}": f"{self._amount(row, half):f}" for setting, half in pe.items()}

    def _amount(self, row: RvuRow, pe: Decimal, mp: Decimal | None = None) -> Decimal:
        malpractice = row.values["mp"] if mp is None else mp
        sums = row.values["work"] * self.gpci.work + pe * self.gpci.pe + malpractice * self.gpci.mp
        return self._rounded(sums * self.factor)

    def _rounded(self, amount: Decimal) -> Decimal:
        return amount.quantize(Decimal("0.01") if self.cents else Decimal("0.0001"), rounding=ROUND_HALF_UP)

    def _capped(self, row: RvuRow, amount: Decimal, setting: str) -> Decimal:
        pe = row.values[f"opps_pe_{setting}"]
        return min(amount, self._amount(row, pe, row.values["opps_mp"])) if pe or row.values["opps_mp"] else amount


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
            formula = Formula(gpci, factor, period, cents, said.get("opps_cap", False))
            rates += _rates(formula, rows)
            stated += [
                Stated(row.code, row.modifier, "", period, {**row.indicators, **formula.reduced(row)}) for row in rows
            ]
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


def _rates(formula: Formula, rows: Sequence[RvuRow]) -> Iterator[Rate]:
    """One rate a row where both settings are paid the same, else one for each; a global row is its parts' sum."""
    technical = {row.code: formula.amounts(row) for row in payable(rows) if row.modifier == "TC"}
    professional = {row.code: formula.amounts(row) for row in payable(rows) if row.modifier == "26"}
    for row in payable(rows):
        facility, office = formula.amounts(row)
        if formula.capped and not row.modifier and row.code in technical and row.code in professional:
            parts = zip(technical[row.code], professional[row.code], strict=True)
            facility, office = (
                min(whole, sum(pair, Decimal(0))) for whole, pair in zip((facility, office), parts, strict=True)
            )
        if facility == office:
            yield Rate(row.code, office, row.modifier, "", formula.period, row.line)
        else:
            yield Rate(row.code, facility, row.modifier, "facility", formula.period, row.line)
            yield Rate(row.code, office, row.modifier, "office", formula.period, row.line)
