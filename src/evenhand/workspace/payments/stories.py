"""One claim told: what was agreed and why, what came and when, what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.documents.words import day_words
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.payments.building import claims_told
from evenhand.workspace.payments.choosing import Chosen, workers
from evenhand.workspace.payments.models import Difference, Matter, Status, Step, Worklist, dollars
from evenhand.workspace.trail.actions import seen


@dataclass(frozen=True, slots=True)
class Story:
    """A difference with its claim, as a page shows it.

    Attributes:
        matter: what people decided, with all its ``steps``, the newest first.
        row: the difference as the book has it now; ``None`` when it shows none any more.
        lines: the lines of the claim, each explained and beside what was paid.
        explained, settled, due: the claim as priced, as settled, and what is due by the contract; empty if not known.
        others: other differences of the same claim.
    """

    matter: Matter
    steps: list[Step]
    row: Difference | None
    lines: list[dict[str, Any]]
    explained: dict[str, Any]
    contract: str
    settled: dict[str, Any]
    due: dict[str, Any]
    others: list[Difference]

    @property
    def changed(self) -> bool:
        """Whether the book has it otherwise than when its status was set."""
        return changed(self.matter, self.row)


def log_seen(desk: Desk, chosen: Chosen, where: str) -> None:
    """Log that single differences were looked at; a claim that was sought stands where only those read who may."""
    people = {str(one.pk): str(one) for one in workers(desk)}
    name = f"{chosen.without_claim.words(people)}{where}"[:300]
    seen(desk, "variances", name, detail=f"claim {chosen.claim}" if chosen.claim else "")


def log_seen_claim(desk: Desk, matter: Matter) -> None:
    """Log that one difference was looked at, with its claim."""
    seen(desk, "claim", matter.called, detail=str(matter))


def changed(matter: Matter, row: Difference | None) -> bool:
    """Whether the figures of a difference are others than when its status was set."""
    if matter.status == Status.NEW or matter.expected is None:
        return False
    return row is None or (row.expected, row.actual) != (matter.expected, matter.actual)


def story(desk: Desk, worklist: Worklist | None, matter: Matter) -> Story:
    """A difference and the claim it is of."""
    row = Difference.objects.filter(worklist=worklist, matter=matter).select_related("cause", "matter").first()
    steps = list(matter.steps.select_related("person").order_by("-pk"))
    if row is None or worklist is None:
        return Story(matter, steps, row, [], {}, "", {}, {}, [])
    told = claims_told(desk.organisation.folder / "derived" / worklist.told, [row.claim_key]).get(row.claim_key, {})
    explained = _typed(told.get("explained"))
    same = Difference.objects.filter(worklist=worklist, claim_key=row.claim_key).exclude(pk=row.pk)
    return Story(
        matter=matter,
        steps=steps,
        row=row,
        lines=[_line(row, line, told["lines"]) for line in explained.get("lines", ())],
        explained=explained,
        contract=told.get("contract", ""),
        settled=_typed(told.get("settled")),
        due=_typed(told.get("due")),
        others=list(same.select_related("cause", "matter").order_by("-amount")),
    )


def _line(row: Difference, line: dict[str, Any], remitted: dict[str, Any]) -> dict[str, Any]:
    this = row.compared == "claim" or line["line_key"] == row.line_key
    return _typed(line) | {"remitted": _typed(remitted.get(str(line["line_key"]))), "this": this}


def _typed(told: dict[str, Any] | None) -> dict[str, Any]:
    """Days and amounts, which were kept as text, as such again."""
    return {name: _value(name, value) for name, value in (told or {}).items()}


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name.endswith("_date"):
        return date.fromisoformat(value)
    money = name.endswith(("_amount", "_due", "_owed", "_paid", "_short", "_variance", "_allowed"))
    return Decimal(value) if money or name in ("sequestration", "withhold") else value


@dataclass(frozen=True, slots=True)
class Listed:
    """A difference in a list: its row, its matter, and whether it changed since its status was set."""

    row: Difference
    matter: Matter
    changed: bool

    @property
    def box(self) -> str:
        """What its box says when it is ticked: its number, and the version that was seen."""
        return f"{self.matter.pk}:{self.matter.version}"

    @property
    def expected(self) -> Decimal:
        """What the contract says."""
        return dollars(self.row.expected)

    @property
    def actual(self) -> Decimal:
        """What was allowed."""
        return dollars(self.row.actual)

    @property
    def difference(self) -> Decimal:
        """What was allowed less what the contract says."""
        return dollars(self.row.actual - self.row.expected)

    @property
    def dispute_words(self) -> str:
        """By when the contract wants it disputed."""
        by = self.row.dispute_by
        return f"To be disputed by {day_words(by)}." if by else "The contract states no time for disputing it."


def listed(row: Difference) -> Listed:
    """A row of the list."""
    return Listed(row, row.matter, changed(row.matter, row))


def rows_of(numbers: list[int]) -> list[Listed]:
    """The rows of a page of the list, in this order: numbers are found first, so that only one page is read whole."""
    found = Difference.objects.select_related("cause", "matter", "matter__assigned").in_bulk(numbers)
    return [listed(found[number]) for number in numbers]
