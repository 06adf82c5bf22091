"""Schedules that print a rate for each code: hospitals' outpatients, surgery centres, laboratories, drugs.

Rates of hospitals and surgery centres move with local wages: ``rate × (labour share × wage index + the rest)``, with
60 % for hospitals (42 CFR 419.43) and 50 % for surgery centres (42 CFR 416.172), to cents. Drugs, blood and
brachytherapy do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.errors import SelectionError
from evenhand.money import to_cents
from evenhand.periods import Period
from evenhand.schedules.library import Library, Release
from evenhand.schedules.pfs.formula import Fee
from evenhand.schedules.published import Said, Taken

#: Status indicators of outpatient services with a rate of their own, and those of them that wages move (Addendum D1).
PAID = frozenset(("J1", "J2", "Q1", "Q2", "Q3", "S", "T", "V", "P", "G", "K", "K1", "R", "U", "H1"))
MOVED = frozenset(("J1", "J2", "Q1", "Q2", "Q3", "S", "T", "V", "P"))
DRUGS = frozenset(("G", "K", "K1"))
#: Payment indicators of surgery centres whose rates wages do not move: drugs, brachytherapy sources, devices, corneas.
_STILL = frozenset(("K2", "K7", "H2", "H8", "J7", "F4", "L6"))


@dataclass(frozen=True, slots=True)
class Design:
    """Where a schedule's rates stand.

    Attributes:
        title: The schedule, in words.
        kinds: Kinds of its tables; the first gives its releases.
        labor_share: The share of a rate that wages move.
        needs: What to load where there is none.
    """

    title: str
    kinds: tuple[str, ...]
    labor_share: Decimal = Decimal(0)
    needs: str = ""


DESIGNS = {
    "opps": Design("Outpatient hospital", ("opps-rates",), Decimal("0.6"), "CMS's OPPS Addendum B"),
    "asc": Design(
        "Surgery centre", ("asc-procedures", "asc-ancillaries"), Decimal("0.5"), "CMS's ASC Addenda AA and BB"
    ),
    "clfs": Design("Clinical laboratory", ("clfs-rates",), needs="CMS's clinical laboratory fee schedule"),
    "asp": Design("Drugs, by payment limit", ("asp-limits",), needs="CMS's ASP pricing file"),
    "dmepos": Design("Equipment and supplies", ("dmepos-fees",), needs="CMS's DMEPOS fee schedule"),
    "drugs": Design("Drugs, by outpatient rate", ("opps-rates",), needs="CMS's OPPS Addendum B"),
}


@dataclass(frozen=True, slots=True)
class Coded:
    """A schedule of a library that prints a rate for each code.

    Attributes:
        library: Where its releases are.
        name: ``opps``, ``asc``, ``clfs``, ``asp``, ``dmepos`` or ``drugs`` (the outpatient rates of drugs, which are
            those of the quarter's average sales price).
        wage_index: Local wages against the nation's.
        labor_share: The share that wages move, instead of Medicare's own.
        state: The state whose fees of equipment are paid, outside its rural areas.
    """

    library: Library
    name: str
    wage_index: Decimal = Decimal(1)
    labor_share: Decimal | None = None
    state: str = ""

    @property
    def design(self) -> Design:
        """Where its rates stand."""
        return DESIGNS[self.name]

    def on(self, day: date) -> Taken:
        """What the release in force on a day pays.

        Raises:
            SelectionError: None is in force.
        """
        release = self.library.in_force(self.design.kinds[0], day)
        if release is None:
            had = ", ".join(str(one.first_day) for one in self.library.of_kind(self.design.kinds[0])) or "none"
            words = f"the library has no rates of {self.design.title.lower()} for {day} (releases begin: {had})"
            raise SelectionError(f"{words}; load {self.design.needs}")
        return self.of(release)

    def pieces(self, *, filled: bool = False) -> Iterator[tuple[Period, Taken]]:
        """What is paid in each stretch of time."""
        for period, release in self.library.pieces(self.design.kinds[0], filled=filled):
            yield period, self.of(release)

    def of(self, release: Release) -> Taken:
        """What a release pays, with the table that holds beside it."""
        rows = self.library.table(release).to_pylist()
        for kind in self.design.kinds[1:]:
            beside = self.library.in_force(kind, release.first_day)
            rows += self.library.table(beside).to_pylist() if beside else []
        paid = [(row, amount) for row in rows if (amount := self.amount(row)) is not None]
        fees = tuple(
            Fee(row["code"], row.get("modifier") or "", "", amount, line) for line, (row, amount) in enumerate(paid, 1)
        )
        return Taken(release, fees, tuple(Said(row["code"], row.get("modifier") or "", _says(row)) for row, _ in paid))

    def amount(self, row: Mapping[str, Any]) -> Decimal | None:
        """Dollars a row of its tables pays; ``None`` where it names a code without a rate of its own."""
        rate: Decimal | None = row["rate"]
        if self.name == "dmepos" and (row["state"], row["area"]) != (self.state, "NR"):
            return None
        wanted = {"opps": PAID, "drugs": DRUGS}.get(self.name)
        if not rate or (wanted is not None and row["status"] not in wanted):
            return None
        if not self.moved(row):
            return rate if self.name in ("opps", "drugs", "asp") else to_cents(rate)
        share = self.design.labor_share if self.labor_share is None else self.labor_share
        return to_cents(to_cents(rate) * (share * self.wage_index + (1 - share)))

    def codes_by_status(self, release: Release) -> dict[str, list[str]]:
        """The codes of each status indicator of a release, in order."""
        found: dict[str, list[str]] = {}
        for row in self.library.table(release).to_pylist():
            found.setdefault(row["status"] or "", []).append(row["code"])
        return found

    def moved(self, row: Mapping[str, Any]) -> bool:
        """Whether local wages move what a row pays."""
        if self.name == "opps":
            return row["status"] in MOVED
        return self.name == "asc" and row["indicator"] not in _STILL


def _says(row: Mapping[str, Any]) -> dict[str, str]:
    """``multiple`` where a second procedure of its kind is paid half; a status means another thing than physicians'."""
    halved = row.get("status") == "T" or row.get("multiple") is True
    return {"multiple": "T", "bilateral": "1"} if halved else {}
