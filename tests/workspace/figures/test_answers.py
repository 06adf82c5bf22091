"""An answer is worked out once for a state of the book; what is shown meanwhile says of when it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from evenhand.book import Book
from evenhand.errors import SelectionError
from evenhand.workspace.figures import asking
from evenhand.workspace.figures.asking import question
from evenhand.workspace.figures.models import Answer
from evenhand.workspace.figures.queries import answer
from evenhand.workspace.figures.signature import signature
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.models import Task
from evenhand.workspace.tasks.worker import run_waiting


@pytest.fixture
def own_desk(own: Organisation, member: Callable[..., Person]) -> Desk:
    """A lead with a book to change."""
    return desk_of(member(own, Role.LEAD), own.slug)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A question that tells how often it was answered, and refuses a payer called nobody."""
    monkeypatch.setattr(asking, "QUESTIONS", dict(asking.QUESTIONS))
    times: list[str] = []

    @question("counted", version=1)
    def how_often(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
        times.append(given["payer"])
        if given["payer"] == "nobody":
            raise SelectionError("'nobody' is no payer in the book")
        return {"times": len(times)}

    return times


def test_an_answer_is_worked_out_once_by_a_task(own_desk: Desk, counted: list[str]) -> None:
    first = answer(own_desk, "counted", payer="Summit")

    assert (first.state, first.value) == ("working", None)
    assert answer(own_desk, "counted", payer="Summit").task == first.task, "one task, however often it is asked"
    run_waiting()

    ready = answer(own_desk, "counted", payer="Summit")
    assert (ready.state, ready.value, ready.stale) == ("ready", {"times": 1}, False)
    assert ready.made_at is not None
    assert counted == ["Summit"]


def test_when_the_book_changes_the_earlier_answer_is_shown_as_such(
    own_desk: Desk, own: Organisation, counted: list[str]
) -> None:
    answer(own_desk, "counted", payer="Summit")
    run_waiting()
    contract = next(own.folder.glob("contracts/*/contract.yaml"))
    contract.write_text(contract.read_text() + "\n# read again\n")

    meanwhile = answer(own_desk, "counted", payer="Summit")
    assert (meanwhile.state, meanwhile.value, meanwhile.stale) == ("working", {"times": 1}, True)
    run_waiting()
    assert answer(own_desk, "counted", payer="Summit").value == {"times": 2}


def test_a_failure_says_why_and_is_tried_again_only_when_asked(
    own_desk: Desk, counted: list[str], signed_in: Callable[[Person], Client]
) -> None:
    answer(own_desk, "counted", payer="nobody")
    run_waiting()

    failed = answer(own_desk, "counted", payer="nobody")
    assert failed.state == "failed"
    assert failed.problem == "'nobody' is no payer in the book"
    assert run_waiting() == 0, "it is not tried again by itself"

    sent = {"question": failed.question, "given": failed.given_text, "back": "/o/cedar/"}
    response = signed_in(own_desk.person).post("/o/cedar/figures/again/", sent)
    assert (response.status_code, response["Location"]) == (302, "/o/cedar/")
    assert run_waiting() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"question": "counted", "given": '{"payer": "never asked"}'},
        {"question": "no such question", "given": "{}"},
        {"question": "counted", "given": "no json"},
        {"question": "counted", "given": "[1]"},
    ],
)
def test_only_what_failed_can_be_asked_again(
    own_desk: Desk, counted: list[str], signed_in: Callable[[Person], Client], sent: dict[str, str]
) -> None:
    assert signed_in(own_desk.person).post("/o/cedar/figures/again/", sent).status_code == 400
    assert Task.objects.count() == 0


def test_one_never_leads_away_from_the_site(
    own_desk: Desk, counted: list[str], signed_in: Callable[[Person], Client]
) -> None:
    answer(own_desk, "counted", payer="nobody")
    run_waiting()
    sent = {"question": "counted", "given": '{"payer": "nobody"}', "back": "//elsewhere.example/"}

    assert signed_in(own_desk.person).post("/o/cedar/figures/again/", sent)["Location"] == "/o/cedar/"


def test_answers_of_states_long_gone_are_let_go(own_desk: Desk, own: Organisation, counted: list[str]) -> None:
    for turn in range(5):
        (own.folder / "contracts" / "note.txt").write_text("x" * turn)
        answer(own_desk, "counted", payer="Summit")
        run_waiting()

    assert Answer.objects.count() == 3


def test_a_signature_names_contracts_and_negotiations(book_folder: Path) -> None:
    whole, claims = signature(book_folder), signature(book_folder, negotiations=False)
    file = next(book_folder.glob("negotiations/*/negotiation.yaml"))
    os.utime(file, ns=(1, 1))

    assert signature(book_folder) != whole
    assert signature(book_folder, negotiations=False) == claims
    (book_folder / "contracts" / ".hidden").write_text("nothing")
    assert signature(book_folder, negotiations=False) == claims


def test_what_pages_ask_is_answered_on_a_real_book(desk: Desk) -> None:
    contract = next(iter(desk.book().contract_folders()))
    asked: list[tuple[str, dict[str, str]]] = [
        ("payers", {}),
        ("variance", {}),
        ("medicare", {}),
        ("findings", {}),
        ("terms", {"contract": contract}),
        ("data_facts", {"contract": contract}),
    ]
    for name, given in asked:
        answer(desk, name, **given)
    run_waiting()
    found = {name: answer(desk, name, **given) for name, given in asked}

    assert [(name, one.problem) for name, one in found.items() if one.state != "ready"] == []
    payers = found["payers"].value
    assert payers is not None
    assert payers["over"]["claims"] > 1000
    assert abs(sum(float(row["paid_share"]) for row in payers["payers"]) - 1) < 0.001
    medicare = found["medicare"].value
    assert medicare is not None
    assert medicare["load"], "with the small fact table it says what to load"
    variance = found["variance"].value
    assert variance is not None
    assert all("evidence" not in row and "claim_id" not in row for row in variance["causes"]), "no single claims"
