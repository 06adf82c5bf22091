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
    spread: Mapping[int, Mapping[str, str]]  # what the headings say of columns that repeat for each area
    unknown: Sequence[str]  # headings that are neither kept nor passed over
    twice: Sequence[str]  # names of columns, or areas, that two headings may be

    @property
    def lacking(self) -> list[str]:
        """Columns that may be missing, and are."""
        return [column.name for column in self.kind.headed if column.name not in self.columns]


def find_heading(rows: Sequence[Row], kinds: Sequence[Kind]) -> list[Heading]:
    """The kinds a sheet may be: every needed column is there, and those with most of their columns come first."""
    found = []
    for place in range(min(len(rows), _SEARCHED)):
        names = _names([row.cells for row in rows[max(0, place - _SPREAD + 1) : place + 1]])
        title = tidy(" ".join(cell for row in rows[:place] for cell in row.cells))
        for kind in kinds:
            heading = _heading(kind, rows[place], place, names, title)
            if heading is not None:
                found.append(heading)
        if found:
            break
    return sorted(found, key=lambda heading: -len(heading.columns))


def _heading(kind: Kind, row: Row, place: int, names: Sequence[Sequence[str]], title: str) -> Heading | None:
    """The heading of one kind in a row; ``None`` where the row is no such heading."""
    if not re.search(kind.said, title):
        return None
    spread = _spread(names, kind)
    columns, twice = _columns(names, kind)
    if not kind.needed <= columns.keys() or (kind.spread and not spread):
        return None
    taken = {*columns.values(), *spread}
    unknown = [
        cell.strip()
        for at, cell in enumerate(row.cells)
        if cell.strip() and at not in taken and not any(without_times(name) in kind.passed for name in names[at])
    ]
    if kind.closed and unknown:
        return None
    areas = [tuple(said.values()) for said in spread.values()]
    twice += sorted({" ".join(area) for area in areas if areas.count(area) > 1})
    words = tidy(" ".join(row.cells))
    return Heading(kind, place, columns, words, title, spread, unknown, twice)


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


def _columns(names: Sequence[Sequence[str]], kind: Kind) -> tuple[dict[str, int], list[str]]:
    """Where each column stands, and the names of those that a second heading may be as well."""
    found: dict[str, int] = {}
    twice = []
    for at, options in enumerate(names):
        bare = [without_times(option) for option in options]
        fitting = [c.name for c in kind.headed if any(c.pattern.fullmatch(option) for option in bare)]
        free = [name for name in fitting if name not in found]
        if free:
            found[free[0]] = at
        elif fitting and not any(option in kind.passed for option in bare):
            twice.append(fitting[0])
    return found, twice


def _spread(names: Sequence[Sequence[str]], kind: Kind) -> dict[int, dict[str, str]]:
    if kind.spread is None:
        return {}
    found = ((at, kind.spread.pattern.fullmatch(option)) for at, options in enumerate(names) for option in options[-1:])
    return {at: match.groupdict() for at, match in found if match}
