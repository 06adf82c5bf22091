"""`evenhand findings`: what was wrong in the files loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option
from evenhand.cli.output import emit, output_options


@click.command()
@click.option("--rule", help="Only this rule, such as line-balance.")
@click.option("--severity", type=click.Choice(["error", "warning", "note"]), help="Only this severity.")
@click.option("--file", help="Only files whose path holds this text.")
@click.option("--detail", is_flag=True, help="One by one instead of counted.")
@click.option("--most", type=click.IntRange(1), default=200, show_default=True, help="How many to show one by one.")
@book_option
@output_options
def findings(detail: bool, most: int, book_path: Path | None, **asked: Any) -> None:
    """What was wrong in the files loaded: counted by rule, or one by one with --detail."""
    from dataclasses import replace

    from evenhand.book import Book
    from evenhand.documents.finding_sheets import Chosen, by_rule, one_by_one

    chosen = Chosen(**{name: asked.pop(name) for name in ("rule", "severity", "file")})
    held = Book.open(book_path)
    sheet = one_by_one(held, chosen, most=most) if detail else by_rule(held, chosen)
    note = f"The first {most}; --most shows more." if detail and len(sheet.rows) == most else ""
    emit([replace(sheet, note=note)], **asked)
