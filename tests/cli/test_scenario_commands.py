"""`evenhand scenarios` and `evenhand what-if`: what they print, write and refuse."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from evenhand.book import Book
from evenhand.cli.main import cli
from evenhand.errors import ContractError, ReadError, SelectionError, UsageError
from evenhand.pricing import price, price_book
from evenhand.pricing.scenarios import Scenario, changed, read_change, scenarios


def ask(practice: Path, *arguments: str) -> str:
    result = CliRunner().invoke(cli, [*arguments, "--book", str(practice / "book")], env={"COLUMNS": "140"})
    if result.exception is not None:
        raise result.exception
    return str(result.output)


def test_what_if_is_what_pricing_says(practice: Path) -> None:
    changes = ("Fee schedule=103%", "multiple_procedures.2=40")
    told = json.loads(ask(practice, "what-if", "summit-health", *(p for c in changes for p in ("--set", c)), "--json"))
    book = Book.open(practice / "book")
    pricing = price_book(book)
    (held,) = (each for each in pricing.contracts if each.id == "summit-health")
    made = changed(held, Scenario("", tuple(read_change(held, text) for text in changes)))

    engine = book.settled()
    price(engine, [made, *(each for each in pricing.contracts if each.id != held.id)])
    full = engine.arrow(f"select sum(expected_amount) as s from priced_lines where contract_id = '{held.id}'")

    assert [row["scenario"] for row in told["scenarios"]] == [*changes, "all together"]
    assert Decimal(told["scenarios"][-1]["expected_amount"]) == full["s"][0].as_py()
    assert Decimal(told["scenarios"][-1]["change"]) != 0


def test_many_scenarios_go_to_a_workbook_and_a_picture(practice: Path, tmp_path: Path) -> None:
    book, picture = tmp_path / "s.xlsx", tmp_path / "s.svg"
    ask(
        practice, "scenarios", "summit-health", "--vary", "Fee schedule=95..105% step 5",
        "--vary", "multiple_procedures.2=40..50 step 10", "--out", str(book), "--chart", str(picture),
    )  # fmt: skip

    assert openpyxl.load_workbook(book).sheetnames == ["scenarios", "terms"]
    assert openpyxl.load_workbook(book)["scenarios"].max_row >= 7
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert "var(" not in picture.read_text(encoding="utf-8")


def test_draws_can_be_repeated(practice: Path) -> None:
    asked = ("scenarios", "summit-health", "--vary", "Fee schedule=95..105%", "--draws", "5", "--seed", "3", "--json")
    first, again = ask(practice, *asked), ask(practice, *asked)

    assert first == again
    assert len(json.loads(first)["scenarios"]) == 5


def test_scenarios_from_a_file(practice: Path, tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("scenario,Fee schedule,multiple_procedures.2\nours,108%,\ntheirs,,\n", encoding="utf-8")
    told = json.loads(ask(practice, "scenarios", "summit-health", "--from-file", str(file), "--json"))

    assert [(row["scenario"], Decimal(row["change"]) > 0) for row in told["scenarios"]] == [
        ("ours", True),
        ("theirs", False),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("Fee schedul=103%", "did you mean 'Fee schedule'?"),
        ("Fee schedule=103", "multiply: 'Fee schedule=105%'"),
        ("Fee schedule=dear", "'dear' is no number"),
        ("Fee schedule", "write what changes, '='"),
        ("Fee schedule.threshold=4", "has no such number to change"),
        ("Fee schedule=99999999999%", "more than any rate or share"),
    ],
)
def test_a_change_that_means_nothing_is_refused(practice: Path, change: str, message: str) -> None:
    with pytest.raises(UsageError, match="(?s)" + message.replace("?", r"\?")):
        ask(practice, "what-if", "summit-health", "--set", change)


@pytest.mark.parametrize("vary", ["Fee schedule=95", "Fee schedule=105..95%", "Fee schedule=1..9% step 0", "=1..2"])
def test_a_range_that_means_nothing_is_refused(practice: Path, vary: str) -> None:
    with pytest.raises(UsageError):
        ask(practice, "scenarios", "summit-health", "--vary", vary)


def test_too_many_combinations_are_refused(practice: Path) -> None:
    with pytest.raises(UsageError, match="more than 100,000; give a step, or --draws 1000"):
        ask(practice, "scenarios", "summit-health", *("--vary", "Fee schedule=1..999% step 1") * 2)


def test_nothing_to_vary_and_files_that_hold_nothing(practice: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("scenario,Fee schedule\n", encoding="utf-8")
    with pytest.raises(UsageError, match="say what to vary"):
        ask(practice, "scenarios", "summit-health")
    with pytest.raises(ReadError, match="holds no scenario"):
        ask(practice, "scenarios", "summit-health", "--from-file", str(empty))
    with pytest.raises(ContractError):
        ask(practice, "scenarios", "no-such-contract", "--vary", "a=1..2")


def test_a_contract_the_book_does_not_have(practice: Path) -> None:
    with pytest.raises(SelectionError, match=r"the book has no contract 'cedar'; it has .*summit-health"):
        scenarios(Book.open(practice / "book"), "cedar", {})
