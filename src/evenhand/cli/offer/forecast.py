"""`evenhand offer forecast`: one offer over years in depth; kept, so that it can be scored when the claims come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.offer.years import asked, out_of, worth_options
from evenhand.cli.output import emit, output_options

if TYPE_CHECKING:
    from evenhand.book import Book
    from evenhand.negotiation.worth import Worth


@click.command("forecast")
@click.argument("offer_path", metavar="OFFER", type=click.Path(path_type=Path))
@click.option("--keep", "kept", is_flag=True, help="Keep the forecast in the book's ledger, to be scored later.")
@click.option("--dry-run", is_flag=True, help="With --keep: say what would be kept, and keep nothing.")
@worth_options
@output_options
def forecast(offer_path: Path, kept: bool, dry_run: bool, **options: Any) -> None:
    """Forecast what the OFFER is worth over years: by every method, by month of service, by service line.

    With --keep the forecast goes into the book's ledger; evenhand forecasts scores it when the claims are in.
    """
    from evenhand.documents.worth_sheets import worth_headline, worth_sheets
    from evenhand.negotiation.worth import offer_worth

    book, question = asked(options)
    found = offer_worth(book, offer_path, question, contract=options["contract"])
    out = out_of(options)
    if not any(out.values()):
        click.echo(worth_headline(found) + "\n")
    emit(worth_sheets(found, whole=True), **out)
    if kept:
        _keep(book, found, dry_run=dry_run)


def _keep(book: Book, found: Worth, *, dry_run: bool) -> None:
    from evenhand.negotiation.forecasts import keep
    from evenhand.negotiation.forecasts.entry import digest_of, said_of

    if dry_run:
        click.echo(f"Would keep forecast {digest_of(said_of(found))} in {book.path / 'forecasts'}.", err=True)
        return
    entry, new = keep(book, found)
    words = "Kept" if new else "Already kept:"
    click.echo(f"{words} forecast {entry.id}; score it later with: evenhand forecasts", err=True)
