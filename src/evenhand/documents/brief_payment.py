"""The sections of a brief on how the payer has paid: as agreed, beside the others, over time, denials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenhand.documents.brief_material import Material
from evenhand.documents.charts import bars, trend
from evenhand.documents.paper import Picture, Section, picture_words
from evenhand.documents.sheet import Field, Kind, Sheet, show
from evenhand.documents.small_cells import gathered, in_a_picture
from evenhand.money import ZERO

Rows = list[Mapping[str, Any]]

_CAUSES = (
    Field("reason", "Reason"),
    Field("term", "Term"),
    Field("amount", "Dollars", "dollars"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("first_day", "First", "date"),
    Field("last_day", "Last", "date"),
    Field("pattern", "Allowed is, mostly"),
)
_BESIDE = (
    Field("payer", "Payer"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
    Field("allowed_percent", "Allowed, of charges", "percent"),
    Field("denied_charges_share", "Denied, of charges", "percent"),
    Field("days_p50", "Days, half", "days"),
    Field("days_p90", "Days, nine in ten", "days"),
    Field("late_share", "Late, of claims due", "percent"),
    Field("underpaid_share", "Underpaid, of expected", "percent"),
)
_MONTHS = (
    Field("month", "Month of service"),
    Field("lines", "Lines", "count"),
    Field("charges", "Charges", "dollars"),
    Field("allowed_percent", "Allowed, of charges", "percent"),
    Field("denied_charges_share", "Denied, of charges", "percent"),
)
_DENIALS = (
    Field("reason", "Code"),
    Field("meaning", "In words"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
    Field("charges_share", "of denied charges", "percent"),
)
_NOT_COMPARED = (
    Field("why_not", "Why not"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
)


def variance_section(material: Material) -> Section:
    """Where the payer paid less, or more, than agreed, cause by cause."""
    fewest = material.options.small_cells
    under = _causes(material, "underpaid", fewest)
    over = _causes(material, "overpaid", fewest)
    lead = "Every line that could be compared was allowed as agreed, or above."
    if under:
        expected, missing = (show(material.mine.get(key), "dollars") for key in ("expected", "underpaid"))
        lead = (
            f"Of {expected} expected on the lines compared, {missing} was not allowed (service {material.period}). "
            "Each cause below is one letter to write."
        )
    tables = [Sheet("causes", "Paid less than agreed, by cause", _CAUSES, under, empty="Nothing was underpaid.")]
    if over:
        tables.append(Sheet("overpaid", "Paid more than agreed, by cause", _CAUSES, over))
    return Section(
        "variance",
        "Paid as agreed?",
        lead,
        pictures=(_by_reason(material, fewest),) if under else (),
        tables=tuple(tables),
        folded=(_not_compared(material, fewest),),
        note=(
            "Compared: final, primary, non-denied lines with a known allowed amount and a contract price; lines that "
            "share one price are compared as one claim. Differences up to "
            f"{show(material.variances.tolerance, 'money')} are none. "
            "A reason is named only where its arithmetic gives the amount allowed."
        ),
    )


def _causes(material: Material, direction: str, fewest: int) -> Rows:
    rows = [row for row in material.variances.causes if row["direction"] == direction]
    return gathered(rows, "claims", fewest=fewest, name=("reason", "cause"), sums=("amount", "lines"))


def _by_reason(material: Material, fewest: int) -> Picture:
    """Dollars by reason, over all terms; the same few-claims rule as the table."""
    totals: dict[str, dict[str, Any]] = {}
    for row in material.variances.causes:
        if row["direction"] == "underpaid":
            total = totals.setdefault(row["reason"], {"reason": row["reason"], "amount": ZERO, "claims": 0})
            total["amount"] += row["amount"]
            total["claims"] = max(total["claims"], row["claims"])
    rows = gathered(
        sorted(totals.values(), key=lambda row: -row["amount"]),
        "claims",
        fewest=fewest,
        name=("reason", "reason"),
        sums=("amount",),
    )
    named = in_a_picture(rows, "reason", "claims")
    shown = [{**row, "shown": show(row["amount"], "dollars")} for row in named if row.get("amount")]
    words = picture_words([(row["reason"], row["shown"]) for row in shown])
    return Picture("Underpaid by reason, dollars", bars(shown, "reason", "amount", shown="shown"), words)


def _not_compared(material: Material, fewest: int) -> Sheet:
    rows = gathered(
        material.variances.not_compared.rows(),
        "claims",
        fewest=fewest,
        name=("why_not", "reason"),
        sums=("charges", "lines"),
    )
    return Sheet(
        "not-compared", "What was not compared, and why", _NOT_COMPARED, rows, empty="Every line was compared."
    )


def beside_section(material: Material) -> Section:
    """The payer beside the organisation's other payers."""
    rows = _named(material)
    shown: tuple[tuple[str, str, Kind], ...] = (
        ("Allowed, of charges", "allowed_percent", "percent"),
        ("Denied, of charges", "denied_charges_share", "percent"),
        ("Days to pay, half within", "days_p50", "days"),
        ("Underpaid, of expected", "underpaid_share", "percent"),
    )
    pictures = tuple(_compared(material, rows, *each) for each in shown) if len(rows) > 1 else ()
    return Section(
        "beside",
        "Beside the others",
        "The same measures for every payer in the book, on its own mix of services.",
        pictures=pictures,
        tables=(Sheet("payers", "All payers", _BESIDE, rows),),
        note=(
            "Allowed: lines with a known allowed amount, denied lines left out. Denied: of charges remitted, "
            "by final state. "
            "Late: of all claims whose contract and remittance both state their days, by the first payment."
        ),
    )


