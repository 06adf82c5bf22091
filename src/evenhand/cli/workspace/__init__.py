"""`evenhand workspace`: looking after the workspace."""

from __future__ import annotations

from evenhand.cli.workspace.group import workspace

__all__ = ["workspace"]
