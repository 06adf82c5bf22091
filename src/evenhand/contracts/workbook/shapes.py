"""The language as columns: which shape stands at a path, and which paths it declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.contracts.records import Record, Variants
from evenhand.contracts.shapes import (
    MONEY,
    QUANTITY,
    Choice,
    Either,
    Free,
    Listed,
    Named,
    Sequenced,
    Shape,
    Value,
)

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value the language knows: where it stands, its shape, what it says."""

    path: Path
    shape: Shape
    says: str


def child(shape: Shape | None, part: str) -> Shape | None:
    """The shape under a key (``#1`` for an entry of a list); ``None`` where the language does not say."""
    match shape:
        case Either():
            return child(shape.keyed, part)
        case Record():
            found = next((key.shape for key in shape.keys if key.name == part), None)
            return found or (Free() if shape.free else None)
        case Variants():
            return next((found for way in shape.ways.values() if (found := child(way, part)) is not None), None)
        case Named():
            return shape.value
        case Listed() | Sequenced():
            return shape.item if part.startswith("#") else child(shape.item, part)
        case Free():
            return shape
    return None


def shape_at(shape: Shape | None, path: Path) -> Shape | None:
    """The shape at the end of a path."""
    for part in path:
        shape = child(shape, part)
    return shape


def leaves(record: Record, path: Path = (), says: str = "") -> Iterator[Leaf]:
    """Every value a record declares that has a place of its own; lists of records have none."""
    for key in record.keys:
        yield from _leaves(key.shape, (*path, key.name), key.says)


def _leaves(shape: Shape, path: Path, says: str) -> Iterator[Leaf]:
    if isinstance(shape, Either) and not _is_named(shape):
        yield Leaf(path, shape.single, says)
    inner = shape.keyed if isinstance(shape, Either) else shape
    match inner:
        case Record():
            yield from leaves(inner, path)
        case Variants():
            found = {leaf.path: leaf for way in inner.ways.values() for leaf in leaves(way, path)}
            yield from found.values()
        case Named() | Sequenced() | Free():
            return
        case Listed() if isinstance(inner.item, Record):
            return
        case _:
            if not isinstance(shape, Either):
                yield Leaf(path, shape, says)


def _is_named(shape: Either) -> bool:
    """A party: its name alone, or keys with its name among them."""
    return isinstance(shape.keyed, Record) and any(key.name == "name" for key in shape.keyed.keys)


def says_at(record: Record, path: Path) -> str:
    """What the language says of a path; of the nearest key above it where that says nothing itself."""
    shape: Shape | None = record
    words = ""
    for part in path:
        held = shape.keyed if isinstance(shape, Either) else shape
        held = held.item if isinstance(held, Listed) and not part.startswith("#") else held
        options = held.ways.values() if isinstance(held, Variants) else [held]
        keys = [key for one in options if isinstance(one, Record) for key in one.keys]
        words = next((key.says for key in keys if key.name == part), words)
        shape = child(shape, part)
    return words


def is_free_text(shape: Shape | None) -> bool:
    """Whether a cell holds the text itself, whatever it begins with."""
    return isinstance(shape, Value) and shape.pattern == Value("", "").pattern


def is_figure(shape: Shape | None) -> bool:
    """Whether a cell of this shape is a number to Excel."""
    return shape is MONEY or shape is QUANTITY


def separator(shape: Listed) -> str:
    """What parts the entries of a list in one cell: commas, unless an entry may hold one itself."""
    closed = isinstance(shape.item, Choice) or (isinstance(shape.item, Value) and not is_free_text(shape.item))
    return ", " if shape.split or closed else "; "


def words_of(shape: Shape | None) -> list[str]:
    """The words to choose from; none where anything may stand."""
    if isinstance(shape, Either):
        return words_of(shape.single)
    if isinstance(shape, Choice):
        words = list(shape.words)
        return [word for word in words if word not in ("true", "false")]
    return []
