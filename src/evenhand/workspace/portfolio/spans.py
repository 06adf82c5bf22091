"""Every contract on one timeline: its term, its twelve months of preparation, the days notice is due, its talks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from evenhand.periods import Period, add_months
from evenhand.workspace.portfolio.queries import Line
from evenhand.workspace.site.timeline import Bar, Marker, Strip, Timeline

#: How far the timeline looks back and ahead, in months.
_BACK, _AHEAD = 3, 18


def timeline_of(lines: Iterable[Line], today: date) -> Timeline:
    """The timeline of a portfolio: a strip a contract."""
    first = add_months(today.replace(day=1), -_BACK)
    period = Period(first, add_months(first, _BACK + _AHEAD))
    title = "Terms, notice days and preparation"
    return Timeline(title, period, today, tuple(_strip(line) for line in lines if line.contract))


def _strip(line: Line) -> Strip:
    note = line.products if line.products != "all products" else ""
    return Strip(line.title, tuple(_bars(line)), tuple(_markers(line)), line.url, note)


def _bars(line: Line) -> Iterator[Bar]:
    contract, days = line.contract, line.calendar
    assert contract is not None
    ends = line.dates.term_ends if line.dates else None
    if ends is None:
        yield Bar(contract.period, "term", "contract without an end")
    elif ends >= contract.period.start:
        yield Bar(Period(contract.period.start, ends + timedelta(days=1)), "term", "contract term")
    for step in days.steps if days else ():
        if step.first < step.last:
            yield Bar(Period(step.first, step.last), "prepare", f"{step.step.what} ({step.state})")


def _markers(line: Line) -> Iterator[Marker]:
    days, dates = line.calendar, line.dates
    if days and days.ends.missed:
        yield Marker(days.ends.missed, "late", "last day for notice, passed")
    elif days and days.ends.notice_by:
        yield Marker(days.ends.notice_by, "notice", "last day for notice")
    if dates and dates.renews_on:
        yield Marker(dates.renews_on, "event", "renews by itself")
    if dates and dates.next_escalation:
        yield Marker(dates.next_escalation, "event", "rates escalate")
