"""`evenhand findings`: what was wrong in the files loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import book_option
from evenhand.cli.output import emit, output_options
from evenhand.documents.sheet import Field, Sheet

if TYPE_CHECKING:
    from evenhand.book import Book

_GROUPED = (
    Field("rule", "Rule"),
    Field("severity", "Severity"),
    Field("findings", "Findings", "count"),
    Field("files", "Files", "count"),
    Field("amount", "Sum of differences", "money"),
    Field("example", "For example"),
)
_DETAIL = (
    Field("severity", "Severity"),
    Field("rule", "Rule"),
    Field("file", "File"),
    Field("byte_offset", "At byte", "number"),
    Field("element", "Element"),
    Field("found", "Found"),
    Field("expected", "Expected"),
    Field("amount", "Difference", "money"),
    Field("message", "Message"),
)
_CHOSEN = """findings join files using (file_id)
    where ($rule is null or rule = $rule) and ($severity is null or severity = $severity)
      and ($file is null or contains(path, $file))"""
_BY_RULE = f"""select rule, severity, count(*) as findings, count(distinct file_id) as files, sum(amount) as amount,
      arg_min(message, subject_key) as example
    from {_CHOSEN} group by rule, severity
    order by array_position(['error', 'warning', 'note'], severity), findings desc, rule"""
_ONE_BY_ONE = f"""select severity, rule, path as file, byte_offset, element, found, expected, amount, message
    from {_CHOSEN} order by path, file_id, byte_offset, subject_key, rule limit $most"""


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
    from evenhand.book import Book

    chosen = {name: asked.pop(name) for name in ("rule", "severity", "file")}
    held = Book.open(book_path)
    query, values = (_ONE_BY_ONE, chosen | {"most": most}) if detail else (_BY_RULE, chosen)
    rows = held.relation(query, values).rows()
    note = f"The first {most}; --most shows more." if detail and len(rows) == most else ""
    empty = f"The book at {held.path} is empty; load files with: evenhand load PATH…"
    if held.loads():
        empty = _none(held) if any(chosen.values()) else "No findings."
    emit([Sheet("findings", "Findings", _DETAIL if detail else _GROUPED, rows, note=note, empty=empty)], **asked)


def _none(book: Book) -> str:
    """Nothing fits what was asked; what there is instead."""
    rules = [row["rule"] for row in book.relation("select distinct rule from findings order by rule").rows()]
    return f"No findings fit; the book has findings of {', '.join(rules)}." if rules else "No findings."
