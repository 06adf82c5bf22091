"""What the change from one version of a contract to the next is worth on the book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenhand.book import Book
from evenhand.contracts import read_contract
from evenhand.documents.change_sheets import change_sheets
from evenhand.errors import SelectionError
from evenhand.negotiation import change_effects
from evenhand.workspace.contracts.versions import version_after, version_folder
from evenhand.workspace.figures.asking import question


@question("changes", negotiations=False)
def changes_in_dollars(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """Each change a later version made, in dollars. Given: ``contract``, its folder, and ``stamp``, the version before.

    Raises:
        SelectionError: there is no such version.
    """
    before = version_folder(book, given["contract"], given["stamp"])
    then = version_after(book, given["contract"], given["stamp"])
    if before is None or then is None:
        raise SelectionError(f"{given['contract']} has no version that was put away {given['stamp']}")
    effects = change_effects(book, read_contract(before), read_contract(then))
    changes, together = change_sheets(effects)
    over = {"claims": effects.claims, "first_day": effects.first_day, "last_day": effects.last_day}
    return {"over": over, "changes": list(changes.rows), "together": list(together.rows), "title": together.title}
