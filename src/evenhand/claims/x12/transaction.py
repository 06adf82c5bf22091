"""A transaction while it is read: where it stands, what it is, what it adds up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evenhand.claims.x12.structure import OUTSIDE

#: Part of an implementation's name → type of claim.
_CLAIM_TYPES = {
    "professional": ("X222", "X298", "X098"),
    "institutional": ("X223", "X299", "X096"),
    "dental": ("X224", "X300", "X097"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment of the envelope stands: in the block, in the file, in its kind of transaction."""

    segment: int
    offset: int
    end: int
    ordinal: int
    kind: int = OUTSIDE


@dataclass(slots=True)
class Money:
    """What the claims and provider adjustments of one remittance add up to, in cents."""

    paid: int = 0
    provider: int = 0
    interest: int = 0
    provider_interest: int = 0
    unknown: int = 0

    def add(self, other: Money) -> None:
        """Add what another block holds of the same remittance."""
        self.paid += other.paid
        self.provider += other.provider
        self.interest += other.interest
        self.provider_interest += other.provider_interest
        self.unknown += other.unknown


@dataclass(slots=True)
class Transaction:
    """An open transaction (ST)."""

    kind: str
    control: str
    version: str
    place: Place
    key: int | None = None
    row: dict[str, Any] = field(default_factory=dict)
    money: Money = field(default_factory=Money)
    party: str = ""


def claim_type_of(version: str) -> str | None:
    """The type of claim an implementation is for.

    >>> claim_type_of("005010X223A2"), claim_type_of("")
    ('institutional', None)
    """
    for name, parts in _CLAIM_TYPES.items():
        if any(part in version for part in parts):
            return name
    return None
