"""``pay: packaged``: no payment of its own, because the price of another service holds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Packaged:
    """Allowed is zero with the outcome ``included``; unlike an exclusion, its charges stay with the claim."""

    method: str = "packaged"
