"""What the commands that ask questions of a book share: which book, which days, priced under its contracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evenhand.performance import Basis

if TYPE_CHECKING:
    from evenhand.book import Book
    from evenhand.contracts import Contract

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


def open_book(book_path: Path | None, known_on: datetime | None = None) -> Book:
    """Open a book, as known on a day or today."""
    from evenhand.book import Book

    return Book.open(book_path, as_known_on=to_day(known_on))


def standing_option(command: Command) -> Command:
    """Give a command the option ``--as-of DAY``."""
    words = "Price every claim by the terms and rates in force on this day (YYYY-MM-DD), whatever its own days."
    return click.option("--as-of", type=_DAY, help=words)(command)


def contracts_asked(
    paths: Sequence[Path], book: Book | None, *, known_on: datetime | None, as_of: datetime | None
) -> list[Contract] | None:
    """The contracts named, as known on a day; none named: ``None``, for those of the book.

    With ``as_of``, those in force on that day, the book's too, each as it stands then.
    """
    from evenhand.contracts import read_contract
    from evenhand.negotiation.standing import standing_on
    from evenhand.pricing import contracts_of

    named = [read_contract(path, as_known_on=to_day(known_on)) for path in paths]
    day = to_day(as_of)
    if day is None:
        return named or None
    chosen = named or (contracts_of(book) if book is not None else [])
    return [standing_on(contract, day) for contract in chosen if day in contract.period]


def open_basis(book_path: Path | None, known_on: datetime | None = None) -> Basis:
    """Open a book, as known on a day or today; settle its claims and price them under its contracts."""
    return Basis.of(open_book(book_path, known_on))
