"""What programs send."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import field_validator

#: Fields of a form that are a file; ``files`` are as many as one likes.
_FILES = ("archive", "file", "mapping")
_NEEDED = ("name", "kind", "file", "files")
_BYTES = {"type": "string", "format": "binary"}


def multipart(**fields: str) -> dict[str, Any]:
    """Describes a body of fields and files that a form of the pages reads, each with what it is."""
    told = {name: {**_type(name), "description": says} for name, says in fields.items()}
    needed = [name for name in _NEEDED if name in fields]
    content = {"multipart/form-data": {"schema": {"type": "object", "required": needed, "properties": told}}}
    return {"requestBody": {"required": True, "content": content}}


def _type(name: str) -> dict[str, Any]:
    if name == "files":
        return {"type": "array", "items": _BYTES, "minItems": 1}
    return _BYTES if name in _FILES else {"type": "string"}


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
