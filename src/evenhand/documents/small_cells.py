"""Small counts stay inside: rows with few claims are gathered into one before they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]


def gathered(rows: Sequence[Row], count: str, *, fewest: int, name: tuple[str, str], sums: Sequence[str]) -> list[Row]:
    """Rows with ``fewest`` or more, then one row for all the others together.

    Args:
        rows: what is to leave.
        count: key of the number of claims behind a row.
        fewest: rows with less are gathered; 0 or 1 gathers none.
        name: the key that names a row, and what a row is, for the name of the gathered row.
        sums: keys added up in the gathered row, the one that matters most first: where the rows are too few
            even together, those that matter least join them. What is too few even so stays empty.
    """
    small = [row for row in rows if row[count] < fewest]
    large = sorted((row for row in rows if row[count] >= fewest), key=lambda row: -abs(row[sums[0]] or 0))
    while small and large and sum(row[count] for row in small) < fewest:
        small.append(large.pop())  # or a total shown elsewhere would give the hidden row away
    if not small:
        return list(rows)
    key, kind = name
    several = f"{len(small)} {kind}s, some" if len(small) > 1 else f"1 {kind}"
    together: dict[str, Any] = {key: f"{several} with fewer than {fewest} claims"}
    if sum(row[count] for row in small) >= fewest:
        together |= {each: sum((row[each] or 0 for row in small), Decimal(0)) for each in sums}
    return [*(row for row in rows if not any(row is hidden for hidden in small)), together]


def in_a_picture(rows: Sequence[Row], key: str, count: str) -> list[dict[str, Any]]:
    """The same rows with a short name for the gathered one."""
    return [{**row, key: row[key] if count in row else "Few claims each"} for row in rows]


def count_words(count: int | None, fewest: int) -> str:
    """A count in words that tell nothing of a few.

    >>> count_words(1234, 11), count_words(3, 11), count_words(0, 11), count_words(None, 11)
    ('1,234', 'fewer than 11', '0', '–')
    """
    if count is None:
        return "–"
    return f"fewer than {fewest}" if 0 < count < fewest else f"{count:,}"
