"""``pay: nothing``: the contract names the service and does not pay it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Excluded:
    """Allowed is zero, and the term that says so is named."""

    method: str = "excluded"
