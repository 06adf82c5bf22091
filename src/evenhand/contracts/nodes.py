"""YAML as text with line numbers: nothing in a contract is typed by YAML.

``0275``, ``50``, ``NO`` and ``1:30`` are what the author wrote, not octal numbers, booleans or base-60
times. The document is built from the parser's events, so nesting and aliases have bounds of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evenhand.errors import Log, ReadError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50
_MOST_NODES = 500_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, as written; ``empty`` when nothing was."""

    text: str
    line: int

    @property
    def empty(self) -> bool:
        """Whether the key stands there without a value."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    """Keys with values, in the order written."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int


Node = Scalar | Items | Fields


class _BrokenError(Exception):
    def __init__(self, line: int, what: str, right: str) -> None:
        super().__init__(what)
        self.line, self.what, self.right = line, what, right


def read_document(text: str, log: Log, begin: str = "start with 'contract: NAME'") -> Node | None:
    """Read one YAML document; ``None``, and the reason in the log, when that cannot be done.

    ``begin`` is what would be right where there is nothing.
    """
    try:
        node = _Builder(yaml.parse(text, Loader=_LOADER), log).document()
    except _BrokenError as broken:
        log.error(broken.line, broken.what, broken.right)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        log.error(mark.line + 1 if mark else None, f"this is not YAML: {error.problem}", _advice(str(error.problem)))
        return None
    except yaml.YAMLError as error:
        log.error(None, f"this is not YAML: {' '.join(str(error).split())}", "save it as UTF-8 text")
        return None
    if node is None:
        log.error(None, "the file is empty", begin)
    return node


def read_yaml(file: Path, right: str, what: str = "cannot be read as text") -> tuple[Node | None, Log]:
    """A YAML file's document, and the log of what is wrong with it; ``None`` as in :func:`read_document`.

    Args:
        file: where it is.
        right: what to give instead, should there be no such text.
        what: how to say that there is none.

    Raises:
        ReadError: the file cannot be read, or is not UTF-8 text.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise ReadError(file, what, right) from problem
    log = Log(file.name)
    return read_document(text, log, right), log


def _advice(problem: str) -> str:
    if "\\t" in problem or "tab" in problem:
        return "indent with spaces, not tabs"
    if "mapping values are not allowed" in problem:
        return "put text that holds ': ' in quotes, and check the indentation"
    return "check indentation, quotes and brackets on this line and the one before"


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Builder:
    """Turns parser events into nodes."""

    def __init__(self, events: Iterator[Any], log: Log) -> None:
        self._events, self._log = events, log
        self._anchors: dict[str, Node] = {}
        self._size: dict[str, int] = {}
        self._count = 0

    def document(self) -> Node | None:
        """The one document of the stream."""
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise _BrokenError(_line(event), "a second document starts here", "keep one a file")
                node = self._node(next(self._events), 0)
        return None if isinstance(node, Scalar) and node.empty else node

    def _node(self, event: Any, depth: int) -> Node:
        line = _line(event)
        self._count += 1
        if depth > _DEEPEST:
            raise _BrokenError(line, "lists and keys are nested too deeply", f"{_DEEPEST} levels are the most")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), line)
        before = self._count
        node = self._built(event, line, depth)
        if event.anchor:
            self._anchors[event.anchor], self._size[event.anchor] = node, self._count - before + 1
        return node

    def _built(self, event: Any, line: int, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._node(e, depth + 1) for e in self._until(yaml.SequenceEndEvent)), line)
        return self._fields(line, depth)

    def _until(self, end: type[Any]) -> Iterator[Any]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _alias(self, anchor: str, line: int) -> Node:
        if anchor not in self._anchors:
            raise _BrokenError(line, f"*{anchor} names an anchor that is not above it", f"write &{anchor} there first")
        self._count += self._size[anchor]
        if self._count > _MOST_NODES:
            raise _BrokenError(line, "aliases make this file far too large", "write the values out")
        return self._anchors[anchor]

    def _fields(self, line: int, depth: int) -> Fields:
        entries: list[tuple[Scalar, Node]] = []
        merged: list[tuple[Scalar, Node]] = []
        first: dict[str, int] = {}
        for event in self._until(yaml.MappingEndEvent):
            key, value = self._node(event, depth + 1), self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                raise _BrokenError(key.line, "a list or keys stand where a key should", "a key is a word")
            if key.text == "<<" and isinstance(value, Fields):
                merged.extend(value.entries)
            elif key.text in first:
                self._log.error(
                    key.line, f"'{key.text}' is given twice", f"it already stands on line {first[key.text]}; keep one"
                )
            else:
                first[key.text] = key.line
                entries.append((key, value))
        return Fields((*entries, *((k, v) for k, v in merged if k.text not in first)), line)
