"""What is asked of the best ask: the budget, what is plausible, and the shape of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evenhand.errors import UsageError
from evenhand.money import parse_money
from evenhand.negotiation.ask.bounds import Bound, Market
from evenhand.negotiation.ask.robust import Doubt
from evenhand.negotiation.ask.shaped import Shape
from evenhand.negotiation.assumptions import JUDGEMENT, READ, Assumption, Assumptions

ASSUMED = Assumptions(
    [
        Assumption(
            "patient_collected",
            0.7,
            0.4,
            0.95,
            "share",
            "What of a patient's deductible and coinsurance we collect in the end.",
            "no source; put your own in",
            JUDGEMENT,
        ),
        Assumption(
            "deductible_grows",
            0.5,
            0.0,
            1.0,
            "share",
            "What of a higher rate a patient owes under a deductible: who meets it later in the year owes no more.",
            "no source; 1 where no deductible is ever met, 0 where all are",
            JUDGEMENT,
        ),
        Assumption(
            "strays_alone",
            0.25,
            0.1,
            0.5,
            "share",
            "How far the volume of one rate strays by itself, beyond the chance in a count: one standard deviation.",
            "no source; used only where volumes are in doubt",
            JUDGEMENT,
        ),
        Assumption(
            "strays_together",
            0.10,
            0.03,
            0.2,
            "share",
            "How far all volumes of a service line stray together: one standard deviation.",
            "no source; used only where volumes are in doubt",
            JUDGEMENT,
        ),
        Assumption(
            "strays_quantile",
            1.645,
            1.28,
            2.33,
            "deviations",
            "How many standard deviations the budget is kept by: 1.645 keeps it in 95 years of 100.",
            "the normal distribution",
            READ,
        ),
        Assumption(
            "plan_share_unknown",
            0.85,
            0.6,
            1.0,
            "share",
            "What of one more dollar allowed the plan pays, where no remittance says it.",
            "no source; used only for payers without remittances in the book",
            JUDGEMENT,
        ),
    ]
)


def doubt_of(assumptions: Assumptions) -> Doubt:
    """How far volumes stray, as assumed."""
    return Doubt(*(assumptions.value(f"strays_{name}") for name in ("quantile", "alone", "together")))


@dataclass(frozen=True, slots=True)
class Size:
    """An amount of money: in dollars, or as a share of what the plan pays today.

    >>> Size.read("3%"), Size.read("$250,000").of(1.0)
    (Size(dollars=None, share=0.03), 250000.0)
    """

    dollars: float | None = None
    share: float | None = None

    @classmethod
    def read(cls, text: str) -> Size:
        """A size as a person writes it.

        Raises:
            UsageError: it is neither an amount nor a percentage, or below zero.
        """
        percent = re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*%\s*", text)
        if percent:
            return cls(share=float(percent[1]) / 100)
        amount = parse_money(text)
        if amount is None or amount < 0:
            raise UsageError(f"'{text}' is no amount; write a percentage such as 3%, or dollars such as 250000")
        return cls(dollars=float(amount))

    def of(self, whole: float) -> float:
        """In dollars."""
        return self.dollars if self.dollars is not None else (self.share or 0.0) * whole


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """What the best ask is to keep to.

    Attributes:
        budget: the most it may cost the plan a year: what we believe it can give.
        most_rise: the most any rate may rise by, as a share; at most 1.
        first_day, last_day: claims that begin on these days are priced; nothing said: the last twelve months.
        effective: the ask's first day; nothing said: the first of the month after the last claim.
        ends: its last day, where the contract has ended by then.
        market: market percentiles.
        percentile: no rate rises above this one, where it is known.
        bounds: by code, the most it may rise by, with the reason: what a caller knows beside the market.
        line_caps: service line → the most its rise may cost the plan; shares are of what the plan pays for the line.
        at_most: the most codes to change.
        least_change: the least change worth asking for, as a share; it holds with ``at_most``.
        need: the least it must bring us.
        line_needs: service line → the least it must bring us from there; shares are of what the line is allowed.
        ladders: pairs of codes, the first never paid more than the second, beside those of visits.
        shape: one rise a service line and a few carve-outs.
        doubt: keep the budget with volumes in doubt.
        name: what the offer is called.
        assumptions: what the figures rest on.
        seconds: the most a mixed-integer programme may take.
    """

    budget: Size
    most_rise: float = 0.20
    first_day: date | None = None
    last_day: date | None = None
    effective: date | None = None
    ends: date | None = None
    market: Market | None = None
    percentile: int = 75
    bounds: Mapping[str, Bound] = field(default_factory=dict)
    line_caps: Mapping[str, Size] = field(default_factory=dict)
    at_most: int | None = None
    least_change: float = 0.02
    need: Size | None = None
    line_needs: Mapping[str, Size] = field(default_factory=dict)
    ladders: tuple[tuple[str, str], ...] = ()
    shape: Shape | None = None
    doubt: Doubt | None = None
    name: str = ""
    assumptions: Assumptions = field(default_factory=lambda: ASSUMED)
    seconds: float = 10.0

    def __post_init__(self) -> None:
        if not 0 < self.most_rise <= 1:
            raise UsageError(f"a most rise of {self.most_rise:.0%} makes no sense; give more than 0% and at most 100%")
        if self.market is not None and self.percentile not in self.market.amounts:
            known = ", ".join(f"p{one}" for one in sorted(self.market.amounts))
            raise UsageError(f"{self.market.source} has no p{self.percentile}; it has {known}")
        if sum(x is not None for x in (self.shape, self.doubt, self.at_most)) > 1:
            raise UsageError("an ask is shaped, robust, or of few codes; choose one of these")
