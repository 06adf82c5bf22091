"""What happens in a negotiation, written into its record: rounds, talks, promises, agreements, approvals, notices."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from evenhand.contracts.shapes import suggest
from evenhand.errors import ReadError, SelectionError, UsageError
from evenhand.negotiation.rails.facts import Flag
from evenhand.negotiation.rails.joint import Asker, joint_ask, refuse_joint_ask
from evenhand.negotiation.record.model import (
    AGREED,
    DROPPED,
    OPEN,
    Approval,
    Attachment,
    Belief,
    By,
    Commitment,
    Issue,
    Negotiation,
    Notice,
    Round,
    Talk,
)
from evenhand.negotiation.record.offers import take_offer
from evenhand.negotiation.record.shelf import Kept

ATTACHMENTS = "attachments"


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round to record: who offers, when, and what is to be said of it."""

    by: By
    day: date
    note: str = ""
    answers: int | None = None


def add_round(kept: Kept, offer: Path, new: NewRound) -> Round:
    """Record an offer or counteroffer; the file is copied in once it reads as one.

    An open round of the other side that it answers is marked as answered.

    Raises:
        ContractError: the offer is refused.
        UsageError: it amends another contract, or asks for competitors together (G1).
        SelectionError: the round it answers does not exist.
    """
    negotiation = kept.read()
    if new.by == "us" and negotiation.side == "provider":
        refuse_joint_ask(joint_flag(kept, negotiation))
    answers = _answered(negotiation, new)
    number = _next(negotiation.rounds)
    taken = take_offer(kept, negotiation, offer, f"{number:02d}-{new.by}")
    if answers is None and taken.amends is not None:
        answers = taken.amends
    made = Round(number, new.day, new.by, taken.file, taken.sha256, answers, OPEN, new.note)

    def with_round(before: Negotiation) -> Negotiation:
        at = _next(before.rounds)
        rounds = tuple(replace(one, state="answered") if _is_answered(one, made) else one for one in before.rounds)
        return replace(before, rounds=(*rounds, replace(made, number=at)))

    return kept.change(with_round).rounds[-1]


def joint_flag(kept: Kept, negotiation: Negotiation) -> Flag:
    """What rail G1 says of this negotiation's ask."""
    askers = [Asker(one.name, one.tin, one.owner) for one in negotiation.providers]
    told = negotiation.integration
    integrated = f"{told.kind}, {told.basis}" if told else ""
    return joint_ask(askers, kept.contract().parties.provider_tins, integrated=integrated)


def _is_answered(one: Round, made: Round) -> bool:
    return one.number == made.answers and one.state == OPEN and one.by != made.by


def _answered(negotiation: Negotiation, new: NewRound) -> int | None:
    """The round asked for; else the last open one of the other side."""
    if new.answers is not None:
        if all(one.number != new.answers for one in negotiation.rounds):
            known = ", ".join(str(one.number) for one in negotiation.rounds) or "none"
            raise SelectionError(f"there is no round {new.answers} to answer; rounds: {known}")
        return new.answers
    theirs = [one.number for one in negotiation.rounds if one.by != new.by and one.state == OPEN]
    return max(theirs, default=None)


def _next(numbered: Sequence[Round | Commitment]) -> int:
    return max((one.number for one in numbered), default=0) + 1


def close_round(kept: Kept, number: int, state: str) -> Negotiation:
    """Mark a round ``accepted``, ``rejected`` or ``withdrawn``.

    Raises:
        SelectionError: there is no such round.
    """

    def closed(before: Negotiation) -> Negotiation:
        _require(before.rounds, number, "round")
        rounds = (replace(one, state=state) if one.number == number else one for one in before.rounds)
        return replace(before, rounds=tuple(rounds))

    return kept.change(closed)


def add_talk(kept: Kept, talk: Talk, files: Sequence[Path] = ()) -> Talk:
    """Record what was said; files are copied in, each under its content's hash.

    Raises:
        ReadError: a file cannot be read.
        UsageError: nothing was said and nothing is attached.
    """
    return add_talks(kept, [(talk, files)])[0]


def add_talks(kept: Kept, said: Sequence[tuple[Talk, Sequence[Path]]]) -> tuple[Talk, ...]:
    """Record several at once: all of them, or none. As :func:`add_talk`."""
    if any(not talk.said.strip() and not files for talk, files in said):
        raise UsageError("nothing was said and no file is attached; say what it was about")
    made = tuple(
        replace(talk, attachments=(*talk.attachments, *(_attached(kept, file) for file in files)))
        for talk, files in said
    )
    kept.change(lambda before: replace(before, talks=(*before.talks, *made)))
    return made


def _attached(kept: Kept, file: Path) -> Attachment:
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise ReadError(file, f"cannot be read ({problem.strerror})", "name a file") from problem
    digest = hashlib.sha256(content).hexdigest()
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", file.name)
    place = kept.folder / ATTACHMENTS / f"{digest[:12]}-{name}"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        aside = place.with_name(f".{uuid4().hex}")
        try:
            aside.write_bytes(content)
            os.replace(aside, place)
        finally:
            aside.unlink(missing_ok=True)
    return Attachment(place.relative_to(kept.folder).as_posix(), digest)


