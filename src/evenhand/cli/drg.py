"""`evenhand drg`: the DRG of each stay as billed, as paid and as grouped."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, known_option, open_book
from evenhand.cli.output import emit, output_options


@click.command()
@click.option("--grouper", "named", help="Grouper version, such as 'MS-DRG 43.1' [default: of the day of discharge].")
@click.option("--all", "everything", is_flag=True, help="List the stays on which all agree too.")
@book_option
@known_option
@output_options
def drg(named: str | None, everything: bool, book_path: Path | None, known_on: datetime | None, **out: Any) -> None:
    """Group each stay and set the DRG beside the billed one and the payer's."""
    from evenhand.claims.grouping import Grouper
    from evenhand.documents.drg_sheets import drg_sheets
    from evenhand.performance import drgs

    grouper = None if named is None else Grouper.named(named)
    report = drgs(open_book(book_path, known_on), grouper)
    if not len(report.stays):
        click.echo("The book holds no inpatient claims.", err=True)
    emit(drg_sheets(report, everything=everything or any(out.values())), **out)
