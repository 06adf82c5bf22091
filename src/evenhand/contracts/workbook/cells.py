"""One cell of text and the value it stands for, exactly both ways.

A list is written with commas (codes, percentages) or semicolons (names); what cannot be told apart so is written as
YAML writes it in one line, in brackets and quotes. Text that begins like that is put in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evenhand.contracts.nodes import Fields, Items, Node, Scalar, read_document
from evenhand.contracts.shapes import Either, Free, Listed, Shape
from evenhand.contracts.workbook.shapes import is_free_text, separator
from evenhand.errors import Log

_MARKS = ("[", "{", '"')
_SAFE_ITEM = re.compile(r"[^,;\n\r\[\]{}\"]+")
_NAME_ITEM = re.compile(r"[^;\n\r\[{\"][^;\n\r]*")


def quoted(text: str) -> str:
    r"""Text in double quotes, as YAML reads it back.

    >>> print(quoted('5" lens'))
    "5\" lens"
    """
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def in_one_line(node: Node) -> str:
    """A value as YAML writes it in one line."""
    match node:
        case Scalar():
            return quoted(node.text)
        case Items():
            return f"[{', '.join(in_one_line(one) for one in node.items)}]"
        case Fields():
            return "{" + ", ".join(f"{quoted(key.text)}: {in_one_line(value)}" for key, value in node.entries) + "}"


def cell_text(node: Node, shape: Shape | None) -> str:
    """The text of a cell that stands for a value."""
    if isinstance(node, Scalar) and isinstance(_listed(shape), Listed) and not _splits(shape):
        return _list_text((node,), shape)
    if isinstance(node, Scalar):
        text = node.text.strip()
        plain = is_free_text(shape) or not text.startswith(_MARKS)
        return text if plain and (text or not isinstance(shape, Free)) else quoted(text)
    if isinstance(node, Items) and isinstance(_listed(shape), Listed):
        return _list_text(node.items, shape)
    return in_one_line(node)


def _listed(shape: Shape | None) -> Shape | None:
    return shape.keyed if isinstance(shape, Either) else shape


def _splits(shape: Shape | None) -> bool:
    listed = _listed(shape)
    return isinstance(listed, Listed) and listed.split


def _list_text(items: Sequence[Node], shape: Shape | None) -> str:
    listed = _listed(shape)
    assert isinstance(listed, Listed)
    mark = separator(listed)
    form = _SAFE_ITEM if mark == ", " else _NAME_ITEM
    texts = [one.text.strip() if isinstance(one, Scalar) else "" for one in items]
    if texts and all(form.fullmatch(text) for text in texts):
        return mark.join(texts)
    return in_one_line(Items(tuple(items), 0))


def cell_value(text: str, shape: Shape | None, place: int, log: Log) -> Node | None:
    """The value a cell stands for; ``None`` when nothing does, or, after saying why, when it cannot be read."""
    text = text.strip()
    if not text:
        return None
    if is_free_text(shape):
        return Scalar(text, place)
    if text.startswith(_MARKS):
        return _written(text, place, log)
    listed = _listed(shape)
    if not isinstance(listed, Listed):
        return Scalar(text, place)
    parts = [part.strip() for part in re.split(r"[,\n]" if separator(listed) == ", " else r"[;\n]", text)]
    if len(parts) == 1:
        return Scalar(text, place)
    return Items(tuple(Scalar(part, place) for part in parts if part), place)


def _written(text: str, place: int, log: Log) -> Node | None:
    inner = Log(log.file)
    node = read_document(text, inner)
    if node is None or inner.failed:
        log.error(place, f"'{text[:40]}' cannot be read", "close every bracket and quote that is opened")
        return None
    return _placed(node, place)


def _placed(node: Node, place: int) -> Node:
    match node:
        case Scalar():
            return Scalar(node.text, place)
        case Items():
            return Items(tuple(_placed(one, place) for one in node.items), place)
        case Fields():
            return Fields(tuple((Scalar(k.text, place), _placed(v, place)) for k, v in node.entries), place)
