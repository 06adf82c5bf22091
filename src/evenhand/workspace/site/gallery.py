"""Made-up figures for the gallery: every part of a page with something in it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator

from evenhand.documents.sheet import Field, Sheet
from evenhand.errors import Problem
from evenhand.periods import Period
from evenhand.workspace.site.tables import Order
from evenhand.workspace.site.timeline import Bar, Marker, Strip, Timeline

TODAY = date(2026, 9, 12)

DENIED = [Decimal(one) / 1000 for one in (31, 33, 30, 34, 38, 41, 37, 35, 36, 33, 31, 30)]

PAYERS = [
    {
        "payer": "Summit Health",
        "allowed": 5_959_196,
        "medicare": "1.290",
        "variance": -90188,
        "denied": "0.030",
        "to_pay": 17,
    },
    {
        "payer": "Granite Mutual",
        "allowed": 3_118_402,
        "medicare": "1.184",
        "variance": -12044,
        "denied": "0.051",
        "to_pay": 24,
    },
    {
        "payer": "Lakeland Benefit Trust",
        "allowed": 1_204_771,
        "medicare": "1.412",
        "variance": 1553,
        "denied": "0.022",
        "to_pay": 31,
    },
    {
        "payer": "State Employees’ Plan",
        "allowed": 402_118,
        "medicare": None,
        "variance": None,
        "denied": "0.064",
        "to_pay": None,
    },
]

FIELDS = (
    Field("payer", "Payer"),
    Field("allowed", "Allowed", "dollars"),
    Field("medicare", "Of Medicare", "percent"),
    Field("variance", "Against the contract", "change"),
    Field("denied", "Denied, of charges", "percent"),
    Field("to_pay", "Days to pay, half within", "days"),
)

NOTE = "22,255 lines, service October 2024 to October 2026: final, primary, not denied. Days: receipt to payment."


def payers(order: Order) -> Sheet:
    """A table of payers in this order."""
    rows = [{key: _exact(value) for key, value in row.items()} | {"url": "#tables"} for row in PAYERS]
    return Sheet("payers", "How each payer pays", FIELDS, order.arranged(rows), NOTE)


def _exact(value: object) -> object:
    return Decimal(value) if isinstance(value, str) and value[:1].isdigit() else value


def _term(name: str, first: date, last: date, notice: date, **more: Any) -> Strip:
    prepare = Bar(Period(notice - timedelta(days=270), notice), "prepare", "Preparation")
    bars = (Bar(Period(first, last), "term", "Contract term"), prepare)
    return Strip(name, bars, (Marker(notice, "notice", "Last day for notice"),), "#timeline", **more)


TIMELINE = Timeline(
    "Contracts and what they ask for",
    Period(date(2026, 1, 1), date(2028, 7, 1)),
    TODAY,
    (
        Strip(
            "Summit Health",
            (
                Bar(Period(date(2025, 1, 1), date(2027, 1, 1)), "term", "Contract term"),
                Bar(Period(date(2026, 3, 1), date(2026, 12, 1)), "prepare", "Preparation"),
                Bar(Period(date(2026, 6, 10), TODAY), "talks", "Negotiation, round 2"),
            ),
            (
                Marker(date(2026, 8, 3), "event", "Their offer"),
                Marker(date(2026, 12, 1), "notice", "Last day for notice"),
            ),
            "#timeline",
            "round 2",
        ),
        _term("Granite Mutual", date(2025, 7, 1), date(2028, 1, 1), date(2027, 9, 2), note="no talks yet"),
        Strip(
            "Lakeland Benefit Trust",
            (Bar(Period(date(2024, 1, 1)), "term", "Contract term, renews every year"),),
            (Marker(date(2026, 9, 2), "late", "Notice day missed"),),
        ),
    ),
)

SERVICES = (
    ("Facility", -45518),
    ("Surgery: bones and joints", -25565),
    ("Office visits", -17850),
    ("Therapy", -7700),
    ("Imaging", 1046),
)

CHANGES = Sheet(
    "changes",
    "Change by service line, dollars a year",
    (Field("service", "Service line"), Field("change", "Change", "change")),
    [{"service": name, "change": change} for name, change in SERVICES],
    "11,192 lines of the twelve months to October 2026.",
)

CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "width": "container",
    "height": {"step": 24},
    "data": {"values": [{"service": name, "change": change} for name, change in SERVICES]},
    "transform": [{"calculate": "datum.change < 0 ? 'less' : 'more'", "as": "way"}],
    "mark": {"type": "bar", "height": 12},
    "encoding": {
        "y": {"field": "service", "type": "nominal", "sort": None, "title": None},
        "x": {"field": "change", "type": "quantitative", "title": None, "axis": {"format": "$,.0f", "tickCount": 4}},
        "opacity": {"field": "way", "type": "nominal", "scale": {"range": [1, 0.5]}, "legend": None},
        "tooltip": [
            {"field": "service", "title": "Service"},
            {"field": "change", "format": "$,.0f", "title": "Change"},
        ],
    },
}

TREND = {
    "width": "container",
    "height": 110,
    "data": {"values": [{"month": f"2026-{at + 1:02}-01", "share": float(one)} for at, one in enumerate(DENIED)]},
    "mark": {"type": "line", "point": True},
    "encoding": {
        "x": {"field": "month", "type": "temporal", "title": None, "axis": {"format": "%b", "tickCount": 6}},
        "y": {"field": "share", "type": "quantitative", "title": None, "axis": {"format": ".0%", "tickCount": 3}},
    },
}

BY_MONTH = Sheet(
    "denied",
    "Denied, of charges, by month",
    (Field("month", "Month"), Field("share", "Denied", "percent")),
    [{"month": f"{date(2026, at + 1, 1):%B %Y}", "share": one} for at, one in enumerate(DENIED)],
)

PROBLEMS = (
    Problem("contract.yaml", 12, "'percnt' is not known here", "did you mean 'percent'?"),
    Problem(
        "exhibit-a.csv", 4011, "code 99213 stands twice with different amounts", "one row for each code and setting"
    ),
)


class Offer(forms.Form):
    """A form with every kind of field."""

    name = forms.CharField(label="Name of the offer", help_text="As the other side calls it.")
    percent = forms.DecimalField(label="Change of listed rates, per cent", max_value=Decimal(50))
    effective = forms.DateField(label="Effective", widget=forms.DateInput(attrs={"type": "date"}))
    basis = forms.ChoiceField(
        label="Laid over", choices=[("contract", "the contract in force"), ("ours", "our last offer")]
    )
    limits = forms.MultipleChoiceField(
        label="Limits that stay",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("lesser", "Lesser-of"), ("procedures", "Multiple procedures")],
    )
    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    ours = forms.BooleanField(label="It is ours", required=False)


def everything(order: Order) -> dict[str, Any]:
    """What the gallery shows."""
    return {
        "order": order,
        "payers": payers(order),
        "none": Sheet("none", "Offers", FIELDS, [], empty="No offer has been kept yet."),
        "timeline": TIMELINE,
        "denied": DENIED,
        "chart": CHART,
        "changes": CHANGES,
        "trend": TREND,
        "by_month": BY_MONTH,
        "problems": PROBLEMS,
        "form": Offer(),
        "faulty": Offer({"faulty-percent": "90", "faulty-effective": "", "faulty-basis": "contract"}, prefix="faulty"),
        "rows": Paginator(range(4645), 50).get_page(3),
        "today": TODAY,
        "tabs": (("Issues", "#tabs", True, 7), ("Rounds", "#rounds", False, 2), ("What-if", "#what-if", False)),
        "crumbs": (("Portfolio", "#"), ("Summit Health", "#")),
    }
