"""Where an interchange starts and which bytes delimit it.

The ISA segment says so itself: it has a fixed width of 106 bytes, so its element separator is byte 3,
its component separator byte 104 and its segment terminator byte 105. Files in the wild are wrapped at
80 columns, lose the padding of ISA, or stand in the middle of other text; all of these are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from mmap import mmap

import numpy as np

Buffer = bytes | mmap

_ISA_BYTES = 106
_HEAD_BYTES = 600
_SEPARATORS = 16
_START = re.compile(rb"ISA([^A-Za-z0-9\s])[0-9A-Za-z ]{0,2}\1")
_NEWLINES = b"\r\n"
#: So many bytes are looked at together: what is made of them stays near the processor.
_PART = 1 << 18


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The three delimiters of an interchange, as bytes values.

    Attributes:
        element: separates elements (usually ``*``).
        component: separates the components of a composite element (usually ``:``).
        terminator: ends a segment (usually ``~``); a line feed where lines end with CR LF.
    """

    element: int
    component: int
    terminator: int


def looks_like_x12(head: bytes) -> bool:
    """Whether the first bytes of a file (64 kB are plenty) hold the start of an X12 interchange."""
    return find_interchange(head, 0) is not None


def find_interchange(buffer: Buffer, start: int, end: int | None = None) -> tuple[int, Delimiters] | None:
    """The first interchange at or after ``start`` whose delimiters can be read: its offset and them."""
    stop = len(buffer) if end is None else end
    at = buffer.find(b"ISA", start, stop)
    while at >= 0:
        if _opens(buffer, at) and (delimiters := read_delimiters(buffer, at)) is not None:
            return at, delimiters
        at = buffer.find(b"ISA", at + 1, stop)
    return None


def _opens(buffer: Buffer, at: int) -> bool:
    """Whether the ``ISA`` found is a segment's name and not part of a word or of another segment."""
    match = _START.match(buffer[at : at + 7])
    if match is None or at == 0:
        return match is not None
    before = buffer[at - 1 : at]
    return before != match.group(1) and not before.isalnum()


def next_change(buffer: Buffer, start: int, end: int, current: Delimiters) -> int:
    """Where in ``start``..``end`` another interchange begins that must be read on its own, else ``end``.

    An interchange with the same delimiters, right after a terminator, needs no new start.
    """
    for at in _isas(buffer[start:end]):
        found = find_interchange(buffer, start + at, start + at + 3)
        if found is not None and (found[1] != current or not _follows_terminator(buffer, found[0], current.terminator)):
            return found[0]
    return end


def _isas(text: bytes) -> list[int]:
    """Where ``ISA`` stands: what a search would find, in less time."""
    data, found = np.frombuffer(text, np.uint8), list[int]()
    for low in range(0, data.size - 2, _PART):
        part = data[low : low + _PART + 2]
        here = part[:-2] == ord("I")
        here &= part[1:-1] == ord("S")
        here &= part[2:] == ord("A")
        if here.any():
            found += (np.flatnonzero(here) + low).tolist()
    return found


def _follows_terminator(buffer: Buffer, offset: int, terminator: int) -> bool:
    before = buffer[max(0, offset - 200) : offset].rstrip(b" \t\r\n" if terminator not in _NEWLINES else b" \t\r")
    return before[-1:] == bytes([terminator])


def read_delimiters(buffer: Buffer, at: int) -> Delimiters | None:
    """The delimiters of the ISA segment at ``at``; ``None`` when it has not got sixteen elements."""
    head = bytes(buffer[at : at + _HEAD_BYTES])
    unwrapped = head.translate(None, _NEWLINES)
    for text in (head, unwrapped):
        if _regular(text):
            return _confirmed(text, 104)
    for text in (head, unwrapped):
        end = _after_separators(text)
        if end is not None and not set(text[: end + 1]) & set(_NEWLINES):
            return _confirmed(text, end)
    return None


def _regular(text: bytes) -> bool:
    """Whether the ISA has its fixed width."""
    element = text[3:4]
    return (
        len(text) >= _ISA_BYTES
        and text[:_ISA_BYTES].count(element) == _SEPARATORS
        and text[103:104] == element
        and not set(text[:105]) & set(_NEWLINES)
    )


def _after_separators(text: bytes) -> int | None:
    """The position after the sixteenth separator of an ISA without padding."""
    position = 3
    for _ in range(_SEPARATORS):
        position = text.find(text[3:4], position) + 1
        if position == 0:
            return None
    return position


def _confirmed(text: bytes, component_at: int) -> Delimiters | None:
    """The delimiters at this place, the terminator checked against what stands before GS and ST."""
    element, component, terminator = text[3:4], text[component_at : component_at + 1], text[component_at + 1 :][:1]
    if terminator == b"\r" and text[component_at + 2 : component_at + 3] == b"\n":
        terminator = b"\n"
    if len({element, component}) < 2 or not component or not terminator:
        return None
    terminator = _likeliest(text, component_at + 1, element, declared=terminator)
    if terminator in (element, component) or terminator.isalnum():
        return None
    return Delimiters(element[0], component[0], terminator[0])


def _likeliest(text: bytes, start: int, element: bytes, *, declared: bytes) -> bytes:
    """The terminator declared, unless what stands before GS and ST tells that this one byte is damaged."""
    before = [_before(text, name + element, start) for name in (b"GS", b"ST")]
    if all(byte in (None, declared) for byte in before) and not declared.isalnum():
        return declared
    body = text[start:]
    others = {byte for byte in before if byte is not None and not byte.isalnum()}
    return max((declared, *sorted(others)), key=lambda byte: (not byte.isalnum(), body.count(byte)))


def _before(text: bytes, name: bytes, start: int) -> bytes | None:
    """The byte that ends the segment before ``name``, when that is in sight; a line feed when only breaks do."""
    at = text.find(name, start)
    if at < 0:
        return None
    return text[start:at].rstrip(b" \t\r\n")[-1:] or b"\n"
