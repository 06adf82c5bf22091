"""Every operation, every role, every kind of object: what the policy says is what the API does.

An operation added by any room is tried here without being named: its leave is what the room has said it takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evenhand.book import Book
from evenhand.negotiation.record import Talk, add_talk
from evenhand.workspace.api import actions
from evenhand.workspace.api.room import Operation
from evenhand.workspace.api.site import operations
from evenhand.workspace.contracts.actions import Sent, put_paper
from evenhand.workspace.escalation.models import NoticeRequest
from evenhand.workspace.figures.actions import TASK
from evenhand.workspace.loading.models import Delivery
from evenhand.workspace.organisations.actions import inviting
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Access, Invitation, Organisation, Role
from evenhand.workspace.organisations.policy import POLICY, May
from evenhand.workspace.payments.models import Packet
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.actions import enqueue

#: Things that are one person's alone: others do not find them.
ONES_OWN = re.compile(r"/tasks/\{task\}/")
#: What only comes to be by a change or by work; its own tests make one.
MADE_LATER = re.compile(r"\{stamp\}|\{matter\}|\{file\}|\{kind\}|/(letter|roles|end)$|/people/\{person\}$")
EVERY = operations()


@pytest.fixture
def objects(own: Organisation, member: Callable[..., Person], tmp_path: Path) -> dict[str, str]:
    """What stands for each part of an address. Whoever adds a part adds a real object of it here."""
    desk = desk_of(member(own, Role.LEAD, name="owner"), own.slug)
    negotiation = desk.negotiations()[0]
    letter = tmp_path / "letter.txt"
    letter.write_text("They move.")
    talk = add_talk(negotiation, Talk(date(2026, 11, 20), "letter"), [letter])
    contract = next(iter(desk.book().contract_folders()))
    put_paper(desk, contract, ("letter.txt", b"They move."), Sent(None))
    return {
        "organisation": own.slug,
        "document": "letter.txt",
        "attachment": talk.attachments[0].file.rpartition("/")[2],
        "name": negotiation.name,
        "issue": negotiation.read().issues[0].id,
        "contract": contract,
        "question": "data_facts",
        "stamp": "20260101T000000",
        "load": desk.book().loads()[0].id,
        "delivery": str(Delivery.objects.create(organisation=own, person=desk.person, names=["a.835"]).pk),
        "task": str(enqueue(desk, TASK, {}, title="Work").pk),
        "number": "1",
        "matter": "1",
        "what": "escalation",
        "file": "none.docx",
        "person": str(member(own, Role.READER, name="leaving").pk),
        "invitation": str(_invitation(desk)),
        "negotiation": negotiation.name,
        "packet": str(Packet.objects.create(organisation=own, person=desk.person, payer="S", count=1, amount=1).pk),
        "kind": "xlsx",
        "where": "contract.yaml",
        "form": "csv",
        "notice": str(_notice(own, desk).pk),
    }


def _invitation(desk: Desk) -> int:
    inviting.invite(desk, "new@cedar.example", [Role.READER])
    return Invitation.objects.get().pk


def _notice(organisation: Organisation, desk: Desk) -> NoticeRequest:
    """A notice that waits for a second person."""
    of, asked = desk.negotiations()[0], {"kind": "non-renewal", "why": "No movement.", "ends": date(2027, 3, 31)}
    told = {"seen": of.state(), "contract": of.contract().digest, "asked_by": desk.person}
    return NoticeRequest.objects.create(organisation=organisation, negotiation=of.name, **asked, **told)


def at(one: Operation, objects: dict[str, str], **other: str) -> str:
    """The address of an operation, with real objects for its parts."""
    known = objects | other
    if "/contracts/" not in one.path:
        known["question"] = "payers"
    if "/preparation/" in one.path:
        known["what"] = "goals"
    return re.sub(r"\{(\w+)\}", lambda part: known[part[1]], one.path)


def asked(program: Any, one: Operation, where: str) -> int:
    sent: dict[str, str] | None = None if one.method == "GET" else {}
    return int(program.ask(one.method, where, sent, if_match="none").status_code)


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is asked in a minute."""
    monkeypatch.setattr(actions, "A_MINUTE", 1_000_000)


def test_roles_may_what_the_policy_lets_them(
    own: Organisation, objects: dict[str, str], program: Callable[..., Any]
) -> None:
    programs = {role: program(own, role) for role in Role}
    wrong = []
    for one in EVERY:
        found = {role: asked(asking, one, at(one, objects)) for role, asking in programs.items()}
        may = {role for role in Role if one.may is None or one.may in POLICY[role]}
        wrong += [f"{one}: {role} got {status}" for role, status in found.items() if (status == 403) == (role in may)]
        wrong += [f"{one}: {role} got {status}" for role, status in found.items() if status == 401 or status >= 500]
        if not (ONES_OWN.search(one.path) or MADE_LATER.search(one.path)) and {found[role] for role in may} <= {404}:
            wrong.append(f"{one}: nobody finds it; give it a real object in the fixture objects")

    assert wrong == []


def test_a_token_without_the_leave_is_refused_whoever_made_it(
    own: Organisation, objects: dict[str, str], program: Callable[..., Any]
) -> None:
    seeing, reading = (program(own, *Role, scopes=(may,)) for may in (May.SEE, May.SEE_TRAIL))
    wrong = []
    for one in EVERY:
        other = seeing if one.may is not May.SEE else reading
        if one.may is not None and (status := asked(other, one, at(one, objects))) != 403:
            wrong.append(f"{one}: {status}")

    assert wrong == []


def test_another_organisations_token_finds_nothing(
    own: Organisation, objects: dict[str, str], program: Callable[..., Any], tmp_path: Any
) -> None:
    Book.create(tmp_path / "empty")
    other = Organisation.objects.create(name="Birch Valley", slug="birch", book=str(tmp_path / "empty"))
    stranger = program(other, *Role)
    wrong = []
    for one in EVERY:
        if one.may is None:
            continue
        here = asked(stranger, one, at(one, objects))
        wrong += [f"{one}: {here} where its token does not open"] if here != 404 else []
        if set(re.findall(r"\{(\w+)\}", one.path)) - {"organisation", "question", "form"}:
            there = asked(stranger, one, at(one, objects, organisation="birch"))
            wrong += [f"{one}: {there} for what is another's"] if there not in (404, 422) else []

    assert wrong == []


def test_a_closed_negotiation_is_not_there_for_any_role(
    own: Organisation, objects: dict[str, str], program: Callable[..., Any]
) -> None:
    Access.objects.create(organisation=own, negotiation=objects["name"], person=Person.objects.get(name="Owner"))
    programs = {role: program(own, role) for role in Role}
    about = [one for one in EVERY if "{name}" in one.path]
    found = {
        f"{one} {role}": asked(asking, one, at(one, objects))
        for one in about
        for role, asking in programs.items()
        if one.may in POLICY[role]
    }

    assert len(found) > 20
    assert {asking: status for asking, status in found.items() if status not in (404, 422)} == {}
