"""The steps of an escalation, written into the record in their order: what is missing is said, nothing is skipped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from evenhand.errors import UsageError
from evenhand.negotiation.record.model import Approval, EscalationSteps, Negotiation
from evenhand.negotiation.record.shelf import Kept

_WORD = "escalation"


def issues_as_listed(found: Negotiation) -> str:
    """What names the open issues with all that is said of them: the same as long as nothing of them changes."""
    told = repr([replace(one, line=0) for one in found.open_issues])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def say_tried(kept: Kept, day: date, who: str, *, missing: Sequence[str] = (), why: str = "") -> Negotiation:
    """Say that all else was tried.

    Args:
        kept: the negotiation.
        day: the day it is said.
        who: who says so.
        missing: what was looked for and is not there.
        why: why it goes up nevertheless.

    Raises:
        UsageError: something is missing and nobody says why; or it went up already.
    """
    if missing and not why.strip():
        raise UsageError(f"not all is there: {'; '.join(missing)}. Say why it goes up nevertheless")

    def said(before: Negotiation) -> Negotiation:
        steps = _not_yet_up(before)
        return replace(before, escalation=replace(steps, tried=day, tried_by=who, why=why.strip()))

    return kept.change(said)


def list_issues(kept: Kept, day: date) -> Negotiation:
    """List what is open, and ask every leader of ours; words given on an earlier list have to be given again.

    Raises:
        UsageError: a step before is missing, nothing is open, or no leader is named.
    """

    def listed(before: Negotiation) -> Negotiation:
        steps = _not_yet_up(before)
        _require(steps.tried is not None, "first somebody says that all else was tried")
        _require(bool(before.open_issues), "no issue is open, so there is nothing to escalate")
        leaders = [one.name for one in before.people if one.approves and one.side == "us"]
        _require(bool(leaders), "no leader is named; name those who must agree under 'people:' with 'approves: yes'")
        others = tuple(one for one in before.approvals if one.what != _WORD)
        asked = tuple(Approval(name, _WORD) for name in dict.fromkeys(leaders))
        now = replace(steps, listed=day, issues=issues_as_listed(before), brief=None)
        return replace(before, approvals=(*others, *asked), escalation=now)

    return kept.change(listed)


def sign_off(kept: Kept, leader: str, day: date, note: str = "") -> Negotiation:
    """Record that a leader agrees to the escalation.

    Raises:
        UsageError: the open issues are not listed as they stand, nobody of this name must agree, or it went up already.
    """
    return _word(kept, Approval(leader, _WORD, day, note.strip()))


def take_back(kept: Kept, leader: str, note: str = "") -> Negotiation:
    """Take a leader's word on the escalation back, as long as it has not gone up.

    Raises:
        UsageError: nobody of this name must agree, or it went up already.
    """
    return _word(kept, Approval(leader, _WORD, None, note.strip()))


def _word(kept: Kept, word: Approval) -> Negotiation:
    def said(before: Negotiation) -> Negotiation:
        _not_yet_up(before)
        if word.given is not None:
            _require_listed(before)
        known = [one.who for one in before.approvals if one.what == _WORD]
        _require(word.who in known, f"'{word.who}' was not asked; asked are {', '.join(known) or 'nobody'}")
        told = (word if (one.who, one.what) == (word.who, _WORD) else one for one in before.approvals)
        return replace(before, approvals=tuple(told))

    return kept.change(said)


def keep_brief(kept: Kept, day: date) -> Negotiation:
    """Record that the brief was written, of the issues as they are listed.

    Raises:
        UsageError: a step before is missing.
    """
    return _step(kept, lambda steps: replace(steps, brief=day), need_brief=False)


def escalate(kept: Kept, day: date, who: str) -> Negotiation:
    """Record that it went up: all else was tried, issues listed, every leader agrees, the brief is written.

    Raises:
        UsageError: a step is missing; it says which.
    """
    return _step(kept, lambda steps: replace(steps, escalated=day, escalated_by=who), need_brief=True)


def _step(kept: Kept, change: Callable[[EscalationSteps], EscalationSteps], *, need_brief: bool) -> Negotiation:
    def stepped(before: Negotiation) -> Negotiation:
        steps = _not_yet_up(before)
        _require_listed(before)
        missing = _not_agreed(before)
        _require(not missing, f"not every leader agrees yet; missing: {', '.join(missing)}")
        _require(steps.brief is not None or not need_brief, "the brief is not written yet; have it written first")
        return replace(before, escalation=change(steps))

    return kept.change(stepped)


def _not_agreed(found: Negotiation) -> list[str]:
    """Leaders whose word is missing: those asked, and those named since."""
    given = {one.who for one in found.approvals if one.what == _WORD and one.given}
    asked = [one.who for one in found.approvals if one.what == _WORD]
    named = [one.name for one in found.people if one.approves and one.side == "us"]
    return [name for name in dict.fromkeys((*asked, *named)) if name not in given]


def _require_listed(found: Negotiation) -> None:
    steps = found.escalation or EscalationSteps()
    _require(steps.listed is not None, "first the open issues are listed")
    same = steps.issues == issues_as_listed(found)
    _require(same, "the open issues have changed since they were listed; list them again, and have all agree again")


def _not_yet_up(found: Negotiation) -> EscalationSteps:
    steps = found.escalation or EscalationSteps()
    _require(steps.escalated is None, f"it was escalated on {steps.escalated} by {steps.escalated_by}")
    return steps


def _require(there: bool, otherwise: str) -> None:
    if not there:
        raise UsageError(otherwise)
