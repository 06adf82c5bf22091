"""`evenhand market adequacy`: who loses the last provider within limits without us."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.market.asking import named
from evenhand.cli.output import emit, output_options

if TYPE_CHECKING:
    from evenhand.market.adequacy import Screen

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("providers_path", metavar="PROVIDERS", type=_FILE)
@click.argument("people_path", metavar="BENEFICIARIES", type=_FILE)
@click.option("--ours", required=True, help="Our organisations, or parts of their names, or NPIs; commas between.")
@click.option("--hsd", "hsd_path", type=_FILE, help="CMS's HSD reference file: the limits of each county.")
@click.option("--centroids", "centroids_path", type=_FILE, help="Where ZIP codes are: ZIP code, latitude, longitude.")
@output_options
def adequacy(
    providers_path: Path,
    people_path: Path,
    ours: str,
    hsd_path: Path | None,
    centroids_path: Path | None,
    **output: Any,
) -> None:
    """Screen a network without us, by county and specialty.

    PROVIDERS is everyone in the network (name, specialty, place), BENEFICIARIES where people live (county, county type,
    place, number). Limits are the base values of 42 CFR 422.116, unverified, unless --hsd lays CMS's own over them.
    """
    from evenhand.documents.leverage_sheets import adequacy_sheets
    from evenhand.market import network_share

    screen = screened(providers_path, people_path, named(ours), (hsd_path, centroids_path))
    emit(adequacy_sheets(screen, network_share(screen.providers, named(ours))), **output)


def screened(providers_path: Path, people_path: Path, ours: list[str], more: tuple[Path | None, Path | None]) -> Screen:
    """The screen from files; ``more`` is the HSD reference file and the table of ZIP codes."""
    from evenhand.market.adequacy import (
        adequacy as screen,
    )
    from evenhand.market.adequacy import (
        base_limits,
        read_beneficiaries,
        read_centroids,
        read_providers,
        read_reference,
    )

    hsd_path, centroids_path = more
    centroids = read_centroids(centroids_path) if centroids_path else None
    limits = read_reference(hsd_path, base_limits()) if hsd_path else base_limits()
    return screen(read_providers(providers_path, centroids), read_beneficiaries(people_path, centroids), ours, limits)
