"""Stop-loss rules as data: when a claim is so dear or so long (or so cheap) that it is paid another way.

Source of the forms: first dollar (paid instead of the rate), second dollar (in addition, on the excess), and
the variants real contracts write (days, multiples of the rate or of the average stay, by service, low charges).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from evenhand.contracts.model import Selector

Effect = Literal["instead", "in addition"]
#: A mean length of stay that the table of DRGs says: the geometric or the arithmetic one.
Mean = Literal["gmlos", "amlos"]
MEANS: tuple[Mean, ...] = ("gmlos", "amlos")


@dataclass(frozen=True, slots=True)
class ServiceThreshold:
    """The charges above which claims with a covered line are protected; without ``covers``, all the others."""

    charges_over: Decimal
    covers: Selector | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """What must hold for a claim, all of it. Dollars and days must be exceeded; at the threshold nothing happens.

    Attributes:
        charges_over: Qualifying charges, in dollars.
        by_service: The same by service: the first entry that covers a line of the claim counts.
        times_rate: Qualifying charges over so many times what the claim is paid otherwise.
        days_over: Nights from admission to discharge.
        times_average_stay: Nights over so many times the average stay of the claim's DRG.
        charges_under_share_of_rate: Qualifying charges under this share of what the claim is paid otherwise.
    """

    charges_over: Decimal | None = None
    by_service: tuple[ServiceThreshold, ...] = ()
    times_rate: Decimal | None = None
    days_over: Decimal | None = None
    times_average_stay: Decimal | None = None
    charges_under_share_of_rate: Decimal | None = None

    @property
    def needs_stay(self) -> bool:
        """Whether it counts days."""
        return self.days_over is not None or self.times_average_stay is not None

    @property
    def has_charge_threshold(self) -> bool:
        """Whether charges can exceed something, so that there is an excess."""
        return self.charges_over is not None or bool(self.by_service) or self.times_rate is not None


@dataclass(frozen=True, slots=True)
class StopLossPay:
    """A share of charges, an amount for each day, or the lesser of both; held between ``minimum`` and ``maximum``."""

    percent: Decimal | None = None
    of: Literal["charges", "excess"] = "charges"
    per_day: Decimal | None = None
    days: Literal["all", "excess"] = "all"
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StopLoss:
    """One stop-loss rule. The first whose trigger a claim meets pays; a claim has at most one.

    ``carve_outs_count``, ``carve_outs_replaced`` and ``escalates`` are ``None`` where the contract is silent:
    priced as *no*, and reported as a gap.

    Attributes:
        when: The claim must meet one of these triggers; the first it meets gives the threshold of an excess.
        covers: At least one line of the claim must be covered; ``None``: every claim is.
        effect: Paid ``instead`` of the rate (first dollar) or ``in addition`` to it (second dollar).
        average_stay: The average stay in days, where the contract states one for all; else which mean counts of the
            claim's DRG, as the table says that pays the claim.
        most: The claim's price with the rule, carve-outs aside, is at most this.
        most_of_charges: The same as a share of qualifying charges.
    """

    name: str
    when: tuple[Trigger, ...]
    pay: StopLossPay
    effect: Effect
    covers: Selector | None = None
    carve_outs_count: bool | None = None
    carve_outs_replaced: bool | None = None
    escalates: bool | None = None
    average_stay: Decimal | Mean | None = None
    most: Decimal | None = None
    most_of_charges: Decimal | None = None
    cite: str = ""
