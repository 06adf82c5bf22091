"""Shapes with keys: what keys there are, which are needed, and what each is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evenhand.contracts.nodes import Fields, Node, Scalar
from evenhand.contracts.shapes import Free, Schema, Shape, suggest
from evenhand.errors import Log


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record."""

    name: str
    shape: Shape
    says: str
    required: bool = False
    example: str = ""


@dataclass(slots=True)
class Entry:
    """A record as read: values by key, and the line each stands on."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key; the default where it is absent or could not be read."""
        return self.values.get(key, default)

    def line_of(self, key: str) -> int:
        """Where a key stands; the record's own line if it does not."""
        return self.lines.get(key, self.line)

    def __contains__(self, key: str) -> bool:
        return key in self.lines


@dataclass(frozen=True, slots=True)
class Record:
    """A fixed set of keys. With ``free`` further keys are kept as they are."""

    name: str
    keys: tuple[Key, ...]
    free: bool = False

    def read(self, node: Node, log: Log, where: str) -> Entry | None:
        """An :class:`Entry`; unknown and missing keys are logged."""
        if not isinstance(node, Fields):
            log.error(node.line, f"{where} must hold keys", f"write keys, such as '{self.keys[0].name}:'")
            return None
        entry = Entry(node.line)
        known = {key.name: key for key in self.keys}
        meant = set()
        for name, value in node.entries:
            if not self._read_key(entry, known.get(name.text), log, (name, value)):
                meant.add(suggest(name.text, self.names))
        for key in self.keys:
            if key.required and key.name not in entry and f"did you mean '{key.name}'?" not in meant:
                log.error(node.line, f"{self.name} has no '{key.name}'", f"add '{key.name}: {key.example}'")
        return entry

    def _read_key(self, entry: Entry, key: Key | None, log: Log, pair: tuple[Scalar, Node]) -> bool:
        """Read one key into the entry; whether the record knows it."""
        name, node = pair
        if key is None and not self.free:
            log.error(name.line, f"'{name.text}' is not known in {self.name}", suggest(name.text, self.names))
            return False
        if key is None:
            self._doubt(name, log)
        entry.lines[name.text] = name.line
        value = Free().read(node, log, name.text) if key is None else key.shape.read(node, log, name.text)
        if value is not None:
            entry.values[name.text] = value
        return True

    def _doubt(self, name: Scalar, log: Log) -> None:
        """A key of the author's own that looks like a known one misspelt."""
        close = suggest(name.text, self.names, cutoff=0.85)
        if "did you mean" in close:
            log.warn(name.line, f"'{name.text}' is kept in {self.name} as it is", close)

    @property
    def names(self) -> list[str]:
        """The keys there are."""
        return [key.name for key in self.keys]

    def schema(self) -> Schema:
        """An object with these keys."""
        shape: Schema = {
            "type": "object",
            "properties": {key.name: {**key.shape.schema(), "description": key.says} for key in self.keys},
            "additionalProperties": self.free,
        }
        needed = [key.name for key in self.keys if key.required]
        return {**shape, "required": needed} if needed else shape


@dataclass(frozen=True, slots=True)
class Variants:
    """Exactly one of several records, told apart by the key only it has."""

    name: str
    ways: Mapping[str, Record]

    def read(self, node: Node, log: Log, where: str) -> Entry | None:
        """The entry of the record whose own key stands there."""
        if not isinstance(node, Fields):
            log.error(node.line, f"{where} must hold keys", f"one of {', '.join(self.ways)}")
            return None
        found = [key for key, _ in node.entries if key.text in self.ways]
        if len(found) == 1:
            return self.ways[found[0].text].read(node, log, where)
        if found:
            both = " and ".join(f"'{key.text}'" for key in found)
            log.error(node.line, f"{where} says {both}", "a term pays one way; make two terms of it")
            return None
        unknown = next((key for key, _ in node.entries), Scalar("", node.line))
        what = f"'{unknown.text}' is not a way of paying" if unknown.text else f"{where} says nothing"
        log.error(unknown.line, what, suggest(unknown.text, list(self.ways)))
        return None

    def schema(self) -> Schema:
        """One of the records."""
        return {"oneOf": [record.schema() for record in self.ways.values()]}


def named_once(entries: Iterable[Entry], names: Sequence[str], what: str, log: Log) -> None:
    """Say so where a name stands more than once among those that could be read; ``what`` is plural."""
    for entry in entries:
        if names.count(entry.get("name", "")) > 1:
            log.error(entry.line, f"two {what} are called '{entry.get('name')}'", "give each its own name")
