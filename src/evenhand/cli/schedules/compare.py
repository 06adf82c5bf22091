"""`evenhand schedules diff`: what changed from one release to another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.output import emit, output_options
from evenhand.cli.schedules.asking import library_option


@click.command()
@click.argument("before")
@click.argument("after")
@library_option
@output_options
def diff(before: str, after: str, library_path: Path | None, **out: Any) -> None:
    """List the rows that differ between two releases of one kind, value by value."""
    from evenhand.documents.schedule_sheets import changes_sheet
    from evenhand.schedules import Library, changes

    library = Library.open(library_path)
    first, second = library.release(before), library.release(after)
    emit([changes_sheet(first, second, changes(library, first, second))], **out)
