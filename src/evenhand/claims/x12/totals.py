"""Control totals: what a file says, added up without the reader, to hold its tables against.

A plain walk over segments, one at a time. For each element that holds money it counts and adds what it
says, and lists what is not an amount. What the tables hold and what the findings hold must make the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from evenhand.claims.x12.delimiters import Delimiters, find_interchange

_ELEMENTS = {
    "BPR": (2,),
    "CLP": (3, 4, 5),
    "SVC": (2, 3),
    "CAS": (3, 6, 9, 12, 15, 18),
    "PLB": (4, 6, 8, 10, 12, 14),
    "AMT": (2,),
    "CLM": (2,),
    "SV1": (2,),
    "SV2": (3,),
    "SV3": (2,),
    "SVD": (2,),
}
_ENVELOPE = {b"ISA", b"IEA", b"GS", b"GE"}
_LIMIT = 10**15
_FORM = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")


@dataclass(slots=True)
class ControlTotals:
    """What a file says.

    Attributes:
        segments: how many there are of each segment that carries money.
        amounts: how many amounts can be read, by segment name (``CAS``) or element (``CLP03``).
        cents: what they add up to.
        unreadable: element and text of everything that should be an amount and is not.
    """

    segments: Counter[str] = field(default_factory=Counter)
    amounts: Counter[str] = field(default_factory=Counter)
    cents: Counter[str] = field(default_factory=Counter)
    unreadable: list[tuple[str, str]] = field(default_factory=list)

    def add(self, name: str, number: int, text: str) -> None:
        """Count one element."""
        cents = _cents(text)
        if cents is None:
            self.unreadable.append((f"{name}{number:02d}", text))
            return
        label = name if name in ("CAS", "PLB") else f"{name}{number:02d}"
        self.amounts[label] += 1
        self.cents[label] += cents


def _cents(text: str) -> int | None:
    """An amount in cents; ``None`` when it is not one."""
    try:
        cents = Decimal(text) * 100 if _FORM.fullmatch(text) and len(text) < 40 else None
    except InvalidOperation:
        return None
    if cents is None or cents != cents.to_integral_value() or abs(cents) >= _LIMIT:
        return None
    return int(cents)


def control_totals(content: bytes) -> ControlTotals:
    """Add up what an X12 file says.

    Transactions other than 835 and 837 are left out, and so are the AMT of an 837 that are not AMT*D: the
    reader does not read them.
    """
    totals = ControlTotals()
    kind = b""
    for segment, delimiters in _segments(content):
        elements = segment.split(bytes([delimiters.element]))
        name = elements[0]
        if name in _ENVELOPE:
            kind = b""
        elif name == b"ST":
            kind = elements[1] if len(elements) > 1 and elements[1] in (b"835", b"837") else b"other"
        elif kind != b"other":
            _count(totals, elements, kind)
        if name == b"SE":
            kind = b""
    return totals


def _count(totals: ControlTotals, elements: list[bytes], kind: bytes) -> None:
    name = elements[0].decode("latin-1")
    if name not in _ELEMENTS or (name == "AMT" and kind == b"837" and elements[1:2] != [b"D"]):
        return
    totals.segments[name] += 1
    for number in _ELEMENTS[name]:
        text = elements[number].decode("latin-1").strip(" \t\r\n\x0b\x0c") if len(elements) > number else ""
        if text:
            totals.add(name, number, text)


def _segments(content: bytes) -> Iterator[tuple[bytes, Delimiters]]:
    """The segments of all interchanges, each with its delimiters."""
    found = find_interchange(content, 0)
    while found is not None:
        start, delimiters = found
        following = find_interchange(content, start + 3)
        body = content[start : following[0] if following else len(content)]
        terminator = bytes([delimiters.terminator])
        unwanted = b"\r" if terminator == b"\n" else b"" if terminator == b"\r" else b"\r\n"
        for segment in body.translate(None, unwanted).split(terminator):
            if segment.strip(b" \t\r\n"):
                yield segment.lstrip(b" \t\r\n"), delimiters
        found = following
