"""Notices that end a contract: asked for by one person, confirmed by another, recorded once; nothing is sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from evenhand.documents.words import day_words
from evenhand.negotiation.rails import Duty, Way, duties, ways_to_end
from evenhand.negotiation.record import Kept, Negotiation, Notice, Seen, give_notice
from evenhand.workspace.escalation.leaders import leaders
from evenhand.workspace.escalation.models import WAITS, NoticeRequest, State
from evenhand.workspace.escalation.queries import TERMINATION, request_of
from evenhand.workspace.negotiations.actions import Request, changed
from evenhand.workspace.negotiations.matching import KIND
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.negotiations.reading import Reading, rails
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.errors import ConflictError, RefusedError
from evenhand.workspace.organisations.policy import May, allowed
from evenhand.workspace.organisations.queries import members
from evenhand.workspace.trail.actions import Deed, recorded

_ENDING = ("non-renewal", "termination")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for: ``ends`` only where the day is given by hand, with ``why_day``."""

    kind: str
    why: str
    duties: Collection[str]
    state: str
    key: str
    ends: date | None = None
    why_day: str = ""


def way_of(given: Reading, kind: str) -> Way:
    """How the contract is ended by this kind of notice, given today."""
    return ways_to_end(given.contract, given.days.today)[kind]


def duties_of(given: Reading, ends: date) -> tuple[Duty, ...]:
    """What is owed to patients and members when the contract ends on a day."""
    return duties(given.contract, ends, today=given.days.today, plan=given.found.plan)


def notice_given(given: Reading) -> Notice | None:
    """The notice of ours that ends the contract, if one was given."""
    held = (one for one in given.found.notices if one.by == "us" and one.sent and one.kind in _ENDING)
    return next(held, None)


def hindrances(desk: Desk, given: Reading) -> list[str]:
    """Everything that keeps a notice from being asked for, in sentences."""
    said = []
    asked = leaders(desk, given.found, TERMINATION)
    if not asked:
        said.append("No leader is named. Under Preparation, name those who must agree, with 'approves'.")
    missing = [one.name for one in asked if one.given is None]
    if missing:
        said.append(f"Leadership has not approved the termination; missing: {', '.join(missing)}.")
    held = notice_given(given)
    if held is not None:
        said.append(f"Notice of {held.kind} was given on {day_words(held.sent)} already.")
    blocked = [f"{one.rail} {one.of.name}: {one.found}" for one in rails(given).blocked]
    return said + [f"A guard rail blocks it: {one}." for one in blocked]


def ask(desk: Desk, name: str, asked: Asked) -> NoticeRequest:
    """Ask for a notice.

    Raises:
        DoneBeforeError: this request was carried out already.
        ConflictError: the negotiation was changed since the form was made.
        RefusedError: something is missing; it says what.
    """
    desk.require(May.GIVE_NOTICE)
    given = opened(desk, name)
    if given.state != asked.state:
        raise ConflictError("The negotiation was changed since this form was opened. Look at it as it is now.")
    ends, way = _ends(given, asked), way_of(given, asked.kind)
    owed = duties_of(given, ends)
    _refuse([*hindrances(desk, given), *_unconfirmed(owed, asked.duties)])
    told = f"asked for notice of {asked.kind} in"
    with recorded(Deed(told, KIND, name, desk.person, desk.organisation, why=asked.why, key=asked.key)) as draft:
        _refuse_second(desk, name)
        made = NoticeRequest.objects.create(
            organisation=desk.organisation,
            negotiation=name,
            kind=asked.kind,
            asked_by=desk.person,
            why=asked.why,
            ends=ends,
            why_day=asked.why_day if asked.ends else "",
            rests_on="" if asked.ends else way.says,
            duties=[_plain(one) for one in owed],
            seen=given.state,
            contract=given.contract.digest,
        )
        draft.after = f"the contract ends on {ends}; waits for a second person until {timezone.localdate(made.until)}"
    return made


def _plain(duty: Duty) -> dict[str, Any]:
    return asdict(duty) | {"day": duty.day.isoformat() if duty.day else ""}


def _ends(given: Reading, asked: Asked) -> date:
    """The last day: the contract's own, or one given by hand with a reason."""
    if asked.ends is None:
        way = way_of(given, asked.kind)
        if way.ends is None:
            raise RefusedError(f"No day can be worked out: {way.says}. Give the last day by hand, and say why.")
        return way.ends
    if not asked.why_day.strip():
        raise RefusedError("A last day given by hand needs a reason: say why it is not the contract's own.")
    if asked.ends <= given.days.today:
        raise RefusedError(f"The last day must be after today, {given.days.today}.")
    return asked.ends


def _unconfirmed(owed: Collection[Duty], confirmed: Collection[str]) -> list[str]:
    missing = [one.what for one in owed if one.id not in confirmed]
    return [f"Not confirmed: {one}." for one in missing]


def _refuse(said: list[str]) -> None:
    if said:
        raise RefusedError(" ".join(said))


