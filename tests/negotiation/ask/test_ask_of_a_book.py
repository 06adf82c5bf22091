"""The ask of a contract: rates measured by pricing, bounds, and an offer file that prices to the same dollars."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from evenhand.book import Book
from evenhand.contracts import read_contract, read_offer
from evenhand.errors import ContractError, UsageError
from evenhand.negotiation import OfferQuestion, offer_value
from evenhand.negotiation.ask import InfeasibleError, Limits, Shape
from evenhand.negotiation.ask.bounds import Market, read_market
from evenhand.negotiation.ask.from_book import Ask, ask_of
from evenhand.negotiation.ask.question import AskQuestion, Size
from evenhand.negotiation.ask.written import offer_files, write_offer
from evenhand.pricing import contracts_of

CONTRACT = """
contract: Cedar Ridge with Summit Health
parties: {provider: Cedar Ridge, payer: Summit Health}
effective: 2025-01-01
ends: 2027-12-31
terms:
  - name: Injections
    for: {codes: 20610}
    per: line
    pay: {amount: 80}
  - name: Fee schedule
    for: {codes: on schedule}
    pay: {fee_schedule: fees.csv}
  - name: Anything else
    pay: {percent_of_charges: 40}
rules:
  lesser_of: {level: line}
"""
MONEY = pa.decimal128(18, 2)
SETTLED = pa.schema(
    [("line_key", pa.int64()), ("claim_key", pa.int64()), ("state", pa.string()), ("payer_sequence", pa.string())]
    + [("why_not", pa.string())]
    + [(name, MONEY) for name in ("allowed_amount", "deductible_amount", "coinsurance_amount")]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "summit"
    place.mkdir()
    (place / "contract.yaml").write_text(CONTRACT)
    (place / "fees.csv").write_text("code,modifier,setting,amount\n99213,,,100.00\n29881,,,500.00\n29881,26,,300.00\n")
    return place


def settled(engine: Any, rows: list[dict[str, Any]]) -> Any:
    engine.put("settled_lines", pa.Table.from_pylist(rows, schema=SETTLED))
    return engine


def book_of(claims: Any, *lines: dict[str, Any]) -> Any:
    return settled(claims(list(lines)), [])


def asked(engine: Any, folder: Path, **question: Any) -> Ask:
    return ask_of(engine, read_contract(folder), AskQuestion(**{"budget": Size(dollars=255.0), **question}))


def priced(engine: Any, folder: Path, ask: Ask) -> Decimal:
    (offer, *_) = write_offer(ask, folder.parent / "ask.yaml")
    question = OfferQuestion(ask.first_day, ask.last_day)
    return offer_value(engine, read_contract(folder), read_offer(offer), question).change


def test_an_ask_worked_by_hand_is_what_the_engine_prices(claims: Any, folder: Path) -> None:
    """Ten visits at $100 and two scopes at $500: $20 and $100 of room; the plan pays 85 cents of each dollar."""
    engine = book_of(claims, *[{"code": "99213"}] * 10, *[{"code": "29881"}] * 2)

    found = asked(engine, folder)

    assert found.answer.gain == pytest.approx(0.955 * 300)  # the patients' 15 cents, of which 70 % are collected
    assert found.answer.cost == pytest.approx(255.0)
    assert found.answer.gap == 0.0
    assert found.allowed == pytest.approx(300.0)
    assert priced(engine, folder, found) == Decimal("300.00")
    assert found.worth[0].words.startswith("one more point of budget ($17) brings $19")


def test_terms_of_one_rate_are_asked_for_and_adjusted(claims: Any, folder: Path) -> None:
    engine = book_of(claims, *[{"code": "20610"}] * 10, *[{"code": "Z9999"}] * 2)

    found = asked(engine, folder, budget=Size(dollars=1000.0))

    assert {one.room.code: one.rise for one in found.rates} == {"Injections": 0.2, "Anything else": 0.2}
    assert found.allowed == pytest.approx(160.0 + 160.0)
    assert priced(engine, folder, found) == Decimal("320.00")


def test_charges_hold_a_rate_where_lesser_of_takes_most_of_it(claims: Any, folder: Path) -> None:
    """A charge of $540 ends a rise of $500: at 7.5 % all of it is paid, of the step to 10 % only a fifth."""
    engine = book_of(claims, *[{"code": "29881", "charge": "540.00"}] * 2, {"code": "99213", "charge": "100.00"})

    found = asked(engine, folder, budget=Size(dollars=1000.0))

    (scope,) = found.rates
    assert scope.bound.rise == pytest.approx(0.075)
    assert scope.bound.why == "charges"
    assert priced(engine, folder, found) == Decimal("75.00")
    assert [(rate.name, bound.why) for rate, bound in found.held] == [("99213", "charges")]


def test_the_market_bounds_each_rate(claims: Any, folder: Path) -> None:
    engine = book_of(claims, *[{"code": "99213"}] * 10, *[{"code": "29881"}] * 2)
    market = Market("mine.csv", {75: {("99213", "office"): 104.0, ("29881", ""): 450.0}, 90: {}})

    found = asked(engine, folder, market=market)

    (visit,) = found.rates
    assert visit.rise == pytest.approx(0.04)
    assert visit.bound.why == "market p75"
    assert [(rate.name, bound.why) for rate, bound in found.held] == [("29881", "market p75")]


def test_the_plans_share_is_read_from_the_remittances(claims: Any, folder: Path) -> None:
    """Of $100 allowed, $20 coinsurance grows with the rate, and half of a $10 deductible: the plan pays 75 cents."""
    engine = claims([{"code": "99213"}] * 40)
    rows = [
        {"line_key": key, "claim_key": key, "state": "paid", "allowed_amount": Decimal(100)}
        | {"deductible_amount": Decimal(10), "coinsurance_amount": Decimal(20)}
        for key in range(1, 41)
    ]

    (visit,) = asked(settled(engine, rows), folder).rates

    assert visit.room.payer_share == pytest.approx(0.75)
    assert visit.room.worth == pytest.approx(0.75 + 0.25 * 0.7)


def test_a_shaped_ask_is_priced_the_same(claims: Any, folder: Path) -> None:
    engine = book_of(claims, *[{"code": "99213"}] * 10, *[{"code": "29881"}] * 2)

    found = asked(engine, folder, shape=Shape(0))

    assert {one.room.code: round(one.rise, 6) for one in found.rates} in (
        {"99213": 0.2, "29881": 0.1},
        {"99213": 0.1, "29881": 0.2},
    )
    assert priced(engine, folder, found) == Decimal("300.00")


def test_an_ask_that_cannot_be_names_what_clashes(claims: Any, folder: Path) -> None:
    engine = book_of(claims, *[{"code": "99213"}] * 10, *[{"code": "29881"}] * 2)

    with pytest.raises(InfeasibleError, match=r"budget of \$255.*need of \$350"):
        asked(engine, folder, need=Size(dollars=350.0))


def test_files_there_are_not_written_over(claims: Any, folder: Path) -> None:
    engine = book_of(claims, *[{"code": "99213"}] * 10)
    found = asked(engine, folder)
    target = folder.parent / "ask.yaml"
    names = [path.name for path in offer_files(found, target)]
    write_offer(found, target)

    assert names == ["ask.yaml", "ask-1.csv"]
    assert "29881,26,,300.00" in (folder.parent / "ask-1.csv").read_text()
    with pytest.raises(UsageError, match="is there already"):
        write_offer(found, target)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"line_caps": {"Imagin": Size(share=0.1)}}, "no rate is in a service line called 'Imagin'"),
        ({"effective": date(2020, 1, 1)}, "the contract begins on 2025-01-01"),
        ({"effective": date(2029, 1, 1)}, "the contract ends on 2027-12-31; give --ends"),
        ({"most_rise": 3.0}, "a most rise of 300% makes no sense"),
        ({"shape": Shape(), "at_most": 3}, "choose one of these"),
    ],
)
def test_what_cannot_be_asked_is_refused(claims: Any, folder: Path, question: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        asked(book_of(claims, {"code": "99213"}), folder, **question)


def test_no_claim_of_the_contract_is_said(claims: Any, folder: Path) -> None:
    with pytest.raises(UsageError, match="is paid by a rate of Cedar Ridge with Summit Health"):
        asked(book_of(claims, {"code": "99213", "payer": "Prairie Mutual"}), folder)


def test_market_percentiles_are_read_and_refused_by_line(tmp_path: Path) -> None:
    good, bad, none = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "none.csv"
    good.write_text("CPT,Setting,p50,P75\n99213,facility,80,\n99213,,90.5,110\n")
    bad.write_text("code,p75\n99213,none\n99214,-3\n")
    none.write_text("code,rate\n99213,3\n")

    market = read_market(good)

    assert market.amount(50, "99213", "facility") == 80.0
    assert market.amount(75, "99213", "facility") == 110.0
    with pytest.raises(ContractError, match=r"bad.csv:2: 'none'[\s\S]*bad.csv:3"):
        read_market(bad)
    with pytest.raises(ContractError, match="no code or no percentile"):
        read_market(none)


def test_limits_keep_dollars_of_a_share() -> None:
    assert Size.read("2.5%").of(200.0) == 5.0
    assert Size.read("$1,000").of(200.0) == 1000.0
    assert Limits.of(5.0).budgets == {"": 5.0}
    with pytest.raises(UsageError, match="'lots' is no amount"):
        Size.read("lots")


def test_asks_of_the_demo_are_what_the_engine_prices(demo_template: Path, tmp_path: Path) -> None:
    """To within procedures ranked anew and lesser-of between the levels measured: a hundredth."""
    book = Book.open(demo_template / "book")
    for contract in contracts_of(book):
        found = ask_of(book, contract, AskQuestion(Size(share=0.03)))
        (offer, *_) = write_offer(found, tmp_path / f"{contract.id}.yaml")
        laid = read_offer(offer, contract=contract)
        question = OfferQuestion(found.first_day, found.last_day, found.effective)

        change = float(offer_value(book.settled(), contract, laid, question).change)

        assert change == pytest.approx(found.allowed, rel=0.01)
        assert found.answer.gap == 0.0
        assert found.answer.cost == pytest.approx(0.03 * found.plan_pays)
