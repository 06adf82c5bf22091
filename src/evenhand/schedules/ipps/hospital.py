"""A hospital as Medicare's inpatient payment sees it: what its provider file and the yearly tables say of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from evenhand.errors import Log, PricingError
from evenhand.schedules.ipps.columns import Cells, Column, read_table, refuse

CbsaSize = Literal["large urban", "other urban", "rural"]

_SIZES: dict[str, CbsaSize] = {
    "l": "large urban", "large urban": "large urban", "large": "large urban",
    "o": "other urban", "other urban": "other urban", "urban": "other urban", "other": "other urban",
    "r": "rural", "rural": "rural",
}  # fmt: skip
_KNOWN_SIZES = ", ".join(sorted(set(_SIZES.values())))
_CONTRADICTION = "vbp_part is yes and quality is no, and CMS pays such a claim nothing; correct one of them"

#: Field → least, most, decimals CMS keeps.
_BOUNDS = {
    "wage_index": ("0.2", "4", 4),
    "beds": ("0", "99999", 0),
    "operating_ccr": ("0", "9.999", 3),
    "capital_ccr": ("0", "9.999", 3),
    "ssi_share": ("0", "1", 4),
    "medicaid_share": ("0", "1", 4),
    "irb_ratio": ("0", "9.9999", 4),
    "capital_ime_ratio": ("0", "9.9999", 4),
    "vbp_factor": ("0", "2", 11),
    "hrrp_factor": ("0.97", "1", 4),
    "uncompensated_care": ("0", "9999999.99", 2),
    "cola": ("1", "1.999", 3),
}

#: The columns of a table of hospitals; a claim's row may carry them too.
HOSPITAL_COLUMNS = (
    Column("provider", ("ccn", "provider number", "hospital", "npi")),
    Column("wage_index", ("wi",), needed=True),
    Column("cbsa_size", ("size", "urban rural"), needed=True),
    Column("beds", ("bed size",), needed=True),
    Column("operating_ccr", ("oper ccr", "operating cost to charge ratio"), needed=True),
    Column("capital_ccr", ("cap ccr", "capital cost to charge ratio"), needed=True),
    Column("ssi_share", ("ssi", "ssi ratio"), needed=True),
    Column("medicaid_share", ("medicaid", "medicaid ratio"), needed=True),
    Column("irb_ratio", ("irb", "intern ratio", "interns to beds")),
    Column("capital_ime_ratio", ("cap ime ratio", "cap ime")),
    Column("vbp_part", ("vbp", "vbp participant")),
    Column("vbp_factor", ("vbp adjustment",)),
    Column("hrrp_factor", ("hrr factor", "readmission factor")),
    Column("hac", ("hac reduction",)),
    Column("uncompensated_care", ("ucc per claim", "ucc", "uncompensated care per claim")),
    Column("quality", ("quality reporting",)),
    Column("ehr_reduction", ("ehr",)),
    Column("cola", ()),
    Column("referral_centre", ("rrc", "rural referral centre", "rural referral center")),
)


@dataclass(frozen=True, slots=True)
class Hospital:
    """One hospital in one fiscal year.

    Attributes:
        provider: What claims call it: a CMS certification number, an NPI, a name.
        wage_index: Of its area, after all reclassifications and floors (4 decimals).
        cbsa_size: Large urban, other urban or rural, as its area counts for the disproportionate share.
        beds: Beds available.
        operating_ccr: Operating costs to charges (3 decimals).
        capital_ccr: Capital costs to charges (3 decimals).
        ssi_share: Share of Medicare days of patients with supplemental security income (4 decimals).
        medicaid_share: Share of all days of Medicaid patients without Medicare (4 decimals).
        irb_ratio: Interns and residents to beds (4 decimals); 0 for a hospital that does not teach.
        capital_ime_ratio: Interns and residents to average daily census (4 decimals); counts up to 1.5.
        vbp_part: Whether it takes part in value-based purchasing.
        vbp_factor: The value-based purchasing factor, 1 where there is none.
        hrrp_factor: The factor of the readmission reduction, 0.97 to 1.
        hac: Whether hospital-acquired conditions cost it 1 % of every payment.
        uncompensated_care: Dollars added to each claim.
        quality: Whether it submitted quality data.
        ehr_reduction: Whether its rate is reduced for want of meaningful use of electronic records.
        cola: Cost of living in Alaska and Hawaii (3 decimals); 1 elsewhere.
        referral_centre: Whether it is a rural referral centre: its disproportionate share has no ceiling.

    Raises:
        PricingError: A figure is out of bounds or finer than CMS keeps it, or the flags contradict one another.
    """

    provider: str
    wage_index: Decimal
    cbsa_size: CbsaSize
    beds: int
    operating_ccr: Decimal
    capital_ccr: Decimal
    ssi_share: Decimal
    medicaid_share: Decimal
    irb_ratio: Decimal = Decimal(0)
    capital_ime_ratio: Decimal = Decimal(0)
    vbp_part: bool = False
    vbp_factor: Decimal = Decimal(1)
    hrrp_factor: Decimal = Decimal(1)
    hac: bool = False
    uncompensated_care: Decimal = Decimal(0)
    quality: bool = True
    ehr_reduction: bool = False
    cola: Decimal = Decimal(1)
    referral_centre: bool = False

    @classmethod
    def national(cls, wage_index: Decimal) -> Hospital:
        """A hospital that is paid the national rates at a wage index, and nothing besides."""
        none = Decimal(0)
        return cls("national", wage_index, "other urban", 100, none, none, none, none)

    def __post_init__(self) -> None:
        for name, (least, most, decimals) in _BOUNDS.items():
            value = Decimal(getattr(self, name))
            if not Decimal(least) <= value <= Decimal(most) or value != round(value, decimals):
                told = f"{name} {value} is not a number from {least} to {most} with at most {decimals} decimals"
                raise PricingError(f"hospital '{self.provider}': {told}")
        if self.cbsa_size not in _SIZES.values():
            raise PricingError(f"hospital '{self.provider}': cbsa_size '{self.cbsa_size}' is not one of {_KNOWN_SIZES}")
        if self.vbp_part and not self.quality:
            raise PricingError(f"hospital '{self.provider}': {_CONTRADICTION}")


def read_hospitals(path: Path) -> list[Hospital]:
    """Hospitals from a CSV or Excel table, one a row, columns by their headings (:data:`HOSPITAL_COLUMNS`).

    Raises:
        ReadError: A cell cannot be used, or two rows are of one provider; the message tells all of them.
    """
    rows, log = read_table(path, HOSPITAL_COLUMNS)
    hospitals = [hospital_of(cells) for cells in rows]
    seen: dict[str, int] = {}
    for cells, hospital in zip(rows, hospitals, strict=True):
        _check_named(hospital.provider, cells.line, seen, log)
    refuse(log)
    return hospitals


def hospital_of(cells: Cells, provider: str | None = None) -> Hospital:
    """The hospital a row describes; what is wrong goes to the row's log."""
    vbp_part, quality = cells.flag("vbp_part", False), cells.flag("quality", True)
    if vbp_part and not quality:
        cells.log.error(cells.line, _CONTRADICTION)
    return Hospital(
        provider=cells.text("provider") if provider is None else provider,
        wage_index=_number(cells, "wage_index"),
        cbsa_size=_SIZES.get(cells.choice("cbsa_size", _SIZES), "rural"),
        beds=int(_number(cells, "beds")),
        operating_ccr=_number(cells, "operating_ccr"),
        capital_ccr=_number(cells, "capital_ccr"),
        ssi_share=_number(cells, "ssi_share"),
        medicaid_share=_number(cells, "medicaid_share"),
        irb_ratio=_number(cells, "irb_ratio", "0"),
        capital_ime_ratio=_number(cells, "capital_ime_ratio", "0"),
        vbp_part=vbp_part and quality,
        vbp_factor=_number(cells, "vbp_factor", "1"),
        hrrp_factor=_number(cells, "hrrp_factor", "1"),
        hac=cells.flag("hac", False),
        uncompensated_care=_number(cells, "uncompensated_care", "0"),
        quality=quality,
        ehr_reduction=cells.flag("ehr_reduction", False),
        cola=_number(cells, "cola", "1"),
        referral_centre=cells.flag("referral_centre", False),
    )


def _number(cells: Cells, name: str, default: str | None = None) -> Decimal:
    least, most, decimals = _BOUNDS[name]
    return cells.number(name, least, most, decimals, default)


def _check_named(provider: str, line: int, seen: dict[str, int], log: Log) -> None:
    if not provider:
        log.error(line, "provider is empty", "give the name or number that claims use")
    elif provider in seen:
        log.error(line, f"'{provider}' is on line {seen[provider]} already", "keep one row for each hospital")
    seen.setdefault(provider, line)
