"""How negotiations are written for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from evenhand.errors import ContractError
from evenhand.negotiation.record import Issue
from evenhand.workspace.api.problems import Fault, fault
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.negotiations.offers import Read
from evenhand.workspace.negotiations.queries import Listed, notice_days, who_answers
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.negotiations.rounds import Line
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May


class NegotiationListed(Schema):
    """A negotiation of the list; `problem` says why it cannot be read, where it cannot."""

    name: str
    us: str = ""
    them: str = ""
    answers: str = Field("", description="Who is to answer.")
    open_issues: int = 0
    rounds: int = 0
    state: str = ""
    problem: str = ""


class BeginSent(Sent):
    """A negotiation to be begun of a contract; without a day, new terms begin when the contract's term has ended."""

    contract: str = Field(max_length=200)
    name: str = Field(max_length=80, description="Small letters, digits and dashes, such as summit-2027.")
    effective: date | None = None


class NewIssueSent(Sent):
    """Something else put on the table."""

    name: str = Field(max_length=200)
    kind: Literal["language", "rate", "term"]
    today: str = Field("", max_length=200)


class NegotiationShown(Schema):
    """One negotiation as it stands."""

    name: str
    title: str
    us: str
    them: str
    side: str
    contract: str
    opened: date | None
    new_terms_from: date | None
    notice_by: date | None
    answers: str
    open_issues: int
    issues: int
    rounds: int
    goals: list[str] | None = Field(description="Null for those who may not see positions.")


class BeliefShown(Schema):
    """What we believe of their positions."""

    opening: str
    target: str
    walk_away: str
    sure: str
    since: date | None
    source: str


class IssueShown(Schema):
    """Something on the table. Positions are null for those who may not see them."""

    id: str
    name: str
    kind: str
    today: str
    status: str
    agreed: str
    opening: str | None
    target: str | None
    walk_away: str | None
    note: str | None
    theirs: BeliefShown | None


def _short() -> Any:
    return Field(None, max_length=200)


class Positions(Sent):
    """Where both sides stand; what is left out stays as it is."""

    opening: str | None = _short()
    target: str | None = _short()
    walk_away: str | None = _short()
    their_opening: str | None = _short()
    their_target: str | None = _short()
    their_walk_away: str | None = _short()
    sure: Literal["guessed", "likely", "stated"] | None = None
    source: str | None = _short()
    status: Literal["open", "agreed", "dropped"] | None = None
    agreed: str | None = _short()
    note: str | None = Field(None, max_length=2000)


class WorthShown(Schema):
    """What the provider nets more than under the contract: dollars over these years, 10th and 90th percentile."""

    change: Decimal
    p10: Decimal
    p90: Decimal
    years: int
    as_of: date | None


class RoundShown(Schema):
    """One offer."""

    number: int
    date: date
    by: str
    called: str
    answers: int | None
    state: str
    sha256: str
    note: str | None = Field(description="Ours; null for those who may not see positions.")
    worth: WorthShown | None


class Offer(Sent):
    """An offer as it is written; the manual has the language."""

    by: Literal["us", "them"]
    day: date
    amends: str = Field("contract", max_length=20, description="`contract`, or the number of the round it answers.")
    text: str = Field(max_length=500_000, description="The offer's YAML, without `amends`.")
    note: str = Field("", max_length=500)
    tables_of: int | None = Field(None, ge=1, le=100_000, description="A round whose rate tables it takes.")


class ChangeShown(Schema):
    """One thing an offer changes."""

    words: str


class Checked(Schema):
    """What an offer says."""

    refused: bool
    problems: list[Fault]
    changes: list[ChangeShown]


class RoundText(Schema):
    """What the offer of a round says, and what it changes."""

    text: str
    checked: Checked


class Closing(Sent):
    """How a round ends."""

    state: Literal["accepted", "rejected", "withdrawn"]


def listed(one: Listed) -> dict[str, Any]:
    """A negotiation of the list."""
    if one.reading is None:
        return {"name": one.name, "problem": one.problem}
    given = one.reading
    counts = {"open_issues": len(given.found.open_issues), "rounds": len(given.found.rounds)}
    return {"name": one.name, "us": given.us, "them": given.them, "answers": one.answers, "state": given.state} | counts


def negotiation(desk: Desk, given: Reading) -> dict[str, Any]:
    """One negotiation."""
    found, notice = given.found, notice_days(given)
    return {
        "name": given.name,
        "title": found.name,
        "us": given.us,
        "them": given.them,
        "side": found.side,
        "contract": (given.kept.folder / found.contract).resolve().name,
        "opened": found.opened,
        "new_terms_from": given.days.ends.effective,
        "notice_by": notice[0] if notice else None,
        "answers": who_answers(given.found),
        "open_issues": len(found.open_issues),
        "issues": len(found.issues),
        "rounds": len(found.rounds),
        "goals": list(found.goals) if desk.may(May.SEE_POSITIONS) else None,
    }


def issue(desk: Desk, one: Issue) -> dict[str, Any]:
    """An issue."""
    public = ("id", "name", "kind", "today", "status", "agreed")
    ours = ("opening", "target", "walk_away", "note")
    sees = desk.may(May.SEE_POSITIONS)
    told = {name: getattr(one, name) for name in public}
    told |= {name: getattr(one, name) if sees else None for name in ours}
    believed = {name: getattr(one.theirs, name) for name in BeliefShown.model_fields}
    return told | {"theirs": believed if sees else None}


def round_(desk: Desk, line: Line) -> dict[str, Any]:
    """A round of the ledger."""
    one = line.round
    told = {name: getattr(one, name) for name in ("number", "date", "by", "answers", "state", "sha256")}
    worth = one.worth and {name: getattr(one.worth, name) for name in WorthShown.model_fields}
    return told | {"called": line.called, "worth": worth, "note": one.note if desk.may(May.SEE_POSITIONS) else None}


def checked(read: Read) -> dict[str, Any]:
    """What came of reading an offer."""
    changes = [{"words": one.words} for one in read.changes]
    return {"refused": read.refused, "problems": [fault(one) for one in read.problems], "changes": changes}


def refused(read: Read) -> ContractError:
    """Why an offer is not taken."""
    return ContractError(one for one in read.problems if one.severity == "error")
