"""What programs send."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import field_validator


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
