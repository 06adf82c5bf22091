"""`evenhand forecasts`: the forecasts kept in the book, and how they came out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, open_book
from evenhand.cli.output import emit, output_options
from evenhand.errors import UsageError


@click.command("forecasts")
@click.option("--remove", "removed", metavar="ID", help="Take a forecast out of the ledger; it can be put back.")
@click.option("--restore", "restored", metavar="ID", help="Put a removed forecast back.")
@book_option
@output_options
def forecasts(removed: str | None, restored: str | None, book_path: Path | None, **out: Any) -> None:
    """List the forecasts kept, and score those whose claims have come: interval, place, calibration.

    Keep one with: evenhand offer forecast OFFER --keep
    """
    from evenhand.documents.forecast_sheets import forecast_sheets
    from evenhand.negotiation.forecasts import remove, restore, score_forecasts

    book = open_book(book_path)
    if removed and restored:
        raise UsageError("--remove and --restore are two requests; make them one after the other")
    if removed:
        id_ = remove(book, removed)
        click.echo(f"Took out forecast {id_}. Put it back with: evenhand forecasts --restore {id_}")
        return
    if restored:
        click.echo(f"Put back forecast {restore(book, restored)}.")
        return
    found = score_forecasts(book)
    for problem in found.problems:
        click.echo(str(problem), err=True)
    emit(forecast_sheets(found), **out)
