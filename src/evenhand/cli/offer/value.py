"""`evenhand offer value`: what an offer is worth on the organisation's own claims."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_book, to_day
from evenhand.cli.output import emit, output_options

#: Codes shown on the screen, each way; a workbook holds them all.
_SHOWN = 10


@click.command("value")
@click.argument("offer_path", metavar="OFFER", type=click.Path(path_type=Path))
@click.option("--contract", "contract_path", type=click.Path(path_type=Path), help="Lay the offer over this contract.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day both stand on [default: the offer's first].")
@book_option
@days_options
@known_option
@output_options
def value(
    offer_path: Path,
    contract_path: Path | None,
    as_of: datetime | None,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    known_on: datetime | None,
    **out: Any,
) -> None:
    """Price the same claims under the contract and under the OFFER, both as they would stand on one day.

    The claims are those that begin in the last twelve months of the book, or from --from to --to.
    """
    from evenhand.documents.offer_sheets import headline, offer_sheets
    from evenhand.negotiation import OfferQuestion, value_offer

    question = OfferQuestion(to_day(first_day), to_day(last_day), to_day(as_of))
    found = value_offer(open_book(book_path, known_on), offer_path, contract=contract_path, question=question)
    whole = any(out.values())
    if not whole:
        click.echo(headline(found) + "\n")
    emit(offer_sheets(found, most=None if whole else _SHOWN), **out)
