"""`evenhand schedules show` and `localities`: what a service is paid, and where."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import to_day
from evenhand.cli.output import emit, output_options
from evenhand.cli.schedules.asking import library_option

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("code")
@click.option("--locality", default="national", help="10112-00 (contractor and locality), a ZIP code, or 'national'.")
@click.option("--date", "day", type=_DAY, help="Day of service (YYYY-MM-DD) [default: the last day releases hold for].")
@click.option("--setting", type=click.Choice(["facility", "office"]), help="Only this setting.")
@click.option("--wage-index", type=Decimal, default=Decimal(1), show_default=True, help="Of hospitals and centres.")
@click.option("--qp", is_flag=True, help="From 2026 on: the factor of qualifying participants.")
@library_option
@output_options
def show(
    code: str,
    locality: str,
    day: datetime | None,
    setting: str | None,
    wage_index: Decimal,
    qp: bool,
    library_path: Path | None,
    **out: Any,
) -> None:
    """Show what every schedule at hand pays for a code (or a DRG), and by which release."""
    from evenhand.documents.schedule_sheets import quotes_sheet
    from evenhand.schedules import Library, quotes

    library = Library.open(library_path)
    found = quotes(library, code, to_day(day), locality=locality, wage_index=wage_index, qualifying=qp)
    emit([quotes_sheet(code, [one for one in found if not setting or one.setting in ("", setting)])], **out)


@click.command()
@click.option("--zip", "zip_code", help="Only the locality of this ZIP code, of five or nine digits.")
@click.option("--date", "day", type=_DAY, help="The day (YYYY-MM-DD) [default: today].")
@library_option
@output_options
def localities(zip_code: str | None, day: datetime | None, library_path: Path | None, **out: Any) -> None:
    """List the payment localities and their geographic factors."""
    from evenhand.documents.schedule_sheets import localities_sheet
    from evenhand.schedules import Library

    emit([localities_sheet(Library.open(library_path), to_day(day) or date.today(), zip_code)], **out)
