"""What may stand in a contract file, as values: each shape reads a node *and* states its JSON Schema.

A shape that cannot read its node writes why into the log and gives ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Protocol

from evenhand.contracts.durations import PATTERN as DURATION
from evenhand.contracts.durations import parse_duration
from evenhand.contracts.nodes import Fields, Items, Node, Scalar
from evenhand.errors import Log

Schema = dict[str, Any]


class Shape(Protocol):
    """Something that can stand in a contract file."""

    def read(self, node: Node, log: Log, where: str) -> Any:
        """The value, or ``None`` after saying in the log what is wrong."""

    def schema(self) -> Schema:
        """The same, for editors."""


def suggest(word: str, known: Sequence[str], *, cutoff: float = 0.6) -> str:
    """What would be right instead of a word that is not known.

    >>> suggest("percnt", ["percent", "amount"]), suggest("xyz", ["percent", "amount"])
    ("did you mean 'percent'?", 'known here: percent, amount')
    """
    folded = {re.sub(r"[\s_-]+", " ", name).lower(): name for name in known}
    close = get_close_matches(re.sub(r"[\s_-]+", " ", word).lower(), list(folded), n=1, cutoff=cutoff)
    if close:
        return f"did you mean '{folded[close[0]]}'?"
    shown = ", ".join(known[:20])
    return f"known here: {shown}{', …' if len(known) > 20 else ''}" if known else ""


@dataclass(frozen=True, slots=True)
class Value:
    """A single value of a given form: ``pattern`` decides, ``convert`` turns the text into what is meant."""

    noun: str
    example: str
    pattern: str = r"(?s).*\S.*"
    convert: Callable[[str], Any] = str

    def read(self, node: Node, log: Log, where: str) -> Any:
        """The converted value."""
        if not isinstance(node, Scalar):
            log.error(
                node.line, f"{where} must be {self.noun}, not a list or keys", f"write one, such as {self.example}"
            )
            return None
        text = node.text.strip()
        if not text:
            log.error(node.line, f"{where} has no value", f"give {self.noun}, such as {self.example}, or drop the key")
            return None
        value = self.convert(text) if re.fullmatch(self.pattern, text, re.ASCII) else None
        if value is None:
            log.error(node.line, f"{where}: '{text}' is not {self.noun}", f"write it like {self.example}")
        return value

    def schema(self) -> Schema:
        """A string, or a number where YAML makes one of it, of this form."""
        kinds: Any = ["string", "number"]
        if self.pattern.startswith("(?s)"):
            return {"type": kinds}
        return {"type": kinds, "pattern": f"^\\s*({self.pattern})\\s*$"}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2999 else None


def _amount(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", ""))


def _share(text: str) -> Decimal:
    return Decimal(text.rstrip("%").strip()) / 100


NUMBER = r"(\d{1,3}(,\d{3})+|\d{1,12})"
TEXT = Value("text", "Summit Health")
DATE = Value("a date", "2025-01-31", r"\d{4}-\d{2}-\d{2}", _day)
MONEY = Value("an amount in dollars and cents", "1250.00", rf"\$?{NUMBER}(\.\d{{1,2}})?", _amount)
PERCENT = Value("a percentage", "45 or 62.5%", r"\d{1,4}(\.\d{1,4})?\s?%?", _share)
CHANGE = Value("a percentage, negative for a cut", "4 or -2.5", r"[+-]?\d{1,4}(\.\d{1,4})?\s?%?", _share)
WHOLE = Value("a whole number", "30", r"\d{1,6}", int)
QUANTITY = Value("a number", "2 or 1.5", r"\d{1,9}(\.\d{1,3})?", Decimal)
YEAR = Value("a year", "2024", r"(19|20|21)\d{2}", int)
LENGTH = Value("a length of time", "120 days, 12 months or 1 year", DURATION, parse_duration)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: Mapping[str, Any]
    otherwise: str = ""  # what may stand there instead of a word

    def read(self, node: Node, log: Log, where: str) -> Any:
        """What the word stands for."""
        text = node.text.strip() if isinstance(node, Scalar) else None
        if text is not None and text.lower() in self.words:
            return self.words[text.lower()]
        shown = f"'{text}'" if text else "no value" if text == "" else "a list or keys"
        close = suggest(text, list(self.words)) if text else ""
        log.error(node.line, f"{where}: {shown} is not known", close if "mean" in close else self._right())
        return None

    def _right(self) -> str:
        words = [*self.words, *([self.otherwise] if self.otherwise else [])]
        return f"write {', '.join(words[:-1])}{' or ' if len(words) > 1 else ''}{words[-1]}"

    def schema(self) -> Schema:
        """The words; booleans too where YAML makes one of the word."""
        words: list[Any] = [w for word in self.words for w in dict.fromkeys((word, word.capitalize(), word.upper()))]
        return {"enum": [*words, True, False] if "yes" in self.words else words}


YES = Choice({"yes": True, "no": False, "true": True, "false": False})


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of one shape; one alone may stand without brackets."""

    item: Shape
    split: bool = False  # text may hold several, separated by commas

    def read(self, node: Node, log: Log, where: str) -> Any:
        """The values as a tuple; what cannot be read is left out and logged."""
        nodes = node.items if isinstance(node, Items) else (node,)
        parts = [part for one in nodes for part in (self._parts(one) if self.split else (one,))]
        return tuple(value for part in parts if (value := self.item.read(part, log, where)) is not None)

    @staticmethod
    def _parts(node: Node) -> tuple[Node, ...]:
        if not isinstance(node, Scalar) or "," not in node.text:
            return (node,)
        return tuple(Scalar(part.strip(), node.line) for part in node.text.split(","))

    def schema(self) -> Schema:
        """One, or a list."""
        one = self.item.schema()
        if self.split:
            one = {"type": ["string", "number"]}
        return {"anyOf": [one, {"type": "array", "items": one}]}


