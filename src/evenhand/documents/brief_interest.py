"""The section of a brief on what came late, or short, once the allowed amount stood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenhand.documents.brief_material import Material
from evenhand.documents.paper import Section
from evenhand.documents.sheet import Field, Sheet, show
from evenhand.documents.small_cells import count_words, gathered

_CAUSES = (
    Field("cause", "Cause"),
    Field("claims", "Claims", "count"),
    Field("amount", "Dollars", "dollars"),
)
_NOTE = (
    "Due: what the contract allows, less the patient's share as the payer told it, less what the contract lets the "
    "payer take. Late: after the day due, from receipt of the claim; whether a claim was clean then is not known. "
    "Interest by the contract's own rule, or by the state it names, in which case the statute has the last word."
)


def interest_section(material: Material) -> Section | None:
    """What late payment costs this payer, and what it took without agreement; none where nothing is short."""
    total = next(iter(material.payments.totals), None)
    rows = _causes(material)
    if total is None or not (total["interest_short"] or rows):
        return None
    table = Sheet("payment-causes", "Paid less, or more, than is due", _CAUSES, rows, empty="Nothing differs.")
    return Section("interest", "Paid in full and in time?", _lead(total, material), tables=(table,), note=_NOTE)


def _lead(total: Mapping[str, Any], material: Material) -> str:
    fewest = material.options.small_cells
    if not total["timed_claims"]:
        return "When payment is due is not known: the contract, or the remittances, do not say."
    timed = f"{count_words(total['timed_claims'], fewest)} claims with a due day, judged and priced whole,"
    late = f"{count_words(total['late_claims'], fewest)} of {timed} came late, all of it or a part"
    late = late[0].upper() + late[1:]
    if 0 < total["short_claims"] < fewest:
        return f"{late}."
    owed, paid, short = (show(total[f"interest_{key}"], "dollars") for key in ("owed", "paid", "short"))
    return f"{late}: {owed} of interest is owed on them, {paid} was paid, {short} is missing."


def _causes(material: Material) -> list[Mapping[str, Any]]:
    """Causes that are not about the allowed amount, which has its own section."""
    rows = [row for row in material.payments.causes if not row["cause"].startswith("allowed")]
    return gathered(rows, "claims", fewest=material.options.small_cells, name=("cause", "cause"), sums=("amount",))
