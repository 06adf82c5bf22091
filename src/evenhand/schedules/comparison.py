"""What changed from one release to another of the same kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evenhand.errors import SelectionError
from evenhand.schedules.library import Library, Release


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs; ``column`` is empty where the whole row is new or gone."""

    key: tuple[str, ...]
    column: str
    before: Any
    after: Any


def changes(library: Library, before: Release, after: Release) -> Iterator[Change]:
    """Every value that differs between two releases, by key.

    Raises:
        SelectionError: They are of two kinds, or of one whose rows no key tells apart.
    """
    if before.kind_name != after.kind_name:
        raise SelectionError(f"{before.id} and {after.id} are of two kinds; compare releases of one")
    if before.kind.repeats:
        raise SelectionError(f"{before.kind.title}: rows share keys, so that they cannot be compared one by one")
    old, new = _rows(library, before), _rows(library, after)
    for key in sorted(old.keys() | new.keys()):
        if key not in new or key not in old:
            yield Change(key, "", old.get(key), new.get(key))
            continue
        for column, value in old[key].items():
            if value != new[key][column]:
                yield Change(key, column, value, new[key][column])


def _rows(library: Library, release: Release) -> dict[tuple[str, ...], dict[str, Any]]:
    key = release.kind.key
    return {tuple(str(row[name] or "") for name in key): row for row in library.table(release).to_pylist()}
