"""The payment worklist, for programs: groups for everybody, single differences for those who may see claims."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ninja import Query

from evenhand.workspace.api.paging import paged
from evenhand.workspace.api.room import Room, Stated
from evenhand.workspace.api.tables import TableShown, table
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.payments import actions, queries
from evenhand.workspace.payments import api_shapes as shapes
from evenhand.workspace.payments.choosing import Chosen, differences, filters
from evenhand.workspace.payments.stories import log_seen, log_seen_claim, story
from evenhand.workspace.payments.trends import trends
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Payments")


@room.get("/payments/groups", May.SEE, shapes.Worked[shapes.GroupShown])
def groups(desk: Desk, asked: Query[shapes.GroupsSought]) -> dict[str, Any]:
    """Differences in groups, never one by one; the most dollars first."""
    found = queries.known(desk)
    if found.worklist is None:
        return paged([], asked, shapes.group) | shapes.how_far(found)
    chosen = filters(desk, found.worklist, asked.dict(), claims=False).chosen()
    return paged(queries.groups(found.worklist, chosen, asked.by), asked, shapes.group) | shapes.how_far(found)


@room.get("/payments/trends", May.SEE, list[TableShown])
def by_month(desk: Desk) -> list[dict[str, Any]]:
    """What is outstanding by month of service, and what came back by month; empty before the first worklist."""
    found = queries.known(desk)
    if found.worklist is None:
        return []
    made = trends(desk.organisation, found.worklist)
    return [table(made.outstanding), table(made.recovered)]


@room.post("/payments/again", May.SEE, shapes.HowFar)
def again(desk: Desk) -> dict[str, Any]:
    """Have a worklist that failed worked out anew."""
    return shapes.how_far(queries.known(desk, again=True))


@room.get("/payments/differences", May.SEE_CLAIMS, shapes.Worked[shapes.DifferenceShown])
def listed(desk: Desk, asked: Query[shapes.Sought]) -> Stated | dict[str, Any]:
    """Single differences, the largest first; that they were read is logged.

    The ETag is what a decision about all that are chosen is made from.
    """
    found = queries.known(desk)
    if found.worklist is None:
        return paged([], asked, shapes.difference) | shapes.how_far(found)
    chosen = filters(desk, found.worklist, asked.dict(), claims=True).chosen()
    rows = differences(found.worklist, chosen).select_related("cause", "matter").order_by("-amount", "pk")
    log_seen(desk, chosen, f", page {asked.page}, by a program")
    told = paged(rows, asked, shapes.difference) | shapes.how_far(found)
    return Stated(told, queries.sums(found.worklist, chosen).based_on)


@room.get("/payments/differences/{int:matter}", May.SEE_CLAIMS, shapes.StoryShown)
def one(desk: Desk, matter: int) -> Stated:
    """One difference with its claim and every decision; that it was read is logged."""
    found = queries.matter(desk, matter)
    log_seen_claim(desk, found)
    told = story(desk, queries.known(desk).worklist, found)
    return Stated(shapes.story(told), str(found.version))


@room.put("/payments/differences/{int:matter}", May.WORK_VARIANCES, shapes.MatterShown)
def decide(desk: Desk, matter: int, decision: shapes.DecisionSent, key: str, state: str) -> Stated:
    """Decide on one difference. `If-Match` is the version that was read."""
    queries.matter(desk, matter)
    version = int(state) if state.isdecimal() and len(state) < 9 else -1
    with suppress(DoneBeforeError):
        actions.settle_some(desk, {matter: version}, decision.decision(key))
    held = queries.matter(desk, matter)
    return Stated(shapes.matter(held), str(held.version))


@room.post("/payments/decisions", May.WORK_VARIANCES, shapes.Decided)
def decide_some(desk: Desk, sent: shapes.SomeDecided, key: str) -> dict[str, int]:
    """Decide on several differences at once: all of them, or none where one was changed since it was read."""
    versions = {one.matter: one.version for one in sent.matters}
    with suppress(DoneBeforeError):
        actions.settle_some(desk, versions, sent.decision(key))
    return {"decided": len(versions)}


@room.post("/payments/decisions/chosen", May.WORK_VARIANCES, shapes.Decided)
def decide_all(
    desk: Desk, asked: Query[shapes.ClaimFilters], sent: shapes.DecisionSent, key: str, state: str
) -> dict[str, int]:
    """Decide on all differences the filters choose. `If-Match` is the ETag of the list under the same filters."""
    try:
        count = actions.settle_all(desk, chosen_of(desk, asked), state, sent.decision(key))
    except DoneBeforeError as before:
        count = len(before.event.after.splitlines())
    return {"decided": count}


def chosen_of(desk: Desk, asked: shapes.ClaimFilters) -> Chosen:
    """What the filters of a request choose."""
    return queries.chosen_of(desk, asked.dict())
