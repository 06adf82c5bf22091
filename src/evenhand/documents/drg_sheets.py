"""The DRG of each stay as billed, as paid and as grouped, as sheets."""

from __future__ import annotations

from evenhand.documents.sheet import Field, Sheet
from evenhand.performance import DrgReport

_TOTALS = (
    Field("payer", "Payer"),
    Field("stays", "Stays", "count"),
    Field("grouped", "Grouped", "count"),
    Field("billed_otherwise", "Billed unlike grouped", "count"),
    Field("paid_otherwise", "Paid unlike grouped", "count"),
    Field("paid_unlike_billed", "Paid unlike billed", "count"),
)
_STAYS = (
    Field("claim_id", "Claim"),
    Field("payer", "Payer"),
    Field("discharged", "Discharged"),
    Field("billed_drg", "Billed"),
    Field("payer_drg", "Paid"),
    Field("grouped_drg", "Grouped"),
    Field("mdc", "MDC"),
    Field("grouper", "Grouper"),
    Field("differs", "Differs"),
    Field("why_not", "Not grouped because"),
    Field("allowed", "Allowed", "money"),
)


def drg_sheets(report: DrgReport, *, everything: bool = False) -> list[Sheet]:
    """Totals by payer, then the stays that differ or could not be grouped; ``everything`` for all of them."""
    stays = [row for row in report.stays if everything or row["differs"] or row["why_not"]]
    return [
        Sheet("totals", "DRGs as billed, paid and grouped", _TOTALS, report.totals.rows()),
        Sheet("stays", "Stays" if everything else "Stays that differ or could not be grouped", _STAYS, stays),
    ]
