"""What the negotiation commands share: which negotiation, seen from which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evenhand.cli.asking import book_option, open_book, to_day

if TYPE_CHECKING:
    from evenhand.negotiation.record import Kept

Command = TypeVar("Command", bound=Callable[..., Any])
DAY = click.DateTime(["%Y-%m-%d"])


def named(command: Command) -> Command:
    """Give a command its NAME and the option ``--book DIR``."""
    return click.argument("name")(book_option(command))


def today_option(command: Command) -> Command:
    """Give a command the option ``--today DAY``."""
    return click.option("--today", type=DAY, help="See it from this day (YYYY-MM-DD) [default: today].")(command)


def dry_option(command: Command) -> Command:
    """Give a command the option ``--dry-run``."""
    return click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")(command)


def day_or_today(moment: datetime | None) -> date:
    """The day an option gave, else the current one."""
    return to_day(moment) or date.today()


def kept_by(name: str, book_path: Path | None) -> Kept:
    """The negotiation of this name in the book."""
    from evenhand.negotiation.record import negotiation

    return negotiation(open_book(book_path), name)
