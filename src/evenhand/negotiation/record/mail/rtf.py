"""The text of an e-mail that Outlook keeps as rich text: unpacked (MS-OXRTFCP), then its words."""

from __future__ import annotations

import codecs
import re
import struct
from dataclasses import dataclass, field

from evenhand.negotiation.record.mail.model import LONGEST

_HEADER = struct.Struct("<IIII")
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
#: What the window holds before the first byte, as the format prescribes.
_BEFORE = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
_WINDOW, _MOST = 4096, 4 * 2**20
_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S)
_UNSHOWN = {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"themedata", b"header", b"footer"}
_SIGNS = {
    b"par": "\n",
    b"line": "\n",
    b"row": "\n",
    b"sect": "\n",
    b"tab": "\t",
    b"cell": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
}


def unpacked(content: bytes) -> bytes:
    r"""Rich text as it was before it was packed; no more of it than any e-mail needs.

    >>> unpacked(bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"))
    b'{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}'
    """
    _, whole, kind, _ = _HEADER.unpack_from(content)
    body = content[_HEADER.size :]
    return body[:whole] if kind == _PLAIN else _inflated(body, min(whole, _MOST))


def _inflated(body: bytes, whole: int) -> bytes:
    window, made = bytearray(_BEFORE.ljust(_WINDOW, b"\0")), bytearray()
    at, place, end = 0, len(_BEFORE), len(body)
    while at < end and len(made) < whole:
        kinds, at = body[at], at + 1
        for bit in range(8):
            if at + (kinds >> bit & 1) >= end:
                return bytes(made[:whole])
            if kinds >> bit & 1:
                told, at = int.from_bytes(body[at : at + 2], "big"), at + 2
                start, count = told >> 4, (told & 15) + 2
                if start == place:
                    return bytes(made[:whole])
            else:
                start, count = place, 1
                window[place], at = body[at], at + 1
            for one in range(count):
                window[place] = window[(start + one) % _WINDOW]
                made.append(window[place])
                place = (place + 1) % _WINDOW
    return bytes(made[:whole])


@dataclass
class _Words:
    """The words of rich text, while it is read."""

    said: list[str] = field(default_factory=list)
    held: bytearray = field(default_factory=bytearray)
    codec: str = "cp1252"
    hidden: bool = False
    replaces: int = 1
    left_out: int = 0
    groups: list[tuple[bool, int]] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Text, as it is."""
        self.say_held()
        if not self.hidden:
            self.said.append(text)

    def say_held(self) -> None:
        """Bytes so far, together: a letter may take two of them."""
        self.said.append(self.held.decode(self.codec, errors="replace"))
        self.held.clear()

    def bytes_(self, given: bytes) -> None:
        """Letters in the text's own code page, without those that stand in for one told by its number."""
        left, self.left_out = given[self.left_out :], max(0, self.left_out - len(given))
        if not self.hidden:
            self.held += left

    def group(self, brace: bytes) -> None:
        """A group begins, or ends."""
        self.say_held()
        if brace == b"{":
            self.groups.append((self.hidden, self.replaces))
        elif self.groups:
            self.hidden, self.replaces = self.groups.pop()

    def word(self, name: bytes, number: int | None) -> None:
        """A word of the format."""
        if name in _UNSHOWN:
            self.hidden = True
        elif name in _SIGNS:
            self.say(_SIGNS[name])
        elif name == b"u" and number is not None:
            self.say(chr(number & 0xFFFF))
            self.left_out = self.replaces
        elif name == b"uc" and number is not None:
            self.replaces = max(0, number)
        elif name == b"ansicpg":
            self.codec = _codec(number)


def _codec(number: int | None) -> str:
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"


def text_of(rich: bytes) -> str:
    r"""The words of rich text.

    >>> text_of(rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}Two \b percent\b0\par is \'93too little\'94, \u8364?4}")
    'Two percent\nis “too little”, €4'
    """
    found = _Words()
    for token in _TOKEN.finditer(rich):
        _take(found, token)
        if len(found.said) > LONGEST:
            break
    found.say_held()
    return "".join(found.said).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _take(found: _Words, token: re.Match[bytes]) -> None:
    name, number, byte, sign, brace, letters = token.groups()
    if name:
        found.word(name, int(number) if number else None)
    elif byte:
        found.bytes_(bytes.fromhex(byte.decode("ascii")))
    elif sign == b"*":
        found.hidden = True
    elif sign == b"~":
        found.say(" ")
    elif sign in (b"\r", b"\n"):
        found.say("\n")
    elif sign in (b"\\", b"{", b"}"):
        found.bytes_(sign)
    elif brace:
        found.group(brace)
    elif letters:
        found.bytes_(letters)
