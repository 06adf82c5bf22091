"""Charts as inline SVG: drawn by Altair, static, printable, in the page's own colours.

Colours are written as stand-ins and replaced by the page's CSS variables, so a chart follows the
page into dark mode and onto paper. Each is narrow enough to be read on a phone as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

WIDTH = 300
_NAMES = 164
_PLOT = 200
_INK, _QUIET, _ACCENT, _FAINT, _PAPER = "#010101", "#020202", "#030303", "#040404", "#050505"
_NAMED = {_INK: "ink", _QUIET: "quiet", _ACCENT: "accent", _FAINT: "faint", _PAPER: "paper"}
_FONT = "Helvetica, Arial, sans-serif"

Row = Mapping[str, Any]


def bars(rows: Sequence[Row], label: str, value: str, *, marked: str = "", shown: str = "") -> str:
    """Horizontal bars, in the order given, each with its value written out.

    Args:
        rows: what to draw.
        label: key of the name of a bar.
        value: key of its length; below zero it runs to the left.
        marked: the one label drawn in the accent colour; empty: all of them.
        shown: key of the value as text.
    """
    alt = _altair()
    values = [float(row[value]) for row in rows]
    longest = max((len(str(row[shown])) for row in rows), default=0)
    data = [
        {"label": str(row[label]), "value": length, "shown": str(row[shown]), "on": marked in ("", str(row[label]))}
        for row, length in zip(rows, values, strict=True)
    ]
    scale = alt.Scale(domain=_room_for_words(values, longest), nice=False)
    base = alt.Chart(alt.Data(values=data), width=_PLOT, height=alt.Step(24))
    y = alt.Y("label:N", sort=[str(row[label]) for row in rows], title=None, axis=_names())
    colour = alt.condition("datum.on", alt.value(_ACCENT), alt.value(_FAINT))
    bar = base.mark_bar(height=12).encode(x=alt.X("value:Q", scale=scale, axis=None), y=y, color=colour)
    text = {"baseline": "middle", "fontSize": 11, "color": _INK}
    right = base.transform_filter("datum.value >= 0").mark_text(align="left", dx=5, **text)
    left = base.transform_filter("datum.value < 0").mark_text(align="right", dx=-5, **text)
    written = [mark.encode(x=alt.X("value:Q", scale=scale), y=y, text="shown:N") for mark in (right, left)]
    return _svg(alt.layer(bar, *written), bare=True)


#: About how wide a written character is, in pixels, and the gap before it.
_CHARACTER, _GAP = 6.3, 9.0


def _room_for_words(values: Sequence[float], longest: int) -> list[float]:
    """The span of the axis: the bars, and beyond them room for the values written out."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    words = longest * _CHARACTER + _GAP
    left, right = words * (low < 0), words * (high > 0 or low == 0)
    pixel = ((high - low) or 1.0) / (_PLOT - left - right)
    return [low - left * pixel, high + right * pixel]


def trend(rows: Sequence[Row], value: str) -> str:
    """A line over months, in per cent, with its first and last value written out.

    Args:
        rows: each with ``month`` as ``2025-03`` and a share.
        value: key of the share; a month without one leaves a gap.
    """
    alt = _altair()
    data = [{"month": f"{row['month']}-01", "value": _hundredfold(row[value])} for row in rows]
    known = [row for row in data if row["value"] is not None]
    ends = [{**row, "shown": f"{row['value']:.1f}%"} for row in (known[:1] + known[-1:] if len(known) > 1 else known)]
    x = alt.X("month:T", title=None, axis=_months())
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True, nice=True), axis=_shares())
    line = alt.Chart(alt.Data(values=data), width=WIDTH - 60, height=120).mark_line(color=_ACCENT, strokeWidth=2)
    points = alt.Chart(alt.Data(values=ends)).mark_point(filled=True, color=_ACCENT, size=36)
    text = {"dy": -11, "fontSize": 11, "color": _INK, "fontWeight": "bold"}
    words = [
        alt.Chart(alt.Data(values=end)).mark_text(align=side, **text, **halo).encode(x, y, text="shown:N")
        for side, end in (("left", ends[:1]), ("right", ends[1:]))
        for halo in ({"stroke": _PAPER, "strokeWidth": 4, "strokeJoin": "round"}, {})
    ]
    return _svg(alt.layer(line.encode(x, y), points.encode(x, y), *words))


