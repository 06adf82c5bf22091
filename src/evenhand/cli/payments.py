"""`evenhand payments`: what should be paid after the allowed amount, when, and what lateness costs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_basis, to_day
from evenhand.cli.output import emit, output_options


@click.command()
@click.option("--payer", help="Only this payer: its name, or part of it.")
@click.option("--claim", help="Reckon this claim alone, in words: the provider's number, or a key.")
@click.option("--detail", is_flag=True, help="List each claim.")
@book_option
@days_options
@known_option
@click.option(
    "--accrue-to",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Let interest accrue to this day (YYYY-MM-DD) on what is still unpaid; without it, none does.",
)
@output_options
def payments(
    payer: str | None,
    claim: str | None,
    detail: bool,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    known_on: datetime | None,
    accrue_to: datetime | None,
    **out: Any,
) -> None:
    """See what should be paid once the allowed amount stands, and the interest that late payment costs.

    Sequestration and withholds count where the contract agrees to them; days and interest are those of its
    prompt_pay rule, else of its provisions. What accrues on money that never came stands
    apart. A workbook (--xlsx) holds every claim.
    """
    from evenhand.documents.payment_sheets import claims_sheet, payment_sheets
    from evenhand.documents.payment_words import payment_words
    from evenhand.documents.sheet import printable
    from evenhand.performance import Choices, PaymentsQuestion
    from evenhand.performance import payments as report_payments

    question = PaymentsQuestion(payer, Choices(to_day(first_day), to_day(last_day)), to_day(accrue_to))
    report = report_payments(open_basis(book_path, known_on), question)
    if claim is None:
        emit(payment_sheets(report, detail=detail or any(out.values())), **out)
    elif any(out.values()):
        emit([claims_sheet(report.claims(claim))], **out)
    else:
        lines = [line for row in report.claims(claim) for line in payment_words(row)]
        click.echo("\n".join(map(printable, lines)))
