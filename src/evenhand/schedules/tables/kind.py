"""The kinds of table publishers issue, as data: columns by their headings, what tells a kind, what must agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from evenhand.schedules.tables.forms import Form

Lasts = Literal["year", "quarter", "quarter or year", "fiscal year"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is kept. Whatever has no column here, as descriptions of codes, is not taken in.

    Attributes:
        name: Its name in the table kept.
        heading: A pattern of its heading in small letters, without punctuation, months, years and ``CY``.
        form: What its cells hold.
        needed: Whether a table without it is of another kind.
        even: Whether its cells are printed with equally many decimals, so that one with more or fewer lost something.
    """

    name: str
    heading: str
    form: Form
    needed: bool = True
    even: bool = False
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(self.heading, re.ASCII))

    def empty(self) -> pa.Array:
        """The column of a table that lacks it, without rows."""
        return pa.array([], self.form.type)


@dataclass(frozen=True, slots=True)
class Spread:
    """Columns that repeat for each area, such as ``AL (NR)`` and ``AL (R)``: each becomes a row of its own.

    Attributes:
        heading: A pattern of such a heading; its groups are columns of the table, in small letters.
        amount: The column its cells are.

    A cell that is empty or zero gives no row: there, the publisher states no amount.
    """

    heading: str
    amount: str
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(self.heading, re.ASCII))

    @property
    def columns(self) -> frozenset[str]:
        """Columns that are made of the heading and its cells."""
        return frozenset((*self.pattern.groupindex, self.amount))


#: The place of a row that does not agree, and a sentence that says so.
Disagreement = tuple[int, str]
#: What must agree within a table: gives each row that does not.
Check = Callable[[pa.Table], Iterator[Disagreement]]


def no_check(_table: pa.Table) -> Iterator[Disagreement]:
    """Nothing to compare."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of published table.

    Attributes:
        name: Its name, such as ``pfs-rvu``.
        title: What it is, for people.
        columns: The columns kept.
        key: Names of the columns that tell its rows apart.
        fewest: Rows a whole release has at least: fewer, and the file was cut off.
        lasts: How long one release holds. ``quarter or year``: a quarter if it names one, else the year it names.
        said: A pattern the words above the heading must hold, in small letters.
        layout: For files without headings: a pattern of a whole line, with a group for each column.
        trailer: What the lines after the last row begin with; a file that lacks them was cut off.
        carried: Columns whose empty cells repeat the cell above.
        repeats: Whether one key may have several values, so that an answer by it has to name them all.
        check: What must agree within the table.
        doubts: How many rows that do not agree are left out, with a warning each, where CMS's own releases have such
            slips; with more, the table is refused.
        passed: Headings of columns that are known and not taken in, without punctuation, months and years.
        closed: Whether no other headings than kept and passed ones may stand beside them.
        spread: Columns that repeat for each area.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    fewest: int
    lasts: Lasts = "year"
    said: str = ""
    layout: str = ""
    trailer: str = ""
    carried: tuple[str, ...] = ()
    repeats: bool = False
    check: Check = no_check
    doubts: int = 0
    passed: tuple[str, ...] = ()
    closed: bool = False
    spread: Spread | None = None

    @property
    def schedule(self) -> str:
        """The schedule it belongs to: the first part of its name."""
        return self.name.split("-")[0]

    @property
    def needed(self) -> frozenset[str]:
        """Columns a table must have to be of this kind."""
        return frozenset(column.name for column in self.headed if column.needed)

    @property
    def headed(self) -> tuple[Column, ...]:
        """Columns that have a heading of their own."""
        made = self.spread.columns if self.spread else frozenset()
        return tuple(column for column in self.columns if column.name not in made)

    def schema(self) -> pa.Schema:
        """Columns of the table kept."""
        return pa.schema([(column.name, column.form.type) for column in self.columns])
