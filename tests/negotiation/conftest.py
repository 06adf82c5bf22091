"""Claims and contracts small enough to price by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from evenhand.contracts import Amended, Contract, FeeSchedule, Parties, Rate, Rules, Selector, Term, Version
from evenhand.contracts.methods import PaidBySchedule
from evenhand.engines import DuckDB
from evenhand.periods import Period

MONEY, TEXT, KEY, DAY = pa.decimal128(18, 2), pa.string(), pa.int64(), pa.date32()


def _schema(texts: str, **others: pa.DataType) -> pa.Schema:
    return pa.schema([*others.items(), *((name, TEXT) for name in texts.split())])


CLAIMS = _schema(
    "origin claim_id claim_type payer payer_id product plan group_number billing_npi billing_tin rendering_npi "
    "member_id bill_type_code drg_code network site_npi place_of_service_code",
    claim_key=KEY,
    claim_start_date=DAY,
    claim_end_date=DAY,
    admission_date=DAY,
    discharge_date=DAY,
    age=pa.int32(),
    patient_sex=pa.string(),
    discharge_status=pa.string(),
    charge_amount=MONEY,
)
LINES = _schema(
    "revenue_center_code hcpcs_code modifiers unit_measure place_of_service_code setting rendering_npi",
    line_key=KEY,
    claim_key=KEY,
    claim_line_number=pa.int32(),
    units=pa.decimal128(18, 3),
    service_date=DAY,
    charge_amount=MONEY,
    invoice_amount=MONEY,
)
SETTLED = _schema("state payer_sequence why_not", line_key=KEY, claim_key=KEY)
DIAGNOSES = _schema("kind code_type code", claim_key=KEY, position=pa.int32())


def engine_with(lines: list[dict[str, Any]]) -> DuckDB:
    """An engine where each row is a claim of one line; what is not said is the rule."""
    engine = DuckDB()
    claims, services, settled = [], [], []
    for key, line in enumerate(lines, 1):
        claim = {"claim_key": line.get("claim", key), "payer": line.get("payer", "Summit Health")}
        day, charge = line.get("day", date(2025, 6, 1)), Decimal(line.get("charge", "1000.00"))
        claims.append(claim | {"claim_start_date": day, "claim_type": line.get("claim_type", "professional")})
        service = {
            "line_key": key,
            "claim_key": claim["claim_key"],
            "hcpcs_code": line["code"],
            "charge_amount": charge,
        }
        service |= {"service_date": day, "units": Decimal(line.get("units", 1)), "claim_line_number": key}
        services.append(service | {"modifiers": "", "setting": "office"})
        if "state" in line or "payer_sequence" in line:
            settled.append(service | {"state": line.get("state", "paid"), "payer_sequence": line.get("payer_sequence")})
    unique = list({claim["claim_key"]: claim for claim in claims}.values())
    for name, rows, schema in (
        ("service_claims", unique, CLAIMS),
        ("service_lines", services, LINES),
        ("settled_lines", settled, SETTLED),
        ("diagnoses", [], DIAGNOSES),
    ):
        engine.put(name, pa.Table.from_pylist(rows, schema=schema))
    return engine


def schedule(**rates: str) -> FeeSchedule:
    """A schedule; codes are written as `c99213`."""
    return FeeSchedule("fees", tuple(Rate(code[1:], Decimal(amount)) for code, amount in rates.items()))


def contract_with(fees: FeeSchedule, *, offer: str = "", **rules: Any) -> Contract:
    """A contract of one term from 2025; with ``offer`` the same with an unsigned change from 2026."""
    period = Period(date(2025, 1, 1), date(2028, 1, 1))
    term = Term("Fee schedule", PaidBySchedule("fees"), Selector(on_schedule=True))
    version = Version(period, (term,), Rules(**rules), {"fees": fees}, ())
    plain = Contract("summit", "Summit contract", Parties("Cedar Ridge", "Summit Health"), period, (version,))
    return replace(plain, amendments=(Amended(offer, date(2026, 1, 1)),)) if offer else plain


@pytest.fixture
def claims() -> Callable[..., DuckDB]:
    return engine_with


@pytest.fixture
def fees() -> Callable[..., FeeSchedule]:
    return schedule


@pytest.fixture
def contract() -> Callable[..., Contract]:
    return contract_with
