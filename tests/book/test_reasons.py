"""A book's own reading of adjustment reasons: applied, part of its state, refused when it makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.errors import ReadError

Write = Callable[..., Path]


def allowed(book: Book) -> list[Decimal | None]:
    """The allowed amount of each line, as the book settles it."""
    return [row["allowed_amount"] for row in book.settled().arrow("select * from settled_lines").to_pylist()]


def test_a_correction_changes_what_is_allowed_and_the_state(book: Book, write: Write) -> None:
    book.load([write(1)])
    before = book.digest
    assert allowed(book) == [Decimal("100.00")]

    (book.path / "reasons.csv").write_text("payer,code,group,kind\nSummit Health,45,CO,payment\n")
    assert allowed(book) == [Decimal("150.00")]
    assert book.digest != before

    (book.path / "reasons.csv").write_text("payer,code,group,kind\nSomebody Else,45,CO,payment\n")
    assert allowed(book) == [Decimal("100.00")]

    (book.path / "reasons.csv").unlink()
    assert allowed(book) == [Decimal("100.00")]
    assert book.digest == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,kind\n45,discount\n", r"reasons.csv:2: 'discount' is not a kind of adjustment; the kinds are price, "),
        ("code\n45\n", r"reasons.csv: missing columns: kind; the columns are payer, code"),
        ("", r"reasons.csv: missing columns: code, kind"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(book: Book, write: Write, text: str, said: str) -> None:
    book.load([write(1)])
    (book.path / "reasons.csv").write_text(text)

    with pytest.raises(ReadError, match=said):
        book.settled()
