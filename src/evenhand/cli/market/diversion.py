"""`evenhand market diversion`: where patients would go without a hospital or system."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from evenhand.cli.market.asking import cell_options, definitions, discharge_arguments, named, read
from evenhand.cli.output import emit, output_options

#: Systems on the screen when none is named: the largest. A workbook holds them all.
_SHOWN = 10


@click.command()
@discharge_arguments
@click.option(
    "--of",
    "names",
    help="Only these systems or hospitals, separated by commas [default: the ten largest; all in a file].",
)
@click.option(
    "--out",
    type=click.Choice(["system", "provider"]),
    default="system",
    show_default=True,
    help="What leaves the network: a hospital's whole system, or one hospital at a time.",
)
@cell_options
@output_options
def diversion(
    discharges_path: Path,
    systems_path: Path | None,
    places: str | None,
    names: str | None,
    out: Literal["system", "provider"],
    layers: tuple[str, ...],
    min_cell: int,
    **output: Any,
) -> None:
    """Where the patients in FILE would go if their hospital or its system were out of the network.

    FILE is a table of discharges or claims with a hospital and the patient's ZIP code, and patient groups if it has
    them; CMS's Hospital Service Area File is one.
    """
    from evenhand.documents.market_sheets import basis_sheets, diversion_sheets
    from evenhand.market import assign
    from evenhand.market import diversion as diverted

    discharges = read(discharges_path, systems_path, places)
    chosen = [discharges.system(name) for name in named(names)]
    if not chosen:
        largest = (-discharges.by_system).argsort(kind="stable").tolist()
        chosen = largest if any(output.values()) else largest[:_SHOWN]
    sheets, made = [], []
    for definition in definitions(discharges, layers, min_cell):
        cells = assign(discharges, definition)
        made.append(cells)
        sheets += diversion_sheets(diverted(discharges, cells, out=out), chosen)
    emit([*numbered(sheets), *basis_sheets(discharges, made)], **output)


def numbered(sheets: list[Any]) -> list[Any]:
    """Sheets of one name told apart by a number."""
    from dataclasses import replace

    return [replace(one, name=f"{one.name}-{n}") if n > 1 else one for n, one in enumerate(sheets, start=1)]
