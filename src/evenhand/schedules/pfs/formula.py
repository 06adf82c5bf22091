"""The fee of a service under the physician fee schedule: relative values times geographic factors times dollars.

``(work × work GPCI + practice expense × PE GPCI + malpractice × MP GPCI) × conversion factor`` (42 CFR 414.20 and
following), rounded once; the technical part of imaging is held to the hospital's amount (section 5102(b) of the
Deficit Reduction Act of 2005).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PARTS = ("work", "pe_office", "pe_facility", "mp")
#: Statuses whose relative values are a price; a file without statuses prices all it lists.
PAYABLE = ("A", "R", "T")
#: The value of the 'multiple' indicator of therapy.
THERAPY = "5"


@dataclass(frozen=True, slots=True)
class Gpci:
    """Geographic factors of the three parts of a fee."""

    work: Decimal
    pe: Decimal
    mp: Decimal


@dataclass(frozen=True, slots=True)
class RvuRow:
    """The relative values of one code and modifier, and its indicators."""

    code: str
    modifier: str
    values: Mapping[str, Decimal]  # the parts, and those of the cap on imaging where the row has one
    indicators: Mapping[str, str]
    line: int

    @property
    def payable(self) -> bool:
        """Whether its relative values are a price."""
        status = self.indicators.get("status", "")
        return (not status or status in PAYABLE) and any(self.values[part] for part in PARTS)


@dataclass(frozen=True, slots=True)
class Fee:
    """What one code and modifier are paid; no setting: the same in a facility and in an office."""

    code: str
    modifier: str
    setting: str
    amount: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class Formula:
    """What turns a row of relative values into dollars.

    Attributes:
        gpci: Geographic factors.
        factor: Conversion factor: dollars for one relative value.
        capped: Whether the technical part of imaging is held to the hospital's amount.
        cents: Whether amounts are rounded to cents, halves up; otherwise they keep four decimals.
    """

    gpci: Gpci
    factor: Decimal
    capped: bool
    cents: bool = True

    def fees(self, rows: Sequence[RvuRow]) -> Iterator[Fee]:
        """One fee a payable row where both settings are paid the same, else one for each."""
        paid = [row for row in rows if row.payable]
        parts = {(row.code, row.modifier): self.amounts(row) for row in paid if row.modifier in ("TC", "26")}
        for row in paid:
            facility, office = self.amounts(row)
            if self.capped and not row.modifier:
                facility, office = _held((facility, office), parts.get((row.code, "TC")), parts.get((row.code, "26")))
            if facility == office:
                yield Fee(row.code, row.modifier, "", office, row.line)
            else:
                yield Fee(row.code, row.modifier, "facility", facility, row.line)
                yield Fee(row.code, row.modifier, "office", office, row.line)

    def amounts(self, row: RvuRow) -> tuple[Decimal, Decimal]:
        """Dollars in a facility and in an office, of one row by itself."""
        facility, office = (self.amount(row, row.values[f"pe_{setting}"]) for setting in ("facility", "office"))
        if self.capped and row.modifier == "TC":
            return self._capped(row, facility, "facility"), self._capped(row, office, "office")
        return facility, office

    def reduced(self, row: RvuRow) -> dict[str, str]:
        """For therapy, the amounts with half of the practice expense, as Medicare pays all units but one since 2013."""
        if row.indicators.get("multiple") != THERAPY:
            return {}
        pe = {setting: row.values[f"pe_{setting}"] / 2 for setting in ("facility", "office")}
        return {f"reduced_{setting}": f"{self.amount(row, half):f}" for setting, half in pe.items()}

    def cap(self, row: RvuRow, setting: str) -> Decimal | None:
        """The hospital's amount for the technical part of imaging; ``None`` where the row has none."""
        pe, mp = row.values[f"opps_pe_{setting}"], row.values["opps_mp"]
        return self.amount(row, pe, mp) if pe or mp else None

    def amount(self, row: RvuRow, pe: Decimal, mp: Decimal | None = None) -> Decimal:
        """Dollars for the work of a row with this practice expense and malpractice value."""
        malpractice = row.values["mp"] if mp is None else mp
        sums = row.values["work"] * self.gpci.work + pe * self.gpci.pe + malpractice * self.gpci.mp
        return (sums * self.factor).quantize(Decimal("0.01") if self.cents else Decimal("0.0001"), ROUND_HALF_UP)

    def _capped(self, row: RvuRow, amount: Decimal, setting: str) -> Decimal:
        cap = self.cap(row, setting)
        return amount if cap is None else min(amount, cap)


_Pair = tuple[Decimal, Decimal]


def _held(whole: _Pair, technical: _Pair | None, professional: _Pair | None) -> _Pair:
    """A service as a whole is held to the sum of its parts, of which the technical one is capped."""
    if technical is None or professional is None:
        return whole
    return min(whole[0], technical[0] + professional[0]), min(whole[1], technical[1] + professional[1])
