"""`evenhand walkaway`: when to walk from a payer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_book, to_day
from evenhand.cli.output import OutFile, emit, output_options

if TYPE_CHECKING:
    from evenhand.negotiation.walking import WalkAway

Command = TypeVar("Command", bound=Callable[..., Any])
_FIGURES = ("zone", "ours_min", "theirs_max", "leverage", "without", "burn", "break_even_months", "runway_months")
_PLANS = ("employer", "individual", "medicare advantage", "medicaid")


def walking_options(command: Command) -> Command:
    """Give a command the options of the walk-away."""
    for option in (
        click.option("--chart", type=OutFile(), help="Write what matters most as a picture (SVG)."),
        click.option("--draws", type=click.IntRange(1000, 2_000_000), default=200_000, show_default=True),
        click.option("--seed", type=int, default=20_260_101, show_default=True, help="The same seed, the same answer."),
        click.option(
            "--figure", type=click.Choice(_FIGURES), default="zone", show_default=True, help="What matters to."
        ),
        click.option("--assumptions", type=click.Path(path_type=Path), help="A YAML file of your own assumptions."),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--payer", required=True, help="The payer: its name, or part of it.")
@click.option("--plan", type=click.Choice(_PLANS), default="employer", show_default=True, help="Whom it covers.")
@walking_options
@book_option
@days_options
@known_option
@output_options
def walkaway(
    payer: str,
    plan: str,
    assumptions: Path | None,
    figure: str,
    seed: int,
    draws: int,
    chart: Path | None,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    known_on: datetime | None,
    **out: Any,
) -> None:
    """What both sides fall back on without an agreement: walk-away prices, zone, leverage, burn, break-even, runway.

    Volume, price and emergency share come from the book; everything else is an assumption that is shown, with its
    source, and can be changed.
    """
    from evenhand.negotiation.walking import WalkQuestion, walk_away_from

    question = WalkQuestion(to_day(first_day), to_day(last_day), assumptions, figure, plan, draws, seed)
    show_walk(walk_away_from(open_book(book_path, known_on), payer, question), chart, out)


def show_walk(found: WalkAway, chart: Path | None, out: dict[str, Any]) -> None:
    """Print, or write, the answer as asked."""
    from evenhand.documents.walkaway_sheets import headline, tornado_svg, walkaway_sheets

    if not any(out.values()):
        click.echo(f"{headline(found)}\n")
    emit(walkaway_sheets(found, exact=any(out.values())), **out)
    if chart is not None:
        chart.write_text(tornado_svg(found), encoding="utf-8")
        click.echo(f"Wrote {chart}", err=True)
