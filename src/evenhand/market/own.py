"""What one's own book can say of leverage: how much of our volume each payer is, and nothing of the market."""

from __future__ import annotations

from importlib.resources import files

import pyarrow as pa

from evenhand.book import Book
from evenhand.errors import SelectionError
from evenhand.money import MONEY, SHARE, ratio
from evenhand.results import Result

#: What a book cannot say, whatever is asked of it.
CANNOT = (
    "A book knows its own patients only, and keeps no patient's ZIP code: it shows what each payer is of our own "
    "volume. Market shares, diversion and willingness to pay need discharges of every hospital in the region."
)
_TABLE = pa.schema(
    [
        ("payer", pa.string()),
        ("claims", pa.int64()),
        ("patients", pa.int64()),
        ("charges", MONEY),
        ("charges_share", SHARE),
    ]
)


def own_volume(book: Book) -> Result:
    """Claims, patients and charges of each payer, and its share of all charges in the book.

    Raises:
        SelectionError: the book holds no claims.
    """
    query = files("evenhand.market").joinpath("queries", "own_volume.sql").read_text(encoding="utf-8")
    rows = book.settled().arrow(query.strip()).to_pylist()
    if not rows:
        raise SelectionError("the book holds no claims; load some with 'evenhand load'")
    whole = sum(row["charges"] or 0 for row in rows)
    return Result.of(({**row, "charges_share": ratio(row["charges"], whole)} for row in rows), _TABLE)
