"""The negotiation commands on a made-up practice, and what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.cli.negotiation import happen
from evenhand.errors import EvenhandError
from evenhand.negotiation.record import language

Run = Callable[..., str]


def test_a_dry_start_writes_nothing(run: Run, practice: Path) -> None:
    shown = run("negotiation", "start", "prairie", "--contract", "prairie-mutual", "--dry-run")
    assert "negotiation: Prairie Mutual" in shown
    assert "nothing was written" in shown
    assert not (practice / "book/negotiations/prairie").exists()


def test_the_calendar_says_what_is_late(run: Run) -> None:
    shown = run("negotiation", "calendar", "summit", "--today", "2026-09-01")
    assert "Late: Targets and walk-aways set and approved; Alternatives priced." in shown
    assert "New terms should begin on 2027-04-01: 212 days from now." in shown


def test_show_as_json_holds_every_part(run: Run) -> None:
    shown = json.loads(run("negotiation", "show", "summit", "--json"))
    assert list(shown) == ["calendar", "issues", "rounds", "talks", "promises", "people"]
    assert len(shown["issues"]) == 20


def test_the_walk_away_shows_its_assumptions(run: Run, tmp_path: Path) -> None:
    chart = tmp_path / "matters.svg"
    shown = json.loads(
        run("walkaway", "--payer", "summit", "--draws", "2000", "--json", "--chart", str(chart)).split("Wrote")[0]
    )
    assert list(shown) == ["walk-away", "alternative", "what-matters", "assumptions", "switching", "out-of-network"]
    assert {"units", "price", "cost", "retained"} <= {row["name"] for row in shown["assumptions"]}
    assert chart.read_text(encoding="utf-8").startswith("<svg xmlns=")
    assert "var(--" not in chart.read_text(encoding="utf-8")


def test_the_walk_away_is_kept_in_the_negotiation(run: Run, practice: Path) -> None:
    own = practice / "book/negotiations/summit/walkaway.yaml"
    own.write_text("retained: 0.2\n", encoding="utf-8")
    dry = run("negotiation", "walkaway", "summit", "--draws", "2000", "--keep", "--dry-run")
    assert "Would keep: ours $" in dry
    assert "20.0%" in dry
    run("negotiation", "walkaway", "summit", "--draws", "2000", "--keep", "--today", "2026-07-01")
    assert "zone:\n" in (practice / "book/negotiations/summit/negotiation.yaml").read_text(encoding="utf-8")
    run("negotiation", "undo", "summit")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("negotiation", "show", "summt"), "there is no negotiation 'summt'; did you mean 'summit'?"),
        (("negotiation", "settle", "summit", "fee-schedul", "4 %"), "did you mean 'fee-schedule'?"),
        (("walkaway", "--payer", "nobody"), "'nobody' is no payer in the book; payers: "),
        (("walkaway", "--payer", "summit", "--from", "2026-10-20"), "has fewer than 30 claims"),
    ],
)
def test_what_is_asked_wrongly_is_answered(run: Run, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(EvenhandError, match=said.replace("?", r"\?")):
        run(*words)


def test_rails_of_a_clean_negotiation_are_not_blocked(run: Run) -> None:
    shown = json.loads(run("negotiation", "rails", "summit", "--today", "2026-09-01", "--json"))
    assert [row["rail"] for row in shown["rails"]] == [f"G{number}" for number in range(1, 12)]
    assert not any(row["state"] == "blocked" for row in shown["rails"])
    assert all(row["source"] and row["sure"] for row in shown["rails"])


def test_readiness_shows_evidence_and_what_would_be_green(run: Run) -> None:
    shown = json.loads(run("negotiation", "readiness", "summit", "--today", "2026-09-01", "--json"))
    items = {row["name"]: row for row in shown["readiness"]}
    assert items["Claims cover a year"]["state"] == "green"
    assert items["Leaders aligned"]["makes_green"] == "name leaders under 'people:' with 'approves: yes'"
    assert len(shown["pitfalls"]) == 6


def test_impasse_prices_the_rounds(run: Run, practice: Path) -> None:
    offer = next((practice / "offers").glob("summit*.yaml"))
    run("negotiation", "round", "summit", str(offer), "--from", "them", "--date", "2026-08-20")
    shown = json.loads(run("negotiation", "impasse", "summit", "--today", "2026-09-01", "--json"))
    assert [row["by"] for row in shown["rounds"]] == ["them"]
    assert shown["rounds"][0]["claims"] > 0
    sheet = json.loads(run("negotiation", "escalation", "summit", "--today", "2026-09-01", "--no-pricing", "--json"))
    assert [row["what"] for row in sheet["tried"]] == ["round 1 by them, open"]
    run("negotiation", "undo", "summit")


def test_messenger_mode_by_command(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    run("negotiation", "messenger", "enter", "summit", "--provider", "Cedar", "--rate", "all=4 %", "--to", str(mine))
    run("negotiation", "messenger", "offer", "summit", "--rate", "all=3 %")
    shown = run("negotiation", "messenger", "answer", "summit", "--provider", "Cedar", "--mine", str(mine))
    assert "Cedar does not accept offer 2." in shown
    payer = run("negotiation", "messenger", "payer", "summit", "--json")
    assert json.loads(payer)["answers"] == [{"provider": "Cedar", "offer": 2, "answer": "does not accept"}]
    assert "The log is whole" in run("negotiation", "messenger", "log", "summit")


def test_the_words_of_the_commands_are_those_of_the_language() -> None:
    assert (happen.TALKS, happen.APPROVALS, happen.NOTICES) == (language.TALKS, language.APPROVALS, language.NOTICES)
    (sure,) = [key.shape for key in language.BELIEF.keys if key.name == "sure"]
    assert tuple(sure.words) == happen.SURE  # type: ignore[attr-defined]
