"""What needs somebody today: promises due, notice days, approvals asked for, tasks that failed, findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.urls import reverse
from django.utils import timezone

from evenhand.documents.words import counted, day_words
from evenhand.workspace.escalation import queries as escalation
from evenhand.workspace.figures.queries import answer
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.portfolio.queries import Line
from evenhand.workspace.tasks import queries as tasks
from evenhand.workspace.tasks.models import State

#: How far ahead a notice day, and a promise, is told of; how long ago a failed task.
_NOTICE, _PROMISE, _FAILED = timedelta(days=120), timedelta(days=14), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to look at.

    ``state`` is ``bad`` (late) or ``care`` (soon); ``mine`` marks what waits for this very person.
    """

    what: str
    state: Literal["bad", "care"]
    word: str
    due: date | None = None
    url: str = ""
    mine: bool = False


def needs(desk: Desk, lines: Sequence[Line], today: date) -> list[Need]:
    """All that needs doing, what waits for this person first, then by day."""
    found = [need for line in lines for need in (*_of_contract(line, today), *_of_talks(desk, line, today))]
    found += [*_asked(desk, lines), *_failed(desk), *_findings(desk)]
    return sorted(found, key=lambda one: (not one.mine, one.due or today, one.what))


def _of_contract(line: Line, today: date) -> Iterator[Need]:
    if line.problems:
        yield Need(
            f"{line.name}: its file is refused, {counted(line.problems, 'problem')}", "bad", "refused", None, line.url
        )
    ends = line.calendar.ends if line.calendar else None
    if ends is None or ends.notice_by is None:
        return
    if ends.missed is None and ends.notice_by - today <= _NOTICE:
        runs = f"; the term ends {day_words(ends.ends)}" if ends.ends else ""
        yield Need(f"{line.title}: last day to give notice{runs}", "care", "notice", ends.notice_by, line.url)


def _of_talks(desk: Desk, line: Line, today: date) -> Iterator[Need]:
    if line.talks is None:
        return
    me = desk.person.name.casefold()
    url = reverse("negotiation", args=[desk.organisation.slug, line.talks.name])
    for one in line.talks.open_promises:
        if one.due and one.due - today <= _PROMISE:
            late = one.due < today
            mine = one.owner.casefold() == me
            what = f"{line.title}: {one.what} ({one.owner})"
            yield Need(what, "bad" if late else "care", "late" if late else "due", one.due, url, mine)


def _asked(desk: Desk, lines: Sequence[Line]) -> Iterator[Need]:
    """Approvals and notices that wait for this person."""
    titles = {line.talks.name: line.title for line in lines if line.talks}
    known = [(line.talks.name, line.talks.found) for line in lines if line.talks]
    for one in escalation.needs(desk, known):
        yield Need(f"{titles[one.negotiation]}: {one.what}", "care", one.word, one.due, one.url, mine=True)


def _failed(desk: Desk) -> Iterator[Need]:
    since = timezone.now() - _FAILED
    url = reverse("tasks", args=[desk.organisation.slug])
    for task in tasks.tasks(desk).filter(state=State.FAILED, ended__gte=since)[:5]:
        yield Need(f"{task.title}: {task.problem}", "bad", "failed", task.created.date(), url, mine=True)


def _findings(desk: Desk) -> Iterator[Need]:
    value = answer(desk, "findings").value or {}
    errors = value.get("findings", {}).get("error", 0)
    if errors and desk.may(May.LOAD):
        url = reverse("findings", args=[desk.organisation.slug])
        yield Need(f"{counted(errors, 'thing')} in the files loaded could not be read", "care", "findings", url=url)
