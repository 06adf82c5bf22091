"""What a person types. Each command is one small file: it parses, calls, prints."""

from __future__ import annotations

from evenhand.cli.main import main

__all__ = ["main"]
