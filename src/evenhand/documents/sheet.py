"""A table that leaves the building: fields with headings and kinds, rows, a title, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "money", "dollars", "count", "percent", "days", "date", "number"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: the key in its rows, the heading, how to show it.

    ``money`` shows cents, ``dollars`` whole dollars; ``percent`` takes a share (0.045 is 4.5 %).
    """

    key: str
    heading: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a result, with its title and a note on source and denominator."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: Sequence[Mapping[str, Any]]
    note: str = ""
    empty: str = "Nothing to show."
