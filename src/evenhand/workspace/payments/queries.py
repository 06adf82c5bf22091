"""Reading the worklist: the one of the book as it is, its groups, its differences, a claim, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Count, Max, Sum
from django.shortcuts import get_object_or_404

from evenhand.errors import BookError
from evenhand.money import ratio
from evenhand.workspace.figures.signature import signature
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.queries import digest_of
from evenhand.workspace.payments.choosing import Chosen, differences, filters
from evenhand.workspace.payments.models import OUTSTANDING, Cause, Difference, Matter, Status, Worklist, dollars
from evenhand.workspace.tasks.actions import enqueue
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.queries import last

BUILD = "payments.worklist"
By = Literal["cause", "payer", "reason", "term", "family", "all"]
#: What the list can be grouped by, in the words of its tabs.
GROUPINGS: dict[By, str] = {
    "cause": "Cause",
    "payer": "Payer",
    "reason": "Reason",
    "term": "Term",
    "family": "Kind of service",
    "all": "Cause and kind of service",
}
_CAUSE = {"cause": ("payer", "term", "reason"), "all": ("payer", "term", "reason", "family")}


@dataclass(frozen=True, slots=True)
class Known:
    """The worklist as a page shows it.

    Attributes:
        worklist: the last that was worked out; ``None`` before the first.
        stale: the book has changed since.
        task: what works out the one of the book as it is now; ``problem`` says why it did not.
        empty: there is no book, or nothing in it, to work one out of.
    """

    worklist: Worklist | None
    stale: bool = False
    task: Task | None = None
    problem: str = ""
    empty: bool = False

    @property
    def working(self) -> bool:
        """Whether to ask again in a moment."""
        return self.task is not None and self.task.is_open


def known(desk: Desk, *, again: bool = False) -> Known:
    """The worklist of the desk's book; where none is of the book as it is, a task is set to work on it.

    Args:
        desk: whose.
        again: set it to work although it failed before.
    """
    ready = Worklist.objects.filter(organisation=desk.organisation, ready=True).order_by("-made_at", "-pk").first()
    if ready is None and not _has_claims(desk):
        return Known(None, empty=True)
    state = signature(desk.organisation.folder, negotiations=False)
    if ready is not None and ready.signature == state:
        return Known(ready)
    key = f"{BUILD} {state}"
    task = last(desk, key)
    if task is not None and task.state in (State.FAILED, State.CANCELLED) and not again:
        return Known(ready, ready is not None, task, task.problem or "It was cancelled.")
    return Known(ready, ready is not None, enqueue(desk, BUILD, {}, title="Work out: the payment worklist", key=key))


def _has_claims(desk: Desk) -> bool:
    try:
        return bool(desk.book().loads())
    except BookError:
        return False


@dataclass(slots=True)
class Group:
    """Differences of one kind: how many, how much, and how far work on them is.

    Attributes:
        name: what it is about, and ``more`` whose it is.
        chosen: the filters that choose it.
        share: of what the payer was expected to allow on everything compared.
    """

    name: str
    chosen: Chosen
    more: str = ""
    cite: str = ""
    pattern: str = ""
    way: str = ""
    count: int = 0
    cents: int = 0
    outstanding: int = 0
    states: dict[str, int] = field(default_factory=dict)
    share: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """Dollars of all of it."""
        return dollars(self.cents)

    @property
    def left(self) -> Decimal:
        """Dollars of what still asks for work."""
        return dollars(self.outstanding)

    @property
    def progress(self) -> list[tuple[str, int]]:
        """How many have each status, in the order of work."""
        return [(status.label, self.states[status]) for status in Status if status in self.states]


def groups(worklist: Worklist, chosen: Chosen, by: By) -> list[Group]:
    """The differences chosen, grouped, the most dollars first; what was paid too little and too much apart."""
    causes = {cause.pk: cause for cause in worklist.causes.all()}
    rows = differences(worklist, chosen).order_by().values_list("cause", "matter__status")
    found: dict[tuple[str, ...], Group] = {}
    for pk, status, count, cents in rows.annotate(count=Count("pk"), cents=Sum("amount")):
        cause = causes[pk]
        group = found.setdefault(_told_apart(cause, by), _group(cause, by, chosen))
        group.count += count
        group.cents += cents
        group.outstanding += cents if status in OUTSTANDING else 0
        group.states[status] = group.states.get(status, 0) + count
    expected = {row["payer"]: Decimal(row["expected"]) for row in worklist.payers}
    for key, group in found.items():
        whole = expected.get(key[1]) if by in (*_CAUSE, "payer") else sum(expected.values(), Decimal(0))
        group.share = ratio(group.amount, whole)
    return sorted(found.values(), key=lambda group: (group.way != "underpaid", -group.cents, group.name))


def _told_apart(cause: Cause, by: By) -> tuple[str, ...]:
    return (cause.direction, *(getattr(cause, name) for name in _CAUSE.get(by, (by,))))


def _group(cause: Cause, by: By, chosen: Chosen) -> Group:
    way = cause.direction
    narrow = {name: getattr(cause, name) for name in _CAUSE.get(by, (by,))}
    if by not in _CAUSE:
        return Group(narrow[by], chosen.narrowed(**narrow, way=way), way=way)
    name = " · ".join(narrow[part] for part in narrow if part != "payer")
    return Group(name, chosen.narrowed(**narrow, way=way), cause.payer, cause.cite, cause.pattern, way)


@dataclass(frozen=True, slots=True)
class Sums:
    """How many differences there are, how much, and a digest of how they stand, for a form that changes them all."""

    count: int
    cents: int
    based_on: str

    @property
    def amount(self) -> Decimal:
        """In dollars."""
        return dollars(self.cents)


def sums(worklist: Worklist, chosen: Chosen) -> Sums:
    """The differences chosen, added up."""
    told = (
        differences(worklist, chosen)
        .order_by()
        .aggregate(count=Count("pk"), cents=Sum("amount"), versions=Sum("matter__version"), newest=Max("matter"))
    )
    state = f"{worklist.pk} {chosen.address} {told['count']} {told['cents']} {told['versions']} {told['newest']}"
    return Sums(told["count"], told["cents"] or 0, digest_of(state)[:16])


def chosen_of(desk: Desk, given: Mapping[str, Any]) -> Chosen:
    """What filters choose that somebody set, a claim's number among them; nothing before the first worklist."""
    worklist = known(desk).worklist
    return filters(desk, worklist, given, claims=True).chosen() if worklist else Chosen()


def matter(desk: Desk, number: int) -> Matter:
    """One matter of the organisation.

    Raises:
        Http404: it has none of this number.
    """
    rows = Matter.objects.select_related("assigned")
    return get_object_or_404(rows, organisation=desk.organisation, pk=number)


def now(worklist: Worklist | None, numbers: Iterable[int]) -> dict[int, Difference]:
    """The differences of matters in a worklist; a matter the book shows no more has none."""
    rows = Difference.objects.filter(worklist=worklist, matter__in=list(numbers)).select_related("cause", "matter")
    return {row.matter_id: row for row in rows}


def totals(worklist: Worklist) -> Mapping[str, Any]:
    """What was compared and what came of it, all payers together."""
    keys = ("comparisons", "lines", "underpaid_comparisons", "overpaid_comparisons")
    found: dict[str, Any] = {key: sum(row[key] for row in worklist.payers) for key in keys}
    for key in ("expected", "actual", "underpaid", "overpaid"):
        found[key] = sum((Decimal(row[key]) for row in worklist.payers), Decimal(0))
    found["underpaid_share"] = ratio(found["underpaid"], found["expected"])
    found["overpaid_share"] = ratio(found["overpaid"], found["expected"])
    return found
