"""What an organisation refuses."""

from __future__ import annotations

from evenhand.errors import EvenhandError


class ConflictError(EvenhandError):
    """Somebody else changed the object since the form was made; nothing was overwritten."""


class RefusedError(EvenhandError):
    """It would leave the organisation in a state nobody wants, such as without an administrator."""
