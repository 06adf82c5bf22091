"""The steps of an escalation, each once, in order, by whom it takes; all of it stands in the negotiation's file."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from evenhand.negotiation.record import (
    Approval,
    Kept,
    Negotiation,
    Seen,
    approve,
    escalate,
    list_issues,
    say_tried,
    sign_off,
    take_back,
)
from evenhand.workspace.escalation import queries
from evenhand.workspace.escalation.leaders import leaders, mine
from evenhand.workspace.escalation.queries import ESCALATION, TERMINATION
from evenhand.workspace.negotiations.actions import Request, changed
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.tasks.actions import enqueue

BRIEF = "escalation.brief"


def tried(desk: Desk, name: str, *, why: str, key: str) -> Negotiation:
    """Say that all else was tried.

    Raises:
        RefusedError: it is not known yet, or something is missing without which nothing goes up.
        UsageError: something else is missing and nobody says why.
    """
    desk.require(May.NEGOTIATE)
    found = queries.checks(desk, opened(desk, name))
    if found is None:
        raise RefusedError("What was tried is still being worked out; wait a moment and load the page again.")
    must = [one.name.lower() for one in found if one.missing and one.must]
    if must:
        raise RefusedError(f"Nothing goes up without this: {', '.join(must)}. Record it first.")
    missing = [one.name.lower() for one in found if one.missing]
    who, day = desk.person.name or desk.person.email, timezone.localdate()
    asked = Request("said that all else was tried in", key, why)
    return changed(desk, name, asked, lambda kept: say_tried(kept, day, who, missing=missing, why=why))


def list_open(desk: Desk, name: str, *, key: str) -> Negotiation:
    """List what is open as it stands, and ask every leader.

    Raises:
        UsageError: a step before is missing.
    """
    asked = Request("listed the open issues of", key)
    return changed(desk, name, asked, lambda kept: list_issues(kept, timezone.localdate()))


def sign(desk: Desk, name: str, what: str, *, note: str, state: str, key: str) -> Negotiation:
    """Sign off, in one's own name only.

    Args:
        desk: whose.
        name: of the negotiation.
        what: ``escalation`` or ``termination``.
        note: anything to add.
        state: the state of the negotiation that was on the page; another is refused if its open issues differ.
        key: names the request.

    Raises:
        RefusedError: the person is no leader of this negotiation.
        ConflictError: the open issues were changed since they were seen.
        UsageError: a step before is missing.
    """
    return _word(desk, name, what, f"signed off the {what} in", (note, state, key))


def withdraw(desk: Desk, name: str, what: str, *, note: str, key: str) -> Negotiation:
    """Take one's own sign-off back.

    Raises:
        RefusedError: the person is no leader of this negotiation, or there is nothing to take back.
        UsageError: it went up already.
    """
    return _word(desk, name, what, f"took back the sign-off of the {what} in", (note, "", key))


def _word(desk: Desk, name: str, what: str, said: str, rest: tuple[str, str, str]) -> Negotiation:
    """A leader's word; without a state that was seen it is taken back."""
    desk.require(May.APPROVE)
    note, state, key = rest
    names = _own_names(desk, name)
    seen = Seen("what is open", state, lambda found: found.open_issues) if state else None

    def act(kept: Kept) -> Negotiation:
        found = kept.read()
        for one in names:
            found = _written(kept, one, what, (note, bool(state)))
        return found

    return changed(desk, name, Request(said, key, note, seen, May.APPROVE), act)


def _own_names(desk: Desk, name: str) -> list[str]:
    names = mine(desk, opened(desk, name).found)
    if not names:
        raise RefusedError(
            "You are not among the leaders this negotiation names, so there is nothing to sign off for you. Leaders "
            "stand under Preparation, with their e-mail address and 'approves'; nobody signs for another."
        )
    return names


def _written(kept: Kept, leader: str, what: str, given: tuple[str, bool]) -> Negotiation:
    note, agrees = given
    day = timezone.localdate()
    if what == ESCALATION:
        return sign_off(kept, leader, day, note) if agrees else take_back(kept, leader, note)
    if what != TERMINATION:
        raise RefusedError(f"'{what}' is not signed off here; sign off an escalation or a termination.")
    held = kept.read()
    if not agrees and any(one.sent and one.by == "us" for one in held.notices if one.kind in ("non-renewal", what)):
        raise RefusedError("The notice is given; the approval it rests on stays.")
    return approve(kept, Approval(leader, what, day if agrees else None, note))


def ask_brief(desk: Desk, name: str, *, key: str) -> Any:
    """Have the brief written, once every leader agrees.

    Raises:
        RefusedError: a step before is missing.
    """
    desk.require(May.NEGOTIATE)
    given = opened(desk, name)
    missing = _before_brief(desk, given)
    if missing:
        raise RefusedError(f"The brief is written when everything before it is done; missing: {missing}.")
    asked = {"name": name, "request": key}
    return enqueue(desk, BRIEF, asked, title=f"Brief: {given.found.name}", key=f"{BRIEF} {name}")


def _before_brief(desk: Desk, given: Reading) -> str:
    made = queries.steps(given, leaders(desk, given.found, ESCALATION))
    return ", ".join(one.title.lower() for one in made if one.key in ("tried", "issues", "leaders") and not one.done)


def go_up(desk: Desk, name: str, *, key: str) -> Negotiation:
    """Record that it was escalated.

    Raises:
        UsageError: a step before is missing; it says which.
    """
    who, day = desk.person.name or desk.person.email, timezone.localdate()
    return changed(desk, name, Request("escalated", key), lambda kept: escalate(kept, day, who))