def tornado(rows: Sequence[Row], label: str, ends: tuple[str, str], centre: float) -> str:
    """One figure as each assumption by itself goes from its low to its high: a bar each, around the likely value.

    Args:
        rows: what to draw, the widest first.
        label: key of the name of a bar.
        ends: keys of the figure at the low and at the high of the assumption.
        centre: the figure with everything at its likely value.
    """
    alt = _altair()
    data = [
        {"label": str(row[label]), "from": centre, "to": float(row[end]), "end": word}
        for row in rows
        for end, word in zip(ends, ("low", "high"), strict=True)
    ]
    x = alt.X("from:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=4, format=",.0f"))
    y = alt.Y("label:N", sort=[str(row[label]) for row in rows], title=None, axis=_names())
    colours = alt.Scale(domain=["low", "high"], range=[_FAINT, _ACCENT])
    legend = alt.Legend(orient="bottom", title="assumption at its", labelColor=_QUIET, titleColor=_QUIET)
    bar = alt.Chart(alt.Data(values=data), width=_PLOT, height=alt.Step(24)).mark_bar(height=12)
    drawn = bar.encode(x=x, x2="to:Q", y=y, color=alt.Color("end:N", scale=colours, legend=legend))
    middle = alt.Chart(alt.Data(values=[{"from": centre}])).mark_rule(color=_INK).encode(x=x)
    return _svg(alt.layer(drawn, middle))


def intervals(rows: Sequence[Row], label: str, ends: tuple[str, str, str], *, shown: str, marked: str = "") -> str:
    """A line from low to high for each row, its middle as a point, with zero as the measure of all of them.

    Args:
        rows: what to draw, in the order given.
        label: key of the name of a line.
        ends: keys of low, middle and high.
        shown: key of the middle as text.
        marked: key that is true where a line is drawn in the accent colour.
    """
    alt = _altair()
    low, middle, high = ends
    data: list[dict[str, Any]] = [
        {
            "label": str(row[label]),
            "low": float(row[low]),
            "middle": float(row[middle]),
            "high": float(row[high]),
            "shown": str(row[shown]),
            "on": bool(row.get(marked, True)),
        }
        for row in rows
    ]
    every = [0.0, *(row[end] for row in data for end in ("low", "high"))]
    margin = (max(every) - min(every) or 1.0) * 0.16
    scale = alt.Scale(domain=[min(every) - margin, max(every) + margin], nice=False)
    base = alt.Chart(alt.Data(values=data), width=_PLOT, height=alt.Step(34))
    y = alt.Y("label:N", sort=[str(row[label]) for row in rows], title=None, axis=_names())
    colour = alt.condition("datum.on", alt.value(_ACCENT), alt.value(_QUIET))
    at = {key: alt.X(f"{key}:Q", scale=scale, axis=None) for key in ("low", "middle", "at")}
    line = base.mark_rule(strokeWidth=3).encode(x=at["low"], x2="high:Q", y=y, color=colour)
    point = base.mark_point(filled=True, size=70, opacity=1).encode(x=at["middle"], y=y, color=colour)
    words = base.mark_text(dy=-11, fontSize=11, color=_INK).encode(x=at["middle"], y=y, text="shown:N")
    zero = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=_FAINT).encode(x=at["at"])
    return _svg(alt.layer(line, zero, point, words), bare=True)


#: The page's colours where there is no page.
_ALONE = {"ink": "#1d2433", "quiet": "#5b6475", "accent": "#1f6feb", "faint": "#b9c1ce", "paper": "#ffffff"}


def alone(svg: str) -> str:
    """The SVG as a file of its own, with colours instead of the page's."""
    for name, colour in _ALONE.items():
        svg = svg.replace(f"var(--{name})", colour)
    return svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" style="background: #ffffff"', 1)


def _altair() -> Any:
    """Altair, imported when a chart is drawn: it takes half a second."""
    import altair

    return altair


def _hundredfold(share: Decimal | None) -> float | None:
    return None if share is None else float(share * 100)


def _names() -> Any:
    alt = _altair()
    return alt.Axis(
        domain=False, ticks=False, labelAlign="left", labelPadding=_NAMES, labelLimit=_NAMES - 6, minExtent=_NAMES
    )


def _months() -> Any:
    alt = _altair()
    return alt.Axis(format="%b %y", tickCount=4, grid=False, tickSize=4, labelFlush=True)


def _shares() -> Any:
    alt = _altair()
    return alt.Axis(tickCount=3, domain=False, ticks=False, format=".0f", labelExpr="datum.label + '%'", minExtent=34)


def _svg(chart: Any, *, bare: bool = False) -> str:
    """The chart as an SVG that scales with its column and takes the page's colours."""
    import vl_convert

    axis: dict[str, Any] = dict.fromkeys(("labelColor", "titleColor", "domainColor", "tickColor"), _QUIET)
    axis |= {"gridColor": _FAINT, "labelFontSize": 11, "gridOpacity": 0.0 if bare else 0.6}
    made = chart.configure(background="transparent", font=_FONT, padding=2, axis=axis, view={"stroke": "transparent"})
    svg: str = vl_convert.vegalite_to_svg(made.to_dict())
    for stand_in, name in _NAMED.items():
        svg = re.sub(stand_in, f"var(--{name})", svg, flags=re.IGNORECASE)
    return svg


def described(svg: str, title: str, description: str) -> str:
    """The SVG as one image with a name and a description for those who do not see it."""
    inner = re.sub(r"<\?xml[^>]*>|<!DOCTYPE[^>]*>", "", svg).strip()
    inner = re.sub(r' (role|aria-[a-z]+|xmlns|xmlns:xlink)="[^"]*"', "", inner)
    head = f'<svg role="img" aria-label="{escape(title)}. {escape(description)}"'
    return inner.replace("<svg", head, 1)
