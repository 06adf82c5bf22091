"""Trading as sheets: points and frontier, who gives what, packages, what a pick or counters reveal, a ladder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.negotiation.trading import (
    Deal,
    LineWeight,
    Outcomes,
    Package,
    Point,
    SeenWeight,
    Style,
    logrolling,
)
from evenhand.negotiation.trading.concessions import SOURCE

_SCORES = (Field("ours", "Our score", "number"), Field("theirs", "Their score", "number"))
_TRADES = (
    Field("issue", "Issue"),
    Field("ours", "Worth to us", "percent"),
    Field("theirs", "Worth to them", "percent"),
    Field("ratio", "Ours over theirs", "number"),
    Field("who", "Who gives"),
)
_SEEN = (
    Field("issue", "Issue"),
    Field("weight", "Weight seen", "percent"),
    Field("low", "at least", "percent"),
    Field("high", "at most", "percent"),
    Field("believed", "Believed before", "percent"),
    Field("kept", "Rounds held", "count"),
    Field("rounds", "of", "count"),
)
_PACKAGES = (
    Field("package", "Package", "count"),
    Field("gain", "To us", "dollars"),
    Field("cost", "Plan pays", "dollars"),
    Field("overlap", "Like the earlier ones", "percent"),
)
_WEIGHTS = (
    Field("line", "Service line"),
    Field("weight", "A dollar weighs", "number"),
    Field("low", "at least", "number"),
    Field("high", "at most", "number"),
)
_LADDER = (Field("round", "Round", "count"), Field("offer", "Offer", "number"), Field("step", "Step", "number"))
_STYLE = (
    Field("name", "Style"),
    Field("beta", "Beta", "number"),
    Field("low", "at least", "number"),
    Field("high", "at most", "number"),
    Field("rounds", "Offers seen", "count"),
)


def trade_sheets(outcomes: Outcomes, singled_out: Sequence[Point], seen: Sequence[SeenWeight] = ()) -> list[Sheet]:
    """The points theories single out, the frontier, who should give what, and weights seen in counters."""
    issues = tuple(Field(f"issue{at}", issue.name) for at, issue in enumerate(outcomes.domain.issues))
    named = [{"name": point.name, **_deal(point.deal), "meaning": point.meaning} for point in singled_out]
    edge = [_deal(outcomes.deal(int(place))) for place in outcomes.agreeable]
    meant = (Field("name", "Point"), *_SCORES, *issues, Field("meaning", "What it is"))
    domain = outcomes.domain
    sheets = [
        Sheet("points", f"{domain.name}: {len(outcomes):,} outcomes", meant, named, _points_note(outcomes), _NOTHING),
        Sheet("trades", "Who should give what", _TRADES, [_trade(one) for one in logrolling(domain)], _TRADES_NOTE),
        Sheet("frontier", "The frontier acceptable to both", (*_SCORES, *issues), edge, _edge_note(outcomes), _NOTHING),
    ]
    if seen:
        rows = [_rounded(one, ("weight", "low", "high", "believed"), ("issue", "kept", "rounds")) for one in seen]
        sheets.append(Sheet("seen", "What their counters tell of their weights", _SEEN, rows, _SEEN_NOTE))
    return sheets


def package_sheets(offered: Sequence[Package], found: Sequence[LineWeight] = ()) -> list[Sheet]:
    """Packages side by side, their spend by service line, and what a pick reveals."""
    rows = [
        {"package": at, "gain": _number(one.gain), "cost": _number(one.cost), "overlap": _share(one.overlap)}
        for at, one in enumerate(offered, 1)
    ]
    lines = sorted(offered[0].spend, key=lambda line: -max(one.spend[line] for one in offered))
    columns = (Field(f"p{at}", f"Package {at}", "dollars") for at in range(1, len(offered) + 1))
    fields = (Field("line", "Service line"), *columns)
    spend = [
        {"line": line, **{f"p{at}": _number(one.spend[line]) for at, one in enumerate(offered, 1)}}
        for line in lines
        if any(one.spend[line] >= 0.5 for one in offered)
    ]
    sheets = [
        Sheet("packages", "Packages of equal worth to us", _PACKAGES, rows, _PACKAGES_NOTE),
        Sheet("spend", "What the plan would pay more, by service line", fields, spend),
    ]
    if found:
        weights = [_rounded(one, ("weight", "low", "high"), ("line",)) for one in found]
        sheets.append(Sheet("weights", "What the pick tells of the payer", _WEIGHTS, weights, _WEIGHTS_NOTE))
    return sheets


def ladder_sheets(offers: Sequence[float], style: Style | None = None) -> list[Sheet]:
    """A planned ladder of concessions, and the other side's style."""
    rows = [
        {"round": at, "offer": _number(offer), "step": None if not at else _number(offer - offers[at - 1])}
        for at, offer in enumerate(offers)
    ]
    sheets = [Sheet("ladder", "What to offer, round by round", _LADDER, rows, f"By {SOURCE}. A plan, not a rule.")]
    if style is not None:
        row = _rounded(style, ("beta", "low", "high"), ("name", "rounds"))
        sheets.append(Sheet("style", "How they concede", _STYLE, [row], _STYLE_NOTE))
    return sheets


def _deal(deal: Deal) -> dict[str, Any]:
    options = {f"issue{at}": name for at, name in enumerate(deal.options)}
    return {"ours": _number(deal.ours), "theirs": _number(deal.theirs), **options}


def _trade(one: Any) -> dict[str, Any]:
    return _rounded(one, ("ours", "theirs", "ratio"), ("issue", "who"))


def _rounded(one: Any, numbers: Sequence[str], others: Sequence[str]) -> dict[str, Any]:
    kept = {name: getattr(one, name) for name in others}
    return kept | {name: _share(getattr(one, name)) for name in numbers}


def _number(value: float) -> Decimal:
    return Decimal(str(round(value, 4)))


def _share(value: float | None) -> Decimal | None:
    return None if value is None else _number(value)


def _points_note(outcomes: Outcomes) -> str:
    domain = outcomes.domain
    return (
        f"Of outcomes in which we score {domain.our_walk_away:g} or more and they {domain.their_walk_away:g} or more: "
        f"{len(outcomes.acceptable):,}. Gains count from there. Their weights and worths are what we believe of them."
    )


def _edge_note(outcomes: Outcomes) -> str:
    return f"{len(outcomes.agreeable):,} of the {len(outcomes.frontier):,} outcomes that nobody can better for both."


_NOTHING = "No outcome is acceptable to both: the walk-aways leave no room."
_TRADES_NOTE = "Worth: what the issue's whole swing weighs. Give where it weighs more to them than to us."
_SEEN_NOTE = "What they hold weighs most. Nine draws of ten lie between the two; few rounds say little."
_PACKAGES_NOTE = (
    "The first costs the plan least; each further one puts its money where the earlier ones put least. "
    "Like the earlier ones: the mean cosine of spend by service line."
)
_WEIGHTS_NOTE = (
    "1 is the mean. All weights from a quarter to four that explain the pick lie between the two; "
    "the first figure is the set of weights nearest to equal."
)
_STYLE_NOTE = f"By {SOURCE}: below 1 late, above 1 early. At least and at most: one offer left out at a time."
