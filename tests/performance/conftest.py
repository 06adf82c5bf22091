"""Books small enough to reckon by hand: claims are added one by one, as settled and as priced."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from evenhand.contracts.model import Contract, Parties
from evenhand.engines import DuckDB
from evenhand.performance import Basis
from evenhand.periods import Period

MONEY = pa.decimal128(18, 2)
TEXT = pa.string()
KEY = pa.int64()
DAY = pa.date32()
COUNT = pa.int32()
SHARE = pa.decimal128(12, 6)
UNITS = pa.decimal128(18, 3)
FLAG = pa.bool_()


def _columns(**kinds: pa.DataType) -> pa.Schema:
    return pa.schema(list(kinds.items()))


def _texts(names: str) -> dict[str, pa.DataType]:
    return dict.fromkeys(names.split(), TEXT)


TABLES: dict[str, pa.Schema] = {
    "service_claims": _columns(
        claim_key=KEY,
        **_texts("origin claim_id claim_type payer payer_id product plan group_number"),
        **_texts("billing_npi billing_tin rendering_npi member_id"),
        claim_start_date=DAY,
        claim_end_date=DAY,
        admission_date=DAY,
        discharge_date=DAY,
        **_texts("bill_type_code drg_code network site_npi site_zip place_of_service_code"),
        age=COUNT,
        **_texts("patient_sex discharge_status"),
        charge_amount=MONEY,
    ),
    "service_lines": _columns(
        line_key=KEY,
        claim_key=KEY,
        claim_line_number=COUNT,
        **_texts("revenue_center_code hcpcs_code modifiers"),
        units=UNITS,
        **_texts("unit_measure place_of_service_code setting"),
        service_date=DAY,
        charge_amount=MONEY,
        rendering_npi=TEXT,
        invoice_amount=MONEY,
    ),
    "settled_lines": _columns(
        line_key=KEY,
        claim_key=KEY,
        **_texts("state match_method"),
        remit_claim_key=KEY,
        remit_line_key=KEY,
        remit_lines=COUNT,
        allowed_amount=MONEY,
        allowed_method=TEXT,
        paid_amount=MONEY,
        patient_amount=MONEY,
        **_texts("adjudicated_code adjudicated_modifiers"),
        adjudicated_units=UNITS,
        **_texts("denial_group denial_reason reasons remarks payer_sequence"),
        payment_date=DAY,
        is_final=FLAG,
        judged=FLAG,
        why_not=TEXT,
    ),
    "settled_claims": _columns(
        claim_key=KEY,
        remit_claim_key=KEY,
        state=TEXT,
        charge_amount=MONEY,
        allowed_amount=MONEY,
        allowed_method=TEXT,
        paid_amount=MONEY,
        patient_amount=MONEY,
        payment_date=DAY,
        first_payment_date=DAY,
        received_date=DAY,
        days_to_pay=COUNT,
        days_from=TEXT,
        reversals=COUNT,
        payer_sequence=TEXT,
        judged=FLAG,
        why_not=TEXT,
    ),
    "claim_payments": _columns(
        claim_key=KEY,
        remit_claim_key=KEY,
        payment_date=DAY,
        paid_amount=MONEY,
        interest_amount=MONEY,
        sequestration_amount=MONEY,
        withhold_amount=MONEY,
    ),
    "priced_lines": _columns(
        line_key=KEY,
        claim_key=KEY,
        contract_id=TEXT,
        version_no=COUNT,
        **_texts("outcome term cite method per schedule"),
        percent=SHARE,
        unit_rate=MONEY,
        modifier_factor=SHARE,
        procedure_rank=COUNT,
        procedure_factor=SHARE,
        fee_amount=MONEY,
        lesser_of=TEXT,
        expected_amount=MONEY,
    ),
    "priced_claims": _columns(
        claim_key=KEY, contract_id=TEXT, version_no=COUNT, outcome=TEXT, expected_amount=MONEY, unpriced_lines=COUNT
    ),
    "diagnoses": _columns(claim_key=KEY, position=COUNT, **_texts("kind code_type code")),
}


def money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@dataclass
class HandBook:
    """Collects rows; ``basis()`` puts them into an engine."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in TABLES})
    contracts: tuple[Contract, ...] = ()

    def claim(self, payer: str | None, lines: list[dict[str, Any]], **about: Any) -> int:
        """One claim; each line gives charge, expected and allowed, and what else is not the rule."""
        key = len(self.rows["service_claims"]) + 1
        charge = sum((Decimal(line["charge"]) for line in lines), Decimal(0))
        day = about.pop("day", date(2025, 3, 10))
        contract = about.pop("contract_id", "c1")
        self.rows["service_claims"].append(
            {"claim_key": key, "claim_id": f"A{key}", "payer": payer, "charge_amount": charge, "claim_start_date": day}
            | {name: about.pop(name) for name in ("payer_id", "product", "claim_type", "drg_code") if name in about}
        )
        self.rows["priced_claims"].append({"claim_key": key, "contract_id": contract, "version_no": 1})
        for number, line in enumerate(lines, 1):
            self._line(key, number, day, contract, dict(line))
        if about.pop("settled", True):
            self.rows["settled_claims"].append(
                {"claim_key": key, "state": "paid", "reversals": 0, "charge_amount": charge} | about
            )
        return key

    def _line(self, claim: int, number: int, day: date, contract: str, line: dict[str, Any]) -> None:
        key = claim * 100 + number
        both = {"line_key": key, "claim_key": claim}
        state = line.get("state", "paid")
        judged = state in ("paid", "cost share", "bundled") and line.get("why_not") is None
        expected = money(line["expected"])
        self.rows["service_lines"].append(
            both
            | {"claim_line_number": number, "hcpcs_code": line.get("code"), "modifiers": line.get("modifiers", "")}
            | {"units": Decimal(line.get("units", 1)), "service_date": day, "charge_amount": Decimal(line["charge"])}
            | {"setting": line.get("setting", "office"), "revenue_center_code": line.get("revenue")}
        )
        outcome = line.get("outcome", "no term" if expected is None else "priced")
        self.rows["priced_lines"].append(
            both
            | {"contract_id": contract, "version_no": 1, "outcome": outcome, "expected_amount": expected}
            | {"term": line.get("term", "Schedule"), "per": line.get("per", "unit"), "lesser_of": line.get("lesser_of")}
            | {"cite": line.get("cite", ""), "fee_amount": expected, "method": line.get("method", "fee_schedule")}
            | {name: line[name] for name in ("percent", "unit_rate", "modifier_factor") if name in line}
            | {name: line[name] for name in ("procedure_rank", "procedure_factor") if name in line}
        )
        if state != "not remitted":
            self.rows["settled_lines"].append(
                both
                | {"state": state, "allowed_amount": money(line.get("allowed")), "judged": judged, "is_final": True}
                | {"why_not": line.get("why_not") or (None if judged else state), "reasons": line.get("reasons", "")}
                | {"denial_group": line.get("group"), "denial_reason": line.get("reason")}
                | {"allowed_method": line.get("allowed_method", "derived"), "payer_sequence": "primary"}
                | {name: line[name] for name in line if name.startswith("adjudicated_")}
            )

    def basis(self) -> Basis:
        """The rows, typed, in an engine."""
        engine = DuckDB()
        for name, schema in TABLES.items():
            engine.put(name, pa.Table.from_pylist(self.rows[name], schema=schema))
        return Basis(engine, self.contracts)


def _contract(**changes: Any) -> Contract:
    period = Period(date(2025, 1, 1), date(2026, 1, 1))
    parties = Parties("Cedar Ridge", "Summit Health", payer_ids=("SUM1",), payer_aliases=("Summit Hlth",))
    return replace(Contract("c1", "Summit", parties, period, versions=()), **changes)


@pytest.fixture
def book() -> HandBook:
    return HandBook()


@pytest.fixture
def contract() -> Any:
    return _contract
