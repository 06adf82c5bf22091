"""`evenhand show`: one claim, as submitted, as paid, as its raw segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import book_option
from evenhand.cli.output import emit, output_options
from evenhand.documents.sheet import Field, Sheet, printable
from evenhand.money import show_money

if TYPE_CHECKING:
    from evenhand.book.lookup import ClaimView

_CLAIM = (
    Field("claim_id", "Claim"),
    Field("claim_type", "Type"),
    Field("payer", "Payer"),
    Field("billing_npi", "Billing NPI"),
    Field("billing_zip", "Billing ZIP"),
    Field("facility_zip", "Facility ZIP"),
    Field("claim_start_date", "From", "date"),
    Field("claim_end_date", "To", "date"),
    Field("drg_code", "DRG"),
    Field("diagnoses", "Diagnoses"),
    Field("charge_amount", "Charge", "money"),
)
_LINES = (
    Field("claim_line_number", "Line", "count"),
    Field("revenue_center_code", "Rev"),
    Field("hcpcs_code", "Code"),
    Field("modifiers", "Mod"),
    Field("service_unit_quantity", "Units", "number"),
    Field("place_of_service_code", "POS"),
    Field("claim_line_start_date", "Day", "date"),
    Field("charge_amount", "Charge", "money"),
    Field("allowed_amount", "Allowed", "money"),
    Field("paid_amount", "Paid", "money"),
)
_REMITS = (
    Field("payment_date", "Paid on", "date"),
    Field("payer", "Payer"),
    Field("payer_claim_number", "Payer's number"),
    Field("status", "Status"),
    Field("charge_amount", "Charge", "money"),
    Field("paid_amount", "Paid", "money"),
    Field("patient_responsibility_amount", "Patient", "money"),
    Field("adjusted", "Adjustments of the claim"),
    Field("remarks", "Remarks"),
    Field("trace_number", "Trace"),
)
_REMIT_LINES = (
    Field("payer_claim_number", "Payer's number"),
    Field("remit_line_number", "Line", "count"),
    Field("code", "Code"),
    Field("modifiers", "Mod"),
    Field("service_unit_quantity", "Units", "number"),
    Field("charge_amount", "Charge", "money"),
    Field("reported_allowed_amount", "Allowed (B6)", "money"),
    Field("paid_amount", "Paid", "money"),
    Field("adjusted", "Adjustments"),
    Field("remarks", "Remarks"),
)
_FINDINGS = (Field("severity", "Severity"), Field("rule", "Rule"), Field("message", "Message"))
_STATUS = {
    "1": "primary",
    "2": "secondary",
    "3": "tertiary",
    "4": "denied",
    "19": "primary, passed on",
    "20": "secondary, passed on",
    "21": "tertiary, passed on",
    "22": "reversal",
    "23": "not ours, passed on",
    "25": "predetermination",
}


@click.command()
@click.argument("claim")
@click.option("--raw", is_flag=True, help="Print its segments, or rows, as they stand in the file.")
@book_option
@output_options
def show(claim: str, raw: bool, book_path: Path | None, **out: Any) -> None:
    """Show one claim, by the provider's number, the payer's number, or its key in the book."""
    from evenhand.book import Book
    from evenhand.book.lookup import excerpts, find_claim

    book = Book.open(book_path)
    view = find_claim(book, claim)
    if not raw:
        emit(_sheets(view), **out)
        return
    for excerpt in excerpts(book, view):
        click.echo(f"# {printable(excerpt.path)}", err=True)
        click.echo("\n".join(map(printable, excerpt.lines)))


def _sheets(view: ClaimView) -> list[Sheet]:
    title = f"Claim {view.name}"
    claims = [row | {"diagnoses": _codes(view.diagnoses, row["claim_key"])} for row in view.submitted]
    lines = [row | {"modifiers": _modifiers(row)} for row in view.lines]
    sheets = [Sheet("claim", f"{title}, as submitted", _CLAIM, claims, empty="No submitted claim of this number.")]
    if lines:
        sheets.append(Sheet("lines", "Lines as billed", _LINES, lines))
    sheets.append(Sheet("remittances", "Remittances", _REMITS, _remits(view), empty="No remittance for it."))
    if view.remit_lines:
        sheets.append(Sheet("remit-lines", "Lines as remitted", _REMIT_LINES, _remit_lines(view)))
    if view.findings:
        sheets.append(Sheet("findings", "Findings", _FINDINGS, view.findings))
    return sheets


def _codes(diagnoses: Iterable[dict[str, Any]], claim_key: int) -> str:
    return " ".join(row["code"] for row in diagnoses if row["claim_key"] == claim_key)


def _modifiers(row: dict[str, Any]) -> str:
    return " ".join(filter(None, (row[f"hcpcs_modifier_{n}"] for n in range(1, 5))))


def _remits(view: ClaimView) -> list[dict[str, Any]]:
    return [
        row
        | {
            "status": f"{row['status_code']} {_STATUS.get(row['status_code'], '')}".strip(),
            "adjusted": _adjusted(view.adjustments, row["remit_claim_key"], None),
            "remarks": _remarks(view.remarks, row["remit_claim_key"], None),
        }
        for row in view.remitted
    ]


def _remit_lines(view: ClaimView) -> list[dict[str, Any]]:
    numbers = {row["remit_claim_key"]: row["payer_claim_number"] for row in view.remitted}
    return [
        row
        | {
            "payer_claim_number": numbers[row["remit_claim_key"]],
            "code": row["hcpcs_code"] or row["revenue_center_code"],
            "modifiers": _modifiers(row),
            "adjusted": _adjusted(view.adjustments, row["remit_claim_key"], row["remit_line_key"]),
            "remarks": _remarks(view.remarks, row["remit_claim_key"], row["remit_line_key"]),
        }
        for row in view.remit_lines
    ]


def _adjusted(adjustments: Sequence[dict[str, Any]], claim: int, line: int | None) -> str:
    """Adjustments as read: ``CO-45 $31.48, PR-1 $20.00``."""
    chosen = [a for a in adjustments if a["remit_claim_key"] == claim and a["remit_line_key"] == line]
    return ", ".join(f"{a['group_code']}-{a['reason_code']} {_amount(a['amount'])}" for a in chosen)


def _amount(amount: Decimal | None) -> str:
    return "not readable" if amount is None else show_money(amount)


def _remarks(remarks: Sequence[dict[str, Any]], claim: int, line: int | None) -> str:
    return " ".join(r["code"] for r in remarks if r["remit_claim_key"] == claim and r["remit_line_key"] == line)
