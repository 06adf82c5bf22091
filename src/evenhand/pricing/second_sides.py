"""Both sides of a procedure told without modifier 50, laid out: by two lines, or by two units."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from evenhand.contracts.model import Rules

#: Bilateral indicators of codes that two units of are both sides.
BOTH_SIDES = ("1", "3")
#: The modifier a second side is given; no claim can have it.
SECOND_SIDE = "SECOND SIDE"


def pairs_sides(rules: Rules) -> bool:
    """Whether RT and LT on two lines are paid as modifier 50, and the rules say what that is paid."""
    return rules.bilateral_lines and any(name.strip() == "50" for name in rules.modifiers)


def counts_sides(rules: Rules) -> bool:
    """Whether two units on one line are paid as modifier 50, and the rules say what that is paid."""
    return rules.bilateral_units and any(name.strip() == "50" for name in rules.modifiers)


def add_sides(rows: dict[str, list[tuple[Any, ...]]], version_key: int) -> None:
    """Lay out the second side as a modifier: what modifier 50 pays beyond the first, for each kind of code."""
    rows["contract_bilateral_lines"].append((version_key,))
    for table in ("contract_modifiers", "contract_modifiers_by_profile"):
        both = [row for row in rows[table] if row[:2] == (version_key, "50")]
        rows[table] += [(version_key, SECOND_SIDE, *kind, second_share(factor)) for _, _, *kind, factor in both]


def add_units(rows: dict[str, list[tuple[Any, ...]]], version_key: int, profiles: Iterable[int]) -> None:
    """Lay out what modifier 50 pays for each kind of code that two units of are both sides."""
    (factor,) = (row[2] for row in rows["contract_modifiers"] if row[:2] == (version_key, "50"))
    own = {row[2]: row[3] for row in rows["contract_modifiers_by_profile"] if row[:2] == (version_key, "50")}
    rows["contract_bilateral_units"] += [(version_key, number, own.get(number, factor)) for number in profiles]


def second_share(both: Decimal) -> Decimal:
    """What the second side is paid where both together are paid a share of one."""
    return max(Decimal(0), both - 1)
