"""A table of inpatient claims from a file; its rows may carry their hospital's own columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from evenhand.errors import Log
from evenhand.schedules.ipps.columns import Cells, Column, read_table, refuse
from evenhand.schedules.ipps.hospital import HOSPITAL_COLUMNS, Hospital, hospital_of
from evenhand.schedules.ipps.tables import CLAIMS

_CLAIM_COLUMNS = (
    Column("claim_id", ("claim", "claim number", "icn")),
    Column("drg", ("ms drg", "drg code"), needed=True),
    Column("review_code", ("review",)),
    Column("length_of_stay", ("los", "days"), needed=True),
    Column("charge_amount", ("charges", "charge", "covered charges", "total charges"), needed=True),
    Column("new_technology_cap_amount", ("new technology cap",)),
    Column("new_technology_share", ("new technology percent",)),
)
_REVIEWS = {
    "": "0", "0": "0", "00": "0", "normal": "0",
    "3": "3", "03": "3", "transfer": "3",
    "9": "9", "09": "9", "post acute": "9", "post acute transfer": "9",
}  # fmt: skip


def read_claims(path: Path, hospitals: Sequence[Hospital] = ()) -> tuple[pa.Table, list[Hospital]]:
    """Claims from a CSV or Excel table, columns by their headings, and the hospitals they were at.

    Args:
        path: The file.
        hospitals: The hospitals its ``provider`` column names; without any, its rows carry their hospital's columns
            (:data:`~evenhand.schedules.ipps.hospital.HOSPITAL_COLUMNS`).

    Raises:
        ReadError: A cell cannot be used, or a column is missing; the message tells all of them.
    """
    if hospitals:
        rows, log = read_table(path, (*_CLAIM_COLUMNS, Column("provider", HOSPITAL_COLUMNS[0].also, needed=True)))
        found, providers = list(hospitals), [cells.text("provider") for cells in rows]
    else:
        rows, log = read_table(
            path, (*_CLAIM_COLUMNS, *HOSPITAL_COLUMNS), ", or give the hospitals in a table of their own"
        )
        found, providers = _own_hospitals(rows, log)
    claims = [_claim(cells, provider) for cells, provider in zip(rows, providers, strict=True)]
    refuse(log)
    return pa.Table.from_pylist(claims, CLAIMS), found


def _own_hospitals(rows: Sequence[Cells], log: Log) -> tuple[list[Hospital], list[str]]:
    """The hospital of each row, equal ones once; one without a name is called after the line it first stands on."""
    named: dict[str, Hospital] = {}
    nameless: dict[Hospital, str] = {}
    providers = []
    for cells in rows:
        described = hospital_of(cells)
        name = described.provider or nameless.setdefault(described, f"line {cells.line}")
        if named.setdefault(name, described) != described:
            log.error(cells.line, f"'{name}' is described otherwise on a line above", "give the hospitals in a file")
        providers.append(name)
    return [replace(hospital, provider=name) for name, hospital in named.items()], providers


def _claim(cells: Cells, provider: str) -> Mapping[str, Any]:
    return {
        "claim_id": cells.text("claim_id") or str(cells.line),
        "provider": provider,
        "drg": cells.text("drg"),
        "review_code": cells.choice("review_code", _REVIEWS),
        "length_of_stay": cells.whole("length_of_stay", 0, 9999) if cells.text("length_of_stay") else None,
        "charge_amount": _number(cells, "charge_amount", "999999999.99", 2),
        "new_technology_cap_amount": _number(cells, "new_technology_cap_amount", "9999999.99", 2),
        "new_technology_share": _number(cells, "new_technology_share", "1", 4),
    }


def _number(cells: Cells, name: str, most: str, decimals: int) -> Decimal | None:
    """A number of the claim; none where the cell is empty: the claim then says why it has no price."""
    return cells.number(name, "0", most, decimals) if cells.text(name) else None
