"""This program: which version of it runs."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """The version that is installed; looked up once, for it is asked for by every page and every answer kept."""
    return metadata.version("evenhand")
