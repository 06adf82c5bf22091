"""An e-mail saved by Outlook (``.msg``, MS-OXMSG), given in the shape an ``.eml`` has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import HeaderParser
from email.policy import default
from itertools import islice
from typing import TYPE_CHECKING

from evenhand.errors import ReadError
from evenhand.negotiation.record.mail import eml, rtf
from evenhand.negotiation.record.mail.compound import MAGIC, storage_of
from evenhand.negotiation.record.mail.model import LONGEST, MOST, Mail, day_of
from evenhand.negotiation.record.mail.words import plain, words_of

if TYPE_CHECKING:
    from oxmsg.properties import Properties
    from oxmsg.storage import Storage

#: Where properties begin: in a message by itself, in one inside another, in what is attached and who received it.
_ALONE, _INSIDE, _PART = 32, 24, 8
#: Numbers of properties, as MS-OXPROPS names them.
_HEADERS, _SUBJECT, _BODY, _HTML, _RTF = 0x007D, 0x0037, 0x1000, 0x1013, 0x1009
_SENDER, _SENDER_ADDRESS, _SENDER_SMTP, _FOR_SENDER = 0x0C1A, 0x0C1F, 0x5D01, 0x0042
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_KIND, _NAME, _SMTP, _ADDRESS = 0x0C15, 0x3001, 0x39FE, 0x3003
_LONG, _SHORT, _DATA, _HIDDEN = 0x3707, 0x3704, 0x3701, 0x7FFE
_TO, _CC = 1, 2
#: The storage in which a message lies that is attached to another; how deep they are followed.
_MESSAGE, _DEEPEST = "__substg1.0_3701000D", 4


def is_outlook(content: bytes) -> bool:
    """Whether it is a compound file, as Outlook saves."""
    return content.startswith(MAGIC)


def read(name: str, content: bytes, today: date) -> Mail:
    """Read it.

    Raises:
        ReadError: it is no e-mail, is cut off, or has neither text nor files.
        EvenhandError: what reads it is not installed.
    """
    storage = storage_of(name, content)
    if not any(one.name == "__properties_version1.0" for one in storage.streams):
        raise ReadError(name, "is no e-mail of Outlook: another program saved it", "save the e-mail as .msg or .eml")
    found = _mail(storage, _ALONE, today)
    if not (found.who or found.subject):
        what = "is no e-mail: it has neither sender, receiver nor subject"
        raise ReadError(name, what, "save the e-mail as .eml or .msg")
    if not found.text and not found.files:
        what = "has no text: neither plain, nor HTML, nor rich text, and nothing is attached"
        raise ReadError(name, what, "record what it is about as a talk, and add the file there")
    return found


def _mail(storage: Storage, offset: int, today: date, depth: int = 0) -> Mail:
    held = _properties(storage, offset)
    headers = _headers(held)
    files = tuple(islice(_files(storage, today, depth), MOST))
    subject = plain(held.str_prop_value(_SUBJECT) or "")
    return Mail(_day(held, headers, today), _people(storage, held, headers), subject, _text(held)[:LONGEST], files)


def _properties(storage: Storage, offset: int) -> Properties:
    from oxmsg.properties import Properties

    return Properties(storage, properties_header_offset=offset)


def _headers(held: Properties) -> EmailMessage:
    """The head of the e-mail as it travelled; empty in one that never left Outlook."""
    text = ""
    with suppress(LookupError, UnicodeError):
        text = held.str_prop_value(_HEADERS) or ""
    return HeaderParser(policy=default).parsestr(text.lstrip())


def _people(storage: Storage, held: Properties, headers: EmailMessage) -> tuple[str, ...]:
    """Sender and receivers, each once; who got a blind copy is not named, as in an ``.eml``."""
    received = [_properties(one, _PART) for one in storage.iter_recipient_storages()]
    kinds = ((one.int_prop_value(_KIND), one) for one in received)
    named = [(kind & 15, _first(one, _NAME, _SMTP, _ADDRESS)) for kind, one in kinds if kind is not None]
    to = [name for wanted in (_TO, _CC) for kind, name in named if kind == wanted]
    sender = _first(held, _SENDER, _FOR_SENDER, _SENDER_SMTP, _SENDER_ADDRESS)
    told = [plain(one).strip("'\" ") for one in (sender, *to)]
    return tuple(dict.fromkeys(one for one in told if one)) or eml.people(headers)


def _first(held: Properties, *numbers: int) -> str:
    """The first of these that says something."""
    return next((text for number in numbers if (text := (held.str_prop_value(number) or "").strip())), "")


def _day(held: Properties, headers: EmailMessage, today: date) -> date:
    for number in (_SUBMITTED, _DELIVERED):
        with suppress(OverflowError, ValueError, AttributeError):
            told = held.date_prop_value(number)
            if isinstance(told, datetime):
                return day_of(told)
    return eml.day(headers, today)


def _text(held: Properties) -> str:
    """Its plain text, else the words of its HTML, else of its rich text."""
    ways: tuple[Callable[[Properties], str], ...] = (_plain_body, _html_body, _rich_body)
    for way in ways:
        with suppress(LookupError, UnicodeError, ValueError):
            if said := plain(way(held)):
                return said
    return ""


def _plain_body(held: Properties) -> str:
    return held.str_prop_value(_BODY) or ""


def _html_body(held: Properties) -> str:
    coded = held.binary_prop_value(_HTML)
    page = coded.decode(held.body_encoding, errors="replace") if coded else held.str_prop_value(_HTML)
    return words_of(page or "")


def _rich_body(held: Properties) -> str:
    packed = held.binary_prop_value(_RTF)
    return rtf.text_of(rtf.unpacked(packed)) if packed else ""


def _files(storage: Storage, today: date, depth: int) -> Iterator[tuple[str, bytes]]:
    """What is attached, without pictures that belong to the text."""
    for one in storage.iter_attachment_storages():
        held = _properties(one, _PART)
        if _is_hidden(held):
            continue
        name = _first(held, _LONG, _SHORT, _NAME) or "attachment.bin"
        inner = next((each for each in one.storages if each.name == _MESSAGE), None)
        content = held.binary_prop_value(_DATA) if inner is None else None
        if content:
            yield name, content
        elif inner is not None and inner.streams and depth < _DEEPEST:
            yield f"{name.removesuffix('.msg')}.eml", _as_eml(_mail(inner, _INSIDE, today, depth + 1))


def _is_hidden(held: Properties) -> bool:
    return any(one.pid == _HIDDEN and bool(getattr(one, "value", False)) for one in held)


def _as_eml(found: Mail) -> bytes:
    """An e-mail inside another, written as one by itself: what Outlook keeps of it is no file."""
    made = EmailMessage()
    made["Date"] = datetime(found.date.year, found.date.month, found.date.day)
    made["Subject"] = " ".join(found.subject.split())
    who = [Address(display_name=" ".join(one.split())) for one in found.who]
    if who:
        made["From"] = who[0]
    if who[1:]:
        made["To"] = who[1:]
    made.set_content(found.text)
    for name, content in found.files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=" ".join(name.split()))
    return made.as_bytes()
