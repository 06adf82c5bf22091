"""A document as rows of path and value, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from evenhand.contracts.nodes import Fields, Items, Node, Scalar
from evenhand.contracts.records import Record, Variants
from evenhand.contracts.shapes import Either, Free, Listed, Named, Sequenced, Shape
from evenhand.contracts.workbook.cells import quoted
from evenhand.contracts.workbook.shapes import Path, child
from evenhand.errors import Log

_PART = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^›>]*?)\s*(?:[›>]|$)')
_PLAIN_PART = re.compile(r'[^\s"#›>\\]([^›>"\\]*[^\s›>"\\])?|#\d+')


def path_text(path: Path) -> str:
    """A path as a person reads it.

    >>> path_text(("parties", "provider", "name")), path_text(("provisions", "a > b"))
    ('parties › provider › name', 'provisions › "a > b"')
    """
    return " › ".join(part if _PLAIN_PART.fullmatch(part) else quoted(part) for part in path)


def read_path(text: str) -> Path:
    """The path a person wrote; ``>`` does for ``›``.

    >>> read_path('provisions > "a > b"'), read_path("rules › modifiers › 50")
    (('provisions', 'a > b'), ('rules', 'modifiers', '50'))
    """
    parts, at = [], 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None or found.end() == at:
            break
        parts.append(_unquoted(found[1]))
        at = found.end()
    return tuple(parts)


def _unquoted(part: str) -> str:
    from evenhand.contracts.nodes import read_document

    if not part.startswith('"'):
        return part
    node = read_document(f"[{part}]", Log(""))
    held = node.items[0] if isinstance(node, Items) and node.items else None
    return held.text if isinstance(held, Scalar) else part


def flatten(node: Node, shape: Shape | None, path: Path = ()) -> Iterator[tuple[Path, Node, Shape | None]]:
    """Every value of a document with its path; what has no keys of the language's own stays whole."""
    held = shape.keyed if isinstance(shape, Either) else shape
    keyed = isinstance(held, Record | Variants | Named | Free | Listed)
    if isinstance(node, Fields) and node.entries and keyed:
        for key, value in node.entries:
            yield from flatten(value, child(shape, key.text), (*path, key.text))
    elif isinstance(node, Items) and node.items and _of_records(held):
        for number, one in enumerate(node.items, start=1):
            yield from flatten(one, child(shape, f"#{number}"), (*path, f"#{number}"))
    elif isinstance(node, Scalar) and _party(shape):
        yield (*path, "name"), node, child(shape, "name")
    else:
        yield path, node, shape


def _of_records(shape: Shape | None) -> bool:
    return isinstance(shape, Listed | Sequenced) and isinstance(shape.item, Record)


def _party(shape: Shape | None) -> bool:
    """A name that may also be keys with a name."""
    keyed = shape.keyed if isinstance(shape, Either) else None
    return isinstance(keyed, Record) and any(key.name == "name" for key in keyed.keys)


@dataclass(slots=True)
class _Branch:
    place: int
    value: Node | None = None
    under: list[tuple[str, _Branch]] = field(default_factory=list)


def nest(rows: Iterable[tuple[Path, Node]], log: Log) -> Fields:
    """A document from its rows: the inverse of :func:`flatten`. A key given twice stays, for the reader to say so."""
    root = _Branch(0)
    for path, value in rows:
        _add(root, path, value, log)
    node = _node(root)
    return node if isinstance(node, Fields) else Fields((), 0)


def _add(root: _Branch, path: Path, value: Node, log: Log) -> None:
    branch = root
    for depth, part in enumerate(path):
        last = depth == len(path) - 1
        found = next((one for name, one in branch.under if name == part), None)
        if found is None or (last and found.value is not None):
            found = _Branch(value.line)
            branch.under.append((part, found))
        branch = found
        if bool(branch.under) if last else branch.value is not None:
            name = path_text(path[: depth + 1])
            log.error(value.line, f"'{name}' has a value and also keys of its own", "keep one or the other")
            return
    branch.value = value


def _node(branch: _Branch) -> Node:
    if branch.value is not None:
        return branch.value
    if branch.under and all(re.fullmatch(r"#\d+", name) for name, _ in branch.under):
        return Items(tuple(_node(one) for _, one in branch.under), branch.place)
    return Fields(tuple((Scalar(name, one.place), _node(one)) for name, one in branch.under), branch.place)
