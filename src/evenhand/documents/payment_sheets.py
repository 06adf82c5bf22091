"""What should be paid, and the interest on what came late, as sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.performance import PaymentReport

_TOTALS = (
    Field("payer", "Payer"),
    Field("claims", "Claims", "count"),
    Field("expected_allowed", "Allowed by contract", "dollars"),
    Field("patient", "Patient's share", "dollars"),
    Field("sequestration", "Sequestration", "dollars"),
    Field("withhold", "Withheld", "dollars"),
    Field("payment_due", "Payment due", "dollars"),
    Field("paid", "Paid", "dollars"),
    Field("variance", "Difference", "money"),
)
_INTEREST = (
    Field("payer", "Payer"),
    Field("timed_claims", "Claims with a due date", "count"),
    Field("late_claims", "Paid late", "count"),
    Field("late_share", "of them", "percent"),
    Field("interest_owed", "Interest owed", "money"),
    Field("interest_paid", "Interest paid", "money"),
    Field("interest_short", "Short", "money"),
    Field("unknown_claims", "Late, interest not known", "count"),
)
_ACCRUING = (
    Field("payer", "Payer"),
    Field("unpaid_claims", "Claims not paid in full", "count"),
    Field("unpaid", "Still unpaid", "dollars"),
    Field("interest_accruing", "Interest accruing", "money"),
    Field("unknown_accruals", "Late, interest not known", "count"),
)
_CAUSES = (
    Field("payer", "Payer"),
    Field("cause", "Cause"),
    Field("claims", "Claims", "count"),
    Field("amount", "Dollars", "money"),
)
_EXPECTED = (
    Field("payer", "Payer"),
    Field("claim_id", "Claim"),
    Field("product", "Product"),
    Field("claim_start_date", "Service", "date"),
    Field("contract_id", "Contract"),
    Field("charge_amount", "Charge", "money"),
    Field("expected_allowed", "Allowed by contract", "money"),
    Field("allowed_amount", "Allowed", "money"),
    Field("patient_amount", "Patient's share", "money"),
    Field("sequestration", "Sequestration", "money"),
    Field("withhold", "Withheld", "money"),
    Field("payment_due", "Payment due", "money"),
    Field("paid_amount", "Paid", "money"),
    Field("payment_variance", "Difference", "money"),
    Field("allowed_variance", "by allowed", "money"),
    Field("sequestration_variance", "by sequestration", "money"),
    Field("withhold_variance", "by withhold", "money"),
    Field("other_variance", "by other", "money"),
    Field("received_date", "Received", "date"),
    Field("due_date", "Due", "date"),
    Field("paid_date", "Last paid", "date"),
    Field("days_late", "Days late", "count"),
    Field("interest_owed", "Interest owed", "money"),
    Field("interest_paid", "Interest paid", "money"),
    Field("interest_short", "Short", "money"),
    Field("unpaid_amount", "Still unpaid", "money"),
    Field("days_unpaid", "Days unpaid", "count"),
    Field("interest_accruing", "Accruing", "money"),
    Field("sequestration_rule", "Sequestration by"),
    Field("withhold_rule", "Withheld by"),
    Field("prompt_rule", "Due, and owed, by"),
)

_NOTHING = "No claim is judged and priced whole, so nothing is known."
_DUE = (
    "Allowed by contract, less the patient's share as the payer told it, less what the contract lets the payer take. "
    "Claims judged and priced whole only."
)
_OWED = "On what came after the day it was due, from receipt of the claim; what never came is not in it."
_APART = (
    "On what was never paid of what is due, whatever its cause, to {day}; it is no part of the interest owed above."
)


def payment_sheets(report: PaymentReport, *, detail: bool = False) -> list[Sheet]:
    """The report as sheets. With ``detail``, each claim too."""
    totals = report.totals.rows()
    none = "Every claim was paid as is due." if totals else _NOTHING
    sheets = [
        Sheet("payments", "What should be paid", _TOTALS, totals, _DUE, _NOTHING),
        Sheet("interest", "Late payment", _INTEREST, totals, _OWED, _NOTHING),
        Sheet("payment-causes", "Why payment differs", _CAUSES, report.causes.rows(), _NETTED, none),
    ]
    if report.accrue_to is not None:
        apart = _APART.format(day=report.accrue_to)
        sheets.insert(2, Sheet("accruing", "Interest accruing", _ACCRUING, totals, apart, _NOTHING))
    return [*sheets, claims_sheet(report.expected.rows())] if detail else sheets


def claims_sheet(rows: Sequence[Mapping[str, Any]]) -> Sheet:
    """Claims one by one, those with the most interest short first."""
    ordered = sorted(rows, key=lambda row: (row["payer"], -row["interest_short"], row["payment_variance"]))
    return Sheet("claims", "Each claim", _EXPECTED, ordered, "", _NOTHING)


_NETTED = "Less than is due is negative; causes are never netted against each other."
