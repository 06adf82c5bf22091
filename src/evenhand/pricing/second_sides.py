"""Both sides of a procedure on two lines, laid out: what the second is paid, from what modifier 50 pays for both."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from evenhand.contracts.model import Rules

#: The modifier a second side is given; no claim can have it.
SECOND_SIDE = "SECOND SIDE"


def pairs_sides(rules: Rules) -> bool:
    """Whether RT and LT on two lines are paid as modifier 50, and the rules say what that is paid."""
    return rules.bilateral_lines and any(name.strip() == "50" for name in rules.modifiers)


def add_sides(rows: dict[str, list[tuple[Any, ...]]], version_key: int) -> None:
    """Lay out the second side as a modifier: what modifier 50 pays beyond the first, for each kind of code."""
    rows["contract_bilateral_lines"].append((version_key,))
    for table in ("contract_modifiers", "contract_modifiers_by_profile"):
        both = [row for row in rows[table] if row[:2] == (version_key, "50")]
        rows[table] += [(version_key, SECOND_SIDE, *kind, second_share(factor)) for _, _, *kind, factor in both]


def second_share(both: Decimal) -> Decimal:
    """What the second side is paid where both together are paid a share of one."""
    return max(Decimal(0), both - 1)
