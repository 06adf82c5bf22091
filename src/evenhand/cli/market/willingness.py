"""`evenhand market wtp`: what each system is worth to a network's patients."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.market.asking import cell_options, definitions, discharge_arguments, named, read
from evenhand.cli.output import emit, output_options


@click.command()
@discharge_arguments
@click.option("--merge", "names", help="Also these systems under one owner, separated by commas.")
@click.option("--share-cap", type=float, default=0.99, show_default=True, help="No share of a cell counts as more.")
@cell_options
@output_options
def wtp(
    discharges_path: Path,
    systems_path: Path | None,
    places: str | None,
    names: str | None,
    share_cap: float,
    layers: tuple[str, ...],
    min_cell: int,
    **output: Any,
) -> None:
    """Willingness to pay for each system in FILE, and what systems gain under one owner.

    It says how hard a system is to replace where its patients live: one that few could replace is worth more to a
    network than another of its size.
    """
    from evenhand.documents.market_sheets import basis_sheets, worth_sheets
    from evenhand.market import assign, merger, willingness_to_pay

    discharges = read(discharges_path, systems_path, places)
    made = [assign(discharges, definition) for definition in definitions(discharges, layers, min_cell)]
    found = [willingness_to_pay(discharges, cells, share_cap=share_cap) for cells in made]
    mergers = [merger(discharges, worth, named(names)) for worth in found] if names else []
    emit([*worth_sheets(discharges, found, mergers), *basis_sheets(discharges, made)], **output)
