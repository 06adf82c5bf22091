"""What can go wrong when a contract is changed."""

from __future__ import annotations

from evenhand.errors import EvenhandError


class ConflictError(EvenhandError):
    """Somebody else changed the contract since the form was opened; nothing was written."""
