"""`evenhand payers`: how each payer pays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_basis, to_day
from evenhand.cli.output import emit, output_options


@click.command()
@click.option("--by", type=click.Choice(["payer", "product"]), default="payer", help="Tell products apart.")
@click.option("--reasons", is_flag=True, help="List the reasons of denial too.")
@book_option
@days_options
@known_option
@output_options
def payers(
    by: str,
    reasons: bool,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    known_on: datetime | None,
    **out: Any,
) -> None:
    """How each payer pays: volume, money, denials, days to pay, and what it pays against its contract."""
    from evenhand.documents.payer_sheets import payer_sheets
    from evenhand.performance import Choices
    from evenhand.performance import payers as report_payers

    choices = Choices(to_day(first_day), to_day(last_day), by_product=by == "product")
    report = report_payers(open_basis(book_path, known_on), choices)
    emit(payer_sheets(report, products=by == "product", reasons=reasons or any(out.values())), **out)
