"""`evenhand schedules`: the public fee schedules at hand."""

from __future__ import annotations

from evenhand.cli.schedules.group import schedules

__all__ = ["schedules"]
