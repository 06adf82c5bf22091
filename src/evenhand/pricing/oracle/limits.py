"""The lesser of fee and charge, by line or for the claim."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from evenhand.contracts.model import Version
from evenhand.money import ZERO
from evenhand.pricing.oracle.claim import OracleClaim
from evenhand.pricing.oracle.priced import PricedLine


def limited(version: Version, claim: OracleClaim, lines: list[tuple[PricedLine, bool]]) -> list[PricedLine]:
    """The lesser of the fee and the charge: line by line, or for the claim as a whole."""
    level = version.rules.lesser_of
    inside_charge = sum(
        (line.charge_amount or ZERO for line, (_, inside) in zip(claim.lines, lines, strict=True) if inside), ZERO
    )
    charges = [
        inside_charge if inside and priced.outcome == "priced" else line.charge_amount
        for line, (priced, inside) in zip(claim.lines, lines, strict=True)
    ]
    settled = [_without_charge(priced, charge, level) for (priced, _), charge in zip(lines, charges, strict=True)]
    if level == "claim":
        return _claim_limited(settled, charges)
    return [_line_limited(priced, charge, level) for priced, charge in zip(settled, charges, strict=True)]


def _without_charge(priced: PricedLine, charge: Decimal | None, level: str | None) -> PricedLine:
    if priced.outcome == "priced" and level is not None and charge is None:
        return replace(priced, outcome="no charge")
    return priced


def _line_limited(priced: PricedLine, charge: Decimal | None, level: str | None) -> PricedLine:
    if priced.outcome == "included":
        return replace(priced, expected_amount=ZERO)
    if priced.outcome != "priced":
        return priced
    if level is None or charge is None or (priced.fee_amount or ZERO) <= charge:
        return replace(priced, expected_amount=priced.fee_amount)
    return replace(priced, expected_amount=charge, lesser_of="line", limit_amount=charge)


def _packaged(priced: PricedLine) -> bool:
    """Paid nothing of its own; its charges are the claim's all the same."""
    return priced.outcome == "included" and (priced.method == "packaged" or priced.reduction is not None)


def _claim_limited(lines: list[PricedLine], charges: list[Decimal | None]) -> list[PricedLine]:
    """Fees count in line order until the claim's charges are used up; the sum is exactly the lesser."""
    counted = zip(lines, charges, strict=True)
    cap = sum((c or ZERO for p, c in counted if p.outcome == "priced" or (_packaged(p) and (c or ZERO) > 0)), ZERO)
    so_far, given, answer = ZERO, ZERO, []
    for priced in lines:
        if priced.outcome == "priced":
            so_far += priced.fee_amount or ZERO
            expected = min(so_far, cap) - given
            given += expected
            held = expected != priced.fee_amount
            answer.append(
                replace(
                    priced,
                    expected_amount=expected,
                    lesser_of="claim" if held else None,
                    limit_amount=cap if held else None,
                )
            )
        else:
            answer.append(_line_limited(priced, None, None))
    return answer
