"""Dispute packets, for programs: asked for, looked at, taken out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.room import Room
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.payments import packets
from evenhand.workspace.payments.actions import MOST
from evenhand.workspace.payments.api import chosen_of
from evenhand.workspace.payments.api_shapes import LARGEST, ClaimFilters
from evenhand.workspace.payments.models import Packet
from evenhand.workspace.site.files import attached
from evenhand.workspace.tasks.queries import last
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Disputes")
_ALL = "/payments/packets"
_ONE = f"{_ALL}/{{uuid:packet}}"
Kind = Literal["xlsx", "docx", "html"]


class PacketShown(Schema):
    """A packet for one payer: `made` is null until a task has written it; then its files can be taken."""

    packet: UUID
    payer: str
    asked: datetime
    asked_by: str
    made: datetime | None
    items: int
    dollars: Decimal
    dispute_by: date | None
    task: UUID | None
    problem: str


class PacketAsked(Sent):
    """Which differences it is about: those of these matters, or all that the filters of the address choose."""

    matters: list[Annotated[int, Field(ge=1, le=LARGEST)]] | None = Field(None, min_length=1, max_length=MOST)


@room.get(_ALL, May.WORK_VARIANCES, Page[PacketShown])
def listed(desk: Desk, asked: Query[Asked]) -> dict[str, Any]:
    """The packets asked for, the newest first."""
    return paged(packets.packets_of(desk), asked, lambda one: _shown(desk, one))


@room.post(_ALL, May.WORK_VARIANCES, PacketShown, status=201)
def ask(desk: Desk, asked: Query[ClaimFilters], sent: PacketAsked, key: str) -> dict[str, Any]:
    """Have a packet written about what one payer paid too little; a task does it."""
    try:
        made = packets.ask_packet(desk, chosen_of(desk, asked), key=key, numbers=sent.matters)
    except DoneBeforeError as before:
        made = packets.packet_before(desk, before.event)
    return _shown(desk, made)


@room.get(_ONE, May.WORK_VARIANCES, PacketShown)
def one(desk: Desk, packet: UUID) -> dict[str, Any]:
    """One packet."""
    return _shown(desk, packets.packet_of(desk, packet))


@room.file(f"{_ONE}/{{kind}}", May.WORK_VARIANCES)
def file(desk: Desk, packet: UUID, kind: Kind) -> HttpResponse:
    """The evidence as a workbook, or the letter as a Word file or a page; that it was taken out is logged."""
    found = packets.packet_of(desk, packet)
    return attached(packets.take_file(desk, found, kind), packets.file_name(found, kind))


def _shown(desk: Desk, one: Packet) -> dict[str, Any]:
    task = last(desk, packets.task_key(one))
    told = {name: getattr(one, name) for name in ("payer", "asked", "made", "dollars", "dispute_by")}
    told |= {"packet": one.pk, "asked_by": str(one.person), "items": one.count}
    return told | {"task": task.pk if task else None, "problem": task.problem if task else ""}
