"""`evenhand schedules fetch`: a release from its publisher's page into the library."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.output import emit, output_options
from evenhand.cli.schedules.asking import library_option
from evenhand.cli.schedules.keep import read_in
from evenhand.documents.sheet import Field, Sheet, printable
from evenhand.errors import ReadError, SelectionError

if TYPE_CHECKING:
    from evenhand.schedules import LoadReport
    from evenhand.schedules.fetching import Archive, Found, Web

_AMA = (
    "{files}: CPT codes and descriptions in it are copyright American Medical Association. CMS gives it out to those "
    "who accept the AMA's licence for the use of CPT ({page}). Descriptions are not taken into the library."
)
_LICENCE_PAGE = "https://www.cms.gov/license/ama"


@click.command()
@click.argument("schedule")
@click.argument("year", type=click.IntRange(2000, 2099))
@click.option("--quarter", type=click.IntRange(1, 4), help="The quarter [default: the newest of the year].")
@click.option("--file", "names", multiple=True, help="Take the archive of this name, where several could be meant.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="Keep the archives in this folder.")
@click.option("--from", "host", help="Read from this host instead of www.cms.gov: a mirror (https://…).")
@click.option("--accept-ama-license", "accepted", is_flag=True, help="You accept the AMA's licence for CPT.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60, show_default=True, help="Seconds of silence.")
@click.option("--part", is_flag=True, help="Take tables with fewer rows than a whole release has.")
@click.option("--dry-run", is_flag=True, help="Say what would be downloaded; read the pages alone.")
@library_option
@output_options
def fetch(
    schedule: str,
    year: int,
    quarter: int | None,
    names: tuple[str, ...],
    into: Path | None,
    host: str | None,
    accepted: bool,
    timeout: float,
    part: bool,
    dry_run: bool,
    library_path: Path | None,
    **out: Any,
) -> None:
    """Download a release of SCHEDULE from CMS's page and load it.

    SCHEDULE is pfs, opps, asc, clfs, ipps, asp, zip, anesthesia or dmepos; YEAR the calendar year, of ipps the fiscal
    year. Where the page cannot be read, or nothing on it fits, the command says what to download by hand.
    """
    from evenhand.schedules.fetching import PUBLISHER, Web, find

    web = Web(host or PUBLISHER, timeout)
    offered = find(web, schedule.lower(), year, quarter)
    _tell_missing(offered)
    found = _settled([one for one in offered if one.archives], names)
    if dry_run:
        emit([_sheet(found)], **out)
        return
    _agree(found, accepted)
    with _folder(into) as folder:
        files = [_take(web, one, folder, quiet=out["as_json"] is True) for one in found]
        report = read_in(files, library_path, part=part, **out)
    _tell_other_days(found, report)
    if report.failed or not (report.taken or report.known):
        raise click.exceptions.Exit(1)


def _settled(found: Sequence[Found], names: Sequence[str]) -> list[Found]:
    """Each with one archive: the one that was named, the newest, or the one a person picks.

    Raises:
        SelectionError: No archive has a name that was given, or names do not tell and nobody is there to ask.
    """
    offered = {archive.name: archive for one in found for archive in one.archives}
    if unknown := [name for name in names if name not in offered]:
        raise SelectionError(f"no archive is called {unknown[0]}; there are {', '.join(offered)}")
    return [
        one.of(next((archive for archive in one.archives if archive.name in names), None) or one.chosen or _pick(one))
        for one in found
    ]


def _pick(found: Found) -> Archive:
    listed = "\n".join(f"  {number}. {one.name}" for number, one in enumerate(found.archives, 1))
    words = f"{found.publication.part}: which is the newest, their names do not tell:\n{listed}"
    if not sys.stdin.isatty():
        raise SelectionError(f"{words}\nName one with --file NAME.")
    click.echo(words, err=True)
    number = click.prompt("Which", type=click.IntRange(1, len(found.archives)), err=True)
    return found.archives[int(number) - 1]


def _tell_missing(found: Sequence[Found]) -> None:
    """Name archives that are not there.

    Raises:
        SelectionError: One that is needed is missing, or there is none at all.
    """
    missing = [one for one in found if not one.archives]
    needed = [one for one in missing if not one.publication.optional]
    if needed or len(missing) == len(found):
        one = (needed or missing)[0]
        raise SelectionError(f"{_trouble(one)}\n{one.by_hand}")
    for one in missing:
        click.echo(f"note: {_trouble(one)}; it is left out", err=True)


def _trouble(one: Found) -> str:
    what = f"no archive of {one.publication.schedule} ({one.publication.part}), {one.asked}, is linked on {one.page}"
    return one.trouble or what


def _sheet(found: Sequence[Found]) -> Sheet:
    fields = (
        Field("part", "What it is"),
        Field("release", "Release"),
        Field("archive", "Archive"),
        Field("url", "From"),
        Field("licence", "Licence to accept"),
    )
    rows = [
        {
            "part": one.publication.part,
            "release": str(one.asked),
            "archive": archive.name,
            "url": archive.url,
            "licence": one.licence or None,
        }
        for one in found
        for archive in one.archives
    ]
    return Sheet("archives", "Would be downloaded", fields, rows)


def _agree(found: Sequence[Found], accepted: bool) -> None:
    """Ask for the licence where one has to be accepted.

    Raises:
        SelectionError: It was not accepted.
    """
    files = [one.archives[0] for one in found if one.licence]
    if not files:
        return
    page = next((one.licence for one in files if one.licence), _LICENCE_PAGE)
    words = _AMA.format(files=", ".join(one.name for one in files), page=page)
    if accepted:
        click.echo(f"{words}\nYou accepted it with --accept-ama-license.", err=True)
        return
    if not sys.stdin.isatty():
        raise SelectionError(f"{words}\nRead it, and if you accept it, say so with --accept-ama-license.")
    click.echo(words, err=True)
    if not click.confirm("Do you accept it?", default=False, err=True):
        raise SelectionError("nothing was downloaded: the AMA's licence was not accepted")


@contextmanager
def _folder(into: Path | None) -> Iterator[Path]:
    """The folder archives are kept in: the one that was named, or one that goes away."""
    if into is not None:
        yield into
        return
    with tempfile.TemporaryDirectory(prefix="evenhand-") as folder:
        yield Path(folder) / "cms.gov"  # the release's file is told by this name


def _take(web: Web, found: Found, folder: Path, *, quiet: bool) -> Path:
    from evenhand.schedules.fetching import take

    (archive,) = found.archives
    watched = sys.stderr.isatty() and not quiet
    try:
        file = take(web, archive, folder, _progress(archive.name) if watched else _silent)
    except ReadError as problem:
        raise SelectionError(f"{problem}\n{found.by_hand}") from problem
    finally:
        click.echo("\r\x1b[K" if watched else "", err=True, nl=False)
    size = file.stat().st_size
    click.echo(printable(f"{archive.name}: {size:,} bytes from {archive.url}"), err=True)
    return file


def _silent(_came: int, _all: int) -> None:
    """Nobody watches."""


def _progress(name: str) -> Callable[[int, int], None]:
    def tell(came: int, whole: int) -> None:
        share = f" of {whole / 1e6:.1f}" if whole else ""
        click.echo(f"\r\x1b[K{printable(name)}: {came / 1e6:.1f}{share} MB", err=True, nl=False)

    return tell


def _tell_other_days(found: Sequence[Found], report: LoadReport) -> None:
    """Warn where an archive was named for a release, and its tables are of another."""
    held = [*report.taken, *report.known]
    if held and not any(one.period.meet(wanted.period) for one in held for wanted in found):
        first = held[0]
        words = f"{first.id} holds from {first.first_day} to {first.last_day}; {found[0].asked} was asked for"
        click.echo(f"warning: {words}", err=True)
