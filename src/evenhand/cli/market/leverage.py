"""`evenhand market leverage`: how strong each side is, in one list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from evenhand.cli.asking import open_book
from evenhand.cli.market.adequacy import screened
from evenhand.cli.market.asking import cell_options, definitions, discharge_arguments, named, read
from evenhand.cli.output import emit, output_options
from evenhand.errors import UsageError

if TYPE_CHECKING:
    from evenhand.market import Discharges, Evidence

_FILE = click.Path(path_type=Path)


@click.command()
@discharge_arguments
@click.option("--us", required=True, help="Our system, or a hospital of it, as FILE names it.")
@click.option("--plan", help="The plan across the table: only its rates, and its share of our volume.")
@click.option("--for", "reader", type=click.Choice(["provider", "plan"]), default="provider", show_default=True)
@click.option("--rates", "rates_path", type=_FILE, help="As for 'evenhand market bargain'.")
@click.option("--leaving", type=float, help="Share of patients who change plan, not hospital [default: 0.02 to 0.25].")
@click.option("--providers", "providers_path", type=_FILE, help="As for 'evenhand market adequacy'.")
@click.option("--beneficiaries", "people_path", type=_FILE, help="As for 'evenhand market adequacy'.")
@click.option("--hsd", "hsd_path", type=_FILE, help="CMS's HSD reference file.")
@click.option("--centroids", "centroids_path", type=_FILE, help="Where ZIP codes are.")
@click.option("--services", "services_path", type=_FILE, help="As for 'evenhand market services'.")
@click.option("--ours", help="Our names in the tables of providers and services [default: --us].")
@click.option("--book", "book_path", type=_FILE, help="A book, for how much of our volume the plan is.")
@cell_options
@output_options
def leverage(
    discharges_path: Path,
    systems_path: Path | None,
    places: str | None,
    us: str,
    plan: str | None,
    reader: Literal["provider", "plan"],
    layers: tuple[str, ...],
    min_cell: int,
    as_json: bool,
    csv_path: Path | None,
    xlsx_path: Path | None,
    **more: Any,
) -> None:
    """Every figure of leverage that what is given allows, for the provider or the plan across the table.

    FILE is enough for shares, diversion and willingness to pay; each further table adds its figures. Each figure has
    its denominator, its source and how sure it is beside it.
    """
    from evenhand.documents.leverage_sheets import leverage_sheets
    from evenhand.market import leverage as measured

    discharges = read(discharges_path, systems_path, places)
    definition = definitions(discharges, layers, min_cell)[0]
    evidence = _evidence(discharges, named(more["ours"]) or [us], more)
    found = measured(discharges, us, plan=plan, definition=definition, evidence=evidence)
    emit(leverage_sheets(found, reader), as_json=as_json, csv_path=csv_path, xlsx_path=xlsx_path)


def _evidence(discharges: Discharges, ours: list[str], more: dict[str, Any]) -> Evidence:
    from evenhand.market import Evidence, network_share, own_volume, read_services, unique_services
    from evenhand.market.bargaining import Leaving, read_rates

    if bool(more["providers_path"]) != bool(more["people_path"]):
        raise UsageError("adequacy takes both --providers and --beneficiaries; give the other too")
    both = more["providers_path"] and more["people_path"]
    extra = (more["hsd_path"], more["centroids_path"])
    screen = screened(more["providers_path"], more["people_path"], ours, extra) if both else None
    table = read_services(more["services_path"]) if more["services_path"] else None
    return Evidence(
        rates=read_rates(more["rates_path"], discharges) if more["rates_path"] else None,
        screen=screen,
        unique=unique_services(table, ours) if table else None,
        network=network_share(screen.providers, ours) if screen else None,
        volume=own_volume(open_book(more["book_path"])) if more["book_path"] else None,
        leaving=Leaving() if more["leaving"] is None else Leaving.given(more["leaving"]),
    )
