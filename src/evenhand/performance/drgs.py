"""The DRG of each stay three times: as billed, as the payer paid it, and as the grouper says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pyarrow as pa

from evenhand.book import Book
from evenhand.claims.grouping import Grouper, group_stays, grouper_of_day
from evenhand.money import MONEY
from evenhand.performance.basis import query
from evenhand.results import Result

BILLED, PAID, PAID_UNLIKE_BILLED = "billed ≠ grouped", "paid ≠ grouped", "paid ≠ billed"

STAYS = pa.schema(
    [
        ("claim_id", pa.string()),
        ("payer", pa.string()),
        ("discharged", pa.date32()),
        ("billed_drg", pa.string()),
        ("payer_drg", pa.string()),
        ("grouped_drg", pa.string()),
        ("mdc", pa.string()),
        ("grouper", pa.string()),
        ("differs", pa.string()),
        ("why_not", pa.string()),
        ("allowed", MONEY),
    ]
)
TOTALS = pa.schema(
    [
        ("payer", pa.string()),
        ("stays", pa.int64()),
        ("grouped", pa.int64()),
        ("billed_otherwise", pa.int64()),
        ("paid_otherwise", pa.int64()),
        ("paid_unlike_billed", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class DrgReport:
    """Stays with their DRGs.

    Attributes:
        stays: one row for each inpatient claim, in order of date; ``differs`` says which of the three disagree,
            ``why_not`` why the grouper could not place the stay.
        totals: by payer, how many stays were grouped, and how many differ.
    """

    stays: Result
    totals: Result


def drgs(book: Book, grouper: Grouper | None = None) -> DrgReport:
    """Group every stay of a book and set the result beside the billed DRG and the payer's.

    Args:
        book: The book.
        grouper: The version to group by; without it, the one Medicare used on the day of discharge.

    Raises:
        PricingError: The grouper is not installed, or does not know a version.
    """
    engine = book.settled()
    stays = engine.arrow(query("stays")).to_pylist()
    diagnoses = engine.arrow(
        "select claim_key, position, kind, code, present_on_admission from diagnoses where kind <> 'cause'"
    ).to_pylist()
    groups = _grouped(stays, diagnoses, grouper)
    rows = [_row(stay, groups.get(stay["claim_key"], {})) for stay in stays]
    return DrgReport(Result.of(rows, STAYS), Result.of(_totals(rows), TOTALS))


def _grouped(
    stays: list[dict[str, Any]], diagnoses: list[dict[str, Any]], grouper: Grouper | None
) -> dict[int, dict[str, Any]]:
    dated = [stay for stay in stays if grouper is not None or stay["discharge_day"] is not None]

    def version(stay: Mapping[str, Any]) -> Grouper:
        day: date = stay["discharge_day"]
        return grouper or grouper_of_day(day)

    groups: dict[int, dict[str, Any]] = {}
    for each, alike in groupby(sorted(dated, key=version), key=version):
        rows = list(alike)
        keys = {row["claim_key"] for row in rows}
        theirs = [row for row in diagnoses if row["claim_key"] in keys]
        groups |= {row["claim_key"]: row for row in group_stays(rows, theirs, each).to_pylist()}
    return groups


def _row(stay: Mapping[str, Any], group: Mapping[str, Any]) -> dict[str, Any]:
    ours = group.get("drg_code")
    return {
        **stay,
        "discharged": stay["discharge_day"],
        "grouped_drg": ours,
        "mdc": group.get("mdc_code"),
        "grouper": group.get("grouper"),
        "differs": _differs(stay["billed_drg"], stay["payer_drg"], None if group.get("why_not") else ours),
        "why_not": group.get("why_not") if group else "the claim has no date of discharge",
        "allowed": stay["allowed_amount"],
    }


def _differs(billed: str | None, paid: str | None, ours: str | None) -> str | None:
    """Which of the DRGs that are known disagree; null where none do."""
    told = []
    if billed and ours and billed != ours:
        told.append(BILLED)
    if paid and ours and paid != ours:
        told.append(PAID)
    if paid and billed and paid != billed:
        told.append(PAID_UNLIKE_BILLED)
    return "; ".join(told) or None


def _totals(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    payers = sorted({row["payer"] or "" for row in rows})
    return [_total(payer, [row for row in rows if (row["payer"] or "") == payer]) for payer in payers]


def _total(payer: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    def counted(what: str) -> int:
        return sum(what in (row["differs"] or "") for row in rows)

    return {
        "payer": payer,
        "stays": len(rows),
        "grouped": sum(row["grouped_drg"] is not None and row["why_not"] is None for row in rows),
        "billed_otherwise": counted(BILLED),
        "paid_otherwise": counted(PAID),
        "paid_unlike_billed": counted(PAID_UNLIKE_BILLED),
    }
