"""Codes whose rates rise from one to the next: levels of visits. Codes only; the order is that of their levels."""

from __future__ import annotations

from itertools import pairwise

#: Families of visit codes, least to most.
VISITS: tuple[tuple[str, ...], ...] = (
    ("99202", "99203", "99204", "99205"),
    ("99211", "99212", "99213", "99214", "99215"),
    ("99221", "99222", "99223"),
    ("99231", "99232", "99233"),
    ("99234", "99235", "99236"),
    ("99281", "99282", "99283", "99284", "99285"),
    ("99304", "99305", "99306"),
    ("99307", "99308", "99309", "99310"),
)


def ladders_of(codes: set[str], more: tuple[tuple[str, str], ...] = ()) -> tuple[tuple[str, str], ...]:
    """The pairs of neighbours among the codes there are, and those added.

    >>> ladders_of({"99213", "99215", "29881"})
    (('99213', '99215'),)
    """
    found: list[tuple[str, str]] = []
    for family in VISITS:
        there = [code for code in family if code in codes]
        found += pairwise(there)
    return tuple(dict.fromkeys([*found, *more]))
