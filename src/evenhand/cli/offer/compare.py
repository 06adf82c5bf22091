"""`evenhand offer compare`: the contract and all rounds side by side, in dollars over years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.offer.years import asked, out_of, worth_options
from evenhand.cli.output import emit, output_options


@click.command("compare")
@click.argument("offers", metavar="OFFER...", nargs=-1, required=True, type=click.Path(path_type=Path))
@worth_options
@output_options
def compare(offers: tuple[Path, ...], **options: Any) -> None:
    """Lay the contract and the OFFERs side by side: dollars a year and in all, how sure, for both sides.

    The same claims are priced under each as it stands in each year, with charges grown; completed for run-out,
    collected as the book is, discounted. Every assumption is shown with its source and can be changed.
    """
    from evenhand.documents.worth_sheets import worth_headline, worth_sheets
    from evenhand.negotiation.worth import compare_offers

    book, question = asked(options)
    found = compare_offers(book, offers, question, contract=options["contract"])
    out = out_of(options)
    if not any(out.values()):
        click.echo(worth_headline(found) + "\n")
    emit(worth_sheets(found, whole=any(out.values())), **out)
