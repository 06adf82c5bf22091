"""Rules that protect one side of a contract from a claim that is unlike the others, in the contract language."""

from __future__ import annotations

from evenhand.contracts.protection.language import protection_keys
from evenhand.contracts.protection.reading import PROTECTION, read_protection
from evenhand.contracts.protection.silences import silent_protection
from evenhand.contracts.protection.wording import protection_words
from evenhand.contracts.protection.writing import written_protection

__all__ = [
    "PROTECTION",
    "protection_keys",
    "protection_words",
    "read_protection",
    "silent_protection",
    "written_protection",
]
