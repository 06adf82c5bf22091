"""What of a hospital's payment is the same on every claim of a year, in exact decimals.

Each is rounded, halves away from zero, to the places CMS's program keeps. Sources: 42 CFR 412.64 (rates), 412.105 and
412.106 (indirect medical education, disproportionate share), 412.316, 412.320 and 412.322 (capital), 412.84 (outliers).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from evenhand.schedules.ipps.hospital import Hospital
from evenhand.schedules.ipps.years import Year

#: CMS writes e to four decimals.
_E = Decimal("2.7183")
#: What is paid of the disproportionate share; the rest became uncompensated care (Social Security Act, 1886(r)).
DSH_PAID = Decimal("0.25")
#: What hospital-acquired conditions take of the whole payment (Social Security Act, 1886(p)).
HAC_REDUCTION = Decimal("-0.01")
_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Factors:
    """A hospital's factors for a year.

    Attributes:
        operating_base: Dollars of operating payment for a weight of 1.
        dsh: Operating disproportionate share before the quarter of it that is paid (4 decimals).
        ime: Operating indirect medical education (9 decimals).
        capital_base: Dollars of capital payment for a weight of 1.
        capital_dsh: Capital disproportionate share (4 decimals).
        capital_ime: Capital indirect medical education (9 decimals).
        operating_threshold: Operating part of each dollar of fixed loss.
        capital_threshold: Capital part of each dollar of fixed loss.
        vbp: Share of the base payment added (or, negative, taken) for value-based purchasing.
        hrrp: Share of the base payment taken for readmissions, zero or negative.
        hac: Share of the whole payment taken for hospital-acquired conditions, zero or negative.
        operating_ccr: Operating costs to charges.
        capital_ccr: Capital costs to charges.
        uncompensated_care: Dollars added to each claim.
        fixed_loss: Dollars of loss before an outlier is paid, the same for all hospitals.
    """

    operating_base: Decimal
    dsh: Decimal
    ime: Decimal
    capital_base: Decimal
    capital_dsh: Decimal
    capital_ime: Decimal
    operating_threshold: Decimal
    capital_threshold: Decimal
    vbp: Decimal
    hrrp: Decimal
    hac: Decimal
    operating_ccr: Decimal
    capital_ccr: Decimal
    uncompensated_care: Decimal
    fixed_loss: Decimal

    @property
    def dsh_paid(self) -> Decimal:
        """The quarter of the operating disproportionate share that is paid with each claim."""
        return self.dsh * DSH_PAID

    @property
    def operating_loading(self) -> Decimal:
        """Operating payment with its additions, per dollar of it."""
        return 1 + self.ime + self.dsh_paid

    @property
    def capital_loading(self) -> Decimal:
        """Capital payment with its additions, per dollar of it."""
        return 1 + self.capital_ime + self.capital_dsh


def factors_of(hospital: Hospital, year: Year) -> Factors:
    """The factors of a hospital under the constants of a year."""
    with localcontext(prec=_DIGITS):
        gaf = places(hospital.wage_index ** Decimal("0.6848"), 4)
        capital_cola = places(Decimal("0.3152") * (hospital.cola - 1) + 1, 3)
        operating_part, capital_part = _cost_parts(hospital)
        return Factors(
            operating_base=_operating_base(hospital, year),
            dsh=_dsh(hospital),
            ime=places(Decimal("1.35") * ((1 + hospital.irb_ratio) ** Decimal("0.405") - 1), 9),
            capital_base=places(year.capital_rate * gaf, 2) * capital_cola,
            capital_dsh=_capital_dsh(hospital),
            capital_ime=places(_E ** (Decimal("0.2822") * min(hospital.capital_ime_ratio, Decimal("1.5"))) - 1, 9),
            operating_threshold=_wage_adjusted_dollar(hospital, year) * operating_part,
            capital_threshold=gaf * capital_cola * capital_part,
            vbp=hospital.vbp_factor - 1 if hospital.vbp_part and hospital.quality else Decimal(0),
            hrrp=hospital.hrrp_factor - 1,
            hac=HAC_REDUCTION if hospital.hac else Decimal(0),
            operating_ccr=hospital.operating_ccr,
            capital_ccr=hospital.capital_ccr,
            uncompensated_care=hospital.uncompensated_care,
            fixed_loss=year.fixed_loss,
        )


def places(value: Decimal, decimals: int) -> Decimal:
    """A number to so many decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _operating_base(hospital: Hospital, year: Year) -> Decimal:
    rate = {
        "quality": hospital.quality,
        "ehr_reduction": hospital.ehr_reduction,
        "above_1": hospital.wage_index > 1,
    }
    return year.labor_amount(**rate) * hospital.wage_index + year.nonlabor_amount(**rate) * hospital.cola


def _dsh(hospital: Hospital) -> Decimal:
    """From 15 % of low-income days on; at most 12 % for small and rural hospitals, referral centres apart."""
    days = places(hospital.ssi_share + hospital.medicaid_share, 4)
    if days < Decimal("0.15"):
        return Decimal(0)
    if days < Decimal("0.202"):
        share = places((days - Decimal("0.15")) * Decimal("0.65") + Decimal("0.025"), 4)
    else:
        share = places((days - Decimal("0.202")) * Decimal("0.825") + Decimal("0.0588"), 4)
    small = hospital.beds < (500 if hospital.cbsa_size == "rural" else 100)
    return min(share, Decimal("0.12")) if small and not hospital.referral_centre else share


def _capital_dsh(hospital: Hospital) -> Decimal:
    """For urban hospitals of 100 beds and more."""
    if hospital.cbsa_size == "rural" or hospital.beds < 100:
        return Decimal(0)
    return places(_E ** (Decimal("0.2025") * (hospital.ssi_share + hospital.medicaid_share)) - 1, 4)


def _cost_parts(hospital: Hospital) -> tuple[Decimal, Decimal]:
    """How the fixed loss falls to operating and to capital costs; none of it where no costs are known."""
    both = hospital.operating_ccr + hospital.capital_ccr
    if not both:
        return Decimal(0), Decimal(0)
    return places(hospital.operating_ccr / both, 9), places(hospital.capital_ccr / both, 9)


def _wage_adjusted_dollar(hospital: Hospital, year: Year) -> Decimal:
    share = year.labor_share(above_1=hospital.wage_index > 1)
    return share * hospital.wage_index + (1 - share) * hospital.cola
