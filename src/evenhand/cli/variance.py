"""`evenhand variance`: where payers paid less, or more, than agreed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_basis, to_day
from evenhand.cli.output import emit, output_options
from evenhand.errors import UsageError
from evenhand.money import parse_money

_GROUPS = ("payer", "code", "term", "reason", "claim", "month")


@click.command()
@click.option("--payer", help="Only this payer: its name, or part of it.")
@click.option("--by", type=click.Choice(_GROUPS), default="payer", help="Group the differences.")
@click.option("--min-dollars", default="0", help="Hide groups and causes below this.")
@click.option("--tolerance", default="0.01", show_default=True, help="Differences up to this much are none.")
@click.option("--detail", is_flag=True, help="List each claim and line that differs.")
@book_option
@days_options
@known_option
@output_options
def variance(
    payer: str | None,
    by: str,
    min_dollars: str,
    tolerance: str,
    detail: bool,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    known_on: datetime | None,
    **out: Any,
) -> None:
    """Compare what payers allowed with what their contracts say, and name the reason of each difference.

    Under- and overpayments stand apart. Only final, primary, non-denied lines with a contract price are
    compared; the rest is counted by why not. A workbook (--xlsx) holds every claim and line as evidence.
    """
    from evenhand.documents.variance_sheets import variance_sheets
    from evenhand.performance import Choices, VarianceQuestion
    from evenhand.performance import variance as report_variance

    choices = Choices(to_day(first_day), to_day(last_day), dollars("--tolerance", tolerance))
    question = VarianceQuestion(payer, by, dollars("--min-dollars", min_dollars), choices)
    report = report_variance(open_basis(book_path, known_on), question)
    emit(variance_sheets(report, evidence=detail or any(out.values())), **out)


def dollars(option: str, text: str) -> Decimal:
    """An option's amount.

    Raises:
        UsageError: it is not an amount of zero or more.
    """
    amount = parse_money(text)
    if amount is None or amount < 0:
        raise UsageError(f"{option} '{text}' is not an amount; give dollars of zero or more, such as 250 or 0.05")
    return amount
