"""X12 envelopes: transactions, groups and interchanges whose counts and control numbers agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: Segments end with a tilde and, for a reader's sake, a new line.
END = "~\n"


@dataclass(frozen=True, slots=True)
class Partner:
    """Sender or receiver of an interchange."""

    number: str
    name: str


PRACTICE = Partner("CEDARRIDGE", "CEDAR RIDGE ORTHOPAEDICS")
CLEARINGHOUSE = Partner("EXAMPLECH", "EXAMPLE CLEARINGHOUSE")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an interchange says on its outside."""

    functional: str  # HC claims, HP remittances
    version: str
    sender: Partner
    receiver: Partner
    control: int
    day: date


def money(cents: int) -> str:
    """An amount as X12 writes it: no needless zeros.

    >>> money(12000), money(1250), money(-5), money(105)
    ('120', '12.5', '-.05', '1.05')
    """
    sign, size = ("-", -cents) if cents < 0 else ("", cents)
    whole, rest = divmod(size, 100)
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest:02d}".rstrip("0")


def transaction(code: str, number: int, body: Sequence[str], version: str = "") -> list[str]:
    """ST to SE around a body."""
    reference = f"*{version}" if version else ""
    return [f"ST*{code}*{number:04d}{reference}", *body, f"SE*{len(body) + 2}*{number:04d}"]


def interchange(envelope: Envelope, transactions: Sequence[Sequence[str]], end: str = END) -> str:
    """ISA to IEA around transactions."""
    sender, receiver, day = envelope.sender.number, envelope.receiver.number, envelope.day
    segments = [
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{sender:<15}*ZZ*{receiver:<15}*{day:%y%m%d}*0730*^*00501"
        f"*{envelope.control:09d}*0*T*:",
        f"GS*{envelope.functional}*{sender}*{receiver}*{day:%Y%m%d}*0730*{envelope.control}*X*{envelope.version}",
    ]
    for one in transactions:
        segments += one
    segments += [f"GE*{len(transactions)}*{envelope.control}", f"IEA*1*{envelope.control:09d}"]
    return end.join(segments) + end
