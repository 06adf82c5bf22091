"""An e-mail as somebody saved it (.eml), read for the record: when, who, what it says, what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from evenhand.errors import ReadError

#: What is kept of a text, and how many files one e-mail may hold.
_LONGEST, _MOST = 50_000, 50
_UNSHOWN = ("script", "style", "head", "title")
_BREAKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote")


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail: ``who`` are sender and receivers, ``files`` the names and bytes of what is attached."""

    date: date
    who: tuple[str, ...]
    subject: str
    text: str
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def said(self) -> str:
        """Subject and text."""
        return f"{self.subject}\n\n{self.text}".strip()


def read_mail(name: str, content: bytes, today: date) -> Mail:
    """Read an e-mail saved as a file.

    Args:
        name: of the file, for what is said of it.
        content: its bytes.
        today: its day, where it tells none.

    Raises:
        ReadError: it is no e-mail.
    """
    message = message_from_bytes(content, policy=default)
    if not (message["from"] or message["to"] or message["subject"]):
        raise ReadError(name, "is no e-mail: it has neither sender, receiver nor subject", "save the e-mail as .eml")
    who = (*_people(message, "from"), *_people(message, "to"), *_people(message, "cc"))
    subject = _plain(str(message["subject"] or ""))
    files = tuple(_files(message))[:_MOST]
    return Mail(_day(message, today), tuple(dict.fromkeys(who)), subject, _text(message)[:_LONGEST], files)


def _people(message: EmailMessage, header: str) -> Iterator[str]:
    try:
        addresses = message[header].addresses if message[header] else ()
    except (AttributeError, IndexError, ValueError):
        return  # an address nobody can read names nobody
    for one in addresses:
        yield _plain(one.display_name or one.addr_spec)


def _day(message: EmailMessage, today: date) -> date:
    try:
        told: datetime = parsedate_to_datetime(str(message["date"]))
    except (TypeError, ValueError):
        return today
    return told.astimezone(UTC).date() if told.tzinfo else told.date()


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):
        text = (part.get_payload(decode=True) or b"").decode("utf-8", errors="replace")  # type: ignore[union-attr]
    return _plain(_words(text) if part.get_content_subtype() == "html" else text)


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in message.iter_attachments():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "message/rfc822":
            payload = part.as_bytes()
        if isinstance(payload, bytes) and payload:
            yield part.get_filename() or f"attachment.{part.get_content_subtype()}", payload


class _Words(HTMLParser):
    """The words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A part begins."""
        self.hidden += tag in _UNSHOWN
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A part ends."""
        self.hidden = max(0, self.hidden - (tag in _UNSHOWN))

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self.hidden:
            self.said.append(" ".join(data.split()))


def _words(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    lines = (" ".join(line.split()) for line in " ".join(reader.said).splitlines())
    return "\n".join(line for line in lines if line)


def _plain(text: str) -> str:
    """Without what a file cannot hold."""
    kept = "".join(one if one.isprintable() or one in "\n\t" else " " for one in text.replace("\r\n", "\n"))
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
