"""What a check of amounts is made of: sums by owner, comparisons, and the findings they give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.claims.x12.block import Block, Subject
from evenhand.claims.x12.findings import Finding, dollars
from evenhand.claims.x12.index import Ints, Mask
from evenhand.claims.x12.numbers import Numbers

Cents = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sums:
    """What adds up to each claim or line: cents, and whether any part of it cannot be read."""

    cents: Cents
    unknown: Mask


def summed(owner: Ints, numbers: Numbers, owners: int) -> Sums:
    """Add numbers up by owner."""
    cents, unknown = np.zeros(owners, np.int64), np.zeros(owners, bool)
    np.add.at(cents, owner, numbers.values)
    if numbers.missing.any():
        unknown[owner[numbers.missing]] = True
    return Sums(cents, unknown)


@dataclass(frozen=True, slots=True)
class Check:
    """A comparison of two columns of cents for the claims or lines of a block."""

    rule: str
    severity: str
    element: str
    words: str
    found: Cents
    expected: Cents
    wrong: Mask


def report(block: Block, check: Check, segments: Ints, subject: Subject) -> None:
    """Turn the rows of a check that are wrong into findings."""
    rows = np.flatnonzero(check.wrong)
    if not rows.size:
        return
    offsets = block.index.offset(block.index.start[segments[rows]])
    values = zip(
        rows.tolist(), offsets.tolist(), check.found[rows].tolist(), check.expected[rows].tolist(), strict=True
    )
    for row, offset, found, expected in values:
        shown, right = dollars(found), dollars(expected)
        message = check.words.format(found=shown, expected=right)
        finding = Finding(
            check.rule, check.severity, message, subject.table, int(subject.keys[row]), offset,
            check.element, shown, right, found - expected,
        )  # fmt: skip
        block.findings.add(int(segments[row]), finding)


def require(block: Block, numbers: Numbers, segments: Ints, element: int | Ints, *, subject: Subject) -> None:
    """Record a finding for every amount that should be there and is not."""
    if numbers.absent.any():
        cells = block.index.span(segments, element)
        block.complain("missing-amount", numbers.absent, segments, element, cells=cells, subject=subject)
