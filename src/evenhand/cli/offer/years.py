"""What `offer compare` and `offer forecast` share: options about claims, years and how sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_book, to_day
from evenhand.cli.assuming import assumed_values, assumption_options

if TYPE_CHECKING:
    from evenhand.book import Book
    from evenhand.negotiation.worth import WorthQuestion

Command = TypeVar("Command", bound=Callable[..., Any])
_DAY = click.DateTime(["%Y-%m-%d"])


def worth_options(command: Command) -> Command:
    """Give a command the options of a worth over years, and ``--contract DIR``."""
    words = "Lay the offers over this contract."
    return future_options(click.option("--contract", type=click.Path(path_type=Path), help=words)(command))


def future_options(command: Command) -> Command:
    """Give a command the options of a worth over years: claims, years, draws, assumptions."""
    options: tuple[tuple[str, dict[str, Any]], ...] = (
        (
            "--seed",
            {"type": int, "default": 20_250_101, "show_default": True, "help": "The same seed, the same answer."},
        ),
        ("--draws", {"type": int, "default": 1000, "show_default": True, "help": "How many futures are drawn."}),
        ("--costs", {"type": click.Path(path_type=Path), "help": "CSV file 'code,cost': the provider's unit costs."}),
        (
            "--run-out",
            {
                "type": click.Choice(["complete", "drop", "as it is"]),
                "default": "complete",
                "show_default": True,
                "help": "Months that are not complete yet: gross them up, drop those under 90 days, leave them.",
            },
        ),
        ("--start", {"type": _DAY, "help": "First day of the first year [default: the first offer's]."}),
        ("--years", {"type": int, "default": 3, "show_default": True, "help": "How many years."}),
    )
    for name, settings in options:
        command = click.option(name, **settings)(command)
    return known_option(days_options(book_option(assumption_options(command))))


def asked(options: Mapping[str, Any]) -> tuple[Book, WorthQuestion]:
    """The book, and the question the options put."""
    from evenhand.negotiation.worth import WorthQuestion

    start: datetime | None = options["start"]
    question = WorthQuestion(
        first_day=to_day(options["first_day"]),
        last_day=to_day(options["last_day"]),
        start=to_day(start),
        years=options["years"],
        run_out=options["run_out"],
        draws=options["draws"],
        seed=options["seed"],
        assumptions=options["assumptions"],
        given=assumed_values(options["assume"]),
        costs=options["costs"],
    )
    return open_book(options["book_path"], options["known_on"]), question


#: What `emit` takes.
OUT = ("as_json", "csv_path", "xlsx_path")


def out_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """How the answer leaves."""
    return {name: options[name] for name in OUT}
