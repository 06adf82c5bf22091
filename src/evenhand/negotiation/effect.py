"""What the effects of changes are told in: figures, sentences, columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from evenhand.money import MONEY, QUANTITY, SHARE, ZERO, ratio, show_money
from evenhand.results import Result

_COUNT, _TEXT = pa.int64(), pa.string()

CHANGES = pa.schema(
    [
        ("kind", _TEXT),
        ("where", _TEXT),
        ("words", _TEXT),
        ("rates", _COUNT),
        ("alone", MONEY),
        ("alone_percent", SHARE),
        ("up", MONEY),
        ("down", MONEY),
        ("lines", _COUNT),
        ("claims", _COUNT),
        ("lost_lines", _COUNT),
        ("lost_amount", MONEY),
        ("gained_lines", _COUNT),
        ("gained_amount", MONEY),
    ]
)
CODES_CHANGED = pa.schema(
    [
        ("schedule", _TEXT),
        ("code", _TEXT),
        ("words", _TEXT),
        ("lines", _COUNT),
        ("units", QUANTITY),
        ("current_amount", MONEY),
        ("changed_amount", MONEY),
        ("change", MONEY),
    ]
)


@dataclass(frozen=True, slots=True)
class ChangeEffects:
    """The same claims under a contract, under it with each change alone, and with all changes.

    Dollars are over the claims that begin from ``first_day`` to ``last_day``. A change's own dollars are over the
    lines that have a price without and with it; a claim priced as one is counted whole or not at all.

    Attributes:
        before, after: the names of the contracts, or of the offer.
        as_of: the day both stand on.
        first_day, last_day: claims that begin on these days are valued, both inside.
        claims, lines: how many have a price under both contracts.
        current, changed: what these are worth under each.
        lost_lines, lost_amount: lines that all changes together leave without a price, and what they are paid now.
        gained_lines, gained_amount: lines that only then have one, and what it is.
        changes: one row for each change, most dollars first; ``alone`` is null where no price depends on it.
        codes: for each changed schedule the dollars by code.
    """

    before: str
    after: str
    as_of: date
    first_day: date
    last_day: date
    claims: int
    lines: int
    current: Decimal
    changed: Decimal
    lost_lines: int
    lost_amount: Decimal
    gained_lines: int
    gained_amount: Decimal
    changes: Result
    codes: Result

    @property
    def joint(self) -> Decimal:
        """What all changes together are worth."""
        return self.changed - self.current

    @property
    def joint_percent(self) -> Decimal | None:
        """The same as a share of what the claims are worth now."""
        return ratio(self.joint, self.current)

    @property
    def alone(self) -> Decimal:
        """The changes' own dollars, added up."""
        return sum((row["alone"] for row in self.changes if row["alone"] is not None), ZERO)

    @property
    def interaction(self) -> Decimal:
        """What the changes are worth together beyond their own dollars added up."""
        return self.joint - self.alone

    @property
    def interaction_words(self) -> str:
        """How the changes act on one another, in one sentence."""
        priced = [row for row in self.changes if row["alone"] is not None]
        if not priced:
            return "No change touches a price."
        if len(priced) == 1:
            return "One change touches prices: alone and together are the same."
        alone, joint = (_more_or_less(amount) for amount in (self.alone, self.joint))
        if not self.interaction:
            return f"One by one the changes add up to {alone}, and together they are worth just that."
        why = "because changes meet on the same lines"
        if any(row["lost_lines"] or row["gained_lines"] for row in priced):
            why += ", or take away and give prices, which only their own rows count"
        apart = f"{show_money(abs(self.interaction))} {'less' if self.interaction < 0 else 'more'}"
        return f"One by one the changes add up to {alone}; together they are worth {joint}: {apart}, {why}."


def _more_or_less(amount: Decimal) -> str:
    return "nothing" if not amount else f"{show_money(abs(amount))} {'less' if amount < 0 else 'more'}"
