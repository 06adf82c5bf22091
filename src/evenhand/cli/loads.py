"""`evenhand loads` and `evenhand unload`: what is in the book, and taking it out again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option
from evenhand.cli.output import emit, output_options
from evenhand.documents.words import counted


@click.command()
@click.option("--unloaded", is_flag=True, help="List what was taken out and can be put back.")
@book_option
@output_options
def loads(unloaded: bool, book_path: Path | None, **out: Any) -> None:
    """List what has been loaded. A merged load is followed by the loads in it."""
    from evenhand.book import Book
    from evenhand.documents.load_sheets import loads_sheet

    book = Book.open(book_path)
    held = book.unloaded() if unloaded else book.loads()
    empty = f"The book at {book.path} is empty; load files with: evenhand load PATH…"
    if unloaded:
        empty = "No load has been taken out."
    title = "Unloaded" if unloaded else "Loads"
    emit([loads_sheet(held, title=title, empty=empty)], **out)


@click.command()
@click.argument("load_id")
@book_option
def unload(load_id: str, book_path: Path | None) -> None:
    """Take a load out of the book. LOAD_ID may be the start or the end of its id."""
    from evenhand.book import Book

    gone = Book.open(book_path).unload(load_id)
    click.echo(
        f"Took out {gone.id}: {counted(len(gone.files), 'file')}. Put it back with: evenhand load --restore {gone.id}"
    )