def _named(material: Material) -> Rows:
    """All payers, the others without their names when asked."""
    return [{**row, "payer": material.name_of(row["payer"])} for row in material.report.payers]


def _compared(material: Material, rows: Rows, title: str, key: str, kind: Kind) -> Picture:
    known = [{**row, "shown": show(row[key], kind)} for row in rows if row[key] is not None]
    ordered = sorted(known, key=lambda row: -row[key])
    words = picture_words([(row["payer"], row["shown"]) for row in ordered])
    return Picture(title, bars(ordered, "payer", key, marked=material.payer, shown="shown"), words)


def months_section(material: Material) -> Section:
    """Month by month."""
    fewest = material.options.small_cells
    rows: Rows = [row for row in material.months() if row["lines"] >= fewest]
    pictures: tuple[Picture, ...] = ()
    if len(rows) > 1:
        pictures = tuple(
            Picture(title, trend(rows, key), picture_words(_ends(rows, key)))
            for title, key in (
                ("Allowed, of charges", "allowed_percent"),
                ("Denied, of charges", "denied_charges_share"),
            )
        )
    return Section(
        "months",
        "Over time",
        "By month of service. The latest months are not all paid yet.",
        pictures=pictures,
        folded=(Sheet("months", "Month by month", _MONTHS, rows, empty="No month has enough lines to show."),),
        note="Months with too few lines are left out." if len(rows) < len(material.months()) else "",
    )


_TRENDS = (("Allowed, of charges", "allowed_percent"), ("Denied, of charges", "denied_charges_share"))


def _ends(rows: Rows, key: str) -> list[tuple[str, str]]:
    return [(row["month"], show(row[key], "percent")) for row in (rows[0], rows[-1])]


def denials_section(material: Material) -> Section:
    """Why lines were denied."""
    mine: Rows = [row for row in material.report.denials if row["payer"] == material.payer]
    rows = gathered(
        mine,
        "claims",
        fewest=material.options.small_cells,
        name=("meaning", "reason"),
        sums=("charges", "lines", "charges_share"),
    )
    named = in_a_picture(rows, "meaning", "claims")
    shown = [{**row, "shown": show(row["charges"], "dollars")} for row in named if row.get("charges")]
    pictures: tuple[Picture, ...] = ()
    if shown:
        words = picture_words([(row["meaning"], row["shown"]) for row in shown])
        pictures = (Picture("Denied charges by reason", bars(shown, "meaning", "charges", shown="shown"), words),)
    return Section(
        "denials",
        "Denials",
        f"{show(material.mine.get('denied_charges_share'), 'percent')} of remitted charges ended denied.",
        pictures=pictures,
        tables=(Sheet("denials", "Why lines were denied", _DENIALS, rows, empty="No line was denied."),),
        note="The reason code of the largest denying adjustment, in this program's own words.",
    )
