"""Actual against expected, as sheets: what one letter to a payer needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.money import ZERO, show_money
from evenhand.performance import VarianceReport

_SUMMARY = (
    Field("payer", "Payer"),
    Field("lines", "Lines compared", "count"),
    Field("expected", "Expected", "dollars"),
    Field("actual", "Allowed", "dollars"),
    Field("underpaid", "Underpaid", "money"),
    Field("underpaid_comparisons", "Times", "count"),
    Field("underpaid_share", "of expected", "percent"),
    Field("overpaid", "Overpaid", "money"),
    Field("overpaid_comparisons", "Times", "count"),
    Field("overpaid_share", "of expected", "percent"),
)
_GROUP = (
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("underpaid", "Underpaid", "money"),
    Field("underpaid_comparisons", "Times", "count"),
    Field("overpaid", "Overpaid", "money"),
    Field("overpaid_comparisons", "Times", "count"),
)
_CAUSES = (
    Field("payer", "Payer"),
    Field("direction", "Which way"),
    Field("reason", "Reason"),
    Field("term", "Term"),
    Field("amount", "Dollars", "money"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("first_day", "First", "date"),
    Field("last_day", "Last", "date"),
    Field("pattern", "Allowed is, mostly"),
)
_EVIDENCE = (
    Field("pattern_comparisons", "Times so", "count"),
    Field("evidence", "The largest"),
    Field("cite", "Contract says at"),
)
_LINES = (
    Field("payer", "Payer"),
    Field("claim_id", "Claim"),
    Field("service_date", "Service", "date"),
    Field("compared", "Compared"),
    Field("hcpcs_code", "Code"),
    Field("revenue_center_code", "Revenue"),
    Field("modifiers", "Modifiers"),
    Field("units", "Units", "number"),
    Field("charge_amount", "Charge", "money"),
    Field("expected_amount", "Expected", "money"),
    Field("actual_amount", "Allowed", "money"),
    Field("variance_amount", "Variance", "money"),
    Field("reason", "Reason"),
    Field("evidence", "Evidence"),
    Field("also", "Would also fit"),
    Field("term", "Term"),
    Field("cite", "Contract says at"),
    Field("reasons", "Payer's codes"),
    Field("payment_date", "Paid on", "date"),
)
_CLAIMS = (
    Field("payer", "Payer"),
    Field("claim_id", "Claim"),
    Field("first_day", "Service", "date"),
    Field("lines", "Lines or parts", "count"),
    Field("expected_amount", "Expected", "money"),
    Field("actual_amount", "Allowed", "money"),
    Field("underpaid", "Underpaid", "money"),
    Field("overpaid", "Overpaid", "money"),
    Field("why", "Reasons"),
)
_NOT_COMPARED = (
    Field("payer", "Payer"),
    Field("why_not", "Why not"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
)

NOTHING = "No difference beyond the tolerance."
_UNKNOWN = "Nothing was compared, so nothing is known."
_HIDDEN = "No difference is as large as --min-dollars asks for."
_NO_CLAIMS = "The book holds no claims; load files with: evenhand load PATH…"


def variance_sheets(report: VarianceReport, *, evidence: bool = False) -> list[Sheet]:
    """The report as sheets. With ``evidence``, each claim and line that differs too."""
    by = Field(report.by, report.by.capitalize())
    note = _COMPARED + f" Differences up to {show_money(report.tolerance)} are none."
    compared, left = report.summary.rows(), report.not_compared.rows()
    why = "Nothing could be compared; see below why not." if left else _NO_CLAIMS
    none = NOTHING if compared else _UNKNOWN
    few = _HIDDEN if report.detail.rows() else none
    causes = _CAUSES + (_EVIDENCE if evidence else ())
    sheets = [Sheet("summary", "Paid as agreed?", _SUMMARY, compared, note, why)]
    if report.by != "payer":
        sheets.append(Sheet(f"by-{report.by}", f"By {report.by}", (by, *_GROUP), report.groups.rows(), "", few))
    sheets.append(Sheet("causes", "Causes", causes, report.causes.rows(), _CAUSES_NOTE, few))
    if evidence:
        sheets.append(Sheet("claims", "Claims that differ", _CLAIMS, _claims(report), "", none))
        sheets.append(Sheet("lines", "Lines that differ", _LINES, report.detail.rows(), _LINES_NOTE, none))
    everything = "Every line was compared." if compared else _NO_CLAIMS
    sheets.append(Sheet("not-compared", "Not compared", _NOT_COMPARED, left, _next_step(left), everything))
    return sheets


def _next_step(left: Sequence[Mapping[str, Any]]) -> str:
    if not any(row["why_not"] == "no contract" for row in left):
        return ""
    return "No contract: 'evenhand price' says what was considered; add one with: evenhand contract add FOLDER"


def _claims(report: VarianceReport) -> list[dict[str, Any]]:
    """The lines that differ, claim by claim, largest underpayment first."""
    claims: dict[int, list[dict[str, Any]]] = {}
    for row in report.detail:
        claims.setdefault(row["claim_key"], []).append(row)
    return sorted(
        (_claim(rows) for rows in claims.values()), key=lambda row: (-row["underpaid"], row["claim_id"] or "")
    )


def _claim(rows: list[dict[str, Any]]) -> dict[str, Any]:
    under = sum((-row["variance_amount"] for row in rows if row["direction"] == "underpaid"), ZERO)
    return {
        "payer": rows[0]["payer"],
        "claim_id": rows[0]["claim_id"],
        "first_day": min((row["service_date"] for row in rows if row["service_date"]), default=None),
        "lines": len(rows),
        "expected_amount": sum((row["expected_amount"] for row in rows), ZERO),
        "actual_amount": sum((row["actual_amount"] for row in rows), ZERO),
        "underpaid": under,
        "overpaid": under + sum((row["variance_amount"] for row in rows), ZERO),
        "why": ", ".join(dict.fromkeys(str(row["reason"]) for row in rows)),
    }


_COMPARED = (
    "Final, primary, non-denied lines with a known allowed amount and a contract price; "
    "lines that share one price are compared as one claim. Under- and overpayment are never netted."
)
_CAUSES_NOTE = "One row for each payer, term and reason: what one letter can be written about."
_LINES_NOTE = "A 'claim' row compares all lines that share one price, or one allowed amount, together."
