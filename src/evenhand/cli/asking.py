"""What the commands that ask questions of a book share: which book, which days, priced under its contracts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from evenhand.performance import Basis

Command = TypeVar("Command", bound=Callable[..., Any])

_DAY = click.DateTime(["%Y-%m-%d"])


def book_option(command: Command) -> Command:
    """Give a command the option ``--book DIR``."""
    words = "The book [default: EVENHAND_BOOK, else ./book]."
    return click.option("--book", "book_path", type=click.Path(path_type=Path), help=words)(command)


def known_option(command: Command) -> Command:
    """Give a command the option ``--as-known-on DAY``."""
    words = "Answer as at the end of this day (YYYY-MM-DD, UTC): without files loaded or terms known of later."
    return click.option("--as-known-on", "known_on", type=_DAY, help=words)(command)


def days_options(command: Command) -> Command:
    """Give a command the options ``--from DAY`` and ``--to DAY``."""
    for name, variable, words in (
        ("--to", "last_day", "Last day on which claims begin (YYYY-MM-DD)."),
        ("--from", "first_day", "First day on which claims begin (YYYY-MM-DD)."),
    ):
        command = click.option(name, variable, type=_DAY, help=words)(command)
    return command


def to_day(moment: datetime | None) -> date | None:
    """The day an option gave."""
    return None if moment is None else moment.date()


def open_basis(book_path: Path | None, known_on: datetime | None = None) -> Basis:
    """Open a book, as known on a day or today; settle its claims and price them under its contracts."""
    from evenhand.book import Book

    return Basis.of(Book.open(book_path, as_known_on=to_day(known_on)))
