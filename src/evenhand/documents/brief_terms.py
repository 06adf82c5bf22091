"""The section of a brief on the contract at work: which terms pay, which do not, which rules change a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evenhand.documents.brief_material import Material
from evenhand.documents.charts import bars
from evenhand.documents.paper import Picture, Section, picture_words
from evenhand.documents.sheet import Field, Kind, Sheet, show
from evenhand.documents.small_cells import gathered, in_a_picture
from evenhand.documents.term_sheets import CONTESTS, CONTESTS_NOTE, FIRED, FIRED_NOTE, RULES_NOTE, SILENT
from evenhand.money import ZERO, ratio

Rows = list[Mapping[str, Any]]

_RULES = (
    Field("rule", "Rule"),
    Field("lines", "Lines", "count"),
    Field("without_amount", "Without it", "dollars"),
    Field("with_amount", "With it", "dollars"),
    Field("effect", "Effect", "change"),
    Field("effect_percent", "of it", "rate"),
)
_NEAR = (
    Field("rule", "Stop-loss rule"),
    Field("claims", "Claims within a tenth of it", "count"),
    Field("under", "still under", "count"),
    Field("charges", "Charges", "dollars"),
)


def terms_section(material: Material) -> Section | None:
    """Which terms pay, and how much; none where no line is priced."""
    rows = _terms(material)
    if not rows:
        return None
    silent, rules = material.terms.silent.rows(), _rules(material)
    return Section(
        "terms",
        "Which terms pay",
        _lead(material, rows),
        pictures=tuple(
            _drawn(*each)
            for each in (
                ("Expected by term, dollars", in_a_picture(rows, "term", "claims"), "term", "expected", "dollars"),
                ("What rules add and take, dollars", in_a_picture(rules, "rule", "claims"), "rule", "effect", "change"),
            )
            if any(row.get(each[3]) for row in each[1])
        ),
        tables=(
            Sheet("paying-terms", "Terms that pay", FIRED, rows),
            Sheet("rules-at-work", "Rules at work", _RULES, rules, empty="No rule changes a price."),
        ),
        folded=(
            Sheet(
                "silent-terms", "Terms that pay nothing, and why", SILENT, silent, empty="Every term pays something."
            ),
            Sheet(
                "contests",
                "Several terms, one line: who pays",
                CONTESTS,
                _contests(material),
                empty="No line is covered by two terms.",
            ),
            *near_sheets(material),
        ),
        note=f"{FIRED_NOTE} {RULES_NOTE} {CONTESTS_NOTE}",
    )


def _lead(material: Material, rows: Rows) -> str:
    whole = material.terms.expected
    words = f"{show(whole, 'dollars')} is expected under the contract on this payer's claims"
    largest = next((row for row in rows if "claims" in row), None)
    if largest is None or not whole:
        return words + "."
    share = show(ratio(largest["expected"], whole), "percent")
    silent = len(material.terms.silent)
    rest = f" {silent} {'term pays' if silent == 1 else 'terms pay'} nothing." if silent else ""
    return f"{words}; {share} of it by one term, “{largest['term']}”.{rest}"


def _terms(material: Material) -> Rows:
    several = len({row["contract_id"] for row in material.terms.fired}) > 1
    named = [
        {**row, "term": f"{row['term']} ({row['contract_id']})" if several else row["term"]}
        for row in material.terms.fired
    ]
    sums = ("expected", "charges", "lines", *(() if several else ("share",)))
    return gathered(named, "claims", fewest=material.options.small_cells, name=("term", "term"), sums=sums)


def _rules(material: Material) -> Rows:
    """The rules over all terms; a rule on few claims is gathered with the others."""
    totals: dict[str, dict[str, Any]] = {}
    keys = ("lines", "without_amount", "with_amount", "effect")
    for row in material.terms.rules:
        total = totals.setdefault(row["rule"], {"rule": row["rule"], "claims": 0, **dict.fromkeys(keys, ZERO)})
        total["claims"] = max(total["claims"], row["claims"])
        for key in keys:
            total[key] += row[key]
    rows = [{**row, "effect_percent": ratio(row["effect"], row["without_amount"])} for row in totals.values()]
    rows.sort(key=lambda row: (-abs(row["effect"]), row["rule"]))
    sums = ("effect", "without_amount", "with_amount", "lines")
    return gathered(rows, "claims", fewest=material.options.small_cells, name=("rule", "rule"), sums=sums)


def _contests(material: Material) -> Rows:
    rows = material.terms.contests.rows()
    sums = ("charges", "expected", "lines")
    return gathered(rows, "claims", fewest=material.options.small_cells, name=("winner", "pair"), sums=sums)


def near_sheets(material: Material) -> list[Sheet]:
    """A table where some claim is near a threshold: most contracts have none."""
    rows = _near(material)
    return [Sheet("near-stop-loss", "Claims near a stop-loss threshold", _NEAR, rows)] if rows else []


def _near(material: Material) -> Rows:
    """How many claims are near the threshold of each stop-loss rule; a rule with few is gathered with the others."""
    totals: dict[str, dict[str, Any]] = {}
    for row in material.terms.thresholds:
        total = totals.setdefault(row["rule"], {"rule": row["rule"], "claims": 0, "under": 0, "charges": ZERO})
        total["claims"] += 1
        total["under"] += row["over"] <= 0
        total["charges"] += row["charges"]
    rows = sorted(totals.values(), key=lambda row: (-row["claims"], row["rule"]))
    sums = ("under", "charges")
    return gathered(rows, "claims", fewest=material.options.small_cells, name=("rule", "rule"), sums=sums)


def _drawn(title: str, rows: Sequence[Mapping[str, Any]], label: str, value: str, kind: Kind) -> Picture:
    shown = [{**row, "shown": show(row[value], kind)} for row in rows if row.get(value)]
    words = picture_words([(row[label], row["shown"]) for row in shown])
    return Picture(title, bars(shown, label, value, shown="shown"), words)
