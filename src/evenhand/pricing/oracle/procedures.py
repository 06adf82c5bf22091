"""Several procedures of one claim: ranked, and cut by the factor of their rank."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evenhand.contracts.model import MultipleProcedures, Selector, Version
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle import rates
from evenhand.pricing.oracle.claim import OracleClaim
from evenhand.pricing.oracle.families import base_of, reduced
from evenhand.pricing.oracle.indicators import relative_value
from evenhand.pricing.oracle.parts import cut_parts
from evenhand.pricing.oracle.priced import PricedLine
from evenhand.pricing.oracle.procedure import Procedure, place
from evenhand.pricing.oracle.selection import covers
from evenhand.pricing.oracle.sides import by_sides

ONCE = (Decimal(1), Decimal(0))  # the first line in full, the others nothing


@dataclass(frozen=True, slots=True)
class Ranked:
    """What takes ranks: a line by itself, both sides of a procedure, or a family of them with the first one first."""

    lines: tuple[Procedure, ...]
    entries: int  # the ranks it takes
    entry_fee: Decimal  # of each
    weight: Decimal  # relative value, where that is what ranks


def rank(version: Version, claim: OracleClaim, lines: list[PricedLine | None]) -> list[PricedLine | None]:
    """Multiple procedures: the highest fee first, each cut by the factor of its rank."""
    answer = list(lines)
    groups: dict[Hashable, tuple[MultipleProcedures, list[Procedure]]] = {}
    for index, priced in enumerate(lines):
        if priced is None or not _is_rated(priced):
            continue
        one = Procedure.of(version, claim, index, priced)
        found = _ranking(version, claim, one)
        if found is not None:
            number, rule = found
            day = None if rule.scope == "claim" else one.line.service_date or claim.day
            groups.setdefault((number, not one.modifiers.isdisjoint(rule.apart), day), (rule, []))[1].append(one)
    for rule, group in groups.values():
        for one in (cut_parts if rule.parts else _cut_group)(rule, group):
            answer[one.index] = one.priced
    return answer


def _is_rated(priced: PricedLine) -> bool:
    by_rate = priced.outcome == "priced" and priced.method in ("fee_schedule", "percent_of", "amount")
    return by_rate and (priced.fee_amount or ZERO) > 0


def _ranking(version: Version, claim: OracleClaim, one: Procedure) -> tuple[int, MultipleProcedures] | None:
    """The first ranking that covers a line."""
    if one.term.once is not None:
        return -(one.priced.term_no or 1), MultipleProcedures(ONCE, Selector(), scope=one.term.once, apart=())
    for number, rule in enumerate(version.rules.multiple_procedures):
        kind = one.values.get("multiple", "")
        if covers(rule.covers, claim, one.line) and (not rule.indicators or kind in rule.indicators):
            return number, rule
    return None


def _cut_group(rule: MultipleProcedures, group: Sequence[Procedure]) -> Iterator[Procedure]:
    """What is ranked together, each cut by the factor of its rank."""
    first = 1
    ordered = sorted(_units(rule, group), key=lambda one: (-one.weight, -one.entry_fee, *place(one.lines[0].line)))
    for nth, unit in enumerate(ordered, start=1):
        for one in unit.lines:
            yield replace(one, priced=_cut(rule, unit, one.priced, (nth, first)))
        first += unit.entries


def _units(rule: MultipleProcedures, group: Sequence[Procedure]) -> Iterator[Ranked]:
    """Families of endoscopies, both sides of a procedure, and all other lines by themselves."""
    families: dict[str, list[tuple[Decimal, tuple[Procedure, ...]]]] = {}
    sided = by_sides(group)
    for sides in sided:
        base = base_of(rule, sides[0])
        if base is not None:
            families.setdefault(base, []).append((_weight(rule, sides[0]), sides))
    together = [family for base, lines in families.items() if (family := reduced(base, lines))]
    for family in together:
        yield _together(rule, family)
    inside = {one.index for family in together for one in family}
    for sides in sided:
        if sides[0].index not in inside:
            yield _alone(rule, sides[0]) if len(sides) == 1 else _together(rule, sides)


def _together(rule: MultipleProcedures, lines: Sequence[Procedure]) -> Ranked:
    """Several lines at one rank, that of the first."""
    return Ranked(tuple(lines), 1, sum((one.fee for one in lines), ZERO), _weight(rule, lines[0]))


def _alone(rule: MultipleProcedures, one: Procedure) -> Ranked:
    """A line with its ranks: one, or one for each whole unit."""
    if rule.units == "each" and one.whole_units > 1:
        return Ranked((one,), one.whole_units, one.own_unit_fee, _weight(rule, one))
    return Ranked((one,), 1, one.fee, _weight(rule, one))


def _weight(rule: MultipleProcedures, one: Procedure) -> Decimal:
    return ZERO if rule.order == "fee" else rates.places(relative_value(one.values, one.line.setting), 4)


def _cut(rule: MultipleProcedures, unit: Ranked, priced: PricedLine, places: tuple[int, int]) -> PricedLine:
    """The line at its rank; ``places`` are the one it is told by and the first it takes."""
    nth, first = places
    factors = [
        rates.places(rule.factors[min(number, len(rule.factors)) - 1], 6)
        for number in range(first, first + unit.entries)
    ]
    if unit.entries == 1:
        fee = to_cents((priced.fee_amount or ZERO) * factors[0])
        return replace(priced, procedure_rank=nth, procedure_factor=factors[0], fee_amount=fee)
    fee = sum((to_cents(unit.entry_fee * factor) for factor in factors), ZERO)
    return replace(priced, procedure_rank=nth, fee_amount=fee, reduction_amount=fee - (priced.fee_amount or ZERO))
