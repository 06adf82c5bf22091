"""`evenhand schedules verify`: what is computed, held against what publishers print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.output import emit, output_options
from evenhand.cli.schedules.asking import library_option


@click.command()
@library_option
@output_options
def verify(library_path: Path | None, **out: Any) -> None:
    """Compute every amount the releases at hand print, and say how many are equal to the cent."""
    from evenhand.documents.schedule_sheets import matches_sheets
    from evenhand.schedules import Library
    from evenhand.schedules import verify as verify_all

    emit(matches_sheets(list(verify_all(Library.open(library_path)))), **out)
