"""Finding the heading of a published table, which may stand on several rows, and what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.schedules.tables.kind import Kind
from evenhand.sheets import Row, tidy

#: How many rows from the top a heading is looked for in, and how many it is spread over at most.
_SEARCHED, _SPREAD = 40, 5
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_TIMES = re.compile(rf"\b({'|'.join(MONTHS)}|20[0-9]{{2}}|cy|fy|final|fr)\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a heading ends, which column holds what, and what stands in and above it."""

    kind: Kind
    last: int  # its place among the rows
    columns: Mapping[str, int]
    words: str  # of its own cells
    title: str  # of the rows above


def find_heading(rows: Sequence[Row], kinds: Sequence[Kind]) -> list[Heading]:
    """The kinds a sheet may be: every needed column is there, and those with most of their columns come first."""
    found = []
    for place in range(min(len(rows), _SEARCHED)):
        names = _names([row.cells for row in rows[max(0, place - _SPREAD + 1) : place + 1]])
        title = tidy(" ".join(cell for row in rows[:place] for cell in row.cells))
        for kind in kinds:
            columns = _columns(names, kind)
            if kind.needed <= columns.keys() and re.search(kind.said, title):
                words = " ".join(name for options in names for name in options[:1])
                found.append(Heading(kind, place, columns, words, title))
        if found:
            break
    return sorted(found, key=lambda heading: -len(heading.columns))


def _names(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """For each column what it may be called: the words of all rows above it joined, then of fewer and fewer."""
    last = cells[-1]
    above = [[tidy(row[column]) if column < len(row) else "" for row in cells] for column in range(len(last))]
    return [_options(words) for words in above]


def _options(words: Sequence[str]) -> list[str]:
    """A cell with more and fewer of those above it; where the last is empty, the nearest above."""
    if not words[-1]:
        return [word for word in reversed(words) if word][:1]
    return [" ".join(filter(None, words[-count:])) for count in range(len(words), 0, -1)]


def without_times(words: str) -> str:
    """A heading without the months, years and stages of a rule that change from release to release."""
    return " ".join(_TIMES.sub(" ", words).split())


def _columns(names: Sequence[Sequence[str]], kind: Kind) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, options in enumerate(names):
        bare = [without_times(option) for option in options]
        for column in kind.columns:
            if column.name not in found and any(column.pattern.fullmatch(option) for option in bare):
                found[column.name] = at
                break
    return found
