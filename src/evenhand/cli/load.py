"""`evenhand load`: claim and remittance files into the book."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import book_option
from evenhand.cli.output import emit, output_options
from evenhand.documents.words import counted

if TYPE_CHECKING:
    from evenhand.book import Options, Report


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--map", "mapping", type=click.Path(path_type=Path), help="Read tables by this mapping file.")
@click.option("--map-from", type=click.Path(path_type=Path), help="Draft a mapping for this table and print it.")
@click.option("--restore", metavar="ID", help="Put an unloaded load back.")
@click.option("--dry-run", is_flag=True, help="Show what would be loaded; write nothing.")
@click.option("--originals/--no-originals", default=True, help="Keep the bytes as they were read [default: keep].")
@click.option("--jobs", type=click.IntRange(1), help="Processes that read [default: one for each core].")
@book_option
@output_options
def load(paths: tuple[str, ...], book_path: Path | None, **asked: Any) -> None:
    """Load files, folders, patterns and archives: X12 835 and 837, Tuva medical_claim, tables with a mapping.

    What a file is is told from its content. All of it appears in the book at once, or nothing; content the book
    holds already is left out.
    """
    if asked["map_from"] is not None:
        click.echo(_draft(asked["map_from"]), nl=False)
    elif asked["restore"] is not None:
        _restore(book_path, asked["restore"])
    elif not paths:
        raise click.UsageError("name what to load: evenhand load PATH…")
    else:
        _load(paths, book_path, asked)


def _draft(path: Path) -> str:
    from evenhand.claims.draft import draft_mapping

    return draft_mapping(path)


def _restore(book_path: Path | None, id_: str) -> None:
    from evenhand.book import Book

    back = Book.open(book_path).restore(id_)
    click.echo(f"Put back as {back.id}: {counted(len(back.files), 'file')}.")


def _load(paths: tuple[str, ...], book_path: Path | None, asked: dict[str, Any]) -> None:
    from evenhand.documents.load_sheets import summary_sheets, verdict

    out = {name: asked[name] for name in ("as_json", "csv_path", "xlsx_path")}
    report = _run(paths, book_path, asked)
    emit(summary_sheets(report, whole=any(out.values())), **out)
    if not any(out.values()):
        click.echo(verdict(report))


def _run(paths: tuple[str, ...], book_path: Path | None, asked: dict[str, Any]) -> Report:
    from evenhand.book import Book, Options
    from evenhand.book.folder import is_book, place
    from evenhand.book.loading import dry_run
    from evenhand.claims.mapping import read_mapping
    from evenhand.claims.paths import find

    mapping = None if asked["mapping"] is None else read_mapping(asked["mapping"])
    options = Options(mapping, originals=asked["originals"], jobs=asked["jobs"] or os.cpu_count() or 1)
    if asked["dry_run"]:
        folder = place(book_path)
        if folder.exists() and not is_book(folder):
            Book.open(folder)
        return _with_progress(options, lambda o: dry_run(folder, paths, o))
    if not is_book(place(book_path)):
        find(paths)  # a slip of the pen starts no book
    book = Book.create(book_path)
    return _with_progress(options, lambda o: book.load(paths, o))


def _with_progress(options: Options, run: Callable[[Options], Report]) -> Report:
    """Run with a bar on the terminal, if there is one."""
    from dataclasses import replace

    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = ("[dim]{task.description}", BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Looking at the files", total=None)
        return run(
            replace(
                options,
                start=lambda size: bar.update(task, description="Reading", total=size, completed=0),
                progress=lambda size: bar.advance(task, size),
            )
        )
