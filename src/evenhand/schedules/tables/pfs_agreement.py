"""What must agree within tables of the physician fee schedule."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from evenhand.schedules.tables.kind import Disagreement

#: Rows from which on what columns come to tells them apart; and the least a unit can be worth, in dollars.
_MANY, _LEAST = 100, 10


def relative_values_agree(table: pa.Table) -> Iterator[Disagreement]:
    """Totals are the sums of their parts, parts of a surgery one or nothing, all factors one, hospital amounts one."""
    for setting in ("office", "facility"):
        parts = pc.add(pc.add(table["work"], table[f"pe_{setting}"]), table["mp"])
        yield from _told(table, pc.not_equal(parts, table[f"total_{setting}"]), f"its {setting} total is not its parts")
    surgery = pc.add(pc.add(table["pre"], table["intra"]), table["post"])
    split = pc.and_(
        pc.not_equal(surgery, pa.scalar(0, surgery.type)), pc.not_equal(surgery, pa.scalar(1, surgery.type))
    )
    yield from _told(table, split, "before, during and after surgery are not the whole of it")
    factors = pc.value_counts(table["conversion_factor"]).to_pylist()
    usual = max(factors, key=lambda one: one["counts"])["values"] if factors else None
    other = pc.not_equal(table["conversion_factor"], pa.scalar(usual, table["conversion_factor"].type))
    yield from _told(table, other, "its conversion factor is not that of the other rows")
    if usual is not None and usual < _LEAST:
        yield 0, f"a conversion factor of {usual.normalize():f} dollars is none"
    alike = pc.not_equal(table["opps_pe_office"], table["opps_pe_facility"])
    yield from _told(table, alike, "its two practice expenses of a hospital's payment are not the same")

    yield from _in_order(table)


def _in_order(table: pa.Table) -> Iterator[Disagreement]:
    """Columns of one form are told by what they come to: malpractice to less than work, and so on."""
    if table.num_rows < _MANY:
        return
    for less, more in (("mp", "work"), ("pre", "post"), ("post", "intra")):
        if (pc.sum(table[less]).as_py() or 0) > (pc.sum(table[more]).as_py() or 0):
            yield 0, f"all in all, {less} comes to more than {more}: the columns have changed places"


def indices_in_order(table: pa.Table) -> Iterator[Disagreement]:
    """Work varies least from place to place and malpractice most: so lies the least of each."""
    least = {name: pc.min(table[name]).as_py() or 0 for name in ("mp", "pe", "work")}
    if table.num_rows >= _MANY and not least["mp"] <= least["pe"] <= least["work"]:
        yield 0, "the least index of malpractice, practice expense and work are not in this order"


def both_settings_alike(table: pa.Table) -> Iterator[Disagreement]:
    """A hospital's amount is one, wherever the imaging is billed from: both settings have the same."""
    yield from _told(table, pc.not_equal(table["facility"], table["office"]), "its two amounts are not the same")


def _told(table: pa.Table, wrong: pa.ChunkedArray, what: str) -> Iterator[Disagreement]:
    """A sentence for each row that is wrong; where one side is missing there is nothing to compare."""
    for place in pc.indices_nonzero(pc.fill_null(wrong, False)).to_pylist():
        row = table.select(["code", "modifier"]).slice(place, 1).to_pylist()[0]
        yield place, f"{row['code']} {row['modifier'] or ''}".strip() + f": {what}"
