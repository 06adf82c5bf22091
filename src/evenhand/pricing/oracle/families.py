"""Endoscopies in families: the highest in full, the others without what they share with it, ranked as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from evenhand.contracts.model import MultipleProcedures
from evenhand.money import ZERO
from evenhand.pricing.oracle.procedure import Procedure, place


def base_of(rule: MultipleProcedures, one: Procedure) -> str | None:
    """The base code of the family a line belongs to; ``None`` where it belongs to none."""
    if rule.families == "endo_base":
        return one.values.get("endo_base") or one.code or None
    bases = (
        family.base.upper()
        for family in rule.families
        if one.code == family.base.upper() or any(one.code in codes for codes in family.codes)
    )
    return min(bases, default=None)


def reduced(base: str, family: Sequence[tuple[Decimal, tuple[Procedure, ...]]]) -> list[Procedure]:
    """The lines of a family as they are paid before ranking, the first one first.

    Args:
        base: The code the family begins with.
        family: Its lines, both sides of a procedure together, with what they weigh where relative values rank.
    """

    def order(each: tuple[Decimal, tuple[Procedure, ...]]) -> tuple[bool, Decimal, Decimal, int, int]:
        weight, sides = each
        return sides[0].code == base, -weight, -sum((one.fee for one in sides), ZERO), *place(sides[0].line)

    first, *others = (sides for _, sides in sorted(family, key=order))
    if first[0].code == base or not others:
        return []
    return [*first, *(_less_base(base, one) for sides in others for one in sides)]


def _less_base(base: str, one: Procedure) -> Procedure:
    rate = None if one.code == base else one.other_rate(base, *dict.fromkeys((one.rate_modifier, "")))
    shared = one.fee if one.code == base else ZERO if rate is None else one.counted(one.unit_fee(rate.amount))
    fee = max(ZERO, one.fee - shared)
    told = replace(one.priced, fee_amount=fee, reduction_amount=fee - one.fee, reduction=f"family {base}")
    return replace(one, priced=told)
