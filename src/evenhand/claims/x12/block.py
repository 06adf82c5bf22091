"""One block on its way into tables: its index, its keys, its findings, and columns read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evenhand.claims.schema import TABLES
from evenhand.claims.x12.findings import ERROR, WARNING, Finding, Findings, quoted
from evenhand.claims.x12.index import Ints, Mask, SegmentIndex, Span
from evenhand.claims.x12.numbers import Numbers, read_days, read_numbers
from evenhand.money import cents_to_arrow, scaled_to_arrow

Tables = dict[str, pa.Table]
Keys = npt.NDArray[np.int64]
Value = TypeVar("Value", bound=np.generic)
#: Stands for "no key" in arrays of keys.
NO_KEY = -1


@dataclass(frozen=True, slots=True)
class Subject:
    """Which rows the cells of a column belong to: a table's name and one key for each cell.

    ``at`` are the segments at which what is wrong with a cell is seen, where it is not the cell's own: what
    stands above several claims is seen at each of them.
    """

    table: str
    keys: Keys
    at: Ints | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A block's segments with what is needed to turn them into rows."""

    index: SegmentIndex
    findings: Findings
    base: int

    def money(self, segment: Ints, element: int | Ints, subject: Subject, span: Span | None = None) -> Numbers:
        """An element as cents; what is not an amount becomes a finding."""
        cells = self.index.span(segment, element) if span is None else span
        numbers = read_numbers(self.index, cells, 2)
        self._report(numbers, segment, element, cells=cells, subject=subject, rule="bad-amount")
        return numbers

    def quantity(self, segment: Ints, element: int | Ints, subject: Subject, scale: int = 3) -> Numbers:
        """An element as thousandths (or another scale); what is not a number becomes a finding."""
        cells = self.index.span(segment, element)
        numbers = read_numbers(self.index, cells, scale)
        self._report(numbers, segment, element, cells=cells, subject=subject, rule="bad-quantity")
        return numbers

    def days(self, segment: Ints, element: int | Ints, subject: Subject, span: Span | None = None) -> Numbers:
        """An element as days since 1970; what is not a date becomes a finding."""
        cells = self.index.span(segment, element) if span is None else span
        numbers = read_days(self.index, cells)
        self._report(numbers, segment, element, cells=cells, subject=subject, rule="bad-date")
        return numbers

    def _report(
        self, numbers: Numbers, segment: Ints, element: int | Ints, *, cells: Span, subject: Subject, rule: str
    ) -> None:
        if numbers.bad.any():
            self.complain(rule, numbers.bad, segment, element, cells=cells, subject=subject)

    def complain(
        self, rule: str, rows: Mask, segment: Ints, element: int | Ints, *, cells: Span, subject: Subject
    ) -> None:
        """Record a finding for the cells of these rows."""
        severity, expected = CELL_RULES[rule]
        elements = np.broadcast_to(np.asarray(element), segment.shape)
        for row in np.flatnonzero(rows).tolist():
            start, end = int(cells[0][row]), int(cells[1][row])
            place = f"{self.index.name(int(segment[row]))}{int(elements[row]):02d}"
            found = None if place == BIRTH_DATE else quoted(self.index.raw(start, end))
            said = "(not shown)" if found is None else f"says '{found}', which"
            self.findings.add(
                int((segment if subject.at is None else subject.at)[row]),
                Finding(
                    rule=rule,
                    severity=severity,
                    message=f"{place} {said} is not {expected}",
                    subject=subject.table,
                    key=int(subject.keys[row]),
                    offset=int(self.index.offset(np.array(start))),
                    element=place,
                    found=found,
                    expected=expected,
                ),
            )


#: The patient's date of birth: a finding never quotes it, however it is written.
BIRTH_DATE = "DMG02"

#: Rules for a single cell: severity, what would be right.
CELL_RULES = {
    "bad-amount": (ERROR, "an amount of money with at most two decimals"),
    "missing-amount": (ERROR, "an amount of money; there is none"),
    "bad-quantity": (WARNING, "a quantity with at most three decimals"),
    "bad-date": (WARNING, "a date as CCYYMMDD"),
    "bad-zip": (WARNING, "a ZIP code of five or nine digits"),
    "code-shape": (WARNING, "a code of the shape this element takes"),
}


def key_array(keys: Keys) -> pa.Array:
    """Keys as Arrow, null where there is none."""
    missing = keys == NO_KEY
    return pa.array(keys, pa.int64(), mask=missing) if missing.any() else pa.array(keys, pa.int64())


def money_array(numbers: Numbers) -> pa.Array:
    """Cents as money, null where missing."""
    return cents_to_arrow(numbers.values, numbers.missing)


def quantity_array(numbers: Numbers, scale: int = 3) -> pa.Array:
    """Thousandths (or another scale) as quantities, null where missing."""
    return scaled_to_arrow(numbers.values, pa.decimal128(18, scale), numbers.missing)


def day_array(numbers: Numbers) -> pa.Array:
    """Days since 1970 as dates, null where missing."""
    days = numbers.values.astype(np.int32)
    missing = numbers.missing
    return pa.array(days, pa.int32(), mask=missing if missing.any() else None).cast(pa.date32())


def count_array(counts: Ints) -> pa.Array:
    """Ordinals and counts."""
    return pa.array(counts.astype(np.int32), pa.int32())


def otherwise(numbers: Numbers, other: Numbers) -> Numbers:
    """The first where it has a value, else the second; bad stays bad."""
    use = numbers.absent
    if not use.any():
        return numbers
    return Numbers(
        np.where(use, other.values, numbers.values), use & other.absent, np.where(use, other.bad, numbers.bad)
    )


def table_of(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    """A table of the schema's shape from its columns, which must all be there."""
    schema = TABLES[name].schema
    return pa.table([columns[column] for column in schema.names], schema=schema)


def last_where(mask: Mask) -> Ints:
    """For every position, the last position up to it where the mask holds, else -1."""
    places = np.flatnonzero(mask)
    if not places.size:
        return np.full(mask.size, -1, np.int64)
    seen = np.repeat(places, np.diff(np.append(places, mask.size)))
    return np.concatenate((np.full(places[0], -1, np.int64), seen))


def spread(places: Ints, values: npt.NDArray[Value], size: int, before: Value) -> npt.NDArray[Value]:
    """For every position, the value of the last of these places up to it, and ``before`` where there is none."""
    if not places.size:
        return np.full(size, before, values.dtype)
    first = np.full(int(places[0]), before, values.dtype)
    return np.concatenate((first, np.repeat(values, np.diff(np.append(places, size)))))


def numbered(mask: Mask) -> Ints:
    """For every position, the number (from 0) of the last position up to it where the mask holds, else -1."""
    return np.cumsum(mask, dtype=np.int32) - np.int32(1)


def first_of(owner: Ints, segment: Ints, owners: int) -> Ints:
    """For every owner, the first of the segments that belong to it, else -1."""
    out = np.full(owners, -1, np.int64)
    out[owner[::-1]] = segment[::-1]
    return out


def rank_in_run(owner: Ints) -> Ints:
    """Each row's place, from 1, in its run of equal neighbours."""
    new = np.ones(owner.size, bool)
    new[1:] = owner[1:] != owner[:-1]
    return np.arange(1, owner.size + 1) - last_where(new)


def expanded(counts: Ints) -> tuple[Ints, Ints]:
    """Each row repeated so many times: which row, and the how-manieth of it (from 0)."""
    rows = np.repeat(np.arange(counts.size), counts)
    starts = np.cumsum(counts) - counts
    return rows, np.arange(rows.size) - starts[rows]
