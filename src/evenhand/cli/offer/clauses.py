"""`evenhand offer clauses`: what the language is worth in dollars, so that words and rates can be traded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_book, to_day
from evenhand.cli.assuming import assumed_values, assumption_options
from evenhand.cli.output import emit, output_options
from evenhand.errors import UsageError


@click.command("clauses")
@click.argument("offer_path", metavar="[OFFER]", required=False, type=click.Path(path_type=Path))
@click.option("--contract", "contract_path", type=click.Path(path_type=Path), help="The contract, where no offer is.")
@click.option("--payer", help="A payer of the book's contracts, instead.")
@click.option("--change", "changes", multiple=True, metavar="NAME=FROM:TO", help="Value this change; may be repeated.")
@click.option("--formulas", type=click.Path(path_type=Path), help="YAML file of formulas laid over the program's.")
@assumption_options
@book_option
@days_options
@known_option
@output_options
def clauses(
    offer_path: Path | None,
    contract_path: Path | None,
    payer: str | None,
    changes: tuple[str, ...],
    formulas: Path | None,
    assume: tuple[str, ...],
    assumptions: Path | None,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    known_on: datetime | None,
    **out: Any,
) -> None:
    """Say what changes of provisions are worth a year: those of the OFFER, those named, or one of each.

    A change is written like payment_days=45:30; without the first value it starts from the contract's.
    """
    from evenhand.documents.clause_sheets import clause_headline, clause_sheets
    from evenhand.negotiation.clauses import ClauseQuestion, value_clauses

    question = ClauseQuestion(
        to_day(first_day),
        to_day(last_day),
        changes=_changes(changes),
        formulas=formulas,
        assumptions=assumptions,
        given=assumed_values(assume),
    )
    book = open_book(book_path, known_on)
    found = value_clauses(book, offer_path, question, contract=contract_path, payer=payer)
    if not any(out.values()):
        click.echo(clause_headline(found) + "\n")
    emit(clause_sheets(found), **out)


def _changes(given: Sequence[str]) -> dict[str, tuple[str, str]]:
    """``name=from:to`` or ``name=to``, by name."""
    found: dict[str, tuple[str, str]] = {}
    for one in given:
        name, mark, values = one.partition("=")
        before, colon, after = values.partition(":")
        if not mark or not (after if colon else before):
            raise UsageError(f"--change {one}: write it like payment_days=45:30, or payment_days=30")
        found[name.strip()] = (before.strip(), after.strip()) if colon else ("", before.strip())
    return found
