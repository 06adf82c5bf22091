"""Claims with patients and settlements, small enough to value by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from evenhand.engines import DuckDB

MONEY, TEXT, KEY, DAY = pa.decimal128(18, 2), pa.string(), pa.int64(), pa.date32()
SETTLED_LINES = pa.schema(
    [
        ("line_key", KEY),
        ("claim_key", KEY),
        ("state", TEXT),
        ("payer_sequence", TEXT),
        ("why_not", TEXT),
        ("judged", pa.bool_()),
        ("allowed_amount", MONEY),
        ("patient_amount", MONEY),
        ("denial_reason", TEXT),
        ("denial_group", TEXT),
    ]
)
SETTLED_CLAIMS = pa.schema(
    [
        ("claim_key", KEY),
        ("state", TEXT),
        ("paid_amount", MONEY),
        ("patient_amount", MONEY),
        ("allowed_amount", MONEY),
        ("first_payment_date", DAY),
        ("received_date", DAY),
        ("days_to_pay", pa.int32()),
        ("reversals", pa.int32()),
    ]
)
#: Assumptions that leave dollars as they are priced.
PLAIN = {
    "volume_growth": 0.0,
    "mix_carried": 0.0,
    "charge_growth": 0.0,
    "denied_share": 0.0,
    "paid_as_agreed": 1.0,
    "patient_share": 0.0,
    "patient_collected": 1.0,
    "days_to_pay": 0.0,
    "cost_of_capital": 0.0,
    "discount_rate": 0.0,
    "volume_shock": 0.0,
    "dispersion": 0.0,
}


@pytest.fixture
def plain() -> dict[str, float]:
    return dict(PLAIN)


@pytest.fixture
def settled(claims: Callable[..., DuckDB]) -> Callable[..., DuckDB]:
    """An engine where each row is a claim of one line of a patient of its own; ``settled: …`` says what came of it."""

    def made(lines: list[dict[str, Any]]) -> DuckDB:
        engine = claims([{**line, "state": line.get("state", "paid")} for line in lines])
        members = pa.table(
            {"at": range(1, len(lines) + 1), "m": [x.get("member", f"M{n}") for n, x in enumerate(lines)]}
        )
        engine.put("members", members)
        named = "select c.* replace (m.m as member_id, 'claim' as origin) from service_claims as c"
        rows = f"{named} join members as m on m.at = c.claim_key"
        engine.put("service_claims", engine.arrow(rows))
        engine.put("settled_lines", pa.Table.from_pylist([_line(n, x) for n, x in enumerate(lines, 1)], SETTLED_LINES))
        engine.put(
            "settled_claims", pa.Table.from_pylist([_claim(n, x) for n, x in enumerate(lines, 1)], SETTLED_CLAIMS)
        )
        return engine

    return made


def _line(key: int, line: dict[str, Any]) -> dict[str, Any]:
    state = line.get("state", "paid")
    allowed = Decimal(line["allowed"]) if "allowed" in line else None
    return {
        "line_key": key,
        "claim_key": key,
        "state": state,
        "payer_sequence": "primary",
        "judged": state == "paid" and allowed is not None,
        "allowed_amount": allowed,
        "patient_amount": Decimal(line.get("patient", "0.00")),
        "denial_reason": line.get("reason"),
        "denial_group": "CO" if "reason" in line else None,
    }


def _claim(key: int, line: dict[str, Any]) -> dict[str, Any]:
    day = line.get("day", date(2025, 6, 1))
    paid = "days" in line
    return {
        "claim_key": key,
        "state": line.get("state", "paid"),
        "paid_amount": Decimal(line.get("paid", "100.00" if paid else "0.00")),
        "patient_amount": Decimal(line.get("patient", "0.00")),
        "allowed_amount": Decimal(line["allowed"]) if "allowed" in line else None,
        "first_payment_date": day + timedelta(days=line["days"]) if paid else None,
        "received_date": day + timedelta(days=line.get("received", 0)) if paid else None,
        "days_to_pay": line["days"] - line.get("received", 0) if paid else None,
        "reversals": line.get("reversals", 0),
    }
