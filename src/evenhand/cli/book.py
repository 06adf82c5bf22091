"""`evenhand book`: look after the book itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import book_option
from evenhand.cli.output import emit, output_options
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import counted
from evenhand.errors import BookError

if TYPE_CHECKING:
    from evenhand.book import Book


@click.group()
def book() -> None:
    """Look after the book itself: what is in it, whether it is whole, merging small loads."""


@book.command()
@book_option
@output_options
def info(book_path: Path | None, **out: Any) -> None:
    """What the book holds: rows by table, its state, its contracts."""
    from evenhand.book import Book
    from evenhand.claims.schema import TABLES

    held = Book.open(book_path)
    loads = held.loads()
    rows = [
        {"table": table.name, "rows": sum(load.rows(table.name) for load in loads), "what": table.grain}
        for table in TABLES.values()
    ]
    fields = (Field("table", "Table"), Field("rows", "Rows", "count"), Field("what", "One row is"))
    contracts = len(held.contract_folders())
    note = f"{counted(len(loads), 'load')} · {counted(contracts, 'contract')} · {_reasons(held)} · state {held.digest}"
    emit([Sheet("tables", f"The book at {held.path}", fields, rows, note=note)], **out)


def _reasons(held: Book) -> str:
    """Whether the book corrects what adjustment reasons mean."""
    if held.reasons_file is None:
        return "adjustment reasons as built in"
    own = [row for row in held.reasons().to_pylist() if row["standing_no"] == 0]
    return f"adjustment reasons with {counted(len(own), 'correction')} from {held.reasons_file}"


@book.command()
@book_option
def compact(book_path: Path | None) -> None:
    """Merge small loads into one. Each of them can still be unloaded."""
    from evenhand.book import Book

    merged = Book.open(book_path).compact()
    if merged is None:
        click.echo("Nothing to merge: there are fewer than two small loads.")
    else:
        click.echo(f"Merged {len(merged.replaces)} loads into {merged.id}.")


@book.command()
@book_option
def verify(book_path: Path | None) -> None:
    """Check every file of the book against the hashes and counts its loads noted."""
    from evenhand.book import Book

    held = Book.open(book_path)
    problems = held.verify()
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise BookError(f"{counted(len(problems), 'problem')} in the book at {held.path}")
    click.echo(f"{counted(len(held.loads()), 'load')}: every file is there, every hash and count is right.")
