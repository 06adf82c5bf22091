"""Limits: what lines, groups of terms, days and whole claims are paid at least and at most."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal

from evenhand.contracts.limits import Bounds, Limit
from evenhand.contracts.model import Version
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle.adjusting import SettledLine
from evenhand.pricing.oracle.claim import OracleClaim
from evenhand.pricing.oracle.priced import Adjustment
from evenhand.pricing.oracle.rates import places
from evenhand.pricing.oracle.selection import covers
from evenhand.pricing.protection import LESSER_OF_CLAIM, numbered_limits


def line_limits(
    version: Version, claim: OracleClaim, lines: list[SettledLine], so_far: list[Adjustment]
) -> list[Adjustment]:
    """Rows of limits by line, group and day; a line is held by the first that covers it."""
    limits = [(number, each) for number, each in numbered_limits(version) if each.level != "claim"]
    parts: dict[Hashable, list[SettledLine]] = {}
    chosen: dict[Hashable, tuple[int, Limit]] = {}
    for line in lines:
        together = [each for each in lines if each.inside and each.priced.term_no == line.priced.term_no]
        found = _first(version, limits, claim, together if line.inside else [line])
        if found is not None:
            key = (found[0], *_part(found[1], claim, line))
            parts.setdefault(key, []).append(line)
            chosen[key] = found
    rows = [_held(chosen[key], part, so_far) for key, part in parts.items()]
    return sorted((row for row in rows if row is not None), key=lambda row: (row.position, row.line_key))


def claim_limits(
    version: Version, claim: OracleClaim, lines: list[SettledLine], so_far: list[Adjustment]
) -> list[Adjustment]:
    """The row of the first limit of the whole claim that covers one of its lines."""
    limits = [(number, each) for number, each in numbered_limits(version) if each.level == "claim"]
    found = _first(version, limits, claim, lines)
    row = None if found is None else _held(found, lines, so_far)
    return [] if row is None else [row]


def lesser_of_claim(
    version: Version, claim: OracleClaim, lines: list[SettledLine], so_far: list[Adjustment]
) -> list[Adjustment]:
    """Where lesser-of holds by claim, adjustments do not lift the claim above its charges."""
    if version.rules.lesser_of != "claim" or not so_far:
        return []
    amount = _amount(lines, so_far)
    charges = sum((_charge(each) for each in lines), ZERO)
    if amount <= charges:
        return []
    limit = Limit("lesser of charges", "claim", at_most=Bounds(Decimal(1)))
    return [_row((LESSER_OF_CLAIM, limit), lines, "lesser of", (amount, charges))]


def _charge(line: SettledLine) -> Decimal:
    """What a line brings to the claim's charges: a packaged one takes none away."""
    charge = line.line.charge_amount or ZERO
    packaged = line.priced.outcome == "included" and not line.inside
    return max(charge, ZERO) if packaged else charge


def _first(
    version: Version, limits: list[tuple[int, Limit]], claim: OracleClaim, lines: Iterable[SettledLine]
) -> tuple[int, Limit] | None:
    """The first limit that covers one of the lines."""
    several = list(lines)
    return next((each for each in limits if any(_covers(version, each[1], claim, line) for line in several)), None)


def _covers(version: Version, limit: Limit, claim: OracleClaim, line: SettledLine) -> bool:
    packaged = line.priced.outcome == "included" and not line.inside
    if (packaged and limit.level in ("line", "day")) or (line.inside and limit.level == "day"):
        return False
    number = line.priced.term_no
    if limit.terms and (number is None or version.terms[number - 1].name not in limit.terms):
        return False
    return limit.covers is None or covers(limit.covers, claim, line.line)


def _part(limit: Limit, claim: OracleClaim, line: SettledLine) -> tuple[Hashable, ...]:
    """What a line is held together with."""
    if limit.level == "day":
        return (line.line.service_date or claim.day,)
    if limit.level == "line":
        return ("inside", line.priced.term_no) if line.inside else ("alone", line.line.line_key)
    return ()


def _held(found: tuple[int, Limit], lines: list[SettledLine], so_far: list[Adjustment]) -> Adjustment | None:
    limit = found[1]
    charges = [each.line.charge_amount for each in lines]
    amount = _amount(lines, so_far)
    if None in charges and limit.needs_charges:
        by_cap = limit.at_most is not None and limit.at_most.percent_of_charges is not None
        return _row(found, lines, limit.cap_kind if by_cap else limit.floor_kind, None)
    charge = sum((each or ZERO for each in charges), ZERO)
    floors, caps = _bounds(limit.at_least, charge), _bounds(limit.at_most, charge)
    target = min([max([amount, *floors]), *caps])
    if target == amount:
        return None
    return _row(found, lines, limit.floor_kind if target > amount else limit.cap_kind, (amount, target))


def _amount(lines: list[SettledLine], so_far: list[Adjustment]) -> Decimal:
    keys = {each.line.line_key for each in lines}
    earlier = sum((each.amount or ZERO for each in so_far if each.line_key in keys), ZERO)
    return sum((each.amount for each in lines), earlier)


def _bounds(bounds: Bounds | None, charge: Decimal) -> list[Decimal]:
    if bounds is None:
        return []
    found = [] if bounds.amount is None else [to_cents(bounds.amount)]
    share = bounds.percent_of_charges
    return found if share is None else [*found, to_cents(charge * places(share, 6))]


def _row(
    found: tuple[int, Limit], lines: list[SettledLine], kind: str, held: tuple[Decimal, Decimal] | None
) -> Adjustment:
    """``held``: from what amount to what; nothing where it could not be worked out."""
    number, limit = found
    return Adjustment(
        line_key=lines[0].line.line_key,
        position=number,
        kind=kind,
        name=limit.name,
        cite=limit.cite or None,
        basis_amount=None if held is None else held[1],
        percent=None,
        units=None,
        threshold_amount=None,
        replaced_amount=None if held is None else held[0],
        amount=None if held is None else held[1] - held[0],
    )
