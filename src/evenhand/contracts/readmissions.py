"""``readmitted_within``: a stay that begins soon after another of the same patient at the same provider has ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evenhand.codes import CodeRange

#: By which number a provider is the same: either of the two, one of them, or whoever it is.
SameProvider = Literal["either", "npi", "tin", "any"]
PROVIDERS: tuple[SameProvider, ...] = ("either", "npi", "tin", "any")


@dataclass(frozen=True, slots=True)
class Readmission:
    """What must hold between a stay and one before it for the stay to be a readmission.

    Both are inpatient (type of bill 11x). The first began on an earlier day and ended at most ``days`` before this one
    began, or on that very day. What a claim does not say is never guessed: without a member number, or without what is
    asked here of the first stay, it is no readmission.

    Attributes:
        days: The most days between discharge and admission.
        same_drg: Whether both stays must have the same DRG, as billed.
        first_drg: The DRGs the first stay may have; empty: any.
        provider: By which of its numbers the provider must be the same.
        not_after: Discharge statuses of the first stay after which none counts: a transfer, leaving against advice.
    """

    days: int
    same_drg: bool = False
    first_drg: tuple[CodeRange, ...] = ()
    provider: SameProvider = "either"
    not_after: tuple[str, ...] = ()
