"""What the columns of somebody's rate exhibit are, from its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.contracts.rateheadings import HEADINGS, SEARCHED_ROWS
from evenhand.sheets import tidy

#: Headings an exhibit has beside those of rate tables, without case and punctuation.
_MORE: dict[str, tuple[str, ...]] = {
    "drg": ("drg", "ms drg", "msdrg", "drg code", "ms drg code", "apr drg", "drgs"),
    "revenue_code": ("rev code", "revenue code", "rev", "rev codes", "revenue codes", "rev cd", "ub rev code"),
    "percent": ("of charges", "percent", "percent of charges", "pct of charges", "percentage", "of billed charges"),
    "description": (
        "description",
        "service",
        "service description",
        "desc",
        "services",
        "category",
        "service category",
    ),
    "amount": (
        "case rate",
        "per diem",
        "per diem rate",
        "daily rate",
        "rate per case",
        "rate per day",
        "case rate amount",
    ),
}
_ROLES = {heading: role for table in (HEADINGS, _MORE) for role, names in table.items() for heading in names}
KEYS = {"code": "codes", "drg": "drg", "revenue_code": "revenue_codes"}
AMOUNTS = {"amount": "", "facility": "facility", "office": "office"}
VALUES = (*AMOUNTS, "percent")
ROLES = tuple(dict.fromkeys(_ROLES.values()))


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading row (from 1), the column of each role (from 1), and columns nothing is known of, by heading."""

    row: int
    columns: Mapping[str, int]
    names: Mapping[int, str]
    unknown: Mapping[int, str]
    doubled: Mapping[int, str]


def find_headings(grid: Sequence[Sequence[str]]) -> Headings | None:
    """The row that names most columns, among them one of codes and one of amounts or percentages."""
    found = [_read(grid, row) for row in range(min(SEARCHED_ROWS, len(grid)))]
    right = [one for one in found if one.columns.keys() & KEYS.keys() and one.columns.keys() & set(VALUES)]
    return max(right, key=lambda one: (len(one.columns), -one.row), default=None)


def _read(grid: Sequence[Sequence[str]], row: int) -> Headings:
    columns: dict[str, int] = {}
    names: dict[int, str] = {}
    unknown: dict[int, str] = {}
    doubled: dict[int, str] = {}
    for index, own in enumerate(grid[row], start=1):
        above = (
            grid[row - 1][index - 1] if row and index <= len(grid[row - 1]) and grid[row - 1][index - 1] != own else ""
        )
        tries = (own, f"{above} {own}", f"{own} {above}") if own else ()
        role = next((_ROLES[tidy(text)] for text in tries if tidy(text) in _ROLES), None)
        shown = " ".join(f"{above} {own}".split()) if role and tidy(own) not in _ROLES else " ".join(own.split())
        if role and role not in columns:
            columns[role], names[index] = index, shown
        elif own:
            (doubled if role else unknown)[index] = shown
    return Headings(row + 1, columns, names, unknown, doubled)


def kind_of(columns: Mapping[str, int]) -> str:
    """What a sheet with these columns is."""
    if not columns.keys() & set(AMOUNTS):
        return "percent of charges"
    return "fee schedule" if "code" in columns else "case rates" if "drg" in columns else "per diems"
