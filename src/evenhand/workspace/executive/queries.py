"""Whether what the page shows has changed."""

from __future__ import annotations

from evenhand.workspace.figures.queries import last_made
from evenhand.workspace.figures.signature import signature
from evenhand.workspace.organisations.desk import Desk


def state_of(desk: Desk) -> str:
    """Names what the page shows: the book's files, and the answer made last."""
    return f"{signature(desk.organisation.folder)} {last_made(desk)}"
