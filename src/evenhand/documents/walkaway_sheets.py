"""When to walk, as sheets: the figures, how sure they are, what matters most, the assumptions, the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from evenhand.documents.charts import alone, described, tornado
from evenhand.documents.sheet import Field, Sheet, show
from evenhand.negotiation.walking import FIGURES, RULES, WalkAway

_SPREAD = (
    Field("what", "Figure"),
    Field("unit", "Counts"),
    Field("likely", "At the likely values"),
    Field("p10", "p10"),
    Field("p50", "p50"),
    Field("p90", "p90"),
    Field("without_figure", "Draws without it", "percent"),
)
_TORNADO = (
    Field("name", "Assumption"),
    Field("low", "Low"),
    Field("high", "High"),
    Field("at_low", "Figure at low"),
    Field("at_high", "Figure at high"),
    Field("swing", "Swing"),
    Field("sure", "How sure"),
)
_ASSUMPTIONS = (
    Field("name", "Assumption"),
    Field("value", "Value"),
    Field("low", "Low"),
    Field("high", "High"),
    Field("unit", "Counts"),
    Field("meaning", "What it is"),
    Field("source", "Source"),
    Field("sure", "How sure"),
)
_MONTHS = (
    Field("month", "Break begins in"),
    Field("takes_effect", "Switching of that month", "percent"),
    Field("first_three", "Within 3 months", "percent"),
    Field("first_six", "Within 6 months", "percent"),
    Field("months_to_half", "Months until half", "count"),
    Field("members_six", "Members gone in 6 months", "count"),
    Field("margin_six", "Their margin a year", "dollars"),
)
_BATNA = (
    Field("line", "Line of business"),
    Field("year", "Year", "count"),
    Field("claims", "Claims", "count"),
    Field("retained", "Stays", "percent"),
    Field("contracted", "Margin under contract", "dollars"),
    Field("kept", "Kept out of network", "dollars"),
    Field("refilled", "Refilled", "dollars"),
    Field("spill_over", "Lost spill-over", "dollars"),
    Field("transition", "Transition", "dollars"),
    Field("alternative", "Alternative", "dollars"),
    Field("difference", "Contract less alternative", "change"),
)
_RULES = (
    Field("services", "Services"),
    Field("price", "Price out of network"),
    Field("source", "Source"),
    Field("sure", "How sure"),
)
_NOTE = "Not advice: what follows from the assumptions below, and from nothing else."
#: Columns that count what the figure counts.
_POINTS = ("likely", "p10", "p50", "p90")
#: Bars on a chart.
_BARS = 10


def walkaway_sheets(found: WalkAway, *, exact: bool = False) -> list[Sheet]:
    """The answer as sheets, the assumptions always among them.

    Args:
        found: the answer.
        exact: figures as numbers, for a workbook or a program, instead of words for a reader.
    """
    write = _exact if exact else number
    what, unit = FIGURES[found.figure]
    centre = number(getattr(found.values, found.figure), unit)
    drawn = f"{found.draws:,} draws from seed {found.seed}, each assumption from a triangle of low, value and high."
    moved = f"{what}: {centre} with everything at its likely value. All others stay there while one moves."
    one = found.assumptions["switch_january"]
    switched = (
        "Share of a year's switching that takes effect within so many months of a break. Assumptions switch_january "
        f"to switch_december: {one.source} ({one.sure})."
    )
    return [
        Sheet("walk-away", f"When to walk: {found.payer}", _SPREAD, _spread(found, write), f"{drawn} {_NOTE}"),
        Sheet("alternative", "The contract against its alternative", _BATNA, _alternative(found), _SCALED),
        Sheet(
            "what-matters", "What matters most", _TORNADO, _tornado(found, write), moved, "No assumption is uncertain."
        ),
        Sheet("assumptions", "Assumptions", _ASSUMPTIONS, _assumptions(found, write), _HOW),
        Sheet("switching", "When members can leave", _MONTHS, _months(found), switched),
        Sheet("out-of-network", "Rules for the price out of network", _RULES, _rules(), _FLAG),
    ]


_SCALED = (
    "Margins of a year at the likely values. Prices and cost of a line of business follow its own allowed amount, what "
    "stays its own emergency share unless it was given; less stays from the third year; the transition is paid once."
)
_HOW = (
    "Change any with --assumptions FILE, which holds lines such as 'retained: 0.4' or "
    "'cost: {value: 300, low: 250, high: 360}'. Those of switching stand in their own table."
)
_FLAG = "A flag with its source, not legal advice; what is from memory must be checked before it is relied on."


def headline(found: WalkAway) -> str:
    """The answer in three sentences."""
    v = found.values
    at = f"today's {show(_money(found.assumptions.value('price')), 'money')}"
    sides = f"Walk-away prices a claim: provider {number(v.ours_min, _DOLLARS)}, payer {number(v.theirs_max, _DOLLARS)}"
    if v.zone <= 0:
        zone = f"{sides}; at the likely values there is no price both gain from ({at})."
    else:
        zone = f"{sides}, with {at}; leverage {number(v.leverage, 'share')}."
    burn = (
        f"Without a contract the provider burns {number(v.burn, 'dollars')} a month; "
        f"the gain fought for is eaten after {number(v.break_even_months, 'months')} months, "
        f"cash after {number(v.runway_months, 'months')}."
        if v.burn > 0
        else "Without a contract the provider loses nothing at the likely values."
    )
    return f"{zone} {burn} A price both gain from exists in {found.exists:.0%} of {found.draws:,} draws."


_DOLLARS = "dollars a claim"


def _money(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def number(value: float | None, unit: str) -> str:
    """A figure as a reader sees it.

    >>> number(0.421, "share"), number(34375.0, "dollars"), number(11.78, "months"), number(float("inf"), "months")
    ('42.1%', '$34,375', '11.8', 'never')
    """
    if value is None or value != value:
        return "–"
    if value == float("inf"):
        return "never"
    if unit == "retention" and not 0 <= value <= 1:
        return "no share does" if value > 1 else "any share does"
    if unit in ("share", "retention"):
        return f"{value * 100:,.1f}%".replace("-", "−")
    if unit.startswith("dollars"):
        return show(_money(value), "money" if "claim" in unit else "dollars")
    return f"{value:,.1f}" if unit == "months" else f"{value:,.6g}"


def _exact(value: float | None, unit: str) -> Decimal | None:
    """The figure itself, to six decimals of a share and four of the rest; nothing where there is none."""
    if value is None or value != value or value == float("inf"):
        return None
    return Decimal(str(round(value, 6 if unit in ("share", "retention") else 4)))


Write = Callable[[float | None, str], "str | Decimal | None"]


def _spread(found: WalkAway, write: Write) -> list[dict[str, Any]]:
    return [_written(row, _POINTS, _unit(row), write) for row in found.spread]


def _unit(row: Mapping[str, Any]) -> str:
    return "retention" if row["figure"] == "break_even_retention" else str(row["unit"])


def _written(row: Mapping[str, Any], keys: tuple[str, ...], unit: str, write: Write) -> dict[str, Any]:
    return {**row, **{key: write(row[key], unit) for key in keys}}


def _tornado(found: WalkAway, write: Write) -> list[dict[str, Any]]:
    unit = FIGURES[found.figure][1]
    rows = []
    for row in found.tornado:
        own = found.assumptions[row["name"]].unit
        rows.append(_written(_written(row, ("at_low", "at_high", "swing"), unit, write), ("low", "high"), own, write))
    return rows


def _assumptions(found: WalkAway, write: Write) -> list[dict[str, Any]]:
    return [
        _written(row, ("value", "low", "high"), row["unit"], write)
        for row in found.assumptions.table()
        if "switch_" not in row["name"]
    ]


def _alternative(found: WalkAway) -> list[dict[str, Any]]:
    words = ("line", "year", "claims", "retained")
    return [
        {key: value if key in words else _money(value) for key, value in row.items()}
        | {"claims": Decimal(str(round(row["claims"], 1))), "retained": Decimal(str(round(row["retained"], 6)))}
        for row in found.sheet
    ]


def _months(found: WalkAway) -> list[dict[str, Any]]:
    """The switching table, with the members that leave and what their margin comes to."""
    lost = found.assumptions.value("members_lost") * found.assumptions.value("members")
    margin = found.assumptions.value("member_margin")
    rows = []
    for row in found.months:
        shares = {key: Decimal(str(round(row[key], 6))) for key in ("takes_effect", "first_three", "first_six")}
        gone = lost * row["first_six"]
        more = {"members_six": Decimal(str(round(gone, 1))), "margin_six": _money(gone * margin)}
        rows.append({**row, **shares, **more})
    return rows


def _rules() -> list[dict[str, Any]]:
    return [{field.key: getattr(rule, field.key) for field in _RULES} for rule in RULES]


def tornado_svg(found: WalkAway) -> str:
    """What matters most, as a picture of its own."""
    what = FIGURES[found.figure][0]
    svg = tornado(found.tornado.rows()[:_BARS], "name", ("at_low", "at_high"), getattr(found.values, found.figure))
    return alone(described(svg, what, "Each assumption from its low to its high, the widest first"))
