"""A contract from somebody's rate exhibit: a mapping is drafted, corrected by a person, and followed."""

from __future__ import annotations

from evenhand.contracts.exhibit.building import NOT_TAKEN_FILE, ExhibitTaken, import_exhibit
from evenhand.contracts.exhibit.drafting import draft_mapping

__all__ = ["NOT_TAKEN_FILE", "ExhibitTaken", "draft_mapping", "import_exhibit"]
