"""Both sides of a procedure told without modifier 50: on two lines with RT and LT, or by two units on one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from evenhand.contracts.model import Version
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.procedure import Procedure, place
from evenhand.pricing.second_sides import BOTH_SIDES, counts_sides, pairs_sides

#: Modifiers that say which side it is, or only that services are apart: two sides may differ in them.
_UNLIKE = frozenset(("RT", "LT", "51", "59", "XE", "XP", "XS", "XU"))


def told_sides(version: Version, claim: OracleClaim) -> OracleClaim:
    """The claim, each line told so that is the second side of another, or may be both."""
    if pairs_sides(version.rules):
        claim = _paired(claim)
    if counts_sides(version.rules):
        claim = replace(claim, lines=tuple(replace(line, two_units=_is_two(line)) for line in claim.lines))
    return claim


def is_both_sides(line: OracleLine, values: Mapping[str, str]) -> bool:
    """Whether the two units of a line are both sides of a code with these indicators."""
    return line.two_units and values.get("bilateral") in BOTH_SIDES


def _is_two(line: OracleLine) -> bool:
    """Two units of a code without a word on sides."""
    modifiers = {modifier.strip().upper() for modifier in line.modifiers}
    return line.units == 2 and bool((line.hcpcs_code or "").strip()) and modifiers.isdisjoint(("50", "RT", "LT"))


def _paired(claim: OracleClaim) -> OracleClaim:
    sides: dict[Hashable, dict[str, list[OracleLine]]] = {}
    for line in sorted(claim.lines, key=place):
        modifiers = {modifier.strip().upper() for modifier in line.modifiers}
        code, side = (line.hcpcs_code or "").strip().upper(), modifiers & {"RT", "LT"}
        if code and len(side) == 1 and "50" not in modifiers:
            alike = (code, line.service_date or claim.day, frozenset(modifiers - _UNLIKE))
            sides.setdefault(alike, {}).setdefault(side.pop(), []).append(line)
    first_of: dict[int, int] = {}
    for each in sides.values():
        for pair in zip(each.get("RT", ()), each.get("LT", ()), strict=False):
            first, second = sorted(pair, key=place)
            first_of[second.line_key] = first.line_key
    lines = tuple(replace(line, second_side_of=first_of.get(line.line_key)) for line in claim.lines)
    return replace(claim, lines=lines)


def by_sides(group: Sequence[Procedure]) -> list[tuple[Procedure, ...]]:
    """The lines that are ranked together, a second side with its first where the same term pays both."""
    found = {one.line.line_key: [one] for one in group}
    for one in group:
        first = None if one.line.second_side_of is None else found.get(one.line.second_side_of)
        if first is not None and first[0].priced.term_no == one.priced.term_no and one.term.once is None:
            first.append(one)
            del found[one.line.line_key]
    return [tuple(lines) for lines in found.values()]
