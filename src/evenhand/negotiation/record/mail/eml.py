"""An e-mail saved as it travelled (``.eml``, RFC 5322)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from itertools import islice

from evenhand.errors import ReadError
from evenhand.negotiation.record.mail.model import LONGEST, MOST, Mail, day_of
from evenhand.negotiation.record.mail.words import plain, words_of


def read(name: str, content: bytes, today: date) -> Mail:
    """Read it.

    Raises:
        ReadError: it is no e-mail.
    """
    message = message_from_bytes(content, policy=default)
    if not (message["from"] or message["to"] or message["subject"]):
        what = "is no e-mail: it has neither sender, receiver nor subject"
        raise ReadError(name, what, "save the e-mail as .eml or .msg")
    subject = plain(str(message["subject"] or ""))
    files = tuple(islice(_files(message), MOST))
    return Mail(day(message, today), people(message), subject, _text(message)[:LONGEST], files)


def people(message: EmailMessage) -> tuple[str, ...]:
    """Sender and receivers, each once."""
    return tuple(dict.fromkeys(one for header in ("from", "to", "cc") for one in _named(message, header)))


def _named(message: EmailMessage, header: str) -> Iterator[str]:
    try:
        addresses = message[header].addresses if message[header] else ()
    except (AttributeError, IndexError, ValueError):
        return  # an address nobody can read names nobody
    for one in addresses:
        yield plain(one.display_name or one.addr_spec)


def day(message: EmailMessage, today: date) -> date:
    """The day it was sent; ``today`` where it tells none."""
    try:
        return day_of(parsedate_to_datetime(str(message["date"])))
    except (TypeError, ValueError):
        return today


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):
        text = (part.get_payload(decode=True) or b"").decode("utf-8", errors="replace")  # type: ignore[union-attr]
    return plain(words_of(text) if part.get_content_subtype() == "html" else text)


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in message.iter_attachments():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "message/rfc822":
            payload = part.as_bytes()
        if isinstance(payload, bytes) and payload:
            yield part.get_filename() or f"attachment.{part.get_content_subtype()}", payload
