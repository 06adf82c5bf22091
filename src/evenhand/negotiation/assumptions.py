"""What a figure about the future rests on: each assumption with its range, unit, source and how sure it is.

A question states its assumptions as a tuple of :class:`Assumption`; a person changes some in a file or by name, and the
answer carries them all beside its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from evenhand.contracts.nodes import Fields, Node, read_yaml
from evenhand.contracts.records import Key, Record
from evenhand.contracts.shapes import TEXT, Value, suggest
from evenhand.errors import ContractError, Log, UsageError
from evenhand.results import Result

#: How sure an assumption is: read in its source, recalled and not confirmed, our own judgement, taken from the book's
#: claims, or given by the person who asks.
READ, MEMORY, JUDGEMENT, BOOK, GIVEN = "read", "from memory", "our judgement", "your book", "yours"

_NUMBER = Value("a number", "0.42 or -0.05", r"[+-]?(\d{1,12}(\.\d{1,9})?|\.\d{1,9})", float)
_RANGE = Record(
    "an assumption",
    (
        Key("value", _NUMBER, "What is assumed.", required=True, example="0.42"),
        Key("low", _NUMBER, "The least it could be; the value itself where it is not given."),
        Key("high", _NUMBER, "The most it could be; the value itself where it is not given."),
        Key("source", TEXT, "Where it comes from."),
    ),
)
_TABLE = pa.schema(
    [
        ("name", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("unit", pa.string()),
        ("meaning", pa.string()),
        ("source", pa.string()),
        ("sure", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number a figure rests on.

    Attributes:
        name: as it stands in a file of assumptions.
        value: what is assumed.
        low, high: the least and the most it could be; both the value where nothing is known of it.
        unit: what it counts: ``share``, ``a year``, ``dollars``, ``days``, ``members``.
        meaning: what it is, in a sentence.
        source: where it comes from.
        sure: ``read``, ``from memory``, ``our judgement``, ``your book`` or ``yours``.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    sure: str = JUDGEMENT

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            words = f"{self.name}: {self.value:g} is not from {self.low:g} to {self.high:g}"
            raise UsageError(f"{words}; give the least, the value and the most in that order")

    @property
    def certain(self) -> bool:
        """Whether there is one value only."""
        return self.low == self.high


class Assumptions(Mapping[str, Assumption]):
    """Assumptions by name. Changing one makes new ones; those asked for are never changed.

    >>> those = Assumptions([Assumption("growth", 0.02, 0.0, 0.04, "a year", "Growth of volume.", "Nobody")])
    >>> those.value("growth"), those.given(growth=0.05)["growth"].sure
    (0.02, 'yours')
    """

    def __init__(self, stated: Iterable[Assumption]) -> None:
        self._by_name = {one.name: one for one in stated}

    def __getitem__(self, name: str) -> Assumption:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def value(self, name: str) -> float:
        """What is assumed of one."""
        return self._by_name[name].value

    def given(self, **values: float) -> Assumptions:
        """The same with some values given, each certain.

        Raises:
            UsageError: a name is not known.
        """
        for name in values:
            if name not in self:
                raise UsageError(f"'{name}' is no assumption here; {suggest(name, list(self))}")
        return self.replaced(
            replace(self[name], value=value, low=value, high=value, source="given", sure=GIVEN)
            for name, value in values.items()
        )

    def replaced(self, changed: Iterable[Assumption]) -> Assumptions:
        """The same with some stated anew: taken from the book, say."""
        return Assumptions({**self._by_name, **{one.name: one for one in changed}}.values())

    def read(self, file: Path | str) -> Assumptions:
        """The same with those of a YAML file: ``name: number`` or ``name: {value, low, high, source}``.

        Raises:
            ReadError: the file cannot be read.
            ContractError: a name or a value is refused; all problems at once, each with its line.
        """
        node, log = read_yaml(Path(file), "give a YAML file of assumptions")
        changed = self._of(node, log) if node is not None else []
        if log.failed:
            raise ContractError(log.problems)
        return self.replaced(changed)

    def _of(self, node: Node, log: Log) -> list[Assumption]:
        if not isinstance(node, Fields):
            log.error(node.line, "a file of assumptions must hold keys", "write lines such as 'growth: 0.02'")
            return []
        return [one for name, value in node.entries if (one := self._one(name.text, value, log)) is not None]

    def _one(self, name: str, node: Node, log: Log) -> Assumption | None:
        if name not in self:
            log.error(node.line, f"'{name}' is no assumption here", suggest(name, list(self)))
            return None
        if isinstance(node, Fields):
            entry = _RANGE.read(node, log, name)
            values: dict[str, Any] = {} if entry is None else entry.values
        else:
            number = _NUMBER.read(node, log, name)
            values = {} if number is None else {"value": number}
        if "value" not in values:
            return None
        given = {"low": values["value"], "high": values["value"], "source": log.file, **values}
        if not given["low"] <= given["value"] <= given["high"]:
            log.error(node.line, f"{name}: the value is not between low and high", "give low ≤ value ≤ high")
            return None
        return replace(self[name], **given, sure=GIVEN)

    def drawn(self, generator: np.random.Generator, draws: int) -> dict[str, np.ndarray[Any, np.dtype[np.float64]]]:
        """Each assumption drawn so many times from a triangle from low to high with its peak at the value."""
        return {one.name: _drawn(one, generator, draws) for one in self.values()}

    def table(self) -> Result:
        """All of them, a row each."""
        rows = ({field: getattr(one, field) for field in _TABLE.names} for one in self.values())
        return Result.of(rows, _TABLE)


def _drawn(one: Assumption, generator: np.random.Generator, draws: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    if one.certain:
        return np.full(draws, one.value)
    return generator.triangular(one.low, one.value, one.high, draws)
