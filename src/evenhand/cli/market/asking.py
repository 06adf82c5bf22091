"""What the market commands share: which discharges, in which cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from evenhand.market import Definition, Discharges

Command = TypeVar("Command", bound=Callable[..., Any])


def discharge_arguments(command: Command) -> Command:
    """Give a command the argument FILE and the options ``--systems FILE`` and ``--zip BEGINNINGS``."""
    words = "Only patients whose ZIP codes begin so, separated by commas: a region of a national file."
    command = click.option("--zip", "places", help=words)(command)
    words = "A table of hospitals and their systems, for files that do not say."
    command = click.option("--systems", "systems_path", type=click.Path(path_type=Path), help=words)(command)
    return click.argument("discharges_path", metavar="FILE", type=click.Path(path_type=Path))(command)


def cell_options(command: Command) -> Command:
    """Give a command the options ``--layers`` and ``--min-cell``."""
    layers = "Columns that make patients alike, fine to coarse: 'drg+age+zip5, drg+zip3, zip3'. May be given again."
    for option in (
        click.option("--min-cell", type=click.IntRange(min=1), default=25, show_default=True, help="Patients a cell."),
        click.option("--layers", multiple=True, help=layers),
    ):
        command = option(command)
    return command


def read(discharges_path: Path, systems_path: Path | None, places: str | None) -> Discharges:
    """The discharges a command asks about."""
    from evenhand.market import read_discharges

    found = read_discharges(discharges_path, systems_path)
    return found.living_in(named(places)) if places else found


def definitions(discharges: Discharges, layers: Sequence[str], min_cell: int) -> list[Definition]:
    """The ways to put patients into cells that were asked for; the usual one when none was."""
    from evenhand.market import Definition

    if not layers:
        return [Definition.usual(discharges, min_cell)]
    return [Definition.read(text, min_cell) for text in layers]


def named(text: str | None) -> list[str]:
    """Names separated by commas."""
    return [name.strip() for name in (text or "").split(",") if name.strip()]
