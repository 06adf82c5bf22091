"""A sheet laid out as a table of a page: alignment by kind of figure, links, headings that sort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from evenhand.documents.sheet import Field, Kind, Sheet
from evenhand.workspace.site.words import shown

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a table is ordered, and which way."""

    key: str
    descending: bool = False

    @classmethod
    def asked(cls, query: Mapping[str, str], keys: Iterable[str], default: str) -> Order:
        """Read ``sort=paid`` or ``sort=-paid`` from an address; what is no column becomes the default.

        >>> Order.asked({"sort": "-paid"}, ["payer", "paid"], "payer")
        Order(key='paid', descending=True)
        >>> Order.asked({"sort": "password"}, ["payer", "paid"], "payer")
        Order(key='payer', descending=False)
        """
        given = query.get("sort", "")
        wanted = given if given.removeprefix("-") in set(keys) else default
        return cls(wanted.removeprefix("-"), wanted.startswith("-"))

    def arranged(self, rows: Iterable[Row]) -> list[Row]:
        """The rows in this order; those without a value are last either way.

        >>> Order("paid").arranged([{"paid": 3}, {"paid": None}, {"paid": 1}])
        [{'paid': 1}, {'paid': 3}, {'paid': None}]
        """
        given = list(rows)
        known = sorted((row for row in given if row.get(self.key) is not None), key=lambda row: row[self.key])
        return (known[::-1] if self.descending else known) + [row for row in given if row.get(self.key) is None]

    @property
    def text(self) -> str:
        """As it stands in an address."""
        return f"-{self.key}" if self.descending else self.key


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column; ``way`` says how the table is ordered by it, ``url`` orders it so, or the other way."""

    text: str
    style: str
    url: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, how it is aligned, and where it leads."""

    text: str
    style: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready for its template."""

    caption: str
    note: str
    empty: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    dense: bool = False


def style_of(kind: Kind) -> str:
    """The class that aligns a kind of value: words and days left, figures right."""
    return kind if kind in ("text", "date") else "number"


def heading(field: Field, order: Order | None = None, query: QueryDict | None = None) -> Heading:
    """A heading, with the address that orders by it where there is an order."""
    if order is None or query is None:
        return Heading(field.heading, style_of(field.kind))
    here = order.key == field.key
    wanted = query.copy()
    wanted["sort"] = Order(field.key, here and not order.descending).text
    wanted.pop("page", None)
    way = ("descending" if order.descending else "ascending") if here else ""
    return Heading(field.heading, style_of(field.kind), f"?{wanted.urlencode()}", way)


def laid_out(sheet: Sheet, link: str = "", *, order: Order | None = None, query: QueryDict | None = None) -> Table:
    """A sheet as a table; ``link`` is the key under which a row holds where its first cell leads."""
    rows = [
        [
            Cell(shown(row.get(field.key), field.kind), style_of(field.kind), _link(row, link) if at == 0 else "")
            for at, field in enumerate(sheet.fields)
        ]
        for row in sheet.rows
    ]
    headings = [heading(field, order, query) for field in sheet.fields]
    return Table(sheet.title, sheet.note, sheet.empty, headings, rows)


def _link(row: Row, key: str) -> str:
    return str(row.get(key) or "") if key else ""
