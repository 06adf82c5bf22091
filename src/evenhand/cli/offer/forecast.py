"""`evenhand offer forecast`: one offer over years in depth; kept, so that it can be scored when the claims come in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.offer.years import asked, out_of, worth_options
from evenhand.cli.output import emit, output_options


@click.command("forecast")
@click.argument("offer_path", metavar="OFFER", type=click.Path(path_type=Path))
@worth_options
@output_options
def forecast(offer_path: Path, **options: Any) -> None:
    """Forecast what the OFFER is worth over years: by every method, by month of service, by service line."""
    from evenhand.documents.worth_sheets import worth_headline, worth_sheets
    from evenhand.negotiation.worth import offer_worth

    book, question = asked(options)
    found = offer_worth(book, offer_path, question, contract=options["contract"])
    out = out_of(options)
    if not any(out.values()):
        click.echo(worth_headline(found) + "\n")
    emit(worth_sheets(found, whole=True), **out)
