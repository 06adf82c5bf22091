"""`evenhand negotiation walkaway`: when to walk from this negotiation, and the prices kept in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import days_options, open_book, to_day
from evenhand.cli.negotiation.asking import day_or_today, dry_option, kept_by, named, today_option
from evenhand.cli.output import output_options
from evenhand.cli.walkaway import show_walk, walking_options

if TYPE_CHECKING:
    from evenhand.negotiation.record import Kept
    from evenhand.negotiation.walking import WalkAway


@click.command(name="walkaway")
@named
@walking_options
@days_options
@click.option("--keep", is_flag=True, help="Keep the prices in the negotiation, for readiness and impasse.")
@dry_option
@today_option
@output_options
def negotiation_walkaway(
    name: str,
    assumptions: Path | None,
    figure: str,
    seed: int,
    draws: int,
    chart: Path | None,
    keep: bool,
    dry_run: bool,
    today: datetime | None,
    book_path: Path | None,
    first_day: datetime | None,
    last_day: datetime | None,
    **out: Any,
) -> None:
    """When to walk from this negotiation; its own assumptions are read from walkaway.yaml in its folder."""
    from evenhand.negotiation.walking import WalkQuestion, walk_away_from

    kept = kept_by(name, book_path)
    own = kept.folder / "walkaway.yaml"
    given = assumptions or (own if own.is_file() else None)
    plan = kept.read().plan or "employer"
    question = WalkQuestion(to_day(first_day), to_day(last_day), given, figure, plan, draws, seed)
    found = walk_away_from(open_book(book_path), kept.contract().parties, question)
    show_walk(found, chart, out)
    if keep:
        _keep(kept, found, today, dry_run)


def _keep(kept: Kept, found: WalkAway, today: datetime | None, dry_run: bool) -> None:
    from evenhand.documents.walkaway_sheets import number
    from evenhand.negotiation.record import keep_zone
    from evenhand.negotiation.record.zones import zone_of

    side = kept.read().side
    zone = zone_of(found, side, day_or_today(today))
    words = (
        f"ours {number(float(zone.ours), 'dollars a claim')}, theirs {number(float(zone.theirs), 'dollars a claim')}"
    )
    if dry_run:
        click.echo(f"Would keep: {words}; nothing was written.", err=True)
        return
    keep_zone(kept, zone)
    click.echo(f"Kept: {words}", err=True)
