"""One organisation's claims, remittances and contracts: atomic loads, findings, undo."""

from __future__ import annotations

from evenhand.book.folder import Book
from evenhand.book.loading import Options, Report, Skipped
from evenhand.book.loads import Control, Load, LoadedFile

__all__ = ["Book", "Control", "Load", "LoadedFile", "Options", "Report", "Skipped"]
