"""Tables of a finished look at files, kept with the task that made them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Field, Sheet


def as_json(sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON; amounts as text, so that no cent is lost."""
    return {
        "name": sheet.name,
        "title": sheet.title,
        "fields": [[field.key, field.heading, field.kind] for field in sheet.fields],
        "rows": [{field.key: _plain(row.get(field.key)) for field in sheet.fields} for row in sheet.rows],
        "note": sheet.note,
        "empty": sheet.empty,
    }


def as_sheet(told: Mapping[str, Any]) -> Sheet:
    """The sheet again."""
    fields = tuple(Field(*field) for field in told["fields"])
    return Sheet(told["name"], told["title"], fields, told["rows"], note=told["note"], empty=told["empty"])


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
