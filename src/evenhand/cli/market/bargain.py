"""`evenhand market bargain`: the bargaining weights today's rates imply, and what a better walk-away is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.market.asking import cell_options, definitions, discharge_arguments, named, read
from evenhand.cli.output import emit, output_options


@click.command()
@discharge_arguments
@click.option(
    "--rates",
    "rates_path",
    type=click.Path(path_type=Path),
    required=True,
    help="A table: system, plan, price, cost, revenue for an average patient; no price: outside the network.",
)
@click.option("--of", "names", help="Show only these systems, separated by commas.")
@click.option("--leaving", type=float, help="Share of patients who change plan, not hospital [default: 0.02 to 0.25].")
@click.option("--weight", type=float, help="Also the prices this weight of the plans (0 to 1) would settle at.")
@cell_options
@output_options
def bargain(
    discharges_path: Path,
    systems_path: Path | None,
    places: str | None,
    rates_path: Path,
    names: str | None,
    leaving: float | None,
    weight: float | None,
    layers: tuple[str, ...],
    min_cell: int,
    **output: Any,
) -> None:
    """What bargaining weights explain today's rates, with the diversion observed in FILE (Nash-in-Nash)."""
    from evenhand.documents.leverage_sheets import bargain_sheets
    from evenhand.documents.market_sheets import basis_sheets
    from evenhand.market import assign, diversion
    from evenhand.market.bargaining import Leaving, bargains, read_rates

    discharges = read(discharges_path, systems_path, places)
    cells = assign(discharges, definitions(discharges, layers, min_cell)[0])
    rates = read_rates(rates_path, discharges)
    assumed = None if leaving is None else Leaving.given(leaving)
    found = bargains(rates, diversion(discharges, cells), leaving=assumed, weight=weight)
    shown = [discharges.systems[discharges.system(name)] for name in named(names)]
    emit([*bargain_sheets(found, shown), *basis_sheets(discharges, [cells])], **output)
