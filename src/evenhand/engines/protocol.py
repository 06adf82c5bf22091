"""What a plan needs of an engine, and how a plan's steps are read from their folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from itertools import takewhile
from typing import Protocol

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Step:
    """One SQL statement of a plan: a ``select`` whose result gets the step's name.

    ``kept`` steps are materialised; the others are views, which the engine folds into what reads them. A step gives
    rows only where all it ``needs`` have some: names of tables or earlier steps, each ``a or b`` where either will do.
    """

    name: str
    sql: str
    kept: bool = False
    needs: tuple[str, ...] = ()


class Engine(Protocol):
    """Somewhere tables can be put, steps run, and results read back as Arrow."""

    def put(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known under a name."""
        ...

    def run(self, steps: Iterable[Step]) -> None:
        """Run steps in order; later ones see earlier ones by name."""
        ...

    def arrow(self, query: str) -> pa.Table:
        """The result of a query."""
        ...


class StoredEngine(Engine, Protocol):
    """An engine that reads stored tables and writes its results where they are to stay."""

    def read(self, name: str, place: str) -> None:
        """Make stored rows known under a name."""
        ...

    def write(self, query: str, folder: str) -> None:
        """Write the result of a query as a folder of Parquet files."""
        ...


KEPT = "-- kept"
NEEDS = "-- needs "
_READ = re.compile(r"\b(?:from|join)\s+(\w+)")
_COMMENT = re.compile(r"--.*")
_NAMED_WITHIN = re.compile(r"(\w+) as \(")


def read_steps(folder: Traversable) -> list[Step]:
    """The steps of a folder and its stages, in the order of their numbers: ``03_match.sql`` is step ``match``.

    A stage is a folder among the steps (``2_services``) with steps of its own. The first lines of a file may say
    ``-- kept``, and ``-- needs a, b or c`` with the names of what it cannot give a row without.
    """
    steps: list[Step] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".sql"):
            steps.append(_read(entry))
        elif entry.is_dir() and entry.name[0].isdigit():
            steps += read_steps(entry)
    return steps


def _read(file: Traversable) -> Step:
    sql = file.read_text(encoding="utf-8")
    name = file.name.removesuffix(".sql").split("_", 1)[1]
    marks = list(takewhile(is_mark, sql.split("\n")))
    needs = tuple(each for mark in marks if mark != KEPT for each in mark.removeprefix(NEEDS).split(", "))
    return Step(name, sql.strip().rstrip(";"), KEPT in marks, needs)


def is_mark(line: str) -> bool:
    """Whether a line of a step says how it is run, not what it does."""
    return line == KEPT or line.startswith(NEEDS)


@cache
def sources(sql: str) -> frozenset[str]:
    """The tables and steps a step reads."""
    said = _COMMENT.sub("", sql)
    return frozenset(_READ.findall(said)) - frozenset(_NAMED_WITHIN.findall(said))
