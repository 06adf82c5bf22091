"""A whole book priced: kept, explained, and the same as the plain reading of every claim."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from evenhand.book import Book
from evenhand.cli.main import cli
from evenhand.contracts import keep_contract, read_contract
from evenhand.demo import generate
from evenhand.errors import ContractError, SelectionError, UsageError
from evenhand.pricing import Pricing, contracts_of, price_book
from evenhand.pricing.oracle import OracleClaim, price_claim


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """400 claims of the demo with its three contracts."""
    folder = tmp_path_factory.mktemp("priced")
    made = generate(folder / "demo", claims=400, seed=5)
    book = Book.create(folder / "book")
    book.load([made.files])
    for place in sorted(made.contracts.iterdir()):
        keep_contract(read_contract(place), book.contracts_folder)
    return book


@pytest.fixture(scope="module")
def pricing(book: Book) -> Pricing:
    return price_book(book)


def told(book: Book, *arguments: str) -> str:
    """What a command prints."""
    result = CliRunner(env={"COLUMNS": "200"}).invoke(
        cli, [*arguments, "--book", str(book.path)], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_claim_is_priced_as_its_contract_reads(book: Book, pricing: Pricing) -> None:
    lines = defaultdict(list)
    for row in pricing.engine.arrow("select * from service_lines").to_pylist():
        lines[row["claim_key"]].append(row)
    codes = defaultdict(list)
    for row in pricing.engine.arrow("select * from diagnoses where kind = 'diagnosis'").to_pylist():
        codes[row["claim_key"]].append(row["code"])
    expected = {row["line_key"]: row["expected_amount"] for row in pricing.lines}
    contracts = contracts_of(book)
    plain: dict[int, Decimal | None] = {}
    for row in pricing.engine.arrow("select * from service_claims").to_pylist():
        key = row["claim_key"]
        claim = OracleClaim.of(row | {"diagnoses": codes[key]}, lines[key])
        plain |= {line.line_key: line.expected_amount for line in price_claim(contracts, claim).lines}
    assert expected == plain
    assert sum(amount is not None for amount in plain.values()) > 0.9 * len(plain)


def test_the_answer_is_kept_until_a_contract_changes(book: Book, pricing: Pricing) -> None:
    def kept() -> set[str]:
        return {folder.name for folder in (book.path / "derived").glob("priced-*")}

    before = kept()
    assert price_book(book).claims.rows() == pricing.claims.rows()
    assert kept() == before
    one = contracts_of(book)[:1]
    assert len(price_book(book, one).claims) == len(pricing.claims)
    assert len(kept()) == len(before) + 1


def test_contracts_without_a_digest_are_priced_and_not_kept(book: Book) -> None:
    before = sorted((book.path / "derived").iterdir())
    loose = [replace(contract, digest="") for contract in contracts_of(book)]
    assert len(price_book(book, loose).lines) == len(price_book(book).lines)
    assert sorted((book.path / "derived").iterdir()) == before


def test_a_claim_is_found_by_its_number_or_its_key(pricing: Pricing) -> None:
    (row,) = pricing.engine.arrow(
        "select claim_id, claim_key from service_claims order by claim_key limit 1"
    ).to_pylist()
    by_number, by_key = pricing.explain(row["claim_id"]), pricing.explain(row["claim_key"])
    assert by_number == by_key
    assert by_key[0].claim_id == row["claim_id"]
    assert by_key[0].lines
    with pytest.raises(SelectionError, match="the book has no claim 'X1'; give the provider's or the payer's number"):
        pricing.explain("X1")


def test_a_claim_is_found_by_the_payers_number(pricing: Pricing) -> None:
    (row,) = pricing.engine.arrow(
        "select payer_claim_number, claim_key from settled_claims "
        "where payer_claim_number is not null order by claim_key limit 1"
    ).to_pylist()

    assert row["claim_key"] in [claim.claim_key for claim in pricing.explain(row["payer_claim_number"])]


def test_a_broken_contract_of_the_book_is_named(tmp_path: Path) -> None:
    book = Book.create(tmp_path / "book")
    for name in ("first", "second"):
        place = book.contracts_folder / name
        place.mkdir(parents=True)
        (place / "contract.yaml").write_text("contract: Only a name\n", encoding="utf-8")

    with pytest.raises(ContractError) as refused:
        contracts_of(book)

    told = {Path(problem.file).parent.name for problem in refused.value.problems}
    assert told == {"first", "second"}


def test_price_sums_what_every_contract_prices(book: Book, pricing: Pricing) -> None:
    answer = json.loads(told(book, "price", "--json"))
    total = sum(Decimal(row["expected_amount"]) for row in answer["priced"] if row["expected_amount"])
    known = [row["expected_amount"] for row in pricing.lines if row["expected_amount"] is not None]
    assert total == sum(known)
    assert {row["reason"] for row in answer["unpriced"]} <= {
        "no contract fits the claim",
        "no term of the contract covers it",
    }
    assert sum(row["lines"] for row in answer["priced"]) == len(pricing.lines)


def test_price_of_one_payer(book: Book) -> None:
    (row, *_) = json.loads(told(book, "price", "--payer", "summit", "--json"))["priced"]
    assert row["contract_id"] == "summit-health"
    with pytest.raises(SelectionError, match="no claim goes to a payer named 'nobody'; payers in the book: "):
        told(book, "price", "--payer", "nobody")


@pytest.mark.parametrize("name", ["lines.parquet", "lines.csv"])
def test_every_line_can_be_written(book: Book, pricing: Pricing, tmp_path: Path, name: str) -> None:
    told(book, "price", "--out", str(tmp_path / name))
    read = duckdb.connect().execute(f"select sum(expected_amount), count(*) from '{tmp_path / name}'").fetchall()
    known = [row["expected_amount"] for row in pricing.lines if row["expected_amount"] is not None]
    assert [(round(Decimal(read[0][0]), 2), read[0][1])] == [(sum(known), len(pricing.lines))]


def test_every_line_can_be_written_to_a_workbook(book: Book, pricing: Pricing, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    told(book, "price", "--out", str(tmp_path / "lines.xlsx"))
    page = load_workbook(tmp_path / "lines.xlsx")["lines"]
    headings = [cell.value for cell in next(page.iter_rows(min_row=3, max_row=3))]
    assert headings[:2] == ["claim id", "payer"]
    assert sum(1 for row in page.iter_rows(min_row=4, values_only=True) if row[0]) == len(pricing.lines)


def test_an_unknown_ending_is_refused(book: Book) -> None:
    with pytest.raises(UsageError, match=r"--out lines.txt: end the name in .parquet, .csv, .xlsx"):
        told(book, "price", "--out", "lines.txt")


def test_price_under_a_contract_of_ones_own(book: Book, tmp_path: Path) -> None:
    shutil.copytree(book.contracts_folder / "summit-health", tmp_path / "mine")
    answer = json.loads(told(book, "price", "--contract", str(tmp_path / "mine"), "--json"))
    assert {row["contract_id"] for row in answer["priced"]} == {"mine", None}


def test_explain_tells_contract_term_clause_arithmetic_and_what_was_allowed(book: Book, pricing: Pricing) -> None:
    (row,) = pricing.engine.arrow(
        "select c.claim_id from priced_lines p join service_claims c using (claim_key) "
        "join settled_lines s using (line_key) where p.method = 'fee_schedule' "
        "and s.allowed_amount = p.expected_amount and p.lesser_of is null and p.outcome = 'priced' "
        "order by p.line_key limit 1"
    ).to_pylist()
    said = told(book, "explain", row["claim_id"])
    assert said.startswith(f"Claim {row['claim_id']} · ")
    assert "Contract: Cedar Ridge Orthopaedics with " in said
    assert '"Fee schedule" (Exhibit A' in said
    assert " × 1 unit = $" in said
    assert "\n    expected $" in said
    assert " · allowed $" in said


def test_explain_gives_data_too(book: Book, pricing: Pricing) -> None:
    number = pricing.engine.arrow("select min(claim_id) as n from service_claims").to_pylist()[0]["n"]
    answer = json.loads(told(book, "explain", number, "--json"))
    assert answer["claims"][0]["claim_id"] == number
    assert {"service", "term", "arithmetic", "limit", "expected_amount", "allowed_amount"} <= answer["lines"][0].keys()


def test_explain_says_why_there_is_no_contract(book: Book) -> None:
    pricing = price_book(book)
    rows = pricing.engine.arrow(
        "select c.claim_id from priced_claims p join service_claims c using (claim_key) "
        "where p.outcome = 'no contract' order by 1 limit 1"
    ).to_pylist()
    said = told(book, "explain", rows[0]["claim_id"])
    assert "No price: no contract\nConsidered too: Cedar Ridge Orthopaedics with " in said
    assert "no price, because no contract fits the claim" in said
