"""Claims and contracts small enough to price by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
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
