"""A document as YAML: once with each value on a line of its own, to find it again; once as one would write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evenhand.contracts.nodes import Fields, Items, Node, Scalar
from evenhand.contracts.workbook.cells import quoted

_PLAIN = re.compile(r"[A-Za-z0-9§$(.][A-Za-z0-9 §$()./%+'&–_-]*(?<! )")
_WIDTH = 112
#: Keys that are easier to read spread out, however short what they hold.
_SPREAD = frozenset(["parties", "schedules", "code_sets", "terms", "rules", "provisions", "cases"])


def traced(node: Node, indent: int = 0) -> Iterator[tuple[str, int]]:
    """Lines of YAML, one a value, each with the place its value came from."""
    pad = "  " * indent
    entries: list[tuple[str, Node, int]]
    if isinstance(node, Fields):
        entries = [(f"{quoted(key.text)}:", value, key.line) for key, value in node.entries]
    else:
        entries = [("-", one, one.line) for one in node.items] if isinstance(node, Items) else []
    for lead, value, place in entries:
        if isinstance(value, Scalar):
            yield f"{pad}{lead} {quoted(value.text)}", value.line
        elif not _held(value):
            yield f"{pad}{lead} {'[]' if isinstance(value, Items) else '{}'}", place
        else:
            yield f"{pad}{lead}", place
            yield from traced(value, indent + 1)


def _held(node: Node) -> bool:
    return bool(node.items if isinstance(node, Items) else isinstance(node, Fields) and node.entries)


def written(document: Fields) -> str:
    """A document as a person would write it: short lists and keys in one line, the parts of a contract apart."""
    parts: list[str] = []
    for key, value in document.entries:
        spread = key.text in _SPREAD and _held(value) and not isinstance(value, Scalar)
        gap = "\n" if spread and parts else ""
        body = _under(value, 1, spread=spread, apart=key.text == "terms")
        parts.append(f"{gap}{_text(key)}:{body}")
    return "".join(parts)


def _under(value: Node, indent: int, *, spread: bool = False, apart: bool = False) -> str:
    short = _flow(value)
    if (not spread and len(short) + 2 * indent + 20 <= _WIDTH) or isinstance(value, Scalar) or not _held(value):
        return f" {short}\n"
    pad = "  " * indent
    if isinstance(value, Fields):
        return "\n" + "".join(f"{pad}{_text(key)}:{_under(one, indent + 1)}" for key, one in value.entries)
    return "\n" + "".join(f"{pad}- {_entry(one, indent + 1, apart=apart)}" for one in value.items)


def _entry(node: Node, indent: int, *, apart: bool) -> str:
    """One entry of a list: in one line if it fits and need not stand apart, else its keys below each other."""
    short = _flow(node)
    if not isinstance(node, Fields) or not node.entries or (not apart and len(short) + 2 * indent <= _WIDTH):
        return f"{short}\n"
    pad = "  " * indent
    lines = [f"{_text(key)}:{_under(value, indent + 1)}" for key, value in node.entries]
    return pad.join(lines)


def _flow(node: Node) -> str:
    match node:
        case Scalar():
            return _text(node)
        case Items():
            return f"[{', '.join(_flow(one) for one in node.items)}]"
        case Fields():
            return "{" + ", ".join(f"{_text(key)}: {_flow(value)}" for key, value in node.entries) + "}"


def _text(scalar: Scalar) -> str:
    return scalar.text if _PLAIN.fullmatch(scalar.text) else quoted(scalar.text)
