"""`evenhand market hhi`: shares and how concentrated they make the market."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.market.asking import discharge_arguments, named, read
from evenhand.cli.output import emit, output_options


@click.command()
@discharge_arguments
@click.option("--merge", "names", help="Also with these systems under one owner, separated by commas.")
@click.option("--by-hospital", is_flag=True, help="Also as each hospital meets it, where its patients live.")
@output_options
def hhi(
    discharges_path: Path,
    systems_path: Path | None,
    places: str | None,
    names: str | None,
    by_hospital: bool,
    **output: Any,
) -> None:
    """Shares of the systems in FILE, their concentration (HHI), and what the merger guidelines say of it."""
    from evenhand.documents.market_sheets import basis_sheets, concentration_sheets
    from evenhand.market import concentration, flags, hospital_hhi

    discharges = read(discharges_path, systems_path, places)
    market = concentration(discharges, named(names))
    said = flags(market.index if market.index_after is None else market.index_after, market.change, market.merged_share)
    hospitals = hospital_hhi(discharges) if by_hospital else None
    emit([*concentration_sheets(market, said, hospitals), *basis_sheets(discharges)], **output)
