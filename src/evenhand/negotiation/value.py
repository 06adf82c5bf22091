"""What the value of an offer is told in: its figures and the columns of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from evenhand.money import MONEY, QUANTITY, SHARE, ratio
from evenhand.results import Result

COUNT = pa.int64()
TEXT = pa.string()

_SIDES = [
    ("lines", COUNT),
    ("claims_at_least", COUNT),
    ("units", QUANTITY),
    ("charges", MONEY),
    ("today_amount", MONEY),
    ("current_fee", MONEY),
    ("current_amount", MONEY),
    ("current_limited", COUNT),
    ("offer_fee", MONEY),
    ("offer_amount", MONEY),
    ("offer_limited", COUNT),
    ("change", MONEY),
    ("change_percent", SHARE),
    ("share_of_current", SHARE),
]
SERVICE_LINES = pa.schema([("service_line", TEXT), *_SIDES])
TERMS = pa.schema([("current_term", TEXT), ("offer_term", TEXT), *_SIDES])
CODES = pa.schema([("item", TEXT), ("service_line", TEXT), *_SIDES])
RATES = pa.schema(
    [
        ("code", TEXT),
        ("modifier", TEXT),
        ("setting", TEXT),
        ("current_term", TEXT),
        ("offer_term", TEXT),
        ("today_rate", MONEY),
        ("current_rate", MONEY),
        ("offer_rate", MONEY),
        ("change", SHARE),
        ("announced", SHARE),
    ]
)
UNPRICED = pa.schema(
    [
        ("code", TEXT),
        ("under_contract", TEXT),
        ("under_offer", TEXT),
        ("lines", COUNT),
        ("claims", COUNT),
        ("charges", MONEY),
    ]
)
LEFT_OUT = pa.schema([("why_not", TEXT), ("lines", COUNT), ("claims", COUNT), ("charges", MONEY)])
#: What is added up in a group of lines.
SUMS = tuple(name for name, _ in _SIDES if not name.startswith(("change", "share", "claims")))


@dataclass(frozen=True, slots=True)
class OfferValue:
    """The same claims under the contract and under the offer, both as they would stand on one day.

    Attributes:
        contract: the contract's name.
        payer: the contract's payer.
        offer: the offer's name.
        as_of: the day both stand on: the offer's first.
        first_day, last_day: claims that begin on these days are valued, both inside.
        claims, lines: how many are valued.
        today: what they are worth at the rates of the day before: what an offer is usually announced against.
        current, offered: what they are worth on the day under each, after limits.
        current_fee, offered_fee: the same before limits such as lesser-of.
        announced: the mean change of the listed rates over those of the day before, each counting once.
        plain_average: the same over the contract's rates on the day itself, its own escalation included.
        listed: how many rates that mean is over.
        billed_average, billed: the same over the listed rates of codes billed in these claims.
        service_lines, terms, codes: the change by service line, by term, by code.
        rates: each listed rate on both sides.
        unpriced: lines that either side does not price; they are in no figure above.
        left_out: lines no contract would pay: denied, taken back, capitated, bundled, not first payer.
    """

    contract: str
    payer: str
    offer: str
    as_of: date
    first_day: date
    last_day: date
    claims: int
    lines: int
    today: Decimal
    current: Decimal
    offered: Decimal
    current_fee: Decimal
    offered_fee: Decimal
    announced: Decimal | None
    plain_average: Decimal | None
    listed: int
    billed_average: Decimal | None
    billed: int
    service_lines: Result
    terms: Result
    codes: Result
    rates: Result
    unpriced: Result
    left_out: Result

    @property
    def change(self) -> Decimal:
        """Dollars more, or less, in the days valued."""
        return self.offered - self.current

    @property
    def own_rise(self) -> Decimal:
        """What the contract would rise, or fall, by itself on that day, with no offer signed."""
        return self.current - self.today

    @property
    def change_percent(self) -> Decimal | None:
        """The change as a share of the current value: the volume-weighted truth."""
        return ratio(self.change, self.current)

    @property
    def change_since_today(self) -> Decimal | None:
        """The change against the rates of the day before, as a share of them."""
        return ratio(self.offered - self.today, self.today)

    @property
    def current_limits(self) -> Decimal:
        """What lesser-of takes back under the contract."""
        return self.current_fee - self.current

    @property
    def offered_limits(self) -> Decimal:
        """What lesser-of takes back under the offer."""
        return self.offered_fee - self.offered
