"""What a file says against what its tables and findings hold, element by element, to the cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import pyarrow as pa

from evenhand.claims.schema import TABLES, content_hash
from evenhand.claims.x12 import control_totals, read_x12
from evenhand.claims.x12.findings import quoted

Tables = dict[str, pa.Table]

#: Control total → the columns that hold it.
COLUMNS = {
    "BPR02": [("remits", "payment_amount")],
    "CLP03": [("remit_claims", "charge_amount")],
    "CLP04": [("remit_claims", "paid_amount")],
    "CLP05": [("remit_claims", "patient_responsibility_amount")],
    "SVC02": [("remit_lines", "charge_amount")],
    "SVC03": [("remit_lines", "paid_amount")],
    "CAS": [("adjustments", "amount"), ("other_payer_adjustments", "amount")],
    "PLB": [("provider_adjustments", "amount")],
    "CLM02": [("claims", "charge_amount")],
    "SVx": [("lines", "charge_amount")],
}
_SERVICES = {"SV102": "SVx", "SV203": "SVx", "SV302": "SVx"}


def read_all(content: bytes, block_bytes: int = 2 << 20) -> Tables:
    """All tables of a file, each whole; every batch is checked to have the schema's shape."""
    parts: dict[str, list[pa.Table]] = {}
    for batch in read_x12(content, sha256=content_hash(content), block_bytes=block_bytes):
        for name, table in batch.items():
            assert table.schema == TABLES[name].schema, name
            assert table.num_rows, f"{name} has no rows and should not be there"
            parts.setdefault(name, []).append(table)
    return {name: pa.concat_tables(tables).combine_chunks() for name, tables in parts.items()}


def rows(tables: Tables, name: str) -> list[dict[str, object]]:
    """The rows of a table; none when it is not there."""
    return tables[name].to_pylist() if name in tables else []


def differences(content: bytes, tables: Tables) -> list[str]:
    """Everything the file says that is in neither table nor finding, or in both; nothing when all adds up."""
    said = control_totals(content)
    held: Counter[str] = Counter()
    for label, columns in COLUMNS.items():
        for table, column in columns:
            held[label] += _cents(tables[table][column].to_pylist()) if table in tables else 0
    held.update(_amt(tables))
    unread: list[tuple[str, str]] = []
    for finding in rows(tables, "findings"):
        element = str(finding["element"])
        if finding["rule"] == "segment-position" and finding["amount"] is not None:
            held[_label(element)] += _cents([finding["amount"]])
        if finding["rule"] == "bad-amount" and element[:3] not in ("MIA", "MOA", "HCP"):
            unread.append((element, str(finding["found"])))
    expected: Counter[str] = Counter()
    for element, cents in said.cents.items():
        expected[_label(element)] += cents
    wrong = [
        f"{label}: the file says {expected[label]}, tables and findings hold {held[label]}"
        for label in sorted(set(expected) | set(held))
        if expected[label] != held[label]
    ]
    if sorted(unread) != sorted((element, quoted(text)) for element, text in said.unreadable):
        wrong.append(f"unreadable: the file has {said.unreadable}, findings have {unread}")
    return wrong


def _label(element: str) -> str:
    name = element[:3]
    return name if name in ("CAS", "PLB") else _SERVICES.get(element, element)


def _amt(tables: Tables) -> Counter[str]:
    """What AMT and SVD segments say, in all the places they go to."""
    held: Counter[str] = Counter()
    for table, columns in (
        ("remit_claims", ("reported_allowed_amount", "interest_amount")),
        ("remit_lines", ("reported_allowed_amount",)),
    ):
        for column in columns:
            held["AMT02"] += _cents(tables[table][column].to_pylist()) if table in tables else 0
    own = [
        row["amount"] for row in rows(tables, "remit_amounts") if not str(row["qualifier"]).startswith(("MIA", "MOA"))
    ]
    held["AMT02"] += _cents(own)
    for row in rows(tables, "other_payers"):
        held["AMT02" if row["line_key"] is None else "SVD02"] += _cents([row["paid_amount"]])
    return held


def _cents(amounts: Iterable[object]) -> int:
    return sum(int(amount * 100) for amount in amounts if isinstance(amount, Decimal))
