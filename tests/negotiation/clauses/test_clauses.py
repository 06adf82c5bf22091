"""Provisions in dollars by hand: each formula on forty claims of $100, and what cannot be valued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from evenhand.contracts import Contract
from evenhand.contracts.durations import Duration
from evenhand.engines import DuckDB
from evenhand.errors import ContractError, SelectionError, UsageError
from evenhand.negotiation.clauses import ClauseQuestion, ClauseReport, clause_assumptions, clauses

MONEY, TEXT, KEY, DAY = pa.decimal128(18, 2), pa.string(), pa.int64(), pa.date32()
ANNUAL = 365.25 / 365
LINES = pa.schema(
    [
        ("line_key", KEY),
        ("claim_key", KEY),
        ("state", TEXT),
        ("payer_sequence", TEXT),
        ("why_not", TEXT),
        ("judged", pa.bool_()),
        ("allowed_amount", MONEY),
        ("denial_reason", TEXT),
    ]
)
CLAIMS = pa.schema(
    [
        ("claim_key", KEY),
        ("state", TEXT),
        ("paid_amount", MONEY),
        ("patient_amount", MONEY),
        ("days_to_pay", pa.int32()),
        ("received_date", DAY),
    ]
)
SERVED = date(2025, 6, 1)


@pytest.fixture
def answered(claims: Callable[..., DuckDB]) -> Callable[..., DuckDB]:
    """Claims of one line, each of its own patient: allowed as agreed and paid after 20 days unless a row says more."""

    def made(rows: list[dict[str, Any]]) -> DuckDB:
        engine = claims(
            [{"code": row.get("code", "99213"), "payer": row.get("payer", "Summit Health")} for row in rows]
        )
        numbers = pa.table({"at": range(1, len(rows) + 1), "m": [f"M{at}" for at in range(len(rows))]})
        engine.put("members", numbers)
        named = "select c.* replace (m.m as member_id) from service_claims as c join members as m on m.at = c.claim_key"
        engine.put("service_claims", engine.arrow(named))
        engine.put("settled_lines", pa.Table.from_pylist([_line(*row) for row in enumerate(rows, 1)], LINES))
        engine.put("settled_claims", pa.Table.from_pylist([_claim(*row) for row in enumerate(rows, 1)], CLAIMS))
        held = [{"claim_key": at, "prior_authorization": row.get("number")} for at, row in enumerate(rows, 1)]
        engine.put("claims", pa.Table.from_pylist(held, pa.schema([("claim_key", KEY), ("prior_authorization", TEXT)])))
        return engine

    return made


def _line(key: int, row: dict[str, Any]) -> dict[str, Any]:
    state = row.get("state", "paid")
    allowed = None if state == "denied" else Decimal(row.get("allowed", "100.00"))
    told = {"line_key": key, "claim_key": key, "state": state, "payer_sequence": "primary", "judged": state == "paid"}
    return {**told, "allowed_amount": allowed, "denial_reason": row.get("reason")}


def _claim(key: int, row: dict[str, Any]) -> dict[str, Any]:
    state = row.get("state", "paid")
    paid = Decimal(row.get("allowed", "100.00")) if state == "paid" else Decimal("0.00")
    told = {"claim_key": key, "state": state, "paid_amount": paid, "patient_amount": Decimal("0.00")}
    received = SERVED + timedelta(days=row.get("filed", 3))
    return {**told, "days_to_pay": row.get("days", 20) if state == "paid" else None, "received_date": received}


def certain(**given: float) -> dict[str, float]:
    """Every assumption at its value, without a range."""
    return {one.name: one.value for one in clause_assumptions().values()} | given


def ask(engine: DuckDB, contract: Contract, *, offer: Contract | None = None, **more: Any) -> ClauseReport:
    given = certain(**more.pop("given", {}))
    return clauses(engine, contract, offer, ClauseQuestion(given=given, draws=2000, **more))


def row_of(report: ClauseReport, name: str) -> dict[str, Any]:
    return next(row for row in report.clauses if row["provision"] == name)


def saying(contract: Contract, **provisions: Any) -> Contract:
    return replace(contract, provisions=provisions, versions=(replace(contract.versions[0], provisions=provisions),))


@pytest.fixture
def hundred(fees: Any, contract: Any) -> Contract:
    """A contract that pays $100 a visit."""
    made: Contract = contract(fees(c99213="100.00"))
    return made


def test_payment_days(answered: Any, hundred: Contract) -> None:
    """Half are paid after 20 days, half after 60; 80 % obey a limit of 30: (20 + 30) ÷ 2 = 25 instead of 32.5 at 45."""
    rows = [{"days": 20}] * 20 + [{"days": 60}] * 20
    given = {"cost_of_capital": 0.08, "obeys": 0.8, "follows": 0.1}

    report = ask(answered(rows), saying(hundred, payment_days=45), changes={"payment_days": ("", "30")}, given=given)

    row, sooner = row_of(report, "payment_days"), 0.8 * (32.5 - 25) + 0.1 * 15
    assert row["worth"] == pytest.approx(4000 * ANNUAL * 0.08 / 365.25 * sooner, rel=0.02)
    assert (row["now"], row["then"], row["from_where"]) == ("45 days", "30 days", "asked")
    assert row["as_rates"] == pytest.approx(row["worth"] / (4000 * ANNUAL))
    assert report.rate_point == pytest.approx(40 * ANNUAL)


def test_timely_filing(answered: Any, hundred: Contract) -> None:
    """Forty of four hundred claims came after more than 90 days, none after more than 180."""
    rows = [{"filed": 10}] * 360 + [{"filed": 120}] * 40

    report = ask(
        answered(rows), hundred, changes={"timely_filing": ("90 days", "180 days")}, given={"lost_when_late": 1.0}
    )

    row = row_of(report, "timely_filing")
    assert row["p10"] < row["worth"] < row["p90"]
    assert row["worth"] == pytest.approx(4000 * ANNUAL, rel=0.05)


def test_retro_audit(answered: Any, hundred: Contract) -> None:
    rows: list[dict[str, Any]] = [{}] * 180 + [{"state": "reversed"}] * 20

    report = ask(
        answered(rows), saying(hundred, retro_audit=Duration(24, "month")), changes={"retro_audit": ("", "6 months")}
    )

    assert row_of(report, "retro_audit")["worth"] == pytest.approx(2000 * ANNUAL * 0.75, rel=0.05)


def test_prior_authorization(answered: Any, hundred: Contract) -> None:
    """Twenty denied of $100 each, four in ten won back; 32 asked at $11: half of the list gone is half of that."""
    rows = [{"number": "A1"}] * 32 + [{}] * 148 + [{"state": "denied", "reason": "197"}] * 20

    report = ask(answered(rows), hundred, changes={"prior_authorization": ("required", "0.5")})

    worth = (2000 * 0.6 + 32 * 11) / 2 * ANNUAL
    assert row_of(report, "prior_authorization")["worth"] == pytest.approx(worth, rel=0.1)


def test_termination_notice(answered: Any, hundred: Contract) -> None:
    given = {"termination_chance": 0.02, "contribution": 0.4, "days_to_replace": 200}
    report = ask(answered([{}] * 40), hundred, changes={"termination_notice": ("90 days", "180 days")}, given=given)
    assert row_of(report, "termination_notice")["worth"] == pytest.approx(
        0.02 * 4000 * ANNUAL * 0.4 * 90 / 365.25, rel=0.01
    )


def test_evergreen_without_escalator(answered: Any, hundred: Contract) -> None:
    report = ask(answered([{}] * 40), replace(hundred, renewal={"evergreen": Duration(1, "year")}))
    row = row_of(report, "evergreen_escalator")
    assert (row["now"], row["then"]) == ("0%", "3%")
    assert row["worth"] == pytest.approx(0.4 * 4000 * ANNUAL * 0.03, rel=0.01)


def test_amendment_and_all_products(answered: Any, hundred: Contract) -> None:
    changes = {"unilateral_amendment": ("yes", "no"), "all_products": ("no", "yes")}
    report = ask(answered([{}] * 40), hundred, changes=changes)
    assert row_of(report, "unilateral_amendment")["worth"] == pytest.approx(4000 * ANNUAL * 0.3 * 0.006, rel=0.01)
    assert row_of(report, "all_products")["worth"] == pytest.approx(-4000 * ANNUAL * 0.05 * 0.15, rel=0.01)


def test_most_favoured_nation(answered: Any, fees: Any, contract: Any) -> None:
    """Another payer allows 80 for what this one allows 100: a chance of one in five costs 4 %."""
    codes = ["99211", "99212", "99213", "99214", "99215"]
    rows = [{"code": codes[at % 5]} for at in range(40)]
    rows += [{"code": codes[at % 5], "payer": "Other", "allowed": "80.00"} for at in range(30)]

    report = ask(answered(rows), contract(fees(**{f"c{code}": "100.00" for code in codes})))

    assert row_of(report, "most_favoured_nation")["worth"] == pytest.approx(-4000 * ANNUAL * 0.2 * 0.2, rel=0.01)
    assert "the lowest other payer allows 20.0% less" in report.notes[-1]


def test_dispute_resolution(answered: Any, hundred: Contract) -> None:
    """Fifty claims short by $10 and ten denied for necessity: $1,500, of which a quarter more comes back."""
    rows: list[dict[str, Any]] = [{}] * 150 + [{"allowed": "90.00"}] * 50 + [{"state": "denied", "reason": "50"}] * 10
    report = ask(answered(rows), hundred, changes={"dispute_resolution": ("internal appeal", "arbitration")})
    assert row_of(report, "dispute_resolution")["worth"] == pytest.approx(1500 * ANNUAL * 0.25, rel=0.05)


def test_what_cannot_be_valued_says_why_and_is_never_zero(answered: Any, hundred: Contract) -> None:
    report = ask(answered([{}] * 40), hundred)

    said = {row["provision"]: row["why_not"] for row in report.clauses if row["worth"] is None}
    assert said == {
        "timely_filing": "no claim was received later than the shorter limit",
        "retro_audit": "no payment of these claims was taken back for good",
        "prior_authorization": "no claim was denied for authorisation (CARC 15, 197, 198, 243) and none names a number",
        "evergreen_escalator": "the contract states no evergreen renewal",
        "most_favoured_nation": "the book holds no other payer with 30 claims and five codes in common",
        "dispute_resolution": "nothing was allowed below the contract or denied for necessity (CARC 50, 55 to 58)",
    }
    assert all(row["worth"] for row in report.clauses if row["why_not"] is None)


def test_dollars_of_few_patients_are_not_told(answered: Any, hundred: Contract) -> None:
    kinds = [{"state": "reversed"}, {"state": "denied", "reason": "197"}, {"state": "denied", "reason": "50"}]
    rows: list[dict[str, Any]] = [{}] * 40 + kinds * 10 + [{"filed": 100}] * 10

    report = ask(answered(rows), hundred)

    assert {row["provision"]: row["why_not"] for row in report.clauses if row["worth"] is None} == {
        "timely_filing": "fewer than 11 claims came after the shorter limit",
        "retro_audit": "fewer than 11 patients had a payment taken back",
        "prior_authorization": "fewer than 11 patients were denied for authorisation",
        "evergreen_escalator": "the contract states no evergreen renewal",
        "most_favoured_nation": "the book holds no other payer with 30 claims and five codes in common",
        "dispute_resolution": "fewer than 11 patients were paid short or denied for necessity",
    }
    assert not {"taken_back", "denied_authorization", "denied_necessity"} & {row["name"] for row in report.evidence}


def test_a_book_without_remittances_values_only_what_needs_none(answered: Any, hundred: Contract) -> None:
    report = ask(answered([{"state": "not remitted"}] * 40), hundred)
    why = "fewer than 30 claims of these days have been answered"
    assert row_of(report, "payment_days")["why_not"] == why
    assert row_of(report, "timely_filing")["why_not"].startswith(why)
    assert row_of(report, "termination_notice")["worth"] > 0
    assert report.rate_point == pytest.approx(40 * ANNUAL)
    assert report.notes == ("What is paid is not known: one percent on rates is of the dollars to be allowed.",)


def test_an_offer_s_own_changes(answered: Any, hundred: Contract, fees: Any, contract: Any) -> None:
    offer = saying(contract(fees(c99213="100.00"), offer="Round 1"), payment_days=15, retro_audit=Duration(1, "year"))
    report = ask(answered([{}] * 40), saying(hundred, payment_days=30, retro_audit=Duration(12, "month")), offer=offer)
    assert [(row["provision"], row["now"], row["then"]) for row in report.clauses] == [
        ("payment_days", "30 days", "15 days")
    ]
    assert report.offer == "Round 1"


def test_a_formula_without_a_value_says_so(answered: Any, hundred: Contract) -> None:
    rows: list[dict[str, Any]] = [{}] * 40 + [{"state": "reversed"}] * 20
    report = ask(answered(rows), hundred, changes={"retro_audit": ("0", "12")})
    assert row_of(report, "retro_audit")["why_not"] == "the formula has no value there"


def test_claims_denied_as_late_in_time_are_told(answered: Any, hundred: Contract) -> None:
    rows: list[dict[str, Any]] = [{}] * 30 + [{"state": "denied", "reason": "29", "filed": 40}] * 12
    report = ask(answered(rows), saying(hundred, timely_filing=Duration(90, "day")))
    assert (
        "12 claims ($1,200 agreed) were denied as filed too late (CARC 29), though received within the 90 days"
        in (report.notes[0])
    )


def test_a_formula_of_one_s_own(answered: Any, hundred: Contract, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("all_products: {cost: it * allowed * 0.5, says: Half of it.}\n", encoding="utf-8")

    report = ask(answered([{}] * 40), hundred, changes={"all_products": ("no", "yes")}, formulas=file)

    assert row_of(report, "all_products")["worth"] == pytest.approx(-2000 * ANNUAL, rel=0.001)
    (told,) = report.formulas.rows()
    assert (told["cost"], told["says"], told["source"]) == ("it * allowed * 0.5", "Half of it.", "mine.yaml")


def test_a_broken_formula_is_refused_with_its_line(answered: Any, hundred: Contract, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("payment_days:\n  cost: payed * 2\npaymentdays: {cost: '1'}\n", encoding="utf-8")
    with pytest.raises(ContractError) as refused:
        ask(answered([{}] * 40), hundred, formulas=file)
    assert [str(problem).split(";")[0] for problem in refused.value.problems] == [
        "mine.yaml:2: payment_days: 'payed' is no name here",
        "mine.yaml:3: 'paymentdays' is no provision here",
    ]


def test_what_cannot_be_asked(answered: Any, hundred: Contract) -> None:
    engine = answered([{}] * 40)
    with pytest.raises(UsageError, match="'price' is no provision with a formula; there are payment_days"):
        ask(engine, hundred, changes={"price": ("", "1")})
    with pytest.raises(
        UsageError, match="payment_days: 'soon:30' cannot be read; write it like payment_days=45 days:30"
    ):
        ask(engine, hundred, changes={"payment_days": ("soon", "30")})
    with pytest.raises(SelectionError, match="fewer than 11 patients"):
        ask(answered([{}] * 10), hundred)
    with pytest.raises(SelectionError, match="no claim of these days is priced under"):
        ask(answered([{"code": "99999"}] * 40), hundred)
