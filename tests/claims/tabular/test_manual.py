"""The manual lists the tables as they are."""

from __future__ import annotations

from pathlib import Path

from evenhand.claims.manual import tables_markdown

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/book.md"


def test_the_manual_lists_every_table_and_column_as_it_is() -> None:
    """When this fails, put ``tables_markdown()`` under the heading "Tables" of the page."""
    assert PAGE.read_text(encoding="utf-8").endswith(tables_markdown())
