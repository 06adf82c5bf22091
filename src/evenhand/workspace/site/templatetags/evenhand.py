"""``{% load evenhand %}``: figures and days in words, sheets as tables, sparklines, timelines, charts, tags."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand import program
from evenhand.documents.sheet import Field, Kind, Sheet
from evenhand.documents.words import counted
from evenhand.errors import Problem
from evenhand.workspace.site import sparkline as sparklines
from evenhand.workspace.site import words
from evenhand.workspace.site.drawing import drawn_timeline
from evenhand.workspace.site.tables import Order, laid_out
from evenhand.workspace.site.tables import heading as heading_of
from evenhand.workspace.site.timeline import Timeline

register = template.Library()

#: Signs of a state: never colour alone. The style sheet puts ✓ ✗ ! ◐ ○ ● before the word.
STATES = ("good", "bad", "care", "going", "open", "closed", "plain")

for kind in words.KINDS:
    register.filter(kind, partial(words.shown, kind=kind))
register.filter("shown", words.shown)
register.filter("day", words.day)
register.filter("counted", counted)


@register.filter
def ago(then: date | None) -> str:
    """How far off a day or a moment is."""
    now = timezone.localtime()
    return words.ago(timezone.localtime(then) if isinstance(then, datetime) and timezone.is_aware(then) else then, now)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A moment to the minute, which a machine can read as well."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.moment(value)) if value else "–"


@register.simple_tag
def version() -> str:
    """The version of Evenhand."""
    return program.version()


@register.simple_tag
def tag(word: str, state: str = "plain") -> SafeString:
    """A word with the sign of its state.

    Raises:
        TemplateSyntaxError: there is no such state.
    """
    if state not in STATES:
        raise template.TemplateSyntaxError(f"{state!r} is no state of a tag; there are {', '.join(STATES)}")
    return format_html('<span class="tag {}">{}</span>', state, word)


@register.simple_tag
def signed(value: Any, kind: Kind = "change") -> SafeString:
    """A difference with its sign and an arrow: up or down from where the reader stands."""
    way = "" if not value else "gain" if value > 0 else "loss"
    return format_html('<span class="number {}">{}</span>', way, words.shown(value, kind))


@register.simple_tag
def sparkline(figures: sparklines.Figures, kind: Kind = "number", label: str = "") -> str:
    """Figures as a line no higher than a word."""
    spark = sparklines.drawn(list(figures), kind, label)
    return render_to_string("site/parts/sparkline.html", {"spark": spark}) if spark else "–"


@register.simple_tag
def bar(share: Decimal | float | None) -> SafeString | str:
    """How much of a whole, as a bar beside the figure it shows: it stands in a cell with the figure itself."""
    if share is None:
        return ""
    width = f"{100 * min(max(float(share), 0.0), 1.0):.1f}%"
    parts = '<rect class="back" width="100%" height="100%"/><rect class="part" width="{}" height="100%"/>'
    return format_html('<svg class="bar" aria-hidden="true">' + parts + "</svg>", width)


@register.inclusion_tag("site/parts/figure.html")
def figure(label: str, value: Any, kind: Kind = "text", **more: Any) -> dict[str, Any]:
    """A key figure. ``more``: unit, meaning, over (what it is reckoned over), as_of, url, trend, first."""
    said = {"label": label, "figure": words.shown(value, kind), "kind": kind, "source": more.pop("over", "")}
    return {"figure": said | more}


@register.inclusion_tag("site/parts/problem.html")
def problem(given: Problem, title: str) -> dict[str, Any]:
    """One thing wrong with an input: where, what, what would be right; a warning where it is no error."""
    where = given.file if given.line is None else f"{given.file}, line {given.line}"
    return {"title": title, "where": where, "what": given.what, "right": given.right, "care": given.severity != "error"}


@register.inclusion_tag("site/parts/table.html", takes_context=True)
def sheet(context: Context, given: Sheet, link: str = "", order: Order | None = None) -> Mapping[str, Any]:
    """A sheet as a table; with ``order`` its headings sort."""
    return {"table": laid_out(given, link, order=order, query=_query(context))}


@register.inclusion_tag("site/parts/heading.html", takes_context=True)
def column(
    context: Context, text: str, key: str = "", kind: Kind = "text", order: Order | None = None
) -> dict[str, Any]:
    """The heading of a column of a table written by hand; with ``order`` it sorts."""
    return {"heading": heading_of(Field(key, text, kind), order if key else None, _query(context))}


@register.inclusion_tag("site/parts/timeline.html")
def timeline(given: Timeline) -> dict[str, Any]:
    """A timeline, with the table behind it."""
    return {"drawn": drawn_timeline(given), "table": laid_out(given.table())}


@register.inclusion_tag("site/parts/chart.html")
def chart(name: str, spec: Mapping[str, Any], behind: Sheet, says: str = "") -> dict[str, Any]:
    """A Vega-Lite chart named after its table: ``name`` is unique on the page, ``says`` what the chart shows."""
    return {"id": name, "spec": spec, "table": laid_out(behind), "title": behind.title, "says": says}


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()
