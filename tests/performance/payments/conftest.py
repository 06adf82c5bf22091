"""Claims under a contract as text: what is due for them by the steps, once the plain reading has said the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import Contract, check, read_contract
from evenhand.contracts.workbook import export_workbook, import_workbook
from evenhand.contracts.writer import write_contract
from evenhand.performance import Basis, PaymentReport, PaymentsQuestion, payments
from evenhand.performance.payments.oracle import PaidClaim, Payment, due
from evenhand.pricing.oracle import OracleClaim

HEAD = """\
contract: Riverside Surgery with Summit Health
id: c1
parties: {provider: Riverside Surgery, payer: Summit Health}
effective: 2025-01-01
terms:
  - {name: Service, for: {codes: "11111"}, pay: {amount: 1000}}
"""
FACTS = ("discharge_date", "product", "claim_type", "drg_code", "bill_type_code", "billing_npi", "billing_tin")


def _survives(folder: Path, contract: Contract, place: Path) -> None:
    """Written out, and through a workbook, it is the same contract."""
    export_workbook(folder, place / "contract.xlsx")
    bare = [
        replace(one, folder=None, digest="")
        for one in (contract, import_workbook(place / "contract.xlsx", place / "back"))
    ]
    assert bare[0] == bare[1]
    write_contract(contract, place / "written")
    assert [v.rules for v in read_contract(place / "written").versions] == [v.rules for v in contract.versions]


@pytest.fixture
def agreed(tmp_path: Path) -> Callable[..., Contract]:
    """A contract with rules given as text, and tables by file name, once it went through every form it takes."""

    def read(rules: str, tables: dict[str, str] | None = None) -> Contract:
        folder = tmp_path / "contract"
        folder.mkdir()
        (folder / "contract.yaml").write_text(HEAD + rules, encoding="utf-8")
        for name, content in (tables or {}).items():
            (folder / name).write_text(content, encoding="utf-8")
        contract, problems = check(folder)
        assert contract is not None, "; ".join(map(str, problems))
        _survives(folder, contract, tmp_path)
        return contract

    return read


def _row(number: int, about: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
    day, charge = about.get("day", date(2025, 3, 3)), Decimal(about.get("charge", 2000))
    key = {"claim_key": number}
    facts = {name: about[name] for name in FACTS if name in about}
    rows["service_claims"].append(
        key
        | facts
        | {"payer": "Summit Health", "charge_amount": charge, "claim_start_date": day, "claim_id": f"A{number}"}
    )
    rows["priced_claims"].append(
        key | {"contract_id": "c1", "version_no": 1, "unpriced_lines": 0, "expected_amount": Decimal(about["allowed"])}
    )
    rows["settled_claims"].append(
        key
        | {"state": "paid", "judged": True, "reversals": 0, "received_date": about.get("received")}
        | {"allowed_amount": Decimal(about.get("told", about["allowed"]))}
        | {"patient_amount": Decimal(about.get("patient", 0)), "charge_amount": charge}
    )
    rows["claim_payments"] += [key | _payment(*paid) for paid in about.get("paid", ())]


def _payment(day: date | None, amount: Any, besides: dict[str, Any] | None = None) -> dict[str, Any]:
    """A payment; besides it what the remittance says was taken, and of interest."""
    said = {f"{name}_amount": Decimal(value) for name, value in (besides or {}).items()}
    nothing = {"sequestration_amount": Decimal(0), "withhold_amount": Decimal(0)}
    return {"payment_date": day, "paid_amount": Decimal(amount)} | nothing | said


def _plain(about: dict[str, Any]) -> PaidClaim:
    day = about.get("day", date(2025, 3, 3))
    return PaidClaim(
        OracleClaim(lines=(), **{name: about[name] for name in FACTS if name in about}),
        about.get("discharge_date", day),
        Decimal(about.get("charge", 2000)),
        Decimal(about["allowed"]),
        Decimal(about.get("patient", 0)),
        about.get("received"),
        tuple(Payment(paid[0], Decimal(paid[1])) for paid in about.get("paid", ())),
    )


@pytest.fixture
def reported(book: Any) -> Callable[..., PaymentReport]:
    """The report on claims under a contract; every claim is what the plain reading says of it."""

    def ask(contract: Contract, claims: list[dict[str, Any]], accrue_to: date | None = None) -> PaymentReport:
        fresh = type(book)()
        for number, about in enumerate(claims, start=1):
            _row(number, about, fresh.rows)
        basis: Basis = replace(fresh.basis(), contracts=(contract,))
        report = payments(basis, PaymentsQuestion(accrue_to=accrue_to))
        for row, about in zip(report.expected, claims, strict=True):
            plain = due(contract.versions[0], _plain(about), accrue_to)
            assert {name: row[name] for name in plain.__dataclass_fields__} == {
                name: getattr(plain, name) for name in plain.__dataclass_fields__
            }, about
        return report

    return ask
