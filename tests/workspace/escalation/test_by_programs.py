"""Escalation and notice by programs: what the pages refuse is refused, and no token stands in for two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.workspace.api.conftest import Program

from evenhand.negotiation.record import Kept
from evenhand.workspace.api.actions import Wanted, make
from evenhand.workspace.escalation.models import NoticeRequest
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import allowed

AT = "/negotiations/summit"


@pytest.fixture
def by() -> Callable[[Desk], Program]:
    """A program with a new token of the person at a desk, who gave it all they may do."""

    def made(desk: Desk) -> Program:
        return Program(make(desk, Wanted("a test", allowed(desk.roles), 30))[1], desk.organisation.slug)

    return made


def approved(cfo: Program) -> None:
    state = cfo.get(f"{AT}/notices")["ETag"]
    (leader,) = cfo.post(f"{AT}/escalation/sign/termination", {}, if_match=state).json()
    assert leader["given"], leader


def asked_for(program: Program, **other: Any) -> Any:
    held = program.get(f"{AT}/notices")
    (way,) = (one for one in held.json()["ways"] if one["kind"] == "non-renewal")
    sent = {"kind": "non-renewal", "why": "No movement.", "duties": [one["id"] for one in way["duties"]]}
    return program.post(f"{AT}/notices", sent | other, if_match=held["ETag"])


def confirmed(program: Program, **other: Any) -> Any:
    row = program.get(f"{AT}/notices").json()["requests"][0]
    sent = {"payer": "Summit Health", "duties": [one["id"] for one in row["duties"]], "ends": row["ends"]}
    return program.post(f"{AT}/notices/{row['notice']}/confirm", sent | other)


def given(kept: Kept) -> list[str]:
    return [one.note for one in kept.read().notices if one.by == "us" and one.sent]


def test_notice_takes_two_people_whatever_tokens_they_have(
    lead: Desk, counsel: Desk, cfo: Desk, kept: Kept, by: Callable[[Desk], Program]
) -> None:
    first = by(lead)
    early = asked_for(first)
    assert early.status_code == 409
    assert "Leadership has not approved" in early.json()["detail"]
    approved(by(cfo))
    assert asked_for(first, duties=[]).json()["detail"].startswith("Not confirmed")
    made = asked_for(first).json()
    assert made["requests"][0]["own"]
    assert made["requests"][0]["duties"][0]["day"]

    for again in (first, by(lead)):
        refused = confirmed(again)
        assert refused.status_code == 409
        assert "a second person must confirm it" in refused.json()["detail"], "another token is no other person"
    assert given(kept) == []

    second = by(counsel)
    assert "Not confirmed" in confirmed(second, duties=[]).json()["detail"]
    assert confirmed(second, payer="Prairie Mutual").status_code == 409
    done = confirmed(second)
    assert done.status_code == 200, done.content.decode()
    assert given(kept) == ["asked for by Dana, confirmed by Omar"]
    assert confirmed(second).status_code == 409, "it is confirmed once"
    number = done.json()["requests"][0]["notice"]
    letter = first.get(f"{AT}/notices/{number}/letter")
    assert letter.content.startswith(b"PK")
    assert (
        f'filename="notice-summit-{NoticeRequest.objects.get().ended:%Y-%m-%d}.docx"' in letter["Content-Disposition"]
    )


def test_a_request_is_made_from_what_was_read_and_withdrawn_with_a_reason(
    lead: Desk, counsel: Desk, cfo: Desk, by: Callable[[Desk], Program]
) -> None:
    approved(by(cfo))
    program = by(lead)
    assert program.post(f"{AT}/notices", {"kind": "non-renewal", "why": "x"}, if_match="old").status_code == 412
    assert program.post(f"{AT}/notices", {"kind": "non-renewal", "why": " "}, if_match="old").status_code == 422
    number = asked_for(program).json()["requests"][0]["notice"]
    out = by(counsel).post(f"{AT}/notices/{number}/withdraw", {"why": "too soon"}).json()
    assert out["requests"][0]["state"] == "withdrawn"
    assert program.get(f"{AT}/notices/{number}/letter").status_code == 404


def test_nobody_signs_for_another_by_a_token(lead: Desk, cfo: Desk, by: Callable[[Desk], Program]) -> None:
    program, leader = by(lead), by(cfo)
    listed = program.post(f"{AT}/escalation/issues")
    assert listed.status_code == 422, "not before all else was tried"
    shown = leader.get(f"{AT}/escalation")
    assert shown.json()["own"] == ["Ruth Feldman"]
    assert program.get(f"{AT}/escalation").json()["own"] == []

    refused = program.post(f"{AT}/escalation/sign/escalation", {}, if_match=shown["ETag"])
    assert refused.status_code == 409
    assert "nobody signs for another" in refused.json()["detail"]
    assert leader.post(f"{AT}/escalation/sign/escalation", {}).status_code == 428
    for step in ("brief", "escalated"):
        assert program.post(f"{AT}/escalation/{step}").status_code in (409, 422), step
    assert program.get(f"{AT}/escalation/brief/none.docx").status_code == 404
