"""What the page of an escalation shows: checks, open issues in dollars, leaders, the brief, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from evenhand.documents.words import day_words
from evenhand.negotiation.readiness import Check, DataFacts, all_else_tried, impasse, readiness
from evenhand.negotiation.record import Issue, Negotiation, issues_as_listed
from evenhand.workspace.escalation.leaders import Leader, mine
from evenhand.workspace.escalation.models import WAITS, NoticeRequest, State
from evenhand.workspace.figures.queries import Figure, answer
from evenhand.workspace.negotiations import trying
from evenhand.workspace.negotiations.queries import believed
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.files import kept_in
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.organisations.policy import May

ESCALATION, TERMINATION = "escalation", "termination"
#: Where a leader's word on something is given; on anything else, with the negotiation.
_PAGES = {ESCALATION: "escalation", TERMINATION: "notice"}


@dataclass(frozen=True, slots=True)
class Open:
    """One open issue: ours and theirs in words, in dollars a year where known, and how far they are apart."""

    issue: Issue
    theirs: str
    ours_worth: Decimal | None
    theirs_worth: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """How far our target and what they want are apart, in dollars a year."""
        if self.ours_worth is None or self.theirs_worth is None:
            return None
        return abs(self.ours_worth - self.theirs_worth)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whether it is done, what it comes to, and whether it is the next one."""

    key: str
    title: str
    done: bool
    says: str
    next: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for the person at a desk."""

    negotiation: str
    what: str
    word: str
    url: str
    due: date | None = None


def facts(desk: Desk, given: Reading) -> Figure:
    """What the book holds for the negotiation."""
    return answer(desk, "data_facts", contract=trying.contract_name(desk, given))


def checks(desk: Desk, given: Reading) -> tuple[Check, ...] | None:
    """Everything that is looked for before it goes up; ``None`` while the book is being looked at."""
    known, (rounds, _) = facts(desk, given), trying.rounds(desk, given)
    if known.value is None or known.stale or rounds.working:
        return None
    ready = readiness(given.found, given.days, _facts(dict(known.value)))
    return all_else_tried(given.found, ready, impasse(given.found, given.days, trying.round_worths_of(rounds)))


def _facts(value: dict[str, Any]) -> DataFacts:
    days = ("first_day", "last_day", "benchmark", "benchmark_first")
    told: dict[str, Any] = {key: date.fromisoformat(one) if key in days and one else one for key, one in value.items()}
    return DataFacts(**told)


def positions(desk: Desk, given: Reading) -> Figure:
    """What positions are worth, or the task that works it out."""
    on = given.days.ends.effective or given.days.today
    return answer(desk, "positions", negotiation=given.name, on=on.isoformat())


def open_issues(given: Reading, made: Figure) -> list[Open]:
    """What is open, with both positions."""
    rows = made.value["positions"] if made.value else ()
    worth = {(row["issue"], row["position"]): Decimal(str(row["worth"])) for row in rows}
    return [
        Open(one, believed(one.theirs), worth.get((one.id, "target")), worth.get((one.id, "theirs")))
        for one in given.found.open_issues
    ]


def steps(given: Reading, found: list[Leader]) -> list[Step]:
    """The five steps in their order."""
    made = list(_steps(given.found, found))
    first = next((one.key for one in made if not one.done), "")
    return [Step(one.key, one.title, one.done, one.says, one.key == first) for one in made]


def _steps(found: Negotiation, asked: list[Leader]) -> Iterator[Step]:
    held = found.escalation
    tried = bool(held and held.tried)
    yield Step(
        "tried", "All else was tried", tried, f"{held.tried_by}, {day_words(held.tried)}" if held and tried else ""
    )
    same = bool(held and held.listed and held.issues == issues_as_listed(found))
    changed = "the issues have changed since they were listed" if held and held.listed and not same else ""
    yield Step("issues", "Open issues are listed", same, day_words(held.listed) if held and same else changed)
    given = [one for one in asked if one.given]
    agree = same and bool(asked) and len(given) == len(asked)
    yield Step("leaders", "Leaders agree", agree, f"{len(given)} of {len(asked)} have signed off")
    brief = agree and bool(held and held.brief)
    yield Step("brief", "The brief is written", brief, day_words(held.brief) if held and brief else "")
    up = bool(held and held.escalated)
    yield Step(
        "escalated", "It goes up", up, f"{held.escalated_by}, {day_words(held.escalated)}" if held and up else ""
    )


def brief_folder(organisation: Organisation, name: str) -> Path:
    """Where the brief of a negotiation lies."""
    return kept_in(organisation, "escalation") / name


def brief_files(desk: Desk, name: str) -> list[str]:
    """The files of the brief as it was last written."""
    folder = brief_folder(desk.organisation, name)
    return sorted(one.name for one in folder.iterdir() if one.is_file()) if folder.is_dir() else []


def brief_file(desk: Desk, name: str, file: str) -> bytes:
    """One of them.

    Raises:
        Http404: there is none of this name.
    """
    if file not in brief_files(desk, name):
        raise Http404
    return (brief_folder(desk.organisation, name) / file).read_bytes()


def gap_of_offers(given: Reading) -> tuple[Decimal, int, str] | None:
    """How far the last offers are apart, over how many years, and from what; ``None`` where it is not kept."""
    worth = {one.by: one.worth for one in given.found.rounds if one.worth}
    ours, theirs = worth.get("us"), worth.get("them")
    if ours is None or theirs is None or given.found.last_round is None or ours.years != theirs.years:
        return None
    return abs(ours.change - theirs.change), ours.years, ours.source


def requests(desk: Desk, name: str) -> list[NoticeRequest]:
    """The requests for notices in a negotiation, the latest first."""
    rows = NoticeRequest.objects.filter(organisation=desk.organisation, negotiation=name)
    return list(rows.select_related("asked_by", "ended_by").order_by("-asked"))


def request_of(desk: Desk, name: str, number: int) -> NoticeRequest:
    """One of them.

    Raises:
        Http404: this negotiation has none of this number.
    """
    found = next((one for one in requests(desk, name) if one.pk == number), None)
    if found is None:
        raise Http404
    return found


def needs(desk: Desk, talked: Iterable[tuple[str, Negotiation]]) -> list[Need]:
    """Approvals asked of the person at this desk, and notices that wait for a second person."""
    known = dict(talked)
    return [*_signatures(desk, known), *_notices(desk, known)]


def _signatures(desk: Desk, known: dict[str, Negotiation]) -> Iterator[Need]:
    if not desk.may(May.APPROVE):
        return
    for name, found in known.items():
        asked = [one for one in found.approvals if one.given is None]
        names = set(mine(desk, found)) if asked else set()
        for one in asked:
            if one.who in names or one.who.casefold() == desk.person.name.casefold():
                page = _PAGES.get(one.what, "negotiation")
                yield Need(name, f"your approval of {one.what}", "approve", _at(page, desk, name))


def _notices(desk: Desk, known: dict[str, Negotiation]) -> Iterator[Need]:
    if not desk.may(May.GIVE_NOTICE):
        return
    waiting = NoticeRequest.objects.filter(
        organisation=desk.organisation, state=State.WAITING, asked__gt=timezone.now() - WAITS, negotiation__in=known
    )
    for one in waiting.exclude(asked_by=desk.person).select_related("asked_by"):
        what = f"confirm or withdraw the notice of {one.kind} that {one.asked_by} asks for"
        yield Need(
            one.negotiation, what, "confirm", _at("notice", desk, one.negotiation), timezone.localdate(one.until)
        )


def _at(page: str, desk: Desk, name: str) -> str:
    return reverse(page, args=[desk.organisation.slug, name])
