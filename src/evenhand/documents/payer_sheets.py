"""How each payer pays, as sheets."""

from __future__ import annotations

from evenhand.documents.sheet import Field, Sheet
from evenhand.performance import PayerReport

_WHO = (Field("payer", "Payer"), Field("product", "Product"))

_MONEY = (
    Field("claims", "Claims", "count"),
    Field("claims_share", "of all", "percent"),
    Field("lines", "Lines", "count"),
    Field("charges", "Charges", "dollars"),
    Field("charges_share", "of all", "percent"),
    Field("allowed", "Allowed", "dollars"),
    Field("allowed_percent", "of charges", "percent"),
    Field("paid", "Paid", "dollars"),
    Field("reversals", "Reversals", "count"),
    Field("not_remitted_claims", "Not remitted", "count"),
)
_DENIALS = (
    Field("remitted_claims", "Claims remitted", "count"),
    Field("denied_claims", "Denied", "count"),
    Field("denied_claims_share", "of claims", "percent"),
    Field("denied_lines", "Lines denied", "count"),
    Field("denied_lines_share", "of lines", "percent"),
    Field("denied_charges", "Charges denied", "dollars"),
    Field("denied_charges_share", "of charges", "percent"),
    Field("top_reasons", "Most denied for"),
)
_TIME = (
    Field("timed_claims", "Claims timed", "count"),
    Field("days_p50", "Days, half", "days"),
    Field("days_p90", "Days, nine in ten", "days"),
    Field("payment_days", "Contract days", "days"),
    Field("due_claims", "Claims due", "count"),
    Field("late_claims", "Late", "count"),
    Field("late_share", "of due", "percent"),
)
_CONTRACT = (
    Field("compared_lines", "Lines compared", "count"),
    Field("expected", "Expected", "dollars"),
    Field("actual", "Allowed", "dollars"),
    Field("underpaid", "Underpaid", "money"),
    Field("underpaid_comparisons", "Times", "count"),
    Field("underpaid_share", "of expected", "percent"),
    Field("overpaid", "Overpaid", "money"),
    Field("overpaid_comparisons", "Times", "count"),
    Field("overpaid_share", "of expected", "percent"),
)
_REASONS = (
    Field("reason", "Reason"),
    Field("meaning", "In words"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
    Field("charges_share", "of denied charges", "percent"),
)

EMPTY = "The book holds no claims; load files with: evenhand load PATH…"


def payer_sheets(report: PayerReport, *, products: bool = False, reasons: bool = True) -> list[Sheet]:
    """The report as sheets: money, denials, time, against the contract, reasons of denial."""
    rows = report.payers.rows()
    who = _WHO if products else _WHO[:1]
    sheets = [
        Sheet("payers", "How each payer pays", who + _MONEY, rows, _MONEY_NOTE, EMPTY),
        Sheet("denials", "Denials", who + _DENIALS, rows, _DENIALS_NOTE, EMPTY),
        Sheet("days", "Days to pay", who + _TIME, rows, _TIME_NOTE, EMPTY),
        Sheet("contract", "Against the contract", who + _CONTRACT, rows, _CONTRACT_NOTE, EMPTY),
    ]
    if reasons:
        nothing = "No line was denied."
        sheets.append(
            Sheet("reasons", "Why lines were denied", who + _REASONS, report.denials.rows(), _REASONS_NOTE, nothing)
        )
    return sheets


_MONEY_NOTE = (
    "Allowed and its percent of charges: lines with a known allowed amount, denied lines left out. "
    "Paid: cash over all remittances, net of reversals."
)
_DENIALS_NOTE = "Shares of what was remitted, by final state: a line denied and paid later is not denied."
_TIME_NOTE = (
    "From the day the payer received the claim, or else the last day of service, to the first payment. "
    "Late: more than the contract's days; counted only where both the contract and the remittance state theirs."
)
_CONTRACT_NOTE = (
    "Final, primary, non-denied lines with a known allowed amount and a contract price. "
    "Differences up to a cent are none. Under- and overpayment are never netted."
)
_REASONS_NOTE = "The reason code of the largest denying adjustment; wording is this program's own."
