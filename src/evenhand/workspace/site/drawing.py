"""A timeline made ready for its template: numbers and words only."""

from __future__ import annotations

from typing import Any

from evenhand.workspace.site.timeline import BARS, MARKERS, Bar, Strip, Timeline, kinds, says, ticks


def drawn_timeline(timeline: Timeline) -> dict[str, Any]:
    """What the template draws; what lies outside the period is left to the table."""
    today = timeline.at(timeline.today) if timeline.today in timeline.period else None
    bars, markers = kinds(timeline.strips)
    key = [{"kind": kind, "text": BARS[kind][0]} for kind in bars]
    key += [{"kind": kind, "text": MARKERS[kind][0], "shape": MARKERS[kind][1]} for kind in markers]
    strips = [_strip(timeline, strip) for strip in timeline.strips]
    return {"title": timeline.title, "ticks": ticks(timeline), "strips": strips, "today": today, "key": key}


def _strip(timeline: Timeline, strip: Strip) -> dict[str, Any]:
    markers = [
        {"x": timeline.at(one.day), "kind": one.kind, "label": one.label, "shape": MARKERS[one.kind][1]}
        for one in strip.markers
        if one.day in timeline.period
    ]
    bars = [drawn for bar in strip.bars if (drawn := _bar(timeline, bar))]
    named = {"name": strip.name, "url": strip.url, "note": strip.note, "says": says(strip)}
    return named | {"bars": bars, "markers": markers}


def _bar(timeline: Timeline, bar: Bar) -> dict[str, Any] | None:
    seen = bar.period.meet(timeline.period)
    if seen is None:
        return None
    x, (_, y, height) = timeline.at(seen.start), BARS[bar.kind]
    width = round(timeline.at(seen.end) - x, 2)
    return {"x": x, "width": width, "y": y, "height": height, "kind": bar.kind, "label": bar.label}
