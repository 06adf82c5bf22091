"""`evenhand terms`: which terms pay, which never do, and which rules bite."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_basis, to_day
from evenhand.cli.output import emit, output_options


@click.command()
@click.option("--payer", help="Only this payer: its name, or part of it.")
@click.option("--contract", "contract_id", help="Only claims priced under the contract of this id.")
@book_option
@days_options
@known_option
@output_options
def terms(
    payer: str | None,
    contract_id: str | None,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    known_on: datetime | None,
    **out: Any,
) -> None:
    """See the contracts at work: which terms pay and how much, which never do and why, which rules change a price.

    Also which claims come near a stop-loss threshold.

    Every line of the book counts, paid or not, as its contract prices it. Where several terms cover a line, the
    table of contests says which one pays it and why.
    """
    from evenhand.documents.term_sheets import term_sheets
    from evenhand.performance import Choices, TermsQuestion
    from evenhand.performance import terms as report_terms

    question = TermsQuestion(payer, contract_id, Choices(to_day(first_day), to_day(last_day)))
    emit(term_sheets(report_terms(open_basis(book_path, known_on), question), whole=any(out.values())), **out)
