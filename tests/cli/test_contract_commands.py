"""`evenhand contract …` as a person types it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evenhand.book import Book
from evenhand.cli.contract import contract as commands
from evenhand.contracts import json_schema, read_contract

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CEDAR = str(EXAMPLES / "cedar-ridge-summit")
OFFER = str(EXAMPLES / "cedar-ridge-summit/offers/summit-2027.yaml")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, list(arguments), env={"COLUMNS": "160"})


def test_check_says_that_a_contract_is_in_order() -> None:
    done = _run("check", CEDAR, "--today", "2025-11-21")

    assert done.output == f"{CEDAR}: in order (8 terms, 91 rates, 2 version(s), 11 worked case(s))\n"
    assert done.exit_code == 0


def test_check_tells_every_problem_and_leaves_with_1(tmp_path: Path) -> None:
    _run("new", str(tmp_path / "c"))
    file = tmp_path / "c/contract.yaml"
    file.write_text(file.read_text().replace("allowed: 100.00", "allowed: 97.42"))

    done = _run("check", str(tmp_path / "c"))

    assert done.output == (
        f"{tmp_path}/c: refused, 1 error (2 terms, 6 rates, 1 version(s), 1 worked case(s))\n"
        "  error    contract.yaml:43: case of code 99213: expected 97.42, priced 100.00: 2.58 too much; "
        "priced by 'Everything on the fee schedule' 100.00\n"
    )
    assert done.exit_code == 1


def test_check_as_data() -> None:
    done = _run("check", str(EXAMPLES / "lakeshore-harbor"), "--today", "2025-11-21", "--json")

    (problem,) = json.loads(done.output)["problems"]
    assert (problem["severity"], problem["file"], problem["line"]) == ("warning", "contract.yaml", None)


def test_show_tells_the_terms_in_their_order_with_the_days_that_matter() -> None:
    done = _run("show", CEDAR, "--date", "2026-06-01", "--json")

    shown = json.loads(done.output)
    facts = {row["key"]: row["value"] for row in shown["contract"]}
    assert facts["Notice by"] == "2027-09-02"
    assert facts["Next escalation"] == "2027-01-01"
    assert [row["term"] for row in shown["terms"]][-2:] == ["Everything on the fee schedule", "Anything else"]
    assert shown["terms"][5]["covers"] == "codes 97110–97140, modifier CQ"
    assert [row["period"] for row in shown["versions"]] == ["2025-01-01 to 2025-12-31", "from 2026-01-01"]
    assert "rates" not in shown


def test_show_lists_rates_when_asked() -> None:
    done = _run("show", CEDAR, "--date", "2025-06-01", "--rates", "--json")

    rates = json.loads(done.output)["rates"]
    assert {"schedule": "medicare-pfs", "code": "99213", "setting": "office", "amount": "88.95"}.items() <= next(
        rate for rate in rates if rate["code"] == "99213" and rate["setting"] == "office"
    ).items()
    assert len(rates) == 91


def test_show_prints_a_page_for_a_person() -> None:
    done = _run("show", CEDAR, "--date", "2025-06-01")

    assert "Cedar Ridge Orthopaedics with Summit Health" in done.output
    assert "128% of medicare-pfs, rates of 2025-01-01" in done.output


def test_diff_tells_what_an_offer_changes() -> None:
    done = _run("diff", CEDAR, OFFER, "--csv", "-")

    rows = list(csv.DictReader(io.StringIO(done.output)))
    told = [row["words"] for row in rows]
    assert "escalator: none, was 3% every year from 2026-01-01, on fee schedules and case rates" in told
    assert "payment days: 45, was 25" in told
    assert sum(row["kind"] == "rate" for row in rows) == 41


def test_diff_on_the_screen_keeps_rates_short() -> None:
    done = _run("diff", CEDAR, OFFER)

    assert "1 more clause change(s) and 16 more rate change(s): --all lists them." in " ".join(done.output.split())


def test_new_writes_a_contract_that_is_in_order(tmp_path: Path) -> None:
    made = _run("new", str(tmp_path / "c"))
    checked = _run("check", str(tmp_path / "c"))

    assert made.exit_code == 0
    assert checked.output == f"{tmp_path}/c: in order (2 terms, 6 rates, 1 version(s), 1 worked case(s))\n"


def test_new_begins_with_a_fee_schedule(tmp_path: Path) -> None:
    table = tmp_path / "Summit 2025.csv"
    table.write_text("Fee schedule,\nCPT,Allowed\n99213,104.00\n")

    made = _run("new", str(tmp_path / "c"), "--from-rates", str(table))

    assert made.output.endswith(f"Edit it, then run: evenhand contract check {tmp_path / 'c'}\n")
    assert _run("check", str(tmp_path / "c")).exit_code == 0
    assert read_contract(tmp_path / "c").versions[0].schedules["Summit 2025.csv"].rates[0].code == "99213"


def test_new_begins_with_the_year_asked_for(tmp_path: Path) -> None:
    _run("new", str(tmp_path / "c"), "--year", "2023")

    assert read_contract(tmp_path / "c").period.start == date(2023, 1, 1)


def test_schema_is_printed_and_written(tmp_path: Path) -> None:
    assert json.loads(_run("schema").output) == json_schema()
    _run("schema", "--out", str(tmp_path / "contract.schema.json"))
    assert json.loads((tmp_path / "contract.schema.json").read_text()) == json_schema()


def test_add_and_list_keep_contracts_in_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENHAND_BOOK", str(tmp_path / "book"))
    place = tmp_path / "book/contracts/cedar-ridge-summit"

    assert _run("add", CEDAR).output == f"cedar-ridge-summit: added ({place})\n"
    assert _run("add", CEDAR).output == f"cedar-ridge-summit: already there, unchanged ({place})\n"
    (row,) = json.loads(_run("list", "--json").output)["contracts"]
    assert (row["id"], row["payer"], row["first"]) == ("cedar-ridge-summit", "Summit Health", "2025-01-01")
    shown = json.loads(_run("show", "cedar-ridge-summit", "--json").output)
    assert shown["contract"][0] == {"key": "Contract", "value": "cedar-ridge-summit"}


def test_what_is_in_force_depends_on_the_day_asked(tmp_path: Path) -> None:
    book = str(tmp_path / "book")
    _run("add", CEDAR, "--book", book)
    told = [
        json.loads(_run("list", "--json", "--book", book, "--today", day).output)["contracts"][0]
        for day in ("2024-12-31", "2025-06-01")
    ]

    assert [row["state"] for row in told] == ["not begun", "in force"]


def test_add_refuses_what_does_not_price_exactly(tmp_path: Path) -> None:
    _run("new", str(tmp_path / "c"))
    file = tmp_path / "c/contract.yaml"
    file.write_text(file.read_text().replace("allowed: 100.00", "allowed: 1"))

    done = _run("add", str(tmp_path / "c"), "--book", str(tmp_path / "book"))

    assert "expected 1.00, priced 100.00: 99.00 too much" in str(done.exception)
    assert not (tmp_path / "book").exists()


def test_an_empty_book_says_how_to_begin(tmp_path: Path) -> None:
    Book.create(tmp_path)
    done = _run("list", "--book", str(tmp_path))

    assert f"There is no contract in {tmp_path}/contracts; add one with: evenhand contract add FOLDER" in " ".join(
        done.output.split()
    )


def test_a_day_outside_the_contract_is_refused_in_words() -> None:
    done = _run("show", CEDAR, "--date", "2024-06-01")

    assert str(done.exception) == "cedar-ridge-summit is not in force on 2024-06-01; it runs from 2025-01-01"
    assert date(2024, 6, 1) not in read_contract(CEDAR).period
