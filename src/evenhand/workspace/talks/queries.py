"""What was said, what is due, and where words occur.

Search is a plain scan of the records in memory: they are read once for each state of their file anyway, a team's
talks of years are a few megabytes, and there is no index that could fall behind what the command line writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from pathlib import Path

from django.http import Http404
from django.utils import timezone

from evenhand.errors import EvenhandError
from evenhand.negotiation.record import Commitment
from evenhand.workspace.contracts.papers import said_in_papers
from evenhand.workspace.negotiations.matching import KIND
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.negotiations.reading import Reading, reading
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.talks.dropping import FOLDER, Refused, folder_of, refused, waiting
from evenhand.workspace.talks.models import Feed
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import events

_SNIPPET, _MOST, _FILES, _LATELY = 90, 200, 512, 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where all the words occur: the negotiation (or contract), what it is, its day, and the words around."""

    name: str
    called: str
    what: str
    day: date | None
    around: str
    anchor: str = ""
    contract: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a day: a promise, a notice, a step of preparation."""

    name: str
    called: str
    what: str
    day: date
    kind: str
    late: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """The folder of a negotiation's e-mails: what waits there, what was recorded lately, what was refused."""

    folder: Path
    is_there: bool
    waiting: list[str]
    came: list[Event]
    refused: list[Refused]


def readings(desk: Desk) -> list[Reading]:
    """The negotiations this person may see, as far as they can be read."""
    found = []
    for kept in desk.negotiations():
        try:
            found.append(reading(kept))
        except EvenhandError:
            continue  # its own page says what is wrong with it
    return found


def search(desk: Desk, text: str) -> list[Hit]:
    """Where all of the words occur, in talks, promises, notes, issues, offers, names of files, contracts' documents."""
    words = text.casefold().split()
    if not words:
        return []
    entries = chain(*map(_entries, readings(desk)), _papers(desk))
    found = [_hit(one, words) for one in entries if _has(one.around, words)]
    return sorted(found, key=lambda one: one.day or date.min, reverse=True)[:_MOST]


def _has(text: str, words: list[str]) -> bool:
    held = text.casefold()
    return all(word in held for word in words)


def _hit(one: Hit, words: list[str]) -> Hit:
    at = max(one.around.casefold().find(words[0]), 0)
    start, end = max(0, at - _SNIPPET), at + _SNIPPET
    cut = f"{'…' if start else ''}{one.around[start:end]}{'…' if end < len(one.around) else ''}"
    return replace(one, around=cut)


def _papers(desk: Desk) -> Iterator[Hit]:
    """What lies with contracts."""
    for one in said_in_papers(desk):
        text = f"{one.paper} · {one.text}" if one.text else one.paper
        yield Hit(one.contract, one.called, "document", one.day, text, contract=True)


def _entries(given: Reading) -> Iterator[Hit]:
    """Everything that is searched, each with all of its words."""
    found = given.found

    def entry(what: str, day: date | None, *said: str, anchor: str = "") -> Hit:
        return Hit(given.name, found.name, what, day, " · ".join(one for one in said if one), anchor)

    for number, talk in enumerate(found.talks, start=1):
        files = (held.file.rpartition("/")[2] for held in talk.attachments)
        yield entry(talk.kind, talk.date, ", ".join(talk.who), talk.said, *files, anchor=f"talk-{number}")
    for one in found.commitments:
        yield entry("promise", one.due or one.made, one.owner, one.what, anchor=f"promise-{one.number}")
    for issue in found.issues:
        believed = issue.theirs.source
        said = (issue.called, issue.today, issue.opening, issue.target, issue.agreed, issue.note, believed)
        yield entry("issue", None, *said)
    for round_ in found.rounds:
        text = _offer(given.kept.folder / round_.offer) if round_.offer else ""
        yield entry(f"round {round_.number}", round_.date, round_.note, text)
    for goal in found.goals:
        yield entry("goal", None, goal)


def _offer(file: Path) -> str:
    return _text(file, file.stat().st_mtime_ns) if file.is_file() else ""


@lru_cache(_FILES)
def _text(file: Path, at: int) -> str:
    return file.read_text("utf-8", errors="replace")


def due(desk: Desk, *, within: int | None = None) -> list[Due]:
    """What has a day and is not done, the first one first; ``within`` so many days from today, or late."""
    today = timezone.localdate()
    found = sorted((one for given in readings(desk) for one in _days(given, today)), key=lambda one: one.day)
    return found if within is None else [one for one in found if one.day <= today + timedelta(days=within)]


def _days(given: Reading, today: date) -> Iterator[Due]:
    def made(what: str, day: date, kind: str) -> Due:
        return Due(given.name, given.found.name, what, day, kind, day < today)

    for one in given.found.commitments:
        if one.due is not None and one.done is None:
            yield made(f"{one.owner}: {one.what}", one.due, "promise")
    for notice in given.found.notices:
        if notice.due is not None and notice.sent is None:
            yield made(f"Notice ({notice.kind}) due", notice.due, "notice")
    if given.days.ends.notice_by is not None:
        yield made("Last day to give notice", given.days.ends.notice_by, "notice")
    if given.days.ends.effective is not None:
        yield made("New terms begin", given.days.ends.effective, "term")
    for dated in given.days.steps:
        if dated.state != "done":
            yield made(dated.step.what, dated.last, "preparation")


def promises(given: Reading) -> list[tuple[Commitment, str]]:
    """What was promised, with how it stands: what is open first."""
    today = given.days.today
    told = [(one, _stands(one, today)) for one in given.found.commitments]
    return sorted(told, key=lambda pair: (pair[1] == "done", pair[0].due or date.max))


def _stands(one: Commitment, today: date) -> str:
    if one.done is not None:
        return "done"
    return "late" if one.due is not None and one.due < today else "open"


def attachment(desk: Desk, name: str, file: str) -> tuple[bytes, str]:
    """A file kept with a talk, and what it was called.

    Raises:
        Http404: there is none of this name that this person may see.
    """
    given = opened(desk, name)
    held = {one.file.rpartition("/")[2]: one.file for talk in given.found.talks for one in talk.attachments}
    place = given.kept.folder / held[file] if file in held else None
    folder = given.kept.folder.resolve()
    if place is None or not place.is_file() or not place.resolve().is_relative_to(folder):
        raise Http404
    return place.read_bytes(), file.partition("-")[2] or file


def dropped(desk: Desk, name: str) -> Dropped | None:
    """What came through the folder of a negotiation; ``None`` where no e-mails are taken that way."""
    folder = folder_of(desk.organisation, name)
    if folder is None:
        return None
    came = events(desk.organisation, kind=KIND, name=name).filter(by=FOLDER)[:_LATELY]
    return Dropped(folder, folder.is_dir(), waiting(folder), list(came), refused(folder)[:_LATELY])


def feed_of(desk: Desk) -> Feed | None:
    """The link to this person's days that holds now."""
    return Feed.objects.filter(organisation=desk.organisation, person=desk.person, revoked=None).first()
