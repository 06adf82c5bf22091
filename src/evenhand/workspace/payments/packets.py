"""Packets: what a payer is shown of what it paid too little, asked for here and written by a task."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify

from evenhand.book import Book
from evenhand.documents.dispute import Dispute, Disputed, dispute_letter, dispute_sheets
from evenhand.documents.paper import html_of, word_of
from evenhand.documents.words import counted
from evenhand.documents.workbook import write_workbook
from evenhand.errors import EvenhandError
from evenhand.money import show_money
from evenhand.performance.names import stated_days
from evenhand.pricing.books import contracts_of
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.payments.actions import KIND, MOST
from evenhand.workspace.payments.building import claims_told
from evenhand.workspace.payments.choosing import Chosen, differences
from evenhand.workspace.payments.models import Difference, Packet, PacketFile, Worklist, dollars
from evenhand.workspace.payments.queries import known
from evenhand.workspace.tasks.actions import enqueue
from evenhand.workspace.trail.actions import Deed, recorded
from evenhand.workspace.trail.models import Event

WRITE = "payments.packet"
Progress = Callable[[float, str], None]
#: What a packet consists of: the suffix of each file, and what it is.
FILES = {"xlsx": "Evidence, Excel workbook", "docx": "Letter, Word", "html": "Letter, to read or print"}
_READ_TOGETHER = 2_000


def ask_packet(desk: Desk, chosen: Chosen, *, key: str, numbers: Iterable[int] | None = None) -> Packet:
    """Have a packet written about differences: those of these numbers, or all that are chosen.

    Args:
        desk: whose.
        chosen: the filters.
        key: names the request.
        numbers: of matters; without them all that the filters choose.

    Raises:
        DoneBeforeError: this request was carried out already.
        RefusedError: there is nothing paid too little among them, it is about several payers, or too much.
    """
    desk.require(May.WORK_VARIANCES)
    rows = _disputable(known(desk).worklist, chosen, numbers)
    payer, amount = rows[0].cause.payer, sum(row.amount for row in rows)
    said = f"{payer}: {counted(len(rows), 'item')}, {show_money(dollars(amount))}"
    with recorded(Deed("asked for a dispute packet", KIND, said, desk.person, desk.organisation, key=key)) as draft:
        days = [row.dispute_by for row in rows if row.dispute_by]
        packet = Packet.objects.create(
            organisation=desk.organisation,
            person=desk.person,
            payer=payer,
            count=len(rows),
            amount=amount,
            dispute_by=min(days, default=None),
        )
        packet.matters.set([row.matter_id for row in rows])
        draft.after = "\n".join(f"{row.claim}, {row.line}" for row in rows)
        enqueue(desk, WRITE, {"packet": str(packet.pk)}, title=f"Write: {packet}", key=task_key(packet))
    return packet


def _disputable(worklist: Worklist | None, chosen: Chosen, numbers: Iterable[int] | None) -> list[Difference]:
    if worklist is None:
        raise RefusedError("There is no worklist yet.")
    found = differences(worklist, chosen).filter(cause__direction="underpaid").select_related("cause")
    rows = list((found if numbers is None else found.filter(matter__in=list(numbers))).order_by("-amount")[: MOST + 1])
    payers = sorted({row.cause.payer for row in rows})
    if not rows:
        raise RefusedError("Nothing of what was chosen was paid too little, so there is nothing to dispute.")
    if len(payers) > 1:
        raise RefusedError(f"A packet goes to one payer; these are about {', '.join(payers)}. Choose one of them.")
    if len(rows) > MOST:
        raise RefusedError(f"More than {MOST:,} differences were chosen; dispute them in parts.")
    return rows


def task_key(packet: Packet) -> str:
    """Names the task that writes a packet."""
    return f"{WRITE} {packet.pk}"


def packet_of(desk: Desk, id_: Any) -> Packet:
    """A packet of the organisation.

    Raises:
        Http404: it has none of this id.
    """
    rows = Packet.objects.select_related("person")
    return get_object_or_404(rows, organisation=desk.organisation, pk=id_)


def packets_of(desk: Desk) -> QuerySet[Packet]:
    """The packets of the organisation, the newest first."""
    return Packet.objects.filter(organisation=desk.organisation).select_related("person").order_by("-asked")


def packet_before(desk: Desk, event: Event) -> Packet:
    """The packet that a request made which was carried out before: the last its person had asked for by then.

    Raises:
        Http404: it is gone.
    """
    found = packets_of(desk).filter(person=event.person, asked__lte=event.at).first()
    if found is None:
        raise Http404
    return found


def file_name(packet: Packet, kind: str) -> str:
    """What a file of a packet is saved as."""
    return f"dispute-{slugify(packet.payer) or 'payer'}-{packet.asked:%Y-%m-%d}.{kind}"


def take_file(desk: Desk, packet: Packet, kind: str) -> bytes:
    """One file of a packet, to be handed out; that it leaves is logged.

    Raises:
        PermissionDenied: not with these roles.
        Http404: it is not written yet, or there is no such file.
    """
    if not desk.may(May.WORK_VARIANCES):
        raise PermissionDenied
    file = PacketFile.objects.filter(packet=packet, kind=kind).first()
    if file is None:
        raise Http404
    with recorded(Deed("took out", KIND, f"{packet}, {kind}"[:300], desk.person, desk.organisation)) as draft:
        draft.after = f"{packet.count} items"
    return bytes(file.content)


def write_packet(organisation: Organisation, id_: str, progress: Progress) -> None:
    """Write the files of a packet. Done again, it puts the same in their place.

    Raises:
        RefusedError: the book was changed and shows none of it any more.
    """
    packet = Packet.objects.select_related("person").get(organisation=organisation, pk=id_)
    progress(0.1, "gathering the evidence")
    dispute = _dispute(packet)
    progress(0.6, "writing letter and workbook")
    letter = dispute_letter(dispute)
    files = {"docx": word_of(letter), "html": html_of(letter).encode(), "xlsx": _workbook(dispute)}
    with transaction.atomic():
        for kind, content in files.items():
            PacketFile.objects.update_or_create(packet=packet, kind=kind, defaults={"content": content})
        Packet.objects.filter(pk=packet.pk).update(
            made=timezone.now(), count=len(dispute.items), amount=int(dispute.total.scaleb(2))
        )


def _workbook(dispute: Dispute) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dispute.xlsx"
        write_workbook(path, dispute_sheets(dispute))
        return path.read_bytes()


def _dispute(packet: Packet) -> Dispute:
    organisation = packet.organisation
    worklist = Worklist.objects.filter(organisation=organisation, ready=True).order_by("-made_at", "-pk").first()
    rows = list(
        Difference.objects.filter(worklist=worklist, matter__packets=packet, cause__direction="underpaid")
        .select_related("cause")
        .order_by("-amount", "pk")
    )
    if worklist is None or not rows:
        raise RefusedError("The book has changed: nothing of this packet is paid too little any more.")
    return Dispute(
        us=organisation.name,
        them=packet.payer,
        signed=packet.person.name or packet.person.email,
        written=timezone.localdate(packet.asked),
        items=_items(organisation.folder / "derived" / worklist.told, rows),
        payment_days=_payment_days(organisation, packet.payer),
    )


def _items(folder: Path, rows: Sequence[Difference]) -> list[Disputed]:
    items: list[Disputed] = []
    for begin in range(0, len(rows), _READ_TOGETHER):
        some = rows[begin : begin + _READ_TOGETHER]
        stories = claims_told(folder, {row.claim_key for row in some})
        items += [_item(row, stories.get(row.claim_key, {})) for row in some]
    return items


def _item(row: Difference, story: dict[str, Any]) -> Disputed:
    return Disputed(
        claim=row.claim,
        payer_claim=(story.get("settled") or {}).get("payer_claim_number") or "",
        line=row.line,
        service_date=row.service_date,
        code=row.code,
        revenue=row.revenue,
        modifiers=row.modifiers,
        units=row.units,
        charge=None if row.charge is None else dollars(row.charge),
        allowed=dollars(row.actual),
        expected=dollars(row.expected),
        contract=story.get("contract", ""),
        term=row.cause.term,
        cite=row.cause.cite,
        reason=row.cause.reason,
        explanation="; ".join([row.evidence, *_explanations(row, story)]),
        payer_codes=row.reasons,
        paid_on=row.payment_date,
        dispute_by=row.dispute_by,
    )


def _explanations(row: Difference, story: dict[str, Any]) -> list[str]:
    """How the prices of the line, or of the lines compared together, come about."""
    explained = story.get("explained") or {}
    lines = [line for line in explained.get("lines", ()) if row.compared == "claim" or line["line_key"] == row.line_key]
    said = [": ".join(part for part in (line["term"], line["arithmetic"]) if part) for line in lines]
    limits = [line["limit"] for line in lines if line["limit"]]
    return list(dict.fromkeys([*said, *limits, *(explained.get("adjustments", ()) if row.compared == "claim" else ())]))


def _payment_days(organisation: Organisation, payer: str) -> int | None:
    """Within how many days this payer's contracts have claims paid, where they agree on it."""
    try:
        found = contracts_of(Book.open(organisation.folder))
    except EvenhandError:
        return None
    stated = {stated_days(one.provisions.get("payment_days")) for one in found if one.parties.payer == payer}
    return stated.pop() if len(stated) == 1 else None
