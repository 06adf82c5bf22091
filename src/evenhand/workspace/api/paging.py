"""Long answers come in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field

from evenhand.workspace.api.sent import Sent

Item = TypeVar("Item")
Shown = TypeVar("Shown")

_MOST, _FARTHEST = 200, 1_000_000


class Asked(Sent):
    """Which page, and how many on each."""

    page: int = Field(1, ge=1, le=_FARTHEST, description="The first is 1.")
    size: int = Field(50, ge=1, le=_MOST, description="Items on a page.")


class Page(Schema, Generic[Item]):
    """One page of many; one beyond the last is empty."""

    items: list[Item]
    page: int
    pages: int
    total: int


def paged(rows: Sequence[Any] | QuerySet[Any], asked: Asked, shown: Callable[[Any], Any]) -> dict[str, Any]:
    """The page asked for, each row as ``shown`` makes it; the other rows are not touched."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    first = (asked.page - 1) * asked.size
    found = [shown(row) for row in rows[first : first + asked.size]]
    return {"items": found, "page": asked.page, "pages": -(-total // asked.size), "total": total}
