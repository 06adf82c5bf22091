"""All outcomes of a trade as points, the frontier, and the outcomes theories single out: inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenhand.documents import charts
from evenhand.negotiation.trading import Outcomes, Point

#: More points than this are thinned: a picture shows no more.
_MOST_DRAWN = 2_000
_COLOURS = {"ink": "#1a1a1a", "quiet": "#5c5c5c", "accent": "#8a2f1c", "faint": "#c9c4bb", "paper": "#ffffff"}


def frontier_chart(outcomes: Outcomes, singled_out: Sequence[Point], *, alone: bool = False) -> str:
    """Their score against ours: outcomes faint, the frontier as a line, the points named.

    Args:
        outcomes: of a domain.
        singled_out: what to name.
        alone: a picture that stands by itself, in colours of its own; else one for a page, in the page's.
    """
    alt = charts._altair()
    step = max(1, len(outcomes) // _MOST_DRAWN)
    edge = _rows(outcomes.scores[outcomes.frontier])
    marked = _named(singled_out)
    x = alt.X("ours:Q", title="our score", scale=alt.Scale(zero=False))
    y = alt.Y("theirs:Q", title="their score", scale=alt.Scale(zero=False))
    faint = _chart(alt, _rows(outcomes.scores[::step])).mark_point(
        filled=True, size=7, color=charts._FAINT, opacity=0.9
    )
    line = _chart(alt, edge).mark_line(color=charts._QUIET, strokeWidth=1.2, interpolate="step-before")
    points = _chart(alt, marked).mark_point(filled=True, size=60, color=charts._ACCENT)
    text = _chart(alt, marked).mark_text(align="left", dx=7, dy=-6, fontSize=11, color=charts._INK)
    drawn = alt.layer(faint.encode(x, y), line.encode(x, y), points.encode(x, y), text.encode(x, y, text="name:N"))
    if alone:
        return in_own_colours(charts._svg(drawn))
    names = ", ".join(row["name"] for row in marked)
    title = f"Outcomes of {outcomes.domain.name}"
    return charts.described(charts._svg(drawn), title, f"{len(outcomes):,} outcomes, the frontier, and {names}")


def in_own_colours(svg: str) -> str:
    """A picture for a file of its own: no page gives it colours."""
    for name, colour in _COLOURS.items():
        svg = svg.replace(f"var(--{name})", colour)
    return svg


def _chart(alt: Any, rows: Sequence[dict[str, Any]]) -> Any:
    return alt.Chart(alt.Data(values=list(rows)), width=charts.WIDTH + 120, height=charts.WIDTH)


def _rows(scores: Any) -> list[dict[str, Any]]:
    return [{"ours": float(ours), "theirs": float(theirs)} for ours, theirs in scores]


def _named(singled_out: Sequence[Point]) -> list[dict[str, Any]]:
    """Points by where they stand; those that fall together share a name."""
    places: dict[tuple[float, float], list[str]] = {}
    for point in singled_out:
        places.setdefault((point.deal.ours, point.deal.theirs), []).append(point.name)
    return [{"ours": at[0], "theirs": at[1], "name": " = ".join(names)} for at, names in places.items()]
