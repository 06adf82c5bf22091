"""The file and the log say the same: each request once, no version without its event, nobody overwritten."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from evenhand.errors import ConflictError, SelectionError, UsageError
from evenhand.negotiation.record import (
    Kept,
    Seen,
    Talk,
    add_goal,
    give_message,
    keep_new,
    position,
    remove_goal,
)
from evenhand.workspace.negotiations import actions, rounds
from evenhand.workspace.negotiations.actions import Request, begin, changed
from evenhand.workspace.negotiations.matching import KIND, told
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.talks import actions as talks
from evenhand.workspace.trail.actions import DoneBeforeError
from evenhand.workspace.trail.matching import OUTSIDE
from evenhand.workspace.trail.queries import broken, events

NAME = "summit"


@pytest.fixture
def at_work(own: Organisation, member: Callable[..., Person]) -> Desk:
    """A lead, whose book is her own and whose log tells all its versions."""
    desk = desk_of(member(own, Role.LEAD), own.slug)
    told(own, desk.negotiation(NAME))
    return desk


def test_a_change_stands_in_the_file_and_in_the_log(at_work: Desk) -> None:
    changed(
        at_work, NAME, Request("gave the message of", "k1", "for the board"), lambda kept: give_message(kept, "Us.")
    )

    event = events(at_work.organisation, kind=KIND, name=NAME)[0]
    assert at_work.negotiation(NAME).read().message == "Us."
    assert (event.person, event.what, event.why, event.key) == (
        at_work.person,
        "gave the message of",
        "for the board",
        "k1",
    )
    assert "Us." in event.after
    assert broken(at_work.organisation) == []


def test_the_same_request_changes_the_file_once(at_work: Desk) -> None:
    asked = Request("gave the message of", "k1")
    changed(at_work, NAME, asked, lambda kept: give_message(kept, "Once."))

    with pytest.raises(DoneBeforeError):
        changed(at_work, NAME, asked, lambda kept: give_message(kept, "Twice."))

    assert at_work.negotiation(NAME).read().message == "Once."


def test_a_server_killed_between_file_and_log_loses_neither(at_work: Desk) -> None:
    def killed(kept: Kept) -> NoReturn:
        give_message(kept, "Written, not logged.")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        changed(at_work, NAME, Request("gave the message of", "k1", "why not"), killed)
    assert not events(at_work.organisation, kind=KIND, name=NAME).filter(key="k1")

    with pytest.raises(DoneBeforeError):  # the form is sent again
        changed(at_work, NAME, Request("gave the message of", "k1"), lambda kept: give_message(kept, "Twice."))

    event = events(at_work.organisation, kind=KIND, name=NAME)[0]
    assert (event.person, event.what, event.key) == (at_work.person, "gave the message of", "k1")
    assert event.why.startswith("why not (made on ")
    assert at_work.negotiation(NAME).read().message == "Written, not logged."


def test_what_the_command_line_changed_is_told_as_done_outside(at_work: Desk) -> None:
    give_message(at_work.negotiation(NAME), "From a terminal.")
    changed(at_work, NAME, Request("gave the message of", "k1"), lambda kept: give_message(kept, "From a page."))

    page, terminal = events(at_work.organisation, kind=KIND, name=NAME)[:2]
    assert (terminal.by, terminal.person) == (OUTSIDE, None)
    assert "From a terminal." in terminal.after
    assert "From a terminal." in page.before
    before = len(events(at_work.organisation))
    told(at_work.organisation, at_work.negotiation(NAME))
    assert len(events(at_work.organisation)) == before, "each version has one event"


def test_the_second_of_two_is_told(at_work: Desk) -> None:
    seen = Seen("the message", at_work.negotiation(NAME).state(), lambda found: found.message)
    changed(at_work, NAME, Request("gave the message of", "k1"), lambda kept: give_message(kept, "The first."))

    with pytest.raises(ConflictError):
        changed(at_work, NAME, Request("gave", "k2", seen=seen), lambda kept: give_message(kept, "The second."))

    assert at_work.negotiation(NAME).read().message == "The first."
    assert not events(at_work.organisation, kind=KIND, name=NAME).filter(key="k2"), "what was refused is not logged"


def test_only_who_may_negotiate_changes_it(own: Organisation, member: Callable[..., Person]) -> None:
    counsel = desk_of(member(own, Role.COUNSEL), own.slug)

    with pytest.raises(PermissionDenied):
        changed(counsel, NAME, Request("set", "k1"), lambda kept: position(kept, "implants", target="9 %"))


def test_a_negotiation_begun_as_the_server_died_is_told_with_who_began_it(
    at_work: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*given: Any) -> NoReturn:
        keep_new(*given)
        raise KeyboardInterrupt

    asked, begun = Request("began", "k1"), at_work.negotiation(NAME).read()
    monkeypatch.setattr(actions, "keep_new", killed)
    with pytest.raises(KeyboardInterrupt):
        begin(at_work, "summit-2029", asked, lambda _: begun)

    monkeypatch.undo()
    with pytest.raises(DoneBeforeError):  # the form is sent again
        begin(at_work, "summit-2029", asked, lambda _: begun)

    (event,) = events(at_work.organisation, kind=KIND, name="summit-2029")
    assert (event.person, event.what, event.key) == (at_work.person, "began", "k1")


def test_of_two_at_once_both_are_kept_or_the_second_is_told(at_work: Desk, member: Callable[..., Person]) -> None:
    other = desk_of(member(at_work.organisation, Role.LEAD, name="second"), at_work.organisation.slug)
    today, before = timezone.localdate(), at_work.negotiation(NAME).read()
    promised = {"what": "send the table", "owner": "Dana", "day": today, "due": None}
    for place, one in enumerate((at_work, other)):
        talks.record(one, NAME, Talk(today, "call", (), f"said {place}"), (), f"t{place}")
        talks.record_promise(one, NAME, promised, f"p{place}")
        changed(one, NAME, Request("added a goal to", f"g{place}"), partial(add_goal, goal=f"goal {place}"))

    found = at_work.negotiation(NAME).read()
    assert [one.said for one in found.talks][-2:] == ["said 0", "said 1"]
    assert len(found.commitments) == len(before.commitments) + 2
    assert found.goals[-2:] == ("goal 0", "goal 1")
    round_, promise = found.rounds[-1].number, found.commitments[-1].number
    rounds.close_as(at_work, NAME, (round_, "accepted"), key="c1")
    talks.keep(at_work, NAME, promise, "d1")
    with pytest.raises(UsageError, match="was accepted already, by somebody else meanwhile; nothing was changed"):
        rounds.close_as(other, NAME, (round_, "rejected"), key="c2")
    with pytest.raises(UsageError, match=r"was marked as done on .* already"):
        talks.keep(other, NAME, promise, "d2")
    changed(at_work, NAME, Request("took a goal out of", "g2"), lambda kept: remove_goal(kept, "goal 0"))
    with pytest.raises(SelectionError, match="there is no goal"):
        changed(other, NAME, Request("took a goal out of", "g3"), lambda kept: remove_goal(kept, "goal 0"))
    assert at_work.negotiation(NAME).read().rounds[-1].state == "accepted"
