"""`evenhand market own`: what one's own book can say of leverage."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, known_option, open_book
from evenhand.cli.output import emit, output_options


@click.command()
@book_option
@known_option
@output_options
def own(book_path: Path | None, known_on: datetime | None, **output: Any) -> None:
    """How much of our own volume each payer is: all that a book alone can say of leverage."""
    from evenhand.documents.leverage_sheets import volume_sheets
    from evenhand.market import own_volume
    from evenhand.market.own import CANNOT

    emit(volume_sheets(own_volume(open_book(book_path, known_on)), CANNOT), **output)
