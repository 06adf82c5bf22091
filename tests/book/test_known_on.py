"""A book as it was known on an earlier day gives the answers of that day again, byte for byte."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.book import Book
from evenhand.book.loads import read_load, to_json
from evenhand.cli.main import cli
from evenhand.contracts import read_contract
from evenhand.contracts.shelf import keep_contract
from evenhand.pricing import price_book

Write = Callable[..., Path]
THEN, LATER = date(2025, 6, 30), date(2025, 9, 1)
CONTRACT = """
contract: Cedar Ridge with Summit Health
parties: {provider: Cedar Ridge, payer: Summit Health}
signed: 2024-11-01
effective: 2025-01-01
terms:
  - {name: Visits, for: {codes: 99202-99215}, pay: {amount: 100.00}}
"""
OFFER = """
offer: Opening offer
amends: contracts/summit
effective: 2026-01-01
adjust: {terms: all, percent: 4}
"""
RETROACTIVE = """
amendment: First amendment
signed: 2025-08-15
effective: 2025-01-02
terms:
  - {name: Visits, for: {codes: 99202-99215}, pay: {amount: 120.00}}
"""


def loaded_on(book: Book, day: date) -> None:
    """Say of the load just made that it was made on a day."""
    newest = max(book.loads(), key=lambda load: load.loaded_at)
    folder = book.path / "loads" / newest.id
    told = replace(read_load(folder), loaded_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    (folder / "load.json").write_text(to_json(told), encoding="utf-8")


@pytest.fixture
def held(book: Book, write: Write) -> Book:
    """A book with one load and one contract, as it was in June."""
    book.load([write(number) for number in range(100, 110)])
    loaded_on(book, date(2025, 4, 1))
    place = book.contracts_folder / "summit"
    place.mkdir(parents=True)
    (place / "contract.yaml").write_text(CONTRACT, encoding="utf-8")
    return Book.open(book.path)


def amend(book: Book) -> None:
    """A retroactive amendment, learned of in August."""
    folder = book.contracts_folder / "summit" / "amendments"
    folder.mkdir(exist_ok=True)
    (folder / "first.yaml").write_text(RETROACTIVE, encoding="utf-8")


def load_more(book: Book, write: Write) -> None:
    """More remittances, loaded in September."""
    book.load([write(number) for number in range(500, 510)])
    loaded_on(book, LATER)


def run(book: Book, *arguments: str) -> str:
    """What a command prints."""
    result = CliRunner().invoke(cli, [*arguments, "--book", str(book.path)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def answers(book: Book, out: Path, *known: str) -> list[bytes]:
    """Every line priced, as CSV and as Parquet, and what the reports print: worked out anew."""
    shutil.rmtree(book.path / "derived", ignore_errors=True)
    found = []
    for ending in ("csv", "parquet"):
        file = out.with_suffix(f".{ending}")
        run(book, "price", "--out", str(file), *known)
        found.append(file.read_bytes())
    page = out.with_suffix(".html")
    run(book, "brief", "--payer", "summit", "--out", str(page), "--force", "--today", "2025-07-01", *known)
    return [*found, page.read_bytes(), *(run(book, *report, "--json", *known).encode() for report in reports(book))]


def reports(book: Book) -> list[list[str]]:
    """Every command that answers a question of the book, on the contract and on an offer."""
    offer = book.path / "offer.yaml"
    offer.write_text(OFFER, encoding="utf-8")
    return [
        ["price"],
        ["price", "--as-of", "2025-05-01"],
        ["explain", "C104"],
        ["variance"],
        ["payments"],
        ["terms"],
        ["payers"],
        ["what-if", "summit", "--set", "Visits=105%"],
        ["scenarios", "summit", "--vary", "Visits=90..110%"],
        ["offer", "value", str(offer)],
        ["contract", "diff", "summit", str(offer)],
    ]


def test_an_earlier_answer_is_given_again_byte_for_byte(held: Book, write: Write, tmp_path: Path) -> None:
    before = answers(held, tmp_path / "before")
    amend(held)
    load_more(held, write)

    assert answers(held, tmp_path / "again", "--as-known-on", "2025-06-30") == before
    today = answers(held, tmp_path / "today")
    assert all(one != other for one, other in zip(today, before, strict=True))


def test_stays_are_grouped_as_known(held: Book, write: Write) -> None:
    before = run(held, "drg", "--json")
    load_more(held, write)

    assert run(held, "drg", "--json", "--as-known-on", "2025-06-30") == before


def test_the_brief_counts_days_from_the_day_it_was_known(held: Book, tmp_path: Path) -> None:
    page = str(tmp_path / "brief.html")
    run(held, "brief", "--payer", "summit", "--out", page, "--as-known-on", "2025-06-30")

    assert "30 June 2025" in Path(page).read_text(encoding="utf-8")


def test_a_contract_named_by_id_is_compared_as_it_was(held: Book, tmp_path: Path) -> None:
    corrected = tmp_path / "summit"
    corrected.mkdir()
    (corrected / "contract.yaml").write_text(CONTRACT.replace("Visits", "All visits"), encoding="utf-8")
    _, how = keep_contract(read_contract(corrected), held.contracts_folder)
    assert how == "replaced"

    compared = ("contract", "diff", "summit", str(corrected), "--no-dollars")
    assert "Visits: removed" not in run(held, *compared)
    assert "Visits: removed" in run(held, *compared, "--as-known-on", "2025-06-30")


def test_as_of_a_day_every_claim_goes_by_its_terms(held: Book) -> None:
    """A day before the contract prices nothing; one after the amendment prices all by it."""
    amend(held)
    rises = {day: run(held, "price", "--as-of", day, "--json") for day in ("2025-01-01", "2025-01-02", "2024-12-31")}
    found = {day: json.loads(told)["priced"] for day, told in rises.items()}

    lines = found["2025-01-01"][0]["lines"]
    expected = {day: [row["expected_amount"] for row in rows] for day, rows in found.items()}
    assert [Decimal(str(each[0])) for each in list(expected.values())[:2]] == [100 * lines, 120 * lines]
    assert found["2024-12-31"][0]["outcome"] == "no contract"


def test_merging_loads_does_not_change_an_earlier_answer(held: Book, write: Write, tmp_path: Path) -> None:
    before = answers(held, tmp_path / "before")
    load_more(held, write)
    assert Book.open(held.path).compact() is not None

    assert answers(held, tmp_path / "again", "--as-known-on", "2025-06-30") == before
    assert len(Book.open(held.path, as_known_on=LATER).table("remit_claims")) == 20


def test_in_python_too(held: Book, write: Write, tmp_path: Path) -> None:
    before = price_book(held).lines.rows()
    amend(held)
    load_more(held, write)

    then = price_book(Book.open(held.path, as_known_on=THEN))
    assert then.lines.rows() == before
    assert {row["expected_amount"] for row in price_book(Book.open(held.path)).lines} == {120}


def test_the_amendment_counts_from_the_day_it_was_known(held: Book) -> None:
    amend(held)
    days = (date(2025, 8, 14), date(2025, 8, 15))
    prices = [
        {row["expected_amount"] for row in price_book(Book.open(held.path, as_known_on=day)).lines} for day in days
    ]
    assert prices == [{100}, {120}]


def test_a_contract_not_known_yet_prices_nothing(held: Book, write: Write, tmp_path: Path) -> None:
    answer = json.loads(run(held, "price", "--as-known-on", "2025-04-01", "--json"))
    assert [row["contract_id"] for row in answer["priced"]] == ["summit"]
    text = CONTRACT.replace("signed: 2024-11-01", "signed: 2024-11-01\nknown: 2025-05-02")
    (held.contracts_folder / "summit" / "contract.yaml").write_text(text, encoding="utf-8")
    answer = json.loads(run(held, "price", "--as-known-on", "2025-05-01", "--json"))
    assert [(row["contract_id"], row["outcome"]) for row in answer["priced"]] == [(None, "no contract")]


def test_a_contract_replaced_since_is_read_as_it_was(held: Book, write: Write, tmp_path: Path) -> None:
    """What was put away when another took its place stood until then."""
    corrected = tmp_path / "summit"
    corrected.mkdir()
    (corrected / "contract.yaml").write_text(CONTRACT.replace("100.00", "101.00"), encoding="utf-8")
    _, how = keep_contract(read_contract(corrected), held.contracts_folder)
    assert how == "replaced"

    (now,) = price_book(Book.open(held.path)).explain("C104")
    (then,) = price_book(Book.open(held.path, as_known_on=THEN)).explain("C104")
    assert (now.contract_id, now.expected_amount) == ("summit", Decimal(101))
    assert (then.contract_id, then.expected_amount) == ("summit", Decimal(100))


def test_before_the_first_load_there_is_nothing(held: Book) -> None:
    assert len(Book.open(held.path, as_known_on=date(2025, 3, 31)).table("remit_claims")) == 0
    assert len(Book.open(held.path, as_known_on=date(2025, 4, 1)).table("remit_claims")) == 10
