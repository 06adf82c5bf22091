"""What a file says that is broken, doubtful or not understood: collected, never raised.

Findings are kept in the order of the file, so they do not depend on how it was cut into blocks. What a
finding quotes is masked: every run of two or more letters becomes ``x``, because after damage to a file
a name can stand anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from evenhand.claims.schema import FINDINGS
from evenhand.claims.x12.text import decode
from evenhand.money import cents_to_arrow

ERROR, WARNING, NOTE = "error", "warning", "note"
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 40


def quoted(raw: bytes | str) -> str:
    """What a file says, fit to be shown: no run of letters, no more than 40 characters.

    >>> quoted("12,50"), quoted("SMITH 1E5")
    ('12,50', 'xxxxx 1E5')
    """
    text = decode(raw) if isinstance(raw, bytes) else raw
    return _LETTERS.sub(lambda match: "x" * len(match.group()), text.strip())[:_LONGEST]


def dollars(cents: int) -> str:
    """Cents as an amount.

    >>> dollars(-1205)
    '-12.05'
    """
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the findings table; see there for the fields. ``cents`` becomes ``amount``."""

    rule: str
    severity: str
    message: str
    subject: str = "files"
    key: int | None = None
    offset: int | None = None
    element: str | None = None
    found: str | None = None
    expected: str | None = None
    cents: int | None = None


@dataclass(slots=True)
class Findings:
    """The findings of one block: each with the segment it is seen at, which gives the order."""

    rows: list[tuple[int, Finding]] = field(default_factory=list)

    def add(self, segment: int, finding: Finding) -> None:
        """Record a finding seen at this segment of the block."""
        self.rows.append((segment, finding))

    def table(self, file_id: int) -> pa.Table:
        """All of them as the findings table, in the order of the file."""
        if not self.rows:
            return FINDINGS.empty()
        rows = [finding for _, finding in sorted(self.rows, key=lambda row: row[0])]
        return findings_table(rows, file_id)


def findings_table(rows: Iterable[Finding], file_id: int) -> pa.Table:
    """Findings as the findings table."""
    chosen = list(rows)
    cents = np.array([row.cents or 0 for row in chosen], np.int64)
    columns = {
        "file_id": pa.array([file_id] * len(chosen), pa.int64()),
        "subject_key": pa.array([file_id if row.key is None else row.key for row in chosen], pa.int64()),
        "byte_offset": pa.array([row.offset for row in chosen], pa.int64()),
        "amount": cents_to_arrow(cents, np.array([row.cents is None for row in chosen], bool)),
    }
    texts = ("rule", "severity", "subject", "element", "found", "expected", "message")
    columns |= {name: pa.array([getattr(row, name) for row in chosen], pa.string()) for name in texts}
    return pa.table([columns[name] for name in FINDINGS.schema.names], schema=FINDINGS.schema)
