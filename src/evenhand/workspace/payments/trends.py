"""What came of it, by month: what is outstanding by the month of service, what was recovered by when it was."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth

from evenhand.documents.sheet import Field, Sheet
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.payments.choosing import Chosen, differences
from evenhand.workspace.payments.models import OUTSTANDING, Matter, Status, Worklist, dollars

_OUTSTANDING = (
    Field("month", "Month of service"),
    Field("found", "Paid less than agreed", "money"),
    Field("count", "Differences", "count"),
    Field("outstanding", "Outstanding", "money"),
    Field("left", "of them outstanding", "count"),
)
_RECOVERED = (
    Field("month", "Month"),
    Field("paid", "Marked as paid", "money"),
    Field("paid_count", "Differences", "count"),
    Field("gone", "No longer differs in the book", "money"),
    Field("gone_count", "Differences", "count"),
)
_NOTE = (
    "Underpayments only; overpayments are never taken off. Recovered is what the difference was when its status was "
    "set: marked as paid by somebody, or disputed, and then gone from the book because the payer paid it."
)


@dataclass(frozen=True, slots=True)
class Trends:
    """Both tables, and what they add up to."""

    outstanding: Sheet
    recovered: Sheet
    left: Decimal
    left_count: int
    back: Decimal
    back_count: int

    @property
    def chart(self) -> dict[str, Any]:
        """Outstanding by month of service as a chart."""
        values = [
            {"month": row["month"], "dollars": float(row["outstanding"])}
            for row in self.outstanding.rows
            if row["month"] != "no date"
        ]
        return {
            "width": "container",
            "height": 140,
            "data": {"values": values},
            "mark": {"type": "bar"},
            "encoding": {
                "x": {
                    "field": "month",
                    "type": "ordinal",
                    "title": None,
                    "axis": {"labelAngle": 0, "labelOverlap": True},
                },
                "y": {
                    "field": "dollars",
                    "type": "quantitative",
                    "title": None,
                    "axis": {"format": "$,.0f", "tickCount": 4},
                },
            },
        }


def trends(organisation: Organisation, worklist: Worklist) -> Trends:
    """What is outstanding and what came back."""
    left, back = _left(worklist), _back(organisation)
    return Trends(
        Sheet("outstanding", "Outstanding by month of service", _OUTSTANDING, left, _NOTE),
        Sheet("recovered", "Recovered by month", _RECOVERED, back, _NOTE, "Nothing has been recovered yet."),
        left=sum((row["outstanding"] for row in left), Decimal(0)),
        left_count=sum(row["left"] for row in left),
        back=sum((row["paid"] + row["gone"] for row in back), Decimal(0)),
        back_count=sum(row["paid_count"] + row["gone_count"] for row in back),
    )


def _left(worklist: Worklist) -> list[dict[str, Any]]:
    rows = (
        differences(worklist, Chosen(way="underpaid"))
        .order_by()
        .values_list("month", "matter__status")
        .annotate(count=Count("pk"), cents=Sum("amount"))
    )
    found: dict[str, dict[str, Any]] = {}
    for month, status, count, cents in rows:
        name = month or "no date"
        row = found.setdefault(
            name, {"month": name, "found": Decimal(0), "count": 0, "outstanding": Decimal(0), "left": 0}
        )
        row["found"] += dollars(cents)
        row["count"] += count
        if status in OUTSTANDING:
            row["outstanding"] += dollars(cents)
            row["left"] += count
    return [found[name] for name in sorted(found)]


def _back(organisation: Organisation) -> list[dict[str, Any]]:
    matters = Matter.objects.filter(organisation=organisation, amount__isnull=False, expected__gt=F("actual"))
    found: dict[str, dict[str, Any]] = {}
    for name, rows, when in (
        ("paid", matters.filter(status=Status.PAID), "set_at"),
        ("gone", matters.filter(gone__isnull=False), "gone"),
    ):
        by_month = rows.annotate(month=TruncMonth(when)).order_by().values_list("month")
        for month, count, cents in by_month.annotate(count=Count("pk"), cents=Sum("amount")):
            nothing = {"paid": Decimal(0), "paid_count": 0, "gone": Decimal(0), "gone_count": 0}
            row = found.setdefault(f"{month:%Y-%m}", {"month": f"{month:%Y-%m}", **nothing})
            row[name] += dollars(cents)
            row[f"{name}_count"] += count
    return [found[month] for month in sorted(found)]
