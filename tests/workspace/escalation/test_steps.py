"""The steps of an escalation: in their order, each by whom it takes, all in the negotiation's file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from evenhand.errors import ConflictError, UsageError
from evenhand.negotiation.record import Kept, Negotiation, add_person, position
from evenhand.negotiation.record import Person as Named
from evenhand.workspace.escalation import actions, queries
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.site.forms import new_key
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.worker import run_waiting
from evenhand.workspace.trail.actions import DoneBeforeError
from evenhand.workspace.trail.models import Event

PAGE = "/o/cedar/negotiations/summit/escalation/"
WHY = "They have not moved on fees for two rounds."
SCRIPT = '"><script>alert(1)</script>'


def say_tried(desk: Desk, why: str = WHY) -> Negotiation:
    opened(desk, "summit")
    queries.checks(desk, opened(desk, "summit"))
    run_waiting()
    return actions.tried(desk, "summit", why=why, key=new_key())


def sign(desk: Desk, note: str = "") -> Negotiation:
    state = opened(desk, "summit").state
    return actions.sign(desk, "summit", "escalation", note=note, state=state, key=new_key())


def listed(desk: Desk) -> Negotiation:
    say_tried(desk)
    return actions.list_open(desk, "summit", key=new_key())


def test_nothing_is_said_while_it_is_being_worked_out(lead: Desk) -> None:
    with pytest.raises(RefusedError, match="still being worked out"):
        actions.tried(lead, "summit", why=WHY, key=new_key())


def test_every_step_needs_the_one_before(lead: Desk, cfo: Desk) -> None:
    with pytest.raises(UsageError, match="all else was tried"):
        actions.list_open(lead, "summit", key=new_key())
    with pytest.raises(UsageError, match="first the open issues are listed"):
        sign(cfo)
    with pytest.raises(RefusedError, match="all else was tried"):
        actions.ask_brief(lead, "summit", key=new_key())
    listed(lead)
    with pytest.raises(UsageError, match="missing: Ruth Feldman"):
        actions.go_up(lead, "summit", key=new_key())
    with pytest.raises(RefusedError, match="leaders agree"):
        actions.ask_brief(lead, "summit", key=new_key())
    sign(cfo)
    with pytest.raises(UsageError, match="the brief is not written"):
        actions.go_up(lead, "summit", key=new_key())


def test_it_goes_up_and_the_file_says_so(lead: Desk, cfo: Desk, kept: Kept, own: Organisation) -> None:
    listed(lead)
    sign(cfo, "Agreed.")
    actions.ask_brief(lead, "summit", key=new_key())
    run_waiting()
    assert Task.objects.get(kind="escalation.brief").state == State.DONE, Task.objects.get(
        kind="escalation.brief"
    ).problem
    actions.go_up(lead, "summit", key=new_key())

    found = kept.read()
    assert found.escalation is not None
    assert found.escalation.escalated_by == "Dana"
    assert [(one.who, bool(one.given)) for one in found.approvals if one.what == "escalation"] == [
        ("Ruth Feldman", True)
    ]
    said = list(Event.objects.filter(name="summit", person__isnull=False).order_by("number").values_list("what", "by"))
    assert [what for what, _ in said] == [
        "said that all else was tried in",
        "listed the open issues of",
        "signed off the escalation in",
        "wrote the brief of",
        "escalated",
    ]
    assert queries.brief_files(lead, "summit") == [
        "summit-escalation.xlsx",
        "summit-one-pager.docx",
        "summit-one-pager.html",
    ]
    with pytest.raises(UsageError, match="it was escalated on"):
        actions.withdraw(cfo, "summit", "escalation", note="", key=new_key())


def test_what_is_missing_needs_a_reason(lead: Desk, kept: Kept) -> None:
    before = kept.read().escalation
    add_person(kept, Named("Second leader", approves=True))  # has not approved the targets: readiness is red
    with pytest.raises(UsageError, match="Say why it goes up nevertheless"):
        say_tried(lead, "")
    assert kept.read().escalation == before


def test_nobody_signs_for_another(lead: Desk, counsel: Desk, cfo: Desk) -> None:
    listed(lead)
    for other in (lead, counsel):
        with pytest.raises(RefusedError, match="You are not among the leaders"):
            sign(other)
    sign(cfo)


def test_an_address_counts_and_not_a_name(lead: Desk, somebody: Callable[..., Desk]) -> None:
    listed(lead)
    with pytest.raises(RefusedError, match="You are not among the leaders"):
        sign(somebody(Role.EXECUTIVE, "ruth feldman"))


def test_who_may_not_approve_signs_nothing(lead: Desk, somebody: Callable[..., Desk]) -> None:
    listed(lead)
    analyst = somebody(Role.ANALYST, "mei")
    with pytest.raises(PermissionDenied):
        sign(analyst)


def test_a_word_can_be_taken_back_before_it_goes_up(lead: Desk, cfo: Desk, kept: Kept) -> None:
    listed(lead)
    sign(cfo)
    actions.withdraw(cfo, "summit", "escalation", note="Wait a week.", key=new_key())

    word = next(one for one in kept.read().approvals if one.what == "escalation")
    assert word.given is None
    assert word.note == "Wait a week."


def test_issues_that_change_have_to_be_listed_and_signed_again(lead: Desk, cfo: Desk, kept: Kept) -> None:
    listed(lead)
    sign(cfo)
    position(kept, "interest", target="16 %")
    with pytest.raises(UsageError, match="have changed since they were listed"):
        actions.go_up(lead, "summit", key=new_key())

    found = actions.list_open(lead, "summit", key=new_key())

    assert [one.given for one in found.approvals if one.what == "escalation"] == [None], "the word was on other issues"


def test_a_leader_who_looked_at_other_issues_signs_nothing(lead: Desk, cfo: Desk, kept: Kept) -> None:
    listed(lead)
    seen = opened(cfo, "summit").state
    position(kept, "interest", target="16 %")
    actions.list_open(lead, "summit", key=new_key())

    with pytest.raises(ConflictError):
        actions.sign(cfo, "summit", "escalation", note="", state=seen, key=new_key())


def test_a_form_sent_twice_acts_once(lead: Desk) -> None:
    say_tried(lead)
    key = new_key()
    actions.list_open(lead, "summit", key=key)
    with pytest.raises(DoneBeforeError):
        actions.list_open(lead, "summit", key=key)


def test_what_people_write_is_shown_as_text(lead: Desk, cfo: Desk, entered: Callable[[Desk], Client]) -> None:
    say_tried(lead, SCRIPT)
    actions.list_open(lead, "summit", key=new_key())
    sign(cfo, SCRIPT)
    page = entered(lead).get(PAGE).content.decode()

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") == 2


def test_what_is_refused_is_said_on_the_page(lead: Desk, entered: Callable[[Desk], Client]) -> None:
    told = entered(lead).post(f"{PAGE}escalated/", {"key": new_key()}, follow=True).content.decode()

    assert "first the open issues are listed" in told


def test_a_leader_is_asked_on_the_first_page(lead: Desk, cfo: Desk, entered: Callable[[Desk], Client]) -> None:
    listed(lead)

    assert "your approval of escalation" in entered(cfo).get("/o/cedar/").content.decode()
    assert "your approval of escalation" not in entered(lead).get("/o/cedar/").content.decode()
    sign(cfo)
    assert "your approval of escalation" not in entered(cfo).get("/o/cedar/").content.decode()
