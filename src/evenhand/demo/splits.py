"""Lines of several units that a payer pays in two parts."""

from __future__ import annotations

from dataclasses import replace

from evenhand.demo.fees import part
from evenhand.demo.payments import PaidClaim, PaidLine


def split_line(paid: PaidClaim, number: int) -> PaidClaim:
    """The same claim with one line of several units paid as two."""
    lines: list[PaidLine] = []
    for line in paid.lines:
        lines += _halves(line) if line.line.number == number else [line]
    return replace(paid, lines=tuple(lines))


def _halves(paid: PaidLine) -> list[PaidLine]:
    first = _share_of(paid, paid.units // 2)
    charge = paid.line.charge - first.line.charge
    left = tuple((g, r, a - b) for (g, r, a), (_, _, b) in zip(paid.adjustments, first.adjustments, strict=True))
    units = paid.units - first.units
    rest = replace(
        paid,
        line=replace(paid.line, charge=charge, units=units),
        units=units,
        allowed=None if paid.allowed is None or first.allowed is None else paid.allowed - first.allowed,
        paid=paid.paid - first.paid,
        adjustments=left,
    )
    return [first, rest]


def _share_of(paid: PaidLine, units: int) -> PaidLine:
    charge = part(paid.line.charge, units, paid.units)
    adjustments = tuple((group, reason, part(amount, units, paid.units)) for group, reason, amount in paid.adjustments)
    allowed = charge - sum(amount for group, _, amount in adjustments if group != "PR")
    return replace(
        paid,
        line=replace(paid.line, charge=charge, units=units),
        units=units,
        allowed=allowed,
        paid=charge - sum(amount for _, _, amount in adjustments),
        adjustments=adjustments,
    )
