"""A slow, plain reading of 835 files, one segment at a time, in Decimal: what the fast reader must equal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

Adjustment = tuple[str, str, Decimal | None, str]


@dataclass
class Line:
    composite: list[str]
    charge: Decimal | None
    paid: Decimal | None
    revenue: str
    units: str
    submitted: list[str]
    adjustments: list[Adjustment] = field(default_factory=list)
    allowed: Decimal | None = None
    control: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass
class Claim:
    elements: list[str]
    charge: Decimal | None
    paid: Decimal | None
    patient: Decimal | None
    adjustments: list[Adjustment] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass
class Remittance:
    control: str
    payment: Decimal | None = None
    claims: list[Claim] = field(default_factory=list)
    provider: list[tuple[str, str, str, Decimal | None]] = field(default_factory=list)
    segments: int = 0


def amount(text: str) -> Decimal | None:
    """An amount; None when there is none or it is not one."""
    try:
        return Decimal(text.strip()) if text.strip() else None
    except InvalidOperation:
        return None


def interchanges(content: bytes) -> Iterator[tuple[str, str, list[str]]]:
    """Element separator, component separator and segments of each interchange."""
    text = content.decode("latin-1").removeprefix("ï»¿")
    starts = [match.start() for match in re.finditer(r"ISA([^A-Za-z0-9\s])[0-9 ]{0,2}\1", text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        body = text[start:end]
        element = body[3]
        header = body[:105].replace("\r", "").replace("\n", "")
        if len(header) < 105:  # wrapped lines inside ISA
            body = body.replace("\r", "").replace("\n", "")
        at = 3
        for _ in range(16):
            at = body.index(element, at) + 1
        component, terminator = body[at], body[at + 1]
        if terminator in "\r\n":
            pieces = re.split(r"[\r\n]+", body)
        else:
            pieces = body.replace("\r", "").replace("\n", "").split(terminator)
        yield element, component, [piece.strip() for piece in pieces if piece.strip()]


def remittances(content: bytes) -> list[Remittance]:
    """All 835 transactions of a file."""
    found: list[Remittance] = []
    for element, component, segments in interchanges(content):
        walk = _Walk(component)
        for segment in segments:
            walk.take(segment.split(element))
        found += walk.found
    return found


class _Walk:
    def __init__(self, component: str) -> None:
        self.component = component
        self.found: list[Remittance] = []
        self.open: Remittance | None = None
        self.claim: Claim | None = None
        self.line: Line | None = None

    def take(self, elements: list[str]) -> None:
        name, get = elements[0], [*elements, *[""] * 25]
        if name == "ST":
            self.open = Remittance(get[2]) if get[1] == "835" else None
            self.claim = self.line = None
            if self.open is not None:
                self.found.append(self.open)
        if self.open is None:
            return
        self.open.segments += 1
        if name in ("LX", "PLB", "SE"):
            self.claim = self.line = None
        self._take_money(name, get)
        if name == "SE":
            self.open = None

    def _take_money(self, name: str, get: list[str]) -> None:
        assert self.open is not None
        if name == "BPR":
            self.open.payment = amount(get[2])
        elif name == "PLB":
            for at in range(3, 14, 2):
                if get[at] or get[at + 1]:
                    reason, _, reference = get[at].partition(self.component)
                    self.open.provider.append((get[1], reason, reference, amount(get[at + 1])))
        elif name == "CLP":
            self.line = None
            self.claim = Claim(get, amount(get[3]), amount(get[4]), amount(get[5]))
            self.open.claims.append(self.claim)
        elif self.claim is not None:
            self._take_in_claim(name, get, self.claim)

    def _take_in_claim(self, name: str, get: list[str], claim: Claim) -> None:
        if name == "SVC":
            parts = get[1].split(self.component), get[6].split(self.component)
            self.line = Line(parts[0], amount(get[2]), amount(get[3]), get[4], get[5], parts[1])
            claim.lines.append(self.line)
        elif name == "CAS":
            for at in range(2, 18, 3):
                if get[at] or get[at + 1]:
                    (self.line or claim).adjustments.append((get[1], get[at], amount(get[at + 1]), get[at + 2]))
        elif name == "LQ":
            (self.line or claim).remarks.append(get[2])
        elif name == "AMT" and get[1] == "B6" and self.line is not None and self.line.allowed is None:
            self.line.allowed = amount(get[2])
        elif name == "REF" and get[1] == "6R" and self.line is not None:
            self.line.control = self.line.control or get[2]
