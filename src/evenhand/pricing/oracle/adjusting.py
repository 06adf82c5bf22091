"""Amounts on top of the lines' own: what a claim is adjusted by after its lines are priced, one row for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from evenhand.contracts.model import Version
from evenhand.money import ZERO
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.priced import Adjustment, PricedLine


@dataclass(frozen=True, slots=True)
class SettledLine:
    """A line with its price, as adjustments look at it.

    ``carved``: paid in addition to the rate of the claim; ``protected``: its term takes part in a stop-loss.
    """

    line: OracleLine
    priced: PricedLine
    inside: bool
    carved: bool
    protected: bool
    amount: Decimal


def settled_lines(
    version: Version, claim: OracleClaim, lines: list[PricedLine], inside: list[bool]
) -> list[SettledLine]:
    """The lines that have a price, in the claim's order; excluded and unpriced ones take no part."""
    pairs = [
        (line, priced, within)
        for line, priced, within in zip(claim.lines, lines, inside, strict=True)
        if priced.outcome in ("priced", "included")
    ]
    whole = any(within for _, _, within in pairs)
    found = []
    for line, priced, within in pairs:
        term = None if priced.term_no is None else version.terms[priced.term_no - 1]
        carved = not within and (whole or (term is not None and term.carve_out))
        protected = term is None or term.stop_loss
        found.append(SettledLine(line, priced, within, carved, protected, _amount(priced)))
    return found


def _amount(priced: PricedLine) -> Decimal:
    return priced.expected_amount or ZERO


def with_adjustments(lines: list[PricedLine], adjustments: list[Adjustment]) -> list[PricedLine]:
    """Each line with what stands on it added to its price."""
    sums: dict[int, Decimal] = {}
    for each in adjustments:
        if each.amount is not None:
            sums[each.line_key] = sums.get(each.line_key, ZERO) + each.amount
    return [
        replace(line, adjustment_amount=sums[line.line_key], expected_amount=_amount(line) + sums[line.line_key])
        if line.line_key in sums
        else line
        for line in lines
    ]