@dataclass(frozen=True, slots=True)
class Sequenced:
    """A list, always written as one (a sequence of terms, of cases)."""

    item: Shape

    def read(self, node: Node, log: Log, where: str) -> Any:
        """The values as a tuple."""
        if not isinstance(node, Items):
            log.error(node.line, f"{where} must be a list", "begin each entry with '- '")
            return None
        return tuple(value for one in node.items if (value := self.item.read(one, log, where)) is not None)

    def schema(self) -> Schema:
        """A list."""
        return {"type": "array", "items": self.item.schema()}


@dataclass(frozen=True, slots=True)
class Word:
    """Text kept with its line, to be understood later (codes, names of terms and files)."""

    noun: str = "text"
    example: str = "99213"

    def read(self, node: Node, log: Log, where: str) -> Scalar | None:
        """The text with its line."""
        text = Value(self.noun, self.example).read(node, log, where)
        return None if text is None else Scalar(text, node.line)

    def schema(self) -> Schema:
        """Text, or a number where YAML makes one of it."""
        return {"type": ["string", "number"]}


@dataclass(frozen=True, slots=True)
class Either:
    """A word or a value where one value stands; ``keyed`` where keys or a list do."""

    single: Shape
    keyed: Shape

    def read(self, node: Node, log: Log, where: str) -> Any:
        """Whichever fits the node."""
        return (self.single if isinstance(node, Scalar) else self.keyed).read(node, log, where)

    def schema(self) -> Schema:
        """Either of the two."""
        return {"anyOf": [self.single.schema(), self.keyed.schema()]}


@dataclass(frozen=True, slots=True)
class Free:
    """Anything: kept as text, tuples and dictionaries."""

    def read(self, node: Node, log: Log, where: str) -> Any:
        """The node without its lines."""
        if isinstance(node, Scalar):
            return node.text.strip()
        if isinstance(node, Items):
            return tuple(self.read(one, log, where) for one in node.items)
        return {key.text: self.read(value, log, where) for key, value in node.entries}

    def schema(self) -> Schema:
        """Anything."""
        return {}


@dataclass(frozen=True, slots=True)
class Named:
    """Keys of the author's own choosing, each with a value of one shape; gives ``(key, value)`` pairs."""

    value: Shape
    key: Value = field(default=TEXT)

    def read(self, node: Node, log: Log, where: str) -> Any:
        """Pairs of key (with its line) and value."""
        if not isinstance(node, Fields):
            log.error(node.line, f"{where} must hold names with values", "write 'name: value'")
            return None
        pairs = []
        for key, value in node.entries:
            name = self.key.read(key, log, where)
            read = self.value.read(value, log, f"{where}: {key.text}")
            if name is not None and read is not None:
                pairs.append((Scalar(name, key.line), read))
        return tuple(pairs)

    def schema(self) -> Schema:
        """Any keys, one shape of value."""
        return {"type": "object", "additionalProperties": self.value.schema()}
