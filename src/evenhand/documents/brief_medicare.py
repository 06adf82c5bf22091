"""The section of a brief on what the payer allows against what Medicare pays for the same services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenhand.documents.brief_material import Material
from evenhand.documents.charts import bars
from evenhand.documents.paper import Picture, Section, picture_words
from evenhand.documents.sheet import Field, Sheet, show
from evenhand.documents.small_cells import gathered, in_a_picture

_LINES = (
    Field("service_line", "Service line"),
    Field("lines", "Lines", "count"),
    Field("allowed", "Allowed", "dollars"),
    Field("medicare", "Medicare", "dollars"),
    Field("percent_of_medicare", "Of Medicare", "percent"),
    Field("mean_of_ratios", "Mean of ratios", "percent"),
)
_WITHOUT = (
    Field("what", "Code"),
    Field("missing", "Why"),
    Field("lines", "Lines", "count"),
    Field("allowed", "Allowed", "dollars"),
)
#: Service lines drawn, and codes without a benchmark listed.
_DRAWN, _LISTED = 8, 15


def medicare_section(material: Material) -> Section | None:
    """Percent of Medicare, by payer and service line; none where no line has a Medicare price."""
    mine = medicare_figures(material)
    if mine is None:
        return None
    rows = _service_lines(material)
    return Section(
        "medicare",
        "Percent of Medicare",
        _lead(material, mine),
        pictures=tuple(filter(None, (_by_payer(material), _by_service_line(rows)))),
        tables=(Sheet("medicare", "By service line", _LINES, rows),),
        folded=(_without(material),),
        note="Percent of Medicare is Σ allowed ÷ Σ Medicare over the same lines. " + " ".join(material.benchmark.basis),
    )


def medicare_figures(material: Material) -> Mapping[str, Any] | None:
    """The payer's own figures; ``None`` where Medicare prices none of its lines, or those of too few claims."""
    rows = [row for row in material.benchmark.payers if row["payer"] == material.payer]
    known = [row for row in rows if row["medicare"] and row["claims_at_least"] >= material.options.small_cells]
    return known[0] if known else None


def _lead(material: Material, mine: Mapping[str, Any]) -> str:
    allowed, medicare, without = (show(mine[key], "dollars") for key in ("allowed", "medicare", "allowed_without"))
    return (
        f"{material.payer} allows {show(mine['percent_of_medicare'], 'percent')} of Medicare: {allowed} for what "
        f"Medicare pays {medicare}. {without} more ({show(mine['share_without'], 'percent')} of all it allows) is for "
        "services Medicare has no price for, and is counted nowhere."
    )


def _service_lines(material: Material) -> list[Mapping[str, Any]]:
    mine = [row for row in material.benchmark.service_lines if row["payer"] == material.payer and row["medicare"]]
    sums = ("allowed", "medicare", "lines")
    fewest = material.options.small_cells
    return gathered(mine, "claims_at_least", fewest=fewest, name=("service_line", "service line"), sums=sums)


def _by_payer(material: Material) -> Picture | None:
    fewest = material.options.small_cells
    rows = [row for row in material.benchmark.payers if row["medicare"] and row["claims_at_least"] >= fewest]
    if len(rows) < 2:
        return None
    shown = [_shown({**row, "payer": material.name_of(row["payer"])}) for row in rows]
    shown.sort(key=lambda row: -row["percent_of_medicare"])
    words = picture_words([(row["payer"], row["shown"]) for row in shown])
    drawn = bars(shown, "payer", "percent_of_medicare", marked=material.payer, shown="shown")
    return Picture("Percent of Medicare by payer", drawn, words)


def _by_service_line(rows: list[Mapping[str, Any]]) -> Picture | None:
    named = in_a_picture(rows[:_DRAWN], "service_line", "claims_at_least")
    shown = [_shown(row) for row in named if row.get("percent_of_medicare") is not None]
    words = picture_words([(row["service_line"], row["shown"]) for row in shown])
    drawn = bars(shown, "service_line", "percent_of_medicare", shown="shown")
    return Picture("Percent of Medicare by service line", drawn, words) if shown else None


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "shown": show(row["percent_of_medicare"], "percent")}


def _without(material: Material) -> Sheet:
    mine = [
        {**row, "what": row["hcpcs_code"] or row["service_line"]}
        for row in material.benchmark.without
        if row["payer"] == material.payer
    ]
    fewest = material.options.small_cells
    rows = gathered(mine, "claims", fewest=fewest, name=("what", "code"), sums=("allowed", "lines"))
    title = "What has no Medicare price"
    if len(rows) > _LISTED:
        title += f": the first {_LISTED} of {len(rows)}"
    return Sheet("without-benchmark", title, _WITHOUT, rows[:_LISTED], empty="Medicare prices every line allowed.")
