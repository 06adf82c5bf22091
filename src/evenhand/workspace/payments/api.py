"""The payment worklist, for programs: groups for everybody, single differences for those who may see claims."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.room import Room, Stated
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.payments import actions, queries
from evenhand.workspace.payments.actions import Decision
from evenhand.workspace.payments.choosing import Chosen, differences, filters
from evenhand.workspace.payments.models import Difference, Matter, Status, dollars
from evenhand.workspace.payments.stories import log_seen
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Payments")
Item = TypeVar("Item")
_STATUSES = [str(status) for status in Status]


class Sought(Asked):
    """Which differences; what is empty leaves all in, and a value that no difference has leaves all in, too."""

    payer: str = Field("", max_length=200)
    term: str = Field("", max_length=300)
    reason: str = Field("", max_length=300)
    family: str = Field("", max_length=100, description="Kind of service.")
    way: Literal["", "underpaid", "overpaid"] = ""
    status: str = Field("", max_length=20, description=f"outstanding, {', '.join(_STATUSES)}")


class GroupsSought(Sought):
    """Differences grouped by this."""

    by: Literal["cause", "payer", "term", "reason", "family"] = "cause"


class Worked(Page[Item], Generic[Item]):
    """A page of the worklist, and how far that is: `working` where a task makes the one of the book as it is."""

    made_at: datetime | None
    stale: bool = Field(description="The book has changed since.")
    working: bool
    problem: str
    task: UUID | None


class GroupShown(Schema):
    """Differences of one kind; what was paid too little and too much are never netted."""

    name: str
    more: str
    way: str
    cite: str
    pattern: str
    differences: int
    dollars: Decimal
    outstanding_dollars: Decimal
    statuses: dict[str, int]
    share_of_expected: Decimal | None


class DifferenceShown(Schema):
    """One line, or claim compared as a whole, that was paid otherwise than agreed."""

    matter: int
    version: int
    payer: str
    claim: str
    line: str
    code: str
    service_date: date | None
    expected: Decimal
    allowed: Decimal
    reason: str
    term: str
    evidence: str
    dispute_by: date | None
    status: str
    assigned: int | None
    follow_up: date | None


class MatterShown(Schema):
    """What was decided about one difference."""

    matter: int
    version: int
    status: str
    assigned: int | None
    follow_up: date | None
    note: str


class DecisionSent(Sent):
    """What is decided; what is left out stays as it is."""

    status: Status | None = None
    assigned: int | Literal["nobody"] | None = Field(None, description="The number of a member, or `nobody`.")
    follow_up: date | None = None
    note: str = Field("", max_length=2000)


@room.get("/payments/groups", May.SEE, Worked[GroupShown])
def groups(desk: Desk, asked: Query[GroupsSought]) -> dict[str, Any]:
    """Differences in groups, never one by one; the most dollars first."""
    found = queries.known(desk)
    if found.worklist is None:
        return paged([], asked, _group) | _how_far(found)
    made = queries.groups(found.worklist, _chosen(desk, found, asked), asked.by)
    return paged(made, asked, _group) | _how_far(found)


@room.get("/payments/differences", May.SEE_CLAIMS, Worked[DifferenceShown])
def listed(desk: Desk, asked: Query[Sought]) -> dict[str, Any]:
    """Single differences, the largest first; that they were read is logged."""
    found = queries.known(desk)
    if found.worklist is None:
        return paged([], asked, _difference) | _how_far(found)
    chosen = _chosen(desk, found, asked)
    rows = differences(found.worklist, chosen).select_related("cause", "matter").order_by("-amount", "pk")
    log_seen(desk, chosen, f", page {asked.page}, by a program")
    return paged(rows, asked, _difference) | _how_far(found)


@room.put("/payments/differences/{int:matter}", May.WORK_VARIANCES, MatterShown)
def decide(desk: Desk, matter: int, decision: DecisionSent, key: str, state: str) -> Stated:
    """Decide on one difference. `If-Match` is the version that was read."""
    queries.matter(desk, matter)
    told = Decision(
        key,
        status=str(decision.status or ""),
        assigned="" if decision.assigned is None else str(decision.assigned),
        follow_up=decision.follow_up,
        note=decision.note,
    )
    with suppress(DoneBeforeError):
        actions.settle_some(desk, {matter: int(state) if state.isdecimal() and len(state) < 9 else -1}, told)
    return _matter(queries.matter(desk, matter))


def _matter(held: Matter) -> Stated:
    kept = {name: getattr(held, name) for name in ("version", "status", "follow_up", "note")}
    return Stated({"matter": held.pk, "assigned": held.assigned_id, **kept}, str(held.version))


def _chosen(desk: Desk, found: queries.Known, asked: Sought) -> Chosen:
    assert found.worklist is not None
    return filters(desk, found.worklist, asked.dict(exclude={"page", "size", "by"}), claims=False).chosen()


def _how_far(found: queries.Known) -> dict[str, Any]:
    return {
        "made_at": found.worklist.made_at if found.worklist else None,
        "stale": found.stale,
        "working": found.working,
        "problem": found.problem,
        "task": found.task.pk if found.task else None,
    }


def _group(one: queries.Group) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("name", "more", "way", "cite", "pattern")}
    sums = {"differences": one.count, "dollars": one.amount, "outstanding_dollars": one.left}
    return {**told, **sums, "statuses": one.states, "share_of_expected": one.share}


def _difference(row: Difference) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("claim", "line", "code", "service_date", "evidence", "dispute_by")}
    matter, cause = row.matter, row.cause
    told |= {"expected": dollars(row.expected), "allowed": dollars(row.actual)}
    told |= {"payer": cause.payer, "reason": cause.reason, "term": cause.term}
    told |= {"matter": matter.pk, "assigned": matter.assigned_id}
    return told | {name: getattr(matter, name) for name in ("version", "status", "follow_up")}
