"""`offer compare` on the rounds of a negotiation, and what is kept of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evenhand.cli.main import cli
from evenhand.errors import UsageError


def run(practice: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--book", str(practice / "book")])


@pytest.fixture(scope="module")
def begun(practice: Path) -> Path:
    made = run(practice, "negotiation", "start", "rounds", "--contract", "summit-health", "--today", "2026-04-10")
    assert made.exit_code == 0, made.output
    return practice


def test_rounds_are_compared_and_kept_and_shown(begun: Path) -> None:
    offer = str(begun / "offers/summit-2027.yaml")
    run(begun, "negotiation", "round", "rounds", offer, "--from", "them", "--date", "2026-08-20")
    asked = ("offer", "compare", "--negotiation", "rounds", "--draws", "100", "--keep", "--today", "2026-09-01")
    made = run(begun, *asked, "--json")
    assert made.exit_code == 0, made.output
    assert made.stderr == "Kept with the rounds of rounds\n"
    (in_all,) = [row for row in json.loads(made.stdout)["years"] if row["year"] == "in all"]
    shown = json.loads(run(begun, "negotiation", "show", "rounds", "--json").output)["rounds"][0]
    assert shown["change"] == pytest.approx(in_all["change"], abs=0.01)
    assert (shown["years"], shown["as_of"]) == (3, "2026-09-01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name the files of offers, or a negotiation with --negotiation NAME: one of the two"),
        (("o.yaml", "--keep"), "--keep needs a negotiation to keep it in"),
        (("--negotiation", "rounds", "--contract", "."), "about its own contract; leave --contract out"),
    ],
)
def test_what_does_not_go_together_is_refused(begun: Path, words: tuple[str, ...], said: str) -> None:
    refused = run(begun, "offer", "compare", *words).exception
    assert isinstance(refused, UsageError)
    assert said in str(refused)


def test_a_negotiation_without_offers_says_how_to_record_one(begun: Path) -> None:
    run(begun, "negotiation", "start", "empty", "--contract", "summit-health", "--today", "2026-04-10")
    refused = run(begun, "offer", "compare", "--negotiation", "empty").exception
    assert isinstance(refused, UsageError)
    assert "empty has no round with an offer; record one: evenhand negotiation round empty" in str(refused)
