"""`evenhand schedules verify`: what is computed, held against what publishers print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.output import emit, output_options
from evenhand.cli.schedules.asking import library_option
from evenhand.errors import UsageError

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--claims", type=_FILE, help="Stays CMS's own pricer priced, with its amounts: held against ours (CSV).")
@click.option("--drgs", type=_FILE, help="With --claims: the DRG table of the year.")
@click.option("--year", type=int, help="With --claims: the fiscal year of discharge.")
@library_option
@output_options
def verify(claims: Path | None, drgs: Path | None, year: int | None, library_path: Path | None, **out: Any) -> None:
    """Compute every amount the releases at hand print, and say how many are equal to the cent.

    Rows that differ are listed; the command ends well all the same, as publishers round some rows their own way.
    """
    from evenhand.documents.schedule_sheets import matches_sheets
    from evenhand.schedules import Library, inpatient_claims
    from evenhand.schedules import verify as verify_all

    found = list(verify_all(Library.open(library_path)))
    if claims or drgs or year:
        if not (claims and drgs and year):
            raise UsageError("--claims, --drgs and --year go together: the stays, their DRG table, the fiscal year")
        found += inpatient_claims(claims, drgs, year)
    emit(matches_sheets(found), **out)
