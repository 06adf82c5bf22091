"""`evenhand negotiation readiness`, `impasse` and `escalation`: is it ready, is it stuck, is it fit to go up?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evenhand.cli.asking import open_book
from evenhand.cli.negotiation.asking import day_or_today, kept_by, named, today_option
from evenhand.cli.output import emit, output_options

if TYPE_CHECKING:
    from evenhand.negotiation.readiness import Readiness, RoundWorth
    from evenhand.negotiation.record import Calendar, Kept, Negotiation

Command = TypeVar("Command", bound=Callable[..., Any])


def pricing_option(command: Command) -> Command:
    """Give a command the option ``--no-pricing``."""
    words = "Do not price the rounds on the book's claims; movement and gap are then not known."
    return click.option("--no-pricing", is_flag=True, help=words)(command)


@click.command()
@named
@today_option
@output_options
def readiness(name: str, today: datetime | None, book_path: Path | None, **out: Any) -> None:
    """A checklist that is computed, with its evidence, and warnings for the known mistakes."""
    from evenhand.documents.readiness_sheets import readiness_sheets
    from evenhand.negotiation.rails.report import rails_of
    from evenhand.negotiation.readiness import pitfalls

    kept = kept_by(name, book_path)
    day = day_or_today(today)
    found, days, ready = _ready(kept, book_path, day)
    mistakes = pitfalls(found, days, rails_of(kept, day).flags)
    if not any(out.values()):
        seen = sum(one.seen for one in mistakes)
        click.echo(f"{ready.green} of {len(ready.items)} items green; {seen} of {len(mistakes)} known mistakes seen.\n")
    emit(readiness_sheets(ready, mistakes), **out)


def _ready(kept: Kept, book_path: Path | None, today: date) -> tuple[Negotiation, Calendar, Readiness]:
    from evenhand.negotiation.readiness import data_facts
    from evenhand.negotiation.readiness import readiness as held_against
    from evenhand.negotiation.record import calendar

    found, contract = kept.read(), kept.contract()
    days = calendar(found, contract, today)
    return found, days, held_against(found, days, data_facts(open_book(book_path), contract.parties, today))


def _worths(kept: Kept, book_path: Path | None, no_pricing: bool) -> list[RoundWorth]:
    from evenhand.negotiation.readiness import round_worths

    return [] if no_pricing else round_worths(open_book(book_path), kept)


@click.command()
@named
@pricing_option
@today_option
@output_options
def impasse(name: str, no_pricing: bool, today: datetime | None, book_path: Path | None, **out: Any) -> None:
    """Signals that it is stuck: rounds without movement, the gap against the zone, silence, time left."""
    from evenhand.documents.readiness_sheets import impasse_sheets
    from evenhand.negotiation.readiness import impasse as signals_of
    from evenhand.negotiation.record import calendar

    kept = kept_by(name, book_path)
    found = kept.read()
    worths = _worths(kept, book_path, no_pricing)
    days = calendar(found, kept.contract(), day_or_today(today))
    emit(impasse_sheets(signals_of(found, days, worths), worths), **out)


@click.command()
@named
@pricing_option
@today_option
@output_options
def escalation(name: str, no_pricing: bool, today: datetime | None, book_path: Path | None, **out: Any) -> None:
    """The sheet for our executives: what was tried, what is open, one message, the data, who approves."""
    from evenhand.documents.readiness_sheets import escalation_sheets
    from evenhand.negotiation.readiness import escalation as sheet_of
    from evenhand.negotiation.readiness import impasse as signals_of

    kept = kept_by(name, book_path)
    found, days, ready = _ready(kept, book_path, day_or_today(today))
    worths = _worths(kept, book_path, no_pricing)
    if found.escalation and found.escalation.escalated and not any(out.values()):
        click.echo(f"Escalated on {found.escalation.escalated} by {found.escalation.escalated_by}.\n")
    emit(escalation_sheets(sheet_of(found, ready, signals_of(found, days, worths), worths)), **out)
