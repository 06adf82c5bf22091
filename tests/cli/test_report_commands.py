"""The commands that ask: what they print, write and refuse."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evenhand.book import Book
from evenhand.cli.main import cli
from evenhand.errors import BookError, SelectionError, UsageError


def ask(practice: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, [*arguments, "--book", str(practice / "book")], env={"COLUMNS": "140"})
    if result.exception is not None:
        raise result.exception
    return result


def test_payers_as_tables_and_as_json(practice: Path) -> None:
    shown = ask(practice, "payers").stdout
    told = json.loads(ask(practice, "payers", "--json").stdout)

    assert [line for line in shown.splitlines() if line.startswith((" How", "How each payer pays"))]
    assert {row["payer"] for row in told["payers"]} == {"Summit Health", "Prairie Mutual", "Lakeshore Community Plan"}
    for row in told["payers"]:
        assert row["payer"] in shown
        assert f"{row['claims']:,}" in shown
    assert told["reasons"]


def test_products_apart(practice: Path) -> None:
    told = json.loads(ask(practice, "payers", "--by", "product", "--json").stdout)

    assert len({row["product"] for row in told["payers"]}) > 1


def test_variance_in_csv_equals_json(practice: Path, tmp_path: Path) -> None:
    told = json.loads(ask(practice, "variance", "--json").stdout)
    ask(practice, "variance", "--csv", str(tmp_path / "v.csv"))

    with (tmp_path / "v-causes.csv").open(encoding="utf-8", newline="") as file:
        causes = list(csv.DictReader(file))

    assert [row["amount"] for row in causes] == [row["amount"] for row in told["causes"]]
    under = sum(Decimal(row["amount"]) for row in told["causes"] if row["direction"] == "underpaid")
    assert under == sum(Decimal(row["underpaid"]) for row in told["summary"])


def test_variance_workbook_holds_the_evidence(practice: Path, tmp_path: Path) -> None:
    ask(practice, "variance", "--payer", "prairie", "--xlsx", str(tmp_path / "v.xlsx"))

    names = openpyxl.load_workbook(tmp_path / "v.xlsx").sheetnames

    assert names == ["summary", "causes", "claims", "lines", "not-compared"]


def test_offer_value_says_the_headline_first(practice: Path) -> None:
    shown = ask(practice, "offer", "value", str(practice / "offers" / "summit-2027.yaml")).stdout

    assert shown.startswith("Listed rates change by +4.0% on average; these claims change by −$")
    assert "-" not in shown.split(".\n")[0]
    assert "Paid less under the offer" in shown


def test_brief_writes_two_files_and_replaces_none(practice: Path, tmp_path: Path) -> None:
    page = tmp_path / "brief.html"
    said = ask(practice, "brief", "--payer", "summit", "--out", str(page)).stdout

    assert said == f"Wrote {page} and {page.with_suffix('.xlsx')}\n"
    with pytest.raises(UsageError, match="is there already; name another with --out, or replace it with --force"):
        ask(practice, "brief", "--payer", "summit", "--out", str(page))
    ask(practice, "brief", "--payer", "summit", "--out", str(page), "--force")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["variance", "--payer", "Aetna"], SelectionError, "'Aetna' is no payer in the book; payers: Lakeshore"),
        (["variance", "--min-dollars", "lots"], UsageError, "--min-dollars 'lots' is not an amount"),
        (["variance", "--tolerance", "-1"], UsageError, "--tolerance '-1' is not an amount"),
        (
            ["payers", "--from", "2030-01-01"],
            SelectionError,
            "no claim begins on the days chosen; the book's claims begin",
        ),
        (["variance", "--from", "2026-02-01", "--to", "2026-01-01"], UsageError, "2026-01-01, is before the first"),
        (["brief", "--payer", "summit", "--from", "2030-01-01"], SelectionError, "no claim begins on the days chosen"),
        (["variance", "--csv", "no/x.csv"], UsageError, "--csv no/x.csv: there is no folder no; make it first"),
        (["price", "--out", "no/x.parquet"], UsageError, "--out no/x.parquet: there is no folder no; make it first"),
        (["brief", "--payer", "summit", "--out", "no/such/x.html"], UsageError, "there is no folder no/such; make it"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    practice: Path, arguments: list[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        ask(practice, *arguments)


def test_the_brief_counts_from_the_day_given(practice: Path, tmp_path: Path) -> None:
    page = tmp_path / "b.html"
    ask(practice, "brief", "--payer", "summit", "--out", str(page), "--today", "2026-11-01")

    assert "1 November 2026" in page.read_text(encoding="utf-8")


def test_no_book(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="there is no book at"):
        ask(tmp_path, "payers")


def test_an_empty_book_says_so(tmp_path: Path) -> None:
    Book.create(tmp_path / "book")

    for command in ("payers", "variance", "price"):
        shown = ask(tmp_path, command).stdout
        assert "holds no claims; load files with: evenhand load PATH…" in shown
        assert "Every line" not in shown
        assert "No difference" not in shown


def test_a_book_without_contracts_says_what_to_do(tmp_path: Path, practice: Path) -> None:
    shutil.copytree(practice / "book", tmp_path / "book", ignore=shutil.ignore_patterns("contracts", "derived"))
    variances = ask(tmp_path, "variance").stdout

    assert "Nothing could be compared; see below why not." in variances
    assert "No difference" not in variances
    assert "add one with: evenhand contract add FOLDER" in variances
    assert "The book has no contract; add one with: evenhand contract add FOLDER" in ask(tmp_path, "price").stdout


def test_what_no_remittance_tells_is_unknown(tmp_path: Path, practice: Path) -> None:
    book = Book.create(tmp_path / "book")
    book.load([practice / "files" / "837p"])
    told = json.loads(ask(tmp_path, "payers", "--json").stdout)

    assert {(row["allowed"], row["paid"]) for row in told["payers"]} == {(None, None)}


def test_hidden_differences_are_not_called_none(practice: Path) -> None:
    shown = ask(practice, "variance", "--min-dollars", "99999999").stdout

    assert "No difference is as large as --min-dollars asks for." in shown
    assert "No difference beyond the tolerance." not in shown


def test_terms_that_pay_add_up_to_what_is_expected(practice: Path) -> None:
    told = json.loads(ask(practice, "terms", "--json").stdout)
    priced = json.loads(ask(practice, "price", "--json").stdout)

    expected = sum(Decimal(row["expected_amount"]) for row in priced["priced"] if row["expected_amount"])
    assert sum(Decimal(row["expected"]) for row in told["terms"]) == expected > 0
    assert {row["rule"] for row in told["rules"]} >= {"lesser-of", "multiple procedures", "modifiers", "escalator"}
    assert told["contests"]


def test_terms_of_one_contract_on_the_screen(practice: Path) -> None:
    shown = ask(practice, "terms", "--contract", "prairie-mutual").stdout

    assert "Terms that pay" in shown
    assert "Hospital stay" in shown
    assert "summit-health" not in shown
    with pytest.raises(SelectionError, match="the book has no contract 'nobody'; contracts in the book: "):
        ask(practice, "terms", "--contract", "nobody")


def test_changes_in_dollars(practice: Path, tmp_path: Path) -> None:
    sides = [str(practice / "contracts" / "summit-health"), str(practice / "offers" / "summit-2027.yaml")]
    told = json.loads(ask(practice, "contract", "diff", *sides, "--json").stdout)
    shown = ask(practice, "contract", "diff", *sides, "--rates").stdout
    offer = json.loads(ask(practice, "offer", "value", sides[1], "--json").stdout)
    ask(practice, "contract", "diff", *sides, "--xlsx", str(tmp_path / "d.xlsx"))

    totals = {row["what"]: Decimal(row["dollars"]) for row in told["together"]}
    alone = sum(Decimal(row["alone"]) for row in told["changes"] if row["alone"] is not None)
    assert totals["Changes one by one, added up"] == alone
    assert alone + totals["What they do to one another"] == totals["All changes together"]
    assert str(totals["All changes together"]) in {row["dollars"] for row in offer["summary"]}
    schedule = next(row for row in told["changes"] if row["where"] == "exhibit-a.csv")
    assert sum(Decimal(row["change"]) for row in told["rates"]) == Decimal(schedule["alone"])
    assert "One by one the changes add up to" in shown.replace("\n", " ")
    assert "Code by code" in shown
    assert openpyxl.load_workbook(tmp_path / "d.xlsx").sheetnames == ["changes", "rates", "together"]


def test_changes_without_dollars_stay_words(practice: Path) -> None:
    sides = [str(practice / "contracts" / "summit-health"), str(practice / "offers" / "summit-2027.yaml")]
    told = json.loads(ask(practice, "contract", "diff", *sides, "--no-dollars", "--json").stdout)

    assert set(told) == {"changes"}
    assert {"since", "before", "after"} <= set(told["changes"][0])
