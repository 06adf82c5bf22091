"""Contracts, for programs: read, searched, checked, changed with every version kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from evenhand.documents import contract_sheets as sheets
from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.problems import Fault, fault
from evenhand.workspace.api.room import Room, Stated
from evenhand.workspace.api.sent import Sent as FromProgram
from evenhand.workspace.api.tables import TableShown, table
from evenhand.workspace.contracts import actions, queries
from evenhand.workspace.contracts.actions import Sent
from evenhand.workspace.contracts.drafts import Seen, text_seen
from evenhand.workspace.contracts.reading import contract_in
from evenhand.workspace.contracts.versions import CONTRACT_FILE
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Contracts")
_ONE = "/contracts/{contract}"
_LONGEST = 2_000_000


class ContractListed(Schema):
    """A contract of the list; `problems` counts what is wrong with one that cannot be read."""

    contract: str
    name: str
    payer: str
    first_day: date | None
    term_ends: date | None
    notice_by: date | None
    problems: int


class ContractShown(Schema):
    """A contract as one would read it aloud, on the day nearest to today on which it holds."""

    contract: str
    name: str
    payer: str
    day: date
    digest: str
    tables: list[TableShown]
    files: list[str]


class TextShown(Schema):
    """The contract's own text."""

    text: str


class Text(FromProgram):
    """Another text of a contract."""

    text: str = Field(max_length=_LONGEST)
    why: str = Field("", max_length=500)


class Why(FromProgram):
    """Why something is done."""

    why: str = Field("", max_length=500)


class RateShown(Schema):
    """One rate."""

    schedule: str
    code: str
    modifier: str
    setting: str
    amount: Decimal
    first_day: date | None = Field(description="Null: from the first day of the contract.")
    last_day: date | None


class RatesSought(Asked):
    """Which rates: of a day, of a schedule, whose code begins so (or whose modifier or setting is that)."""

    code: str = Field("", max_length=20)
    schedule: str = Field("", max_length=200)
    day: date | None = None


class ContractChange(Schema):
    """One thing that becomes different."""

    kind: str
    where: str
    before: str
    after: str
    words: str
    since: date | None


class ContractChecked(Schema):
    """What a text would be: whether it would be kept, what is wrong or doubtful, what it changes."""

    keeps: bool
    errors: list[Fault]
    warnings: list[Fault]
    changes: list[ContractChange]


class VersionShown(Schema):
    """A version that was replaced."""

    stamp: str
    until: datetime
    by: str
    why: str


@room.get("/contracts", May.SEE, Page[ContractListed])
def listed(desk: Desk, asked: Query[Asked]) -> dict[str, Any]:
    """The contracts of the book, by name."""
    return paged(queries.listed(desk, timezone.localdate()), asked, _listed)


def _listed(one: queries.Listed) -> dict[str, Any]:
    days = {name: getattr(one.dates, name, None) for name in ("first_day", "term_ends", "notice_by")}
    name, payer = (one.contract.name, str(one.contract.parties.payer)) if one.contract else ("", "")
    return {"contract": one.name, "name": name, "payer": payer, "problems": one.problems, **days}


@room.get(_ONE, May.SEE, ContractShown)
def one(desk: Desk, contract: str) -> Stated:
    """One contract: facts, terms in their order, rules, provisions. Its ETag is the state a change is made from."""
    folder = queries.folder_of(desk, contract)
    found = contract_in(folder)
    day = sheets.nearest_day(found, timezone.localdate())
    told = {
        "contract": contract,
        "name": found.name,
        "payer": str(found.parties.payer),
        "day": day,
        "digest": found.digest,
        "tables": [table(one) for one in sheets.contract_sheets(found, day)],
        "files": [one.name for one in queries.documents(folder)],
    }
    return Stated(told, queries.state_of(folder))


@room.get(f"{_ONE}/text", May.SEE, TextShown)
def text(desk: Desk, contract: str) -> Stated:
    """The text of a contract as it is kept."""
    folder = queries.folder_of(desk, contract)
    return Stated({"text": queries.file_in(folder, CONTRACT_FILE).read_text("utf-8")}, queries.state_of(folder))


@room.put(f"{_ONE}/text", May.CHANGE_CONTRACTS, TextShown)
def change_text(desk: Desk, contract: str, sent: Text, key: str, state: str) -> Stated:
    """Keep a contract with another text; the version before is kept, too."""
    with suppress(DoneBeforeError):
        actions.save_text(desk, contract, sent.text, Sent(state, sent.why, key))
    return text(desk, contract)


@room.post(f"{_ONE}/check", May.CHANGE_CONTRACTS, ContractChecked)
def check(desk: Desk, contract: str, sent: Text) -> dict[str, Any]:
    """Read a text without keeping it: everything wrong with it, its worked cases too, and what it would change."""
    return checked(text_seen(desk.organisation.folder, queries.folder_of(desk, contract), sent.text))


def checked(seen: Seen) -> dict[str, Any]:
    """What a draft would be, for a program."""
    return {
        "keeps": seen.contract is not None and not seen.errors,
        "errors": [fault(one) for one in seen.errors],
        "warnings": [fault(one) for one in seen.warnings],
        "changes": [_change(one) for one in seen.changes],
    }


@room.get(f"{_ONE}/rates", May.SEE, Page[RateShown])
def rates(desk: Desk, contract: str, asked: Query[RatesSought]) -> dict[str, Any]:
    """The rates of a day."""
    folder, day = queries.folder_of(desk, contract), asked.day or timezone.localdate()
    return paged(queries.rates(folder, day, wanted=asked.code, schedule=asked.schedule), asked, _rate)


def _rate(row: Any) -> dict[str, Any]:
    return {**row, "first_day": row["from"], "last_day": row["through"]}


@room.get(f"{_ONE}/versions", May.SEE, Page[VersionShown])
def versions(desk: Desk, contract: str, asked: Query[Asked]) -> dict[str, Any]:
    """The versions that were replaced, the newest first."""
    queries.folder_of(desk, contract)
    return paged(queries.earlier(desk, contract), asked, _version)


def _version(one: queries.Earlier) -> dict[str, Any]:
    by, why = (one.event.by, one.event.why) if one.event else ("", "")
    return {"stamp": one.stamp, "until": one.until, "by": by, "why": why}


@room.get(f"{_ONE}/versions/{{stamp}}", May.SEE, Page[ContractChange])
def version(desk: Desk, contract: str, stamp: str, asked: Query[Asked]) -> dict[str, Any]:
    """What the version after this one says differently."""
    before, then = queries.earlier_folder(desk, contract, stamp), queries.after(desk, contract, stamp)
    return paged(queries.changes_between(before, then), asked, _change)


@room.post(f"{_ONE}/versions/{{stamp}}/back", May.CHANGE_CONTRACTS, TextShown)
def bring_back(desk: Desk, contract: str, stamp: str, sent: Why, key: str, state: str) -> Stated:
    """Bring an earlier version back; the one it replaces is kept, too."""
    with suppress(DoneBeforeError):
        actions.bring_back(desk, contract, stamp, Sent(state, sent.why, key))
    return text(desk, contract)


def _change(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ContractChange.model_fields}
