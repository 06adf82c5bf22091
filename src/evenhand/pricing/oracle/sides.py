"""Both sides of a procedure on two lines, one with RT and one with LT: the later is paid as the second side."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from evenhand.contracts.model import Version
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.procedure import Procedure, place
from evenhand.pricing.second_sides import pairs_sides

#: Modifiers that say which side it is, or only that services are apart: two sides may differ in them.
_UNLIKE = frozenset(("RT", "LT", "51", "59", "XE", "XP", "XS", "XU"))


def told_sides(version: Version, claim: OracleClaim) -> OracleClaim:
    """The claim, each line that is the second side of another told so."""
    if not pairs_sides(version.rules):
        return claim
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
