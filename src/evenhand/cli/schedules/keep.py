"""`evenhand schedules load`, `list` and `remove`: what the library holds."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import to_day
from evenhand.cli.output import emit, output_options
from evenhand.cli.schedules.asking import library_option
from evenhand.documents.sheet import printable
from evenhand.documents.words import counted

if TYPE_CHECKING:
    from evenhand.schedules import LoadReport

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--effective", type=_DAY, help="First day the tables hold for, instead of the one they say (YYYY-MM-DD).")
@click.option("--part", is_flag=True, help="Take tables with fewer rows than a whole release has.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken, and take nothing.")
@library_option
@output_options
def load(
    paths: tuple[Path, ...],
    effective: datetime | None,
    part: bool,
    dry_run: bool,
    library_path: Path | None,
    **out: Any,
) -> None:
    """Load published files, folders or archives (.zip) of them into the library.

    What a table is, and from which day it holds, is told by its own words and headings. A table something is wrong
    with is refused whole.
    """
    report = read_in(paths, library_path, part=part, dry_run=dry_run, first_day=to_day(effective), **out)
    if report.failed or not (report.taken or report.known):
        raise click.exceptions.Exit(1)


def read_in(
    paths: Iterable[Path],
    library_path: Path | None,
    *,
    part: bool,
    dry_run: bool = False,
    first_day: date | None = None,
    **out: Any,
) -> LoadReport:
    """Load files, telling which is being read, what was wrong and what became of them."""
    from evenhand.documents.schedule_sheets import load_sheets
    from evenhand.schedules import Library
    from evenhand.schedules import load as load_files

    quiet = out["as_json"] is True or not sys.stderr.isatty()

    def progress(name: str) -> None:
        if not quiet:
            click.echo(f"\r\x1b[K{printable(name[-100:])}", err=True, nl=False)

    library = Library.create(library_path)
    report = load_files(library, paths, first_day=first_day, part=part, dry_run=dry_run, progress=progress)
    if not quiet:
        click.echo("\r\x1b[K", err=True, nl=False)
    for problem in report.problems:
        click.echo(printable(f"{problem.severity}: {problem}"), err=True)
    emit(load_sheets(report, dry_run=dry_run), **out)
    return report


@click.command("list")
@click.argument("kind", required=False)
@library_option
@output_options
def list_releases(kind: str | None, library_path: Path | None, **out: Any) -> None:
    """List the releases at hand; with KIND, such as pfs or pfs-rvu, only those."""
    from evenhand.documents.schedule_sheets import releases_sheet
    from evenhand.schedules import Library

    emit([releases_sheet(Library.open(library_path), kind or "")], **out)


@click.command()
@click.argument("release")
@library_option
def remove(release: str, library_path: Path | None) -> None:
    """Take a release out of the library. RELEASE may be the beginning of its name."""
    from evenhand.schedules import Library

    library = Library.open(library_path)
    gone = library.release(release)
    library.remove(gone)
    click.echo(f"Took out {gone.id} ({counted(gone.rows, 'row')}). To have it again, load {gone.file}.")
