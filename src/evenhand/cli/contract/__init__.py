"""`evenhand contract`: check, show, start, compare and keep contracts."""

from __future__ import annotations

from evenhand.cli.contract.group import contract

__all__ = ["contract"]
