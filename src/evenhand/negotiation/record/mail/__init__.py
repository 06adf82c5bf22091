"""An e-mail as saved (``.eml``, ``.msg``), read for the record: when, who, what it says, what is attached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from evenhand.errors import EvenhandError, ReadError
from evenhand.negotiation.record.mail import eml, outlook
from evenhand.negotiation.record.mail.model import Mail

__all__ = ["Mail", "read_mail"]


def read_mail(name: str, content: bytes, today: date) -> Mail:
    """Read an e-mail saved as a file; what it is, is told from what is in it.

    Args:
        name: of the file, for what is said of it.
        content: its bytes.
        today: its day, where it tells none.

    Raises:
        ReadError: it is no e-mail, is damaged, or says nothing.
    """
    reader: Callable[[str, bytes, date], Mail] = outlook.read if outlook.is_outlook(content) else eml.read
    try:
        return reader(name, content, today)
    except EvenhandError:
        raise
    except Exception as problem:  # made by hand to break its reader, an e-mail can raise anything
        what = f"is damaged and cannot be read as an e-mail ({type(problem).__name__})"
        raise ReadError(name, what, "save the e-mail again, and take the file it was saved to") from problem
