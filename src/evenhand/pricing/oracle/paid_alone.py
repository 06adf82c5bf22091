"""Lines that are paid only by themselves: beside another that the same table pays, they are paid with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evenhand.contracts.model import PaidAlone, Version
from evenhand.money import ZERO
from evenhand.pricing.oracle.claim import OracleClaim
from evenhand.pricing.oracle.priced import PricedLine
from evenhand.pricing.oracle.procedure import Procedure
from evenhand.pricing.oracle.selection import covers


def bundled(
    version: Version, claim: OracleClaim, lines: Sequence[PricedLine], inside: Sequence[bool]
) -> list[PricedLine]:
    """The lines, those paid with others at nothing; ``inside`` are the ones a claim-level price takes in."""
    rule = version.rules.paid_alone
    if rule is None:
        return list(lines)
    payable = [
        Procedure.of(version, claim, index, priced)
        for index, (priced, included) in enumerate(zip(lines, inside, strict=True))
        if priced.method in ("fee_schedule", "percent_of") and (priced.fee_amount or ZERO) > 0 and not included
    ]
    alone = [one for one in payable if _is_alone(rule, claim, one)]
    others = {_place(claim, one) for one in payable if one not in alone}
    answer = list(lines)
    for one in alone:
        if _place(claim, one) in others:
            answer[one.index] = replace(one.priced, outcome="included", fee_amount=ZERO, reduction="paid alone")
    return answer


def _is_alone(rule: PaidAlone, claim: OracleClaim, one: Procedure) -> bool:
    by_status = not rule.statuses or one.values.get("status", "") in rule.statuses
    return by_status and covers(rule.covers, claim, one.line)


def _place(claim: OracleClaim, one: Procedure) -> tuple[object, ...]:
    """The day and the table of a line."""
    return one.line.service_date or claim.day, one.priced.schedule
