"""One claim priced step by step in exact decimals: the reference the SQL steps are held to, and the text to read.

The steps and the places each is rounded to are those of CMS's inpatient pricer (PPCAL); amounts carry nine decimals
until they are paid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from evenhand.money import ZERO, to_cents
from evenhand.schedules.ipps.drgs import Drg
from evenhand.schedules.ipps.factors import Factors, places

#: How a stay ended, as the review code of the pricer says it.
NORMAL, TRANSFER, POST_ACUTE = "0", "3", "9"
#: DRG of newborns who die or are transferred: always paid whole.
NEVER_A_TRANSFER = "789"
#: DRGs of burns, whose outliers are paid at 90 % instead of 80 % (42 CFR 412.84).
BURNS = frozenset({"927", "928", "929", "933", "934", "935"})
OUTLIER_SHARE, BURN_SHARE = Decimal("0.8"), Decimal("0.9")
#: What is paid of a new technology's costs beyond the payment, where a claim does not say (42 CFR 412.88).
NEW_TECHNOLOGY_SHARE = Decimal("0.65")
_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Stay:
    """What a claim says of a stay.

    Attributes:
        review_code: ``0`` normal, ``3`` transfer to another hospital, ``9`` discharge to post-acute care.
        length_of_stay: Days from admission to discharge.
        charge_amount: Covered charges, in dollars.
        new_technology_cap: The most a new technology on the claim adds, in dollars; ``None`` without one.
        new_technology_share: The share of its excess costs that is paid.
    """

    review_code: str
    length_of_stay: int
    charge_amount: Decimal
    new_technology_cap: Decimal | None = None
    new_technology_share: Decimal = NEW_TECHNOLOGY_SHARE


@dataclass(frozen=True, slots=True)
class Payment:
    """What a claim is paid, in dollars by component, and the pricer's return code."""

    return_code: str
    transfer_fraction: Decimal
    operating: Decimal
    dsh: Decimal
    ime: Decimal
    outlier: Decimal
    capital: Decimal
    capital_dsh: Decimal
    capital_ime: Decimal
    capital_outlier: Decimal
    uncompensated_care: Decimal
    new_technology: Decimal
    hrrp: Decimal
    vbp: Decimal
    hac: Decimal

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.before_hac + self.hac

    @property
    def before_hac(self) -> Decimal:
        """All but the reduction for hospital-acquired conditions."""
        federal = self.operating + self.dsh + self.ime + self.outlier
        capital = self.capital + self.capital_dsh + self.capital_ime + self.capital_outlier
        return federal + capital + self.uncompensated_care + self.new_technology + self.hrrp + self.vbp


def per_diem_days(length_of_stay: int) -> int:
    """The days a transfer is paid for: the first counts twice, and a stay of no day is one of one."""
    return max(length_of_stay, 1) + 1


def transfer_fraction(drg: Drg, review_code: str, days: int) -> Decimal:
    """The share of the DRG a transfer is paid; 1 where it is paid whole."""
    if days >= drg.gmlos or drg.drg == NEVER_A_TRANSFER:
        return Decimal(1)
    if review_code == POST_ACUTE and drg.special_pay:
        return places(Decimal("0.5") + Decimal("0.5") * days / drg.gmlos, 4)
    if review_code == TRANSFER or (review_code == POST_ACUTE and drg.post_acute):
        return places(days / drg.gmlos, 4)
    return Decimal(1)


def pay(stay: Stay, drg: Drg, factors: Factors) -> Payment:
    """Price one stay at a hospital whose factors for the year are given."""
    with localcontext(prec=_DIGITS):
        return _pay(stay, drg, factors)


def _pay(stay: Stay, drg: Drg, of: Factors) -> Payment:
    days = per_diem_days(stay.length_of_stay)
    fraction = transfer_fraction(drg, stay.review_code, days)
    federal = places(places(of.operating_base * drg.weight, 9) * fraction, 9)
    capital = places(places(of.capital_base * drg.weight, 9) * fraction, 9)
    operating = to_cents(federal)
    dsh, ime = to_cents(operating * of.dsh_paid), to_cents(operating * of.ime)
    costs = stay.charge_amount * of.operating_ccr
    new_technology = _new_technology(stay, costs - (operating + dsh + ime + of.uncompensated_care))
    threshold = to_cents(of.fixed_loss * fraction)
    lines = (
        places(
            federal * of.operating_loading
            + places(threshold * of.operating_threshold, 9)
            + of.uncompensated_care
            + new_technology,
            9,
        ),
        places(capital * of.capital_loading + places(threshold * of.capital_threshold, 9), 9),
    )
    outliers = _outliers((costs, stay.charge_amount * of.capital_ccr), lines, drg)
    paid = Payment(
        return_code=_return_code(stay, drg, days, outlier=any(outliers)),
        transfer_fraction=fraction,
        operating=operating,
        dsh=dsh,
        ime=ime,
        outlier=to_cents(outliers[0]),
        capital=to_cents(capital),
        capital_dsh=to_cents(to_cents(capital) * of.capital_dsh),
        capital_ime=to_cents(to_cents(capital) * of.capital_ime),
        capital_outlier=to_cents(outliers[1]),
        uncompensated_care=of.uncompensated_care,
        new_technology=new_technology,
        hrrp=to_cents(operating * of.hrrp),
        vbp=to_cents(operating * of.vbp),
        hac=ZERO,
    )
    return replace(paid, hac=to_cents(paid.before_hac * of.hac))


def _new_technology(stay: Stay, excess: Decimal) -> Decimal:
    """A share of the costs beyond the payment, at most the technology's cap (42 CFR 412.88)."""
    if stay.new_technology_cap is None or excess <= 0:
        return ZERO
    return min(to_cents(excess * stay.new_technology_share), stay.new_technology_cap)


def _outliers(costs: tuple[Decimal, Decimal], lines: tuple[Decimal, Decimal], drg: Drg) -> tuple[Decimal, Decimal]:
    """A share of the operating and of the capital costs beyond their lines, if all costs reach both lines together."""
    if sum(costs) < sum(lines):
        return ZERO, ZERO
    share = BURN_SHARE if drg.drg in BURNS else OUTLIER_SHARE
    operating, capital = (max(ZERO, places(share * (cost - line), 9)) for cost, line in zip(costs, lines, strict=True))
    return operating, capital


def _return_code(stay: Stay, drg: Drg, days: int, *, outlier: bool) -> str:
    """How the pricer says a claim was paid.

    ``00`` normal, ``02`` with an outlier; ``14`` and ``16`` the same after a stay of at least the mean; ``03`` per
    diem as a transfer, ``05`` a transfer with an outlier; ``12`` and ``10`` per diem as a post-acute transfer, and as
    one with special pay.
    """
    short = days < drg.gmlos and drg.drg != NEVER_A_TRANSFER
    if stay.review_code == POST_ACUTE and short and drg.post_acute:
        return "10" if drg.special_pay else "12"
    if stay.review_code == TRANSFER and (short or outlier):
        return "05" if outlier else "03"
    if days >= drg.gmlos:
        return "16" if outlier else "14"
    return "02" if outlier else "00"
