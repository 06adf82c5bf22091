"""`evenhand loads` and `evenhand unload`: what is in the book, and taking it out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import book_option
from evenhand.cli.output import emit, output_options
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import counted

if TYPE_CHECKING:
    from evenhand.book import Load

_FIELDS = (
    Field("id", "Load"),
    Field("loaded_at", "When (UTC)"),
    Field("loaded_by", "By"),
    Field("files", "Files", "count"),
    Field("submitted_claims", "Submitted claims", "count"),
    Field("submitted_lines", "Submitted lines", "count"),
    Field("submitted_charges", "Submitted charges", "dollars"),
    Field("remittances", "Remittances", "count"),
    Field("remitted_claims", "Remitted claims", "count"),
    Field("remitted_lines", "Remitted lines", "count"),
    Field("remitted_charges", "Remitted charges", "dollars"),
    Field("findings", "Findings", "count"),
    Field("what", "From"),
)


@click.command()
@click.option("--unloaded", is_flag=True, help="List what was taken out and can be put back.")
@book_option
@output_options
def loads(unloaded: bool, book_path: Path | None, **out: Any) -> None:
    """List what has been loaded. A merged load is followed by the loads in it."""
    from evenhand.book import Book

    book = Book.open(book_path)
    held = book.unloaded() if unloaded else book.loads()
    rows = [row for load in held for row in (_row(load), *(_part(part) for part in load.parts))]
    empty = f"The book at {book.path} is empty; load files with: evenhand load PATH…"
    if unloaded:
        empty = "No load has been taken out."
    title = "Unloaded" if unloaded else "Loads"
    emit([Sheet("loads", title, _FIELDS, rows, empty=empty)], **out)


def _row(load: Load) -> dict[str, Any]:
    where = ", ".join(load.sources[:3]) + (", …" if len(load.sources) > 3 else "")
    return {
        "id": load.id,
        "loaded_at": load.loaded_at.strftime("%Y-%m-%d %H:%M"),
        "loaded_by": load.loaded_by,
        "files": len(load.files),
        "submitted_claims": load.rows("claims"),
        "submitted_lines": load.rows("lines"),
        "submitted_charges": load.total("claim charges"),
        "remittances": load.rows("remits"),
        "remitted_claims": load.rows("remit_claims"),
        "remitted_lines": load.rows("remit_lines"),
        "remitted_charges": load.total("remitted charges"),
        "findings": load.rows("findings"),
        "what": f"{len(load.parts)} loads merged" if load.parts else where,
    }


def _part(part: Load) -> dict[str, Any]:
    return _row(part) | {"id": f"· {part.id}"}


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