def promise(kept: Kept, what: str, owner: str, *, made: date, due: date | None = None) -> Commitment:
    """Record what somebody promised to do.

    Raises:
        UsageError: it does not say what, or who.
    """
    _refuse_empty(what, "what was promised")
    _refuse_empty(owner, "who promised it")

    def with_promise(before: Negotiation) -> Negotiation:
        new = Commitment(_next(before.commitments), what, owner, made, due)
        return replace(before, commitments=(*before.commitments, new))

    return kept.change(with_promise).commitments[-1]


def _require(numbered: Sequence[Round | Commitment], number: int, what: str) -> None:
    if all(one.number != number for one in numbered):
        known = ", ".join(str(one.number) for one in numbered) or "none"
        raise SelectionError(f"there is no {what} {number}; {what}s: {known}")


def _refuse_empty(text: str, what: str) -> None:
    if not text.strip():
        raise UsageError(f"{what} is empty; write it in a few words")


def keep_promise(kept: Kept, number: int, day: date) -> Negotiation:
    """Mark what was promised as done.

    Raises:
        SelectionError: there is no such promise.
    """

    def done(before: Negotiation) -> Negotiation:
        _require(before.commitments, number, "promise")
        kept_now = (replace(one, done=day) if one.number == number else one for one in before.commitments)
        return replace(before, commitments=tuple(kept_now))

    return kept.change(done)


def settle(kept: Kept, issue: str, value: str) -> Negotiation:
    """Mark an issue as agreed on a value.

    Raises:
        SelectionError: there is no such issue.
        UsageError: the value is empty.
    """
    _refuse_empty(value, "the value agreed")
    return _issue_changed(kept, issue, lambda one: replace(one, status=AGREED, agreed=value.strip()))


def drop(kept: Kept, issue: str) -> Negotiation:
    """Take an issue off the table.

    Raises:
        SelectionError: there is no such issue.
    """
    return _issue_changed(kept, issue, lambda one: replace(one, status=DROPPED, agreed=""))


def position(kept: Kept, issue: str, *, opening: str = "", target: str = "", walk_away: str = "") -> Negotiation:
    """Set our positions on an issue; what is empty stays.

    Raises:
        SelectionError: there is no such issue.
        UsageError: nothing is given.
    """
    if not (opening or target or walk_away):
        raise UsageError("no position is given; give an opening, a target or a walk-away")
    return _issue_changed(kept, issue, lambda one: _placed(one, opening, target, walk_away))


def believe(kept: Kept, issue: str, belief: Belief) -> Belief:
    """Note what we believe of the other side's positions on an issue; what is empty stays as it was.

    Raises:
        SelectionError: there is no such issue.
        UsageError: no position is given.
    """
    if not (belief.opening or belief.target or belief.walk_away):
        raise UsageError("nothing is given to believe; give an opening, a target or a walk-away")

    def noted(one: Issue) -> Issue:
        held = one.theirs
        return replace(
            one,
            theirs=replace(
                belief,
                opening=belief.opening or held.opening,
                target=belief.target or held.target,
                walk_away=belief.walk_away or held.walk_away,
                source=belief.source or held.source,
            ),
        )

    found = _issue_changed(kept, issue, noted).issue(issue)
    assert found is not None
    return found.theirs


def _placed(one: Issue, opening: str, target: str, walk_away: str) -> Issue:
    return replace(
        one,
        opening=opening or one.opening,
        target=target or one.target,
        walk_away=walk_away or one.walk_away,
    )


def _issue_changed(kept: Kept, id_: str, changed: Callable[[Issue], Issue]) -> Negotiation:
    def apply(before: Negotiation) -> Negotiation:
        if before.issue(id_) is None:
            known = [one.id for one in before.issues]
            raise SelectionError(f"there is no issue '{id_}'; {suggest(id_, known) or 'the negotiation has none'}")
        issues = (changed(one) if one.id == id_ else one for one in before.issues)
        return replace(before, issues=tuple(issues))

    return kept.change(apply)


def approve(kept: Kept, approval: Approval) -> Negotiation:
    """Record a leader's word; one asked for before is given now."""

    def with_word(before: Negotiation) -> Negotiation:
        others = tuple(one for one in before.approvals if (one.who, one.what) != (approval.who, approval.what))
        return replace(before, approvals=(*others, approval))

    return kept.change(with_word)


def give_notice(kept: Kept, notice: Notice) -> Negotiation:
    """Record a formal notice; one that was only due is sent now."""

    def with_notice(before: Negotiation) -> Negotiation:
        others = tuple(one for one in before.notices if one.sent or (one.kind, one.by) != (notice.kind, notice.by))
        due = next((one.due for one in before.notices if (one.kind, one.by) == (notice.kind, notice.by)), None)
        return replace(before, notices=(*others, replace(notice, due=notice.due or due)))

    return kept.change(with_notice)
