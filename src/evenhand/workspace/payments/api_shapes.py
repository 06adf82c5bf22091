"""How differences and decisions about them are written for programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import Field

from evenhand.workspace.api.paging import Asked, Page
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.payments import queries
from evenhand.workspace.payments.actions import MOST, Decision
from evenhand.workspace.payments.models import Difference, Matter, Status, Step, dollars
from evenhand.workspace.payments.stories import Story

Item = TypeVar("Item")
_STATUSES = [str(status) for status in Status]
#: What a number of the database is at most.
LARGEST = 2**31 - 1


class Filters(Sent):
    """Which differences; what is empty leaves all in, and a value that no difference has leaves all in, too."""

    payer: str = Field("", max_length=200)
    term: str = Field("", max_length=300)
    reason: str = Field("", max_length=300)
    family: str = Field("", max_length=100, description="Kind of service.")
    way: Literal["", "underpaid", "overpaid"] = ""
    status: str = Field("", max_length=20, description=f"outstanding, {', '.join(_STATUSES)}")
    assigned: str = Field("", max_length=20, description="The number of a member, or `nobody`.")
    least: Decimal | None = Field(None, ge=0, le=10**9, max_digits=12, decimal_places=2, description="From dollars.")
    most: Decimal | None = Field(None, ge=0, le=10**9, max_digits=12, decimal_places=2, description="To dollars.")
    first: date | None = Field(None, description="First day of service.")
    last: date | None = Field(None, description="Last day of service.")


class ClaimFilters(Filters):
    """The same, and a claim by its number."""

    claim: str = Field("", max_length=80)


class Sought(ClaimFilters, Asked):
    """A page of differences."""


class GroupsSought(Filters, Asked):
    """Differences grouped by this."""

    by: Literal["cause", "payer", "term", "reason", "family"] = "cause"


class HowFar(Schema):
    """How far the worklist is: `working` where a task makes the one of the book as it is."""

    made_at: datetime | None
    stale: bool = Field(description="The book has changed since.")
    working: bool
    problem: str
    task: UUID | None


class Worked(HowFar, Page[Item], Generic[Item]):
    """A page of the worklist, and how far that is."""


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


class DecisionShown(Schema):
    """One decision, as it was taken."""

    at: datetime
    by: str
    before: str
    after: str
    note: str


class StoryShown(MatterShown):
    """One difference with its claim: priced by the contract, as settled, what is due; empty where it is not known."""

    difference: DifferenceShown | None = Field(description="Null when the book shows none any more.")
    changed: bool = Field(description="The book has it otherwise than when its status was set.")
    steps: list[DecisionShown]
    contract: str
    explained: dict[str, Any]
    lines: list[dict[str, Any]]
    settled: dict[str, Any]
    due: dict[str, Any]
    others: list[int] = Field(description="Matters of other differences of the same claim.")


class DecisionSent(Sent):
    """What is decided; what is left out stays as it is."""

    status: Status | None = None
    assigned: int | Literal["nobody"] | None = Field(None, description="The number of a member, or `nobody`.")
    follow_up: date | Literal["none"] | None = Field(None, description="A day, or `none` to take it away.")
    note: str = Field("", max_length=2000)

    def decision(self, key: str) -> Decision:
        """What it says."""
        day = None if self.follow_up == "none" else self.follow_up
        assigned = "" if self.assigned is None else str(self.assigned)
        unset = self.follow_up == "none"
        return Decision(key, str(self.status or ""), assigned, day, unset=unset, note=self.note)


class MatterNamed(Sent):
    """A difference as it was read."""

    matter: int = Field(ge=1, le=LARGEST)
    version: int = Field(ge=0, le=LARGEST)


class SomeDecided(DecisionSent):
    """One decision about several differences."""

    matters: list[MatterNamed] = Field(min_length=1, max_length=MOST)


class Decided(Schema):
    """How many differences were decided on."""

    decided: int


def how_far(found: queries.Known) -> dict[str, Any]:
    """How far the worklist is."""
    return {
        "made_at": found.worklist.made_at if found.worklist else None,
        "stale": found.stale,
        "working": found.working,
        "problem": found.problem,
        "task": found.task.pk if found.task else None,
    }


def group(one: queries.Group) -> dict[str, Any]:
    """Differences of one kind."""
    told = {name: getattr(one, name) for name in ("name", "more", "way", "cite", "pattern")}
    sums = {"differences": one.count, "dollars": one.amount, "outstanding_dollars": one.left}
    return {**told, **sums, "statuses": one.states, "share_of_expected": one.share}


def difference(row: Difference) -> dict[str, Any]:
    """One difference."""
    told = {name: getattr(row, name) for name in ("claim", "line", "code", "service_date", "evidence", "dispute_by")}
    matter, cause = row.matter, row.cause
    told |= {"expected": dollars(row.expected), "allowed": dollars(row.actual)}
    told |= {"payer": cause.payer, "reason": cause.reason, "term": cause.term}
    told |= {"matter": matter.pk, "assigned": matter.assigned_id}
    return told | {name: getattr(matter, name) for name in ("version", "status", "follow_up")}


def matter(held: Matter) -> dict[str, Any]:
    """What was decided about one difference."""
    kept = {name: getattr(held, name) for name in ("version", "status", "follow_up", "note")}
    return {"matter": held.pk, "assigned": held.assigned_id, **kept}


def story(found: Story) -> dict[str, Any]:
    """One difference with its claim."""
    kept = ("changed", "contract", "explained", "lines", "settled", "due")
    return {
        **matter(found.matter),
        **{name: getattr(found, name) for name in kept},
        "difference": found.row and difference(found.row),
        "steps": [_step(one) for one in found.steps],
        "others": [one.matter_id for one in found.others],
    }


def _step(one: Step) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("at", "before", "after", "note")} | {"by": str(one.person)}
