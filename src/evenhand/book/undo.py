"""Taking a load out of the book, and putting it back: renames, nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from evenhand.book.compact import split
from evenhand.book.incoming import free_name
from evenhand.book.loads import Load, all_loads, current_loads
from evenhand.book.turns import next_turn, take_turn
from evenhand.errors import BookError, SelectionError


def choose(loads: Sequence[Load], id_: str) -> Load:
    """The load an id, or the start or end of one, names.

    Raises:
        SelectionError: none, or several.
    """
    exact = [load for load in loads if load.id == id_]
    found = exact or [load for load in loads if load.id.startswith(id_) or load.id.endswith(id_)]
    if len(found) == 1 and id_:
        return found[0]
    if not found:
        raise SelectionError(f"there is no load {id_!r}; 'evenhand loads' lists them")
    raise SelectionError(f"{id_!r} names {len(found)} loads: {', '.join(load.id for load in found)}; write more of it")


def unload(book: Path, id_: str) -> Load:
    """Take a load out of the book. One that was merged with others is cut out of the merged load.

    Raises:
        SelectionError: no such load.
        BookError: the book cannot be written.
    """
    try:
        while True:
            turn = next_turn(book)
            loads = current_loads(book / "loads")
            merged = _merged(loads, id_)
            if merged is not None and len(merged[0].parts) > 1:
                return split(book, *merged)
            load = merged[0] if merged else choose(loads, id_)
            if take_turn(book, turn, [(f"loads/{load.id}", f"unloaded/{load.id}")]):
                return load
    except OSError as problem:
        raise BookError(f"the book at {book} cannot be written ({problem.strerror or problem})") from problem


def _merged(loads: Sequence[Load], id_: str) -> tuple[Load, Load] | None:
    """The merged load, and its part, that an id names; ``None`` when it names a load as it stands, or nothing."""
    parts = {part.id: (load, part) for load in loads for part in load.parts}
    named = [load for load in (*loads, *(part for _, part in parts.values())) if load.id == id_]
    if not named:
        named = [choose([*loads, *(part for _, part in parts.values())], id_)]
    return parts.get(named[0].id)


def restore(book: Path, id_: str) -> Load:
    """Put an unloaded load back into the book, under a new id.

    Raises:
        SelectionError: no such load was taken out.
        BookError: the book holds some of its content by now, or cannot be written.
    """
    try:
        while True:
            turn = next_turn(book)
            load = choose(all_loads(book / "unloaded"), id_)
            _refuse_twice(load, current_loads(book / "loads"))
            back = replace(load, id=free_name(book, load), loaded_at=datetime.now(UTC))
            if take_turn(book, turn, [(f"unloaded/{load.id}", f"loads/{back.id}")]):
                return back
    except OSError as problem:
        raise BookError(f"the book at {book} cannot be written ({problem.strerror or problem})") from problem


def _refuse_twice(load: Load, held: Sequence[Load]) -> None:
    for other in held:
        if load.contents & other.contents:
            raise BookError(f"{load.id} cannot be put back: {other.id} holds some of the same files")
