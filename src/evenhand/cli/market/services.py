"""`evenhand market services`: what only we give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.market.asking import named
from evenhand.cli.output import emit, output_options


@click.command()
@click.argument("services_path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--ours", required=True, help="Our organisations, or parts of their names; commas between.")
@click.option("--within", type=float, help="Also codes nobody else bills within so many miles (needs coordinates).")
@output_options
def services(services_path: Path, ours: str, within: float | None, **output: Any) -> None:
    """Codes in FILE (provider, code, patients) that nobody but us bills."""
    from evenhand.documents.leverage_sheets import services_sheets
    from evenhand.documents.market_sheets import problems_sheet
    from evenhand.market import read_services, unique_services

    table = read_services(services_path)
    sheets = services_sheets(unique_services(table, named(ours), within=within), table.source)
    emit([*sheets, problems_sheet(table.problems)] if table.problems else sheets, **output)
