"""Scenarios as sheets and as a picture."""

from __future__ import annotations

from evenhand.documents.charts import bars
from evenhand.documents.sheet import Field, Sheet, show
from evenhand.pricing.scenarios import ScenarioReport

_AMOUNTS = (
    Field("expected_amount", "Expected", "money"),
    Field("change", "Change", "change"),
    Field("change_percent", "of it", "rate"),
)
#: Bars of a picture.
_BARS = 25
_COLOURS = {"ink": "#1b1b1b", "quiet": "#6b6b6b", "accent": "#1f6f8b", "faint": "#c9c9c9", "paper": "#ffffff"}


def scenario_sheets(report: ScenarioReport, *, most: int | None = None) -> list[Sheet]:
    """Each scenario with what the claims come to, and term by term; on the screen so many at most."""
    rows, terms = report.scenarios.rows(), report.terms.rows()
    note = f"As the contract stands: {show(report.expected, 'money')} over {report.claims:,} claims. {_NOTE}"
    if most is not None and len(rows) > most:
        note += f" {most:,} of {len(rows):,} scenarios are shown; --out holds them all."
    shown = rows[:most]
    names = {row["scenario"] for row in shown}
    moved = [row for row in terms if row["change"] and row["scenario"] in names]
    head = Field("scenario", "Scenario")
    return [
        Sheet(
            "scenarios", f"Scenarios: {report.contract}", (head, *_AMOUNTS), shown, note, "No scenario was asked for."
        ),
        Sheet("terms", "Terms that move", (head, Field("term", "Term"), *_AMOUNTS[:2]), moved, "", "No term moves."),
    ]


_NOTE = "Each is exactly what pricing every claim under the changed contract gives."


def scenario_chart(report: ScenarioReport) -> str:
    """The scenarios that change most as bars, an SVG that stands by itself."""
    rows = sorted(report.scenarios.rows(), key=lambda row: -abs(row["change"]))[:_BARS]
    rows.sort(key=lambda row: row["change"])
    drawn = bars([{**row, "shown": show(row["change"], "change")} for row in rows], "scenario", "change", shown="shown")
    for name, colour in _COLOURS.items():
        drawn = drawn.replace(f"var(--{name})", colour)
    return drawn
