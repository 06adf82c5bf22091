"""`evenhand offer ask`, `packages`, `trade` and `concede`: what they print, write and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli.main import cli
from evenhand.errors import SelectionError, UsageError

DOMAIN = """
domain: Two issues
issues:
  - {name: Rate, weights: {ours: 2, theirs: 3}, options: [{name: low, ours: 0, theirs: 1}, {name: high, ours: 1, theirs: 0}]}
  - {name: Term, weights: {ours: 2, theirs: 1}, options: [{name: short, ours: 1, theirs: 0}, {name: long, ours: 0, theirs: 1}]}
"""  # noqa: E501 - as one line a person reads it best


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, list(arguments), env={"COLUMNS": "160"})
    if result.exception is not None:
        raise result.exception
    return str(result.output)


def test_a_written_ask_is_priced_and_a_dry_run_writes_nothing(practice: Path, tmp_path: Path) -> None:
    offer = tmp_path / "ask.yaml"
    asked = (
        "offer",
        "ask",
        "--payer",
        "summit",
        "--budget",
        "2%",
        "--book",
        str(practice / "book"),
        "--out",
        str(offer),
    )

    dry = run(*asked, "--dry-run")
    assert f"Would write {offer}" in dry
    assert not offer.exists()
    told = run(*asked)

    assert "The written offer, priced on the same claims" in told
    assert offer.read_text().startswith("offer: ")
    with pytest.raises(UsageError, match="is there already"):
        run(*asked)


def test_an_ask_leaves_as_json_with_its_gap_and_assumptions(practice: Path) -> None:
    told = json.loads(run("offer", "ask", "--payer", "summit", "--budget", "2%", "--at-most", "5", "--book", str(practice / "book"), "--json"))  # fmt: skip # noqa: E501

    rows = {row["what"]: row for row in told["summary"]}
    assert len(told["ask"]) <= 5
    assert float(rows["Gap, worked out from the ask and the prices of its limits"]["share"]) < 0.2
    assert {row["name"] for row in told["assumptions"]} >= {"patient_collected", "deductible_grows"}
    assert all("rise" not in row or row["rise"] is None or row["patients"] >= 11 for row in told["payers-view"])


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("--payer", "Nobody", "--budget", "2%"), SelectionError, "no contract in the book is with 'Nobody'"),
        (("--budget", "2%"), UsageError, "say whose contract it is"),
        (("--payer", "summit", "--budget", "lots"), UsageError, "'lots' is no amount"),
        (
            ("--payer", "summit", "--budget", "2%", "--cap-line", "Imaging"),
            UsageError,
            "write a service line and a size",
        ),
        (("--payer", "summit", "--budget", "2%", "--ladder", "1<2"), UsageError, "write the code paid less first"),
        (("--payer", "summit", "--budget", "2%", "--most-rise", "9"), UsageError, "write a percentage"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    practice: Path, arguments: tuple[str, ...], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        run("offer", "ask", *arguments, "--book", str(practice / "book"))


def test_packages_and_a_pick(practice: Path) -> None:
    asked = ("offer", "packages", "--payer", "summit", "--budget", "2%", "--book", str(practice / "book"), "--json")

    told = json.loads(run(*asked, "--count", "3", "--picked", "2"))

    assert [row["package"] for row in told["packages"]] == [1, 2, 3]
    assert {"spend", "weights", "next-packages", "next-spend"} <= set(told)


def test_a_domain_is_scored_and_drawn(tmp_path: Path) -> None:
    domain, chart = tmp_path / "two.yaml", tmp_path / "two.svg"
    domain.write_text(DOMAIN)

    told = json.loads(run("offer", "trade", str(domain), "--json").split("\n", 0)[0])
    drawn = run(
        "offer", "trade", str(domain), "--chart", str(chart), "--counter", "low; long", "--counter", "low; short"
    )

    assert len(told["frontier"]) == 3
    assert next(row for row in told["points"] if row["name"] == "Nash")["issue0"] == "low"
    assert "What their counters tell of their weights" in drawn
    assert chart.read_text().startswith("<svg")
    assert "var(--" not in chart.read_text()


def test_a_ladder_and_their_style() -> None:
    told = run(
        "offer", "concede", "--from", "8", "--to", "3", "--rounds", "4", "--seen", "0; 2.8; 3.4", "--their-end", "4"
    )

    assert "concedes early" in told
    with pytest.raises(UsageError, match="go together"):
        run("offer", "concede", "--from", "8", "--to", "3", "--seen", "1; 2; 3")
    with pytest.raises(UsageError, match="write numbers with semicolons"):
        run("offer", "concede", "--from", "8", "--to", "3", "--seen", "a; b", "--their-end", "4")
