"""Which column of a table stands for which fact of a claim: the layout every tabular reader works from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from evenhand.claims.schema import CLAIMS, LINES, Column

Kind = Literal["text", "money", "date", "quantity", "count", "zip"]
Level = Literal["line", "claim"]

#: Most diagnoses and procedures a row can carry.
MOST_CODES = 25


@dataclass(frozen=True, slots=True)
class Target:
    """A fact a column can stand for: its kind, whether it belongs to the claim or the line, what it means."""

    name: str
    kind: Kind
    level: Level
    meaning: str


_OURS = {"claim_key", "line_key", "file_id", "byte_offset", "byte_length"}
_KINDS: tuple[tuple[pa.DataType, Kind], ...] = (
    (pa.decimal128(18, 2), "money"),
    (pa.decimal128(18, 3), "quantity"),
    (pa.date32(), "date"),
    (pa.int32(), "count"),
)


def _kind(column: Column) -> Kind:
    if column.name.endswith("_zip"):
        return "zip"
    return next((kind for known, kind in _KINDS if column.type == known), "text")


def _targets() -> dict[str, Target]:
    """The columns of lines and claims, then what only a flat table has."""
    found: dict[str, Target] = {}
    for table, level in ((LINES, "line"), (CLAIMS, "claim")):
        for column in table.columns:
            if column.name not in _OURS and column.name not in found:
                assert level in ("line", "claim")
                found[column.name] = Target(column.name, _kind(column), level, column.meaning)  # type: ignore[arg-type]
    for name, meaning in (
        ("data_source", "where the rows come from; claim numbers are told apart by it"),
        ("ms_drg_code", "MS-DRG, where the table has it in a column of its own"),
        ("apr_drg_code", "APR-DRG, likewise"),
        ("diagnosis_code_type", "icd-10-cm or icd-9-cm"),
        ("procedure_code_type", "icd-10-pcs or icd-9-pcs"),
    ):
        found[name] = Target(name, "text", "claim", meaning)
    for number in range(1, MOST_CODES + 1):
        found[f"diagnosis_code_{number}"] = Target(f"diagnosis_code_{number}", "text", "claim", "diagnosis")
        found[f"diagnosis_poa_{number}"] = Target(f"diagnosis_poa_{number}", "text", "claim", "present on admission")
        found[f"procedure_code_{number}"] = Target(f"procedure_code_{number}", "text", "claim", "ICD procedure")
        found[f"procedure_date_{number}"] = Target(f"procedure_date_{number}", "date", "claim", "day of the procedure")
    return found


#: Every fact a column can stand for, by name. Names are Tuva's where Tuva has one.
TARGETS: dict[str, Target] = _targets()

#: Date forms that cannot be mistaken for one another, tried in turn.
DATE_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y")
MONEY_STYLES = ("us", "european", "cents")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where the value of one target comes from: a column, or a constant for the whole table.

    ``level`` matters for money: ``claim`` says the amount belongs to the claim and is repeated on each of its
    lines, so it is counted once. ``values`` replaces what the table says by what is meant.
    """

    column: str | None = None
    value: str | None = None
    level: Level = "line"
    format: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read: its cells, its way of writing money and dates, where its header stands.

    ``money`` is ``us`` (1,234.50), ``european`` (1.234,50) or ``cents`` (123450).
    """

    name: str
    cells: Mapping[str, Cell]
    money: str = "us"
    dates: tuple[str, ...] = DATE_FORMATS
    sheet: str | None = None
    header_row: int = 1

    @property
    def digest(self) -> str:
        """A hash of all that decides how a table is read."""
        said = [(name, self.cells[name]) for name in sorted(self.cells)]
        plain = [(name, c.column, c.value, c.level, c.format, sorted(c.values.items())) for name, c in said]
        whole = repr((self.name, plain, self.money, self.dates, self.sheet, self.header_row))
        return hashlib.sha256(whole.encode()).hexdigest()[:16]
