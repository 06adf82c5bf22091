"""Loading, for programs: bring files in, see what they are, load them, take a load out and put it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.room import Room
from evenhand.workspace.api.sent import Sent, multipart
from evenhand.workspace.api.tables import TableShown, row, table
from evenhand.workspace.loading import actions, queries
from evenhand.workspace.loading.models import Delivery
from evenhand.workspace.loading.receiving import taken_in
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May

room = Room("Loading")
_FILES = multipart(files="What is brought in; zip files are opened.", mapping="A mapping of columns.")


class LoadsAsked(Asked):
    """Those in the book, or those taken out."""

    where: Literal["inside", "outside"] = "inside"


class LoadShown(Schema):
    """A load: whether all of it is accounted for, and by kind and file."""

    load: str
    inside: bool
    by: str
    says: str
    tables: list[TableShown]


class DeliveryShown(Schema):
    """Files brought in: what each seems to be and what would come of loading them, once they were looked at."""

    id: UUID
    brought: datetime
    names: list[str]
    bytes: int
    task: UUID | None = Field(description="What looks at them, or loads them.")
    load: str = Field(description="The load they became.")
    ended: datetime | None
    says: str
    tables: list[TableShown]


class Reason(Sent):
    """Why it is done; it stands in the log."""

    why: str = Field(min_length=1, max_length=500)


@room.get("/loads", May.SEE, Page[dict[str, Any]])
def loads(desk: Desk, asked: Query[LoadsAsked]) -> dict[str, Any]:
    """The loads, the newest first: when, by whom, how much they hold."""
    sheet = queries.loads(desk)[asked.where == "outside"]
    return paged(sheet.rows, asked, lambda one: row(sheet, one) | {"load": one["load"]})


@room.get("/loads/{slug:load}", May.SEE, LoadShown)
def one(desk: Desk, load: str) -> dict[str, Any]:
    """One load."""
    shown = queries.load_page(desk, load)
    tables = [table(one) for one in shown.sheets]
    return {"load": load, "inside": shown.inside, "by": shown.by, "says": shown.says, "tables": tables}


@room.post("/loads/{slug:load}/take-out", May.LOAD, LoadShown)
def take_out(desk: Desk, load: str, sent: Reason, key: str) -> dict[str, Any]:
    """Take a load out of the book; its files are kept beside it."""
    queries.load_page(desk, load)
    actions.unload(desk, load, why=sent.why, key=key)
    return one(desk, load)


@room.post("/loads/{slug:load}/put-back", May.LOAD, Page[dict[str, Any]])
def put_back(desk: Desk, load: str, sent: Reason, key: str) -> dict[str, Any]:
    """Put a load back that was taken out; it gets a new name. The answer is what the book holds then."""
    queries.load_page(desk, load)
    actions.restore(desk, load, why=sent.why, key=key)
    return loads(desk, LoadsAsked(page=1, size=50))


@room.get("/deliveries", May.LOAD, Page[DeliveryShown])
def deliveries(desk: Desk, asked: Query[Asked]) -> dict[str, Any]:
    """What was brought in and neither loaded nor given up."""
    return paged(queries.open_deliveries(desk), asked, _delivery)


@room.post("/deliveries", May.LOAD, DeliveryShown, status=201, extra=_FILES)
def bring(request: HttpRequest, desk: Desk, key: str) -> dict[str, Any]:
    """Bring files in, all of them or none; a task then looks at them, and nothing is loaded yet."""
    return _delivery(taken_in(request, desk, key=key))


@room.get("/deliveries/{uuid:delivery}", May.LOAD, DeliveryShown)
def delivery(desk: Desk, delivery: UUID) -> dict[str, Any]:
    """One delivery, with what the look at it, or its loading, came to."""
    return _delivery(queries.delivery_of(desk.organisation, delivery))


@room.post("/deliveries/{uuid:delivery}/load", May.LOAD, DeliveryShown)
def load(desk: Desk, delivery: UUID, key: str) -> dict[str, Any]:
    """Have it loaded: all of it, or nothing."""
    actions.load(desk, queries.delivery_of(desk.organisation, delivery), key=key)
    return _delivery(queries.delivery_of(desk.organisation, delivery))


@room.post("/deliveries/{uuid:delivery}/give-up", May.LOAD, DeliveryShown)
def give_up(desk: Desk, delivery: UUID, key: str) -> dict[str, Any]:
    """Remove its files; the book stays as it was."""
    actions.give_up(desk, queries.delivery_of(desk.organisation, delivery), key=key)
    return _delivery(queries.delivery_of(desk.organisation, delivery))


def _delivery(found: Delivery) -> dict[str, Any]:
    seen, task = queries.seen(found), found.loading or found.looking
    told = {"says": seen.says, "tables": [table(one) for one in seen.sheets]} if seen else {"says": "", "tables": []}
    kept = {name: getattr(found, name) for name in ("id", "brought", "names", "bytes", "load", "ended")}
    return {**told, **kept, "task": task.pk if task else None}
