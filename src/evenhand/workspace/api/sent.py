"""What programs send."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import field_validator

#: Fields of a form that are files.
_FILES = ("archive", "file")


def multipart(**fields: str) -> dict[str, Any]:
    """Describes a body of fields and files that a form of the pages reads, each with what it is."""
    told = {
        name: {"type": "string", "description": says} | ({"format": "binary"} if name in _FILES else {})
        for name, says in fields.items()
    }
    needed = [name for name in ("name", "kind", "file") if name in fields]
    content = {"multipart/form-data": {"schema": {"type": "object", "required": needed, "properties": told}}}
    return {"requestBody": {"required": True, "content": content}}


class Sent(Schema):
    """Something sent: no text in it holds the character NUL, which no database and no file of ours takes."""

    @field_validator("*")
    @classmethod
    def without_nul(cls, value: Any) -> Any:
        """The value as it is."""
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(one, str) and "\0" in one for one in texts):
            raise ValueError("a text holds the character NUL; leave it out")
        return value