def _refuse_second(desk: Desk, name: str) -> None:
    """One request waits at a time; one that has expired gives way."""
    rows = NoticeRequest.objects.filter(organisation=desk.organisation, negotiation=name, state=State.WAITING)
    rows.filter(asked__lte=timezone.now() - WAITS).update(state=State.EXPIRED)
    held = rows.select_related("asked_by").first()
    if held is not None:
        raise RefusedError(f"A request by {held.asked_by} waits already; confirm it, or withdraw it first.")


def outdated(desk: Desk, given: Reading, row: NoticeRequest) -> str:
    """Why a request that waits must be made anew; empty where it need not."""
    if not row.is_open:
        return f"This request is {row.in_words}; make a new one."
    if given.state != row.seen:
        return "The negotiation was changed since this was asked for; make the request anew."
    if given.contract.digest != row.contract:
        return "The contract was changed since this was asked for; make the request anew."
    if row.why_day and row.ends <= given.days.today:
        return "The last day that was asked for has passed; make the request anew."
    if not row.why_day and row.kind == "non-renewal" and way_of(given, row.kind).ends != row.ends:
        return "The notice day passed while this waited; make the request anew."
    asker = next((one for one in members(desk) if one.person == row.asked_by), None)
    if asker is None or May.GIVE_NOTICE not in allowed(asker.roles):
        return f"{row.asked_by} may not ask for a notice any more; make the request anew."
    return ""


def ends_of(given: Reading, row: NoticeRequest) -> date:
    """The contract's last day if the notice is confirmed today: a period of notice begins on the day it is given."""
    ends = way_of(given, row.kind).ends
    return row.ends if row.why_day or row.kind != "termination" or ends is None else ends


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the second person says: the payer's name, typed; the duties, one by one; the last day that was shown."""

    payer: str
    duties: Collection[str]
    ends: date
    key: str


def confirm(desk: Desk, name: str, number: int, said: Confirmed) -> Negotiation:
    """Confirm a request as the second person, and record the notice.

    Raises:
        DoneBeforeError: this request was carried out already.
        RefusedError: it is one's own, is over, or something is missing; it says what.
        ConflictError: the negotiation was changed in this very moment.
    """
    desk.require(May.GIVE_NOTICE)
    given, row = opened(desk, name), request_of(desk, name, number)
    ends = _fit(desk, given, row, said)
    seen = Seen("the negotiation", row.seen, lambda found: found)
    asked = Request(f"confirmed and gave notice of {row.kind} in", said.key, row.why, seen, May.GIVE_NOTICE)

    def act(kept: Kept) -> Negotiation:
        now = NoticeRequest.objects.select_for_update().get(pk=row.pk)
        if not now.is_open:
            raise RefusedError(f"This request is {now.in_words}.")
        made = give_notice(kept, Notice(row.kind, "us", given.days.today, effective=ends, note=_note(desk, row)))
        _end(desk, row, State.CONFIRMED, ends=ends)
        return made

    return changed(desk, name, asked, act)


def _fit(desk: Desk, given: Reading, row: NoticeRequest, said: Confirmed) -> date:
    """The contract's last day, if everything holds."""
    if row.asked_by == desk.person:
        raise RefusedError("You asked for this notice yourself; a second person must confirm it.")
    old = outdated(desk, given, row)
    if old:
        raise RefusedError(old)
    ends = ends_of(given, row)
    if said.ends != ends:
        raise RefusedError(f"The contract would now end on {ends}; look at the page again.")
    payer = given.found.payer
    if " ".join(said.payer.split()).casefold() != " ".join(payer.split()).casefold():
        raise RefusedError(f"Type the payer's name as it stands in the contract: {payer}.")
    _refuse([*hindrances(desk, given), *_unconfirmed(duties_of(given, ends), said.duties)])
    return ends


def _note(desk: Desk, row: NoticeRequest) -> str:
    by_hand = f"; last day given by hand: {row.why_day}" if row.why_day else ""
    return f"asked for by {row.asked_by}, confirmed by {desk.person}{by_hand}"


def _end(desk: Desk, row: NoticeRequest, state: State, **more: Any) -> None:
    NoticeRequest.objects.filter(pk=row.pk).update(state=state, ended_by=desk.person, ended=timezone.now(), **more)


def withdraw(desk: Desk, name: str, number: int, *, why: str, key: str) -> None:
    """Withdraw a request that waits: whoever asked for it, or anybody who might confirm it.

    Raises:
        DoneBeforeError: this request was carried out already.
        RefusedError: it is over.
    """
    desk.require(May.GIVE_NOTICE)
    opened(desk, name)
    row = request_of(desk, name, number)
    told = f"withdrew the request for notice of {row.kind} in"
    with recorded(Deed(told, KIND, name, desk.person, desk.organisation, why=why, key=key)) as draft:
        now = NoticeRequest.objects.select_for_update().get(pk=row.pk)
        if not now.is_open:
            raise RefusedError(f"This request is {now.in_words}.")
        draft.before, draft.after = State.WAITING, State.WITHDRAWN
        _end(desk, row, State.WITHDRAWN)
