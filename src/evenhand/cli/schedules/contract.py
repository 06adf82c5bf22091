"""`evenhand schedules contract`: Medicare as a contract of one's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from evenhand.documents.words import counted


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--locality", required=True, help="10112-00 (contractor and locality), a ZIP code, or 'national'.")
@click.option("--year", type=int, help="Pay every day by this year's amounts [default: each day by its own release].")
@click.option("--quarter", type=click.IntRange(1, 4), default=1, show_default=True, help="With --year: its quarter.")
@click.option("--qp", is_flag=True, help="From 2026 on: paid by the factor of qualifying participants.")
@click.option("--wage-index", type=Decimal, default=Decimal(1), show_default=True, help="Of hospitals and centres.")
@click.option("--physicians", is_flag=True, help="Physicians' services alone, whatever else the library has.")
def contract(
    folder: Path, locality: str, year: int | None, quarter: int, qp: bool, wage_index: Decimal, physicians: bool
) -> None:
    """Write Medicare, as it pays in one place, as a contract into FOLDER: to be read, changed, priced like any other.

    Its schedules are taken from the library at hand (EVENHAND_SCHEDULES, else ./schedules) whenever it is read.
    """
    from evenhand.contracts.readymade import MedicareTerms, medicare_contract, write_medicare
    from evenhand.schedules import Library
    from evenhand.schedules.pfs.locality import read_locality

    day = date.today() if year is None else date(year, quarter * 3 - 2, 1)
    place = str(read_locality(locality, Library.open(), day))
    terms = MedicareTerms(place, year, quarter, qp, wage_index, facilities=not physicians)
    (version,) = medicare_contract(terms).versions  # what cannot be read is not written
    file = write_medicare(folder, terms)
    click.echo(f"Wrote {file}: {counted(len(version.terms), 'term')}, {counted(len(version.schedules), 'schedule')}.")
    for name, schedule in version.schedules.items():
        click.echo(f"  {name}: {counted(len(schedule.rates), 'rate')} of {schedule.source or 'a table beside it'}")
