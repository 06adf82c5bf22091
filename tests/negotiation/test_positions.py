"""What positions are worth a year: priced on the claims, with figures a hand can check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.negotiated import three_rounds

from evenhand.book import Book
from evenhand.contracts import Contract
from evenhand.engines import DuckDB
from evenhand.errors import SelectionError
from evenhand.negotiation.offer_value import OfferQuestion, claims_chosen, days_valued
from evenhand.negotiation.positions import position_values
from evenhand.negotiation.record import Kept, Negotiation
from evenhand.negotiation.record.model import Belief
from evenhand.negotiation.standing import standing_on
from evenhand.pricing import price
from evenhand.pricing.scenarios import Change, Scenario
from evenhand.pricing.scenarios import changed as changed_contract

ON = date(2027, 4, 1)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Kept]:
    return three_rounds(tmp_path_factory.mktemp("positions"), claims=600)


@pytest.fixture(scope="module")
def record(practice: tuple[Book, Kept]) -> Negotiation:
    return practice[1].read()


def changed(record: Negotiation, issue: str, **what: object) -> Negotiation:
    issues = tuple(replace(one, **what) if one.id == issue else one for one in record.issues)  # type: ignore[arg-type]
    return replace(record, issues=issues)


def paid(book: Book, contract: Contract) -> Decimal:
    """What a contract's claims of the last twelve months come to, priced from scratch."""
    engine = book.settled()
    local = DuckDB()
    for name, table in claims_chosen(engine, *days_valued(engine, OfferQuestion())).items():
        local.put(name, table)
    price(local, [contract])
    rows = local.arrow("select sum(expected_amount) as paid from priced_lines").to_pylist()
    return Decimal(rows[0]["paid"])


def test_a_rise_is_worth_what_pricing_all_claims_again_says(practice: tuple[Book, Kept], record: Negotiation) -> None:
    book, kept = practice
    contract = standing_on(kept.contract(), ON)
    found = position_values(book, record, kept.contract(), on=ON)
    (office,) = (one for one in record.issues if one.id == "fee-schedule")
    risen = changed_contract(contract, Scenario("up", (Change("term", office.terms[0], "", Decimal("1.08"), True),)))

    whole_year = paid(book, risen) - paid(book, contract)

    worth = found.of("fee-schedule", "opening")
    assert worth is not None
    assert abs(worth - whole_year) < whole_year / 300  # the last twelve months are a year, give or take a day


def test_a_term_of_few_claims_tells_nothing(practice: tuple[Book, Kept], record: Negotiation) -> None:
    book, kept = practice
    asked = record
    for issue in record.issues:
        asked = changed(asked, issue.id, opening="10 %") if issue.kind == "rate" else asked
    found = position_values(book, asked, kept.contract(), on=ON)
    assert found.few
    assert not [key for key in found.dollars if key[0] in found.few]


def test_more_is_worth_more(practice: tuple[Book, Kept], record: Negotiation) -> None:
    book, kept = practice
    found = position_values(book, record, kept.contract(), on=ON)
    opening, target, least = (found.of("fee-schedule", one) for one in ("opening", "target", "walk_away"))
    assert opening is not None
    assert target is not None
    assert least is not None
    assert opening > target > least > 0


def test_what_holds_today_is_worth_nothing(practice: tuple[Book, Kept], record: Negotiation) -> None:
    book, kept = practice
    asked = changed(record, "fee-schedule", target="0 %", theirs=Belief(target="-2 %"))
    found = position_values(book, asked, kept.contract(), on=ON)
    theirs = found.of("fee-schedule", "theirs")
    assert found.of("fee-schedule", "target") == 0
    assert theirs is not None
    assert theirs < 0


def test_words_are_no_dollars(practice: tuple[Book, Kept], record: Negotiation) -> None:
    book, kept = practice
    asked = changed(record, "fee-schedule", opening="as the market pays", target="", walk_away="$12")
    found = position_values(book, asked, kept.contract(), on=ON)
    assert [found.of("fee-schedule", one) for one in ("opening", "target", "walk_away")] == [None, None, None]


def test_an_empty_book_says_so(practice: tuple[Book, Kept], record: Negotiation, tmp_path: Path) -> None:
    with pytest.raises(SelectionError):
        position_values(Book.create(tmp_path / "book"), record, practice[1].contract(), on=ON)
