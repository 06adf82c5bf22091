"""`evenhand negotiation start`, `list`, `show`, `check`, `calendar` and `schema`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, open_book
from evenhand.cli.negotiation.asking import DAY, day_or_today, dry_option, kept_by, named, today_option
from evenhand.cli.output import emit, output_options
from evenhand.documents.words import counted


@click.command()
@click.argument("name")
@click.option("--contract", required=True, help="The contract: its name in the book, or its folder.")
@click.option("--side", type=click.Choice(["provider", "payer"]), default="provider", show_default=True)
@click.option("--effective", type=DAY, help="When new terms should begin [default: the day after the term ends].")
@today_option
@dry_option
@book_option
def start(
    name: str,
    contract: str,
    side: Any,
    effective: datetime | None,
    today: datetime | None,
    dry_run: bool,
    book_path: Path | None,
) -> None:
    """Begin a negotiation: every term and provision of the contract as an issue, and the days that matter."""
    from dataclasses import replace

    from evenhand.contracts import read_contract
    from evenhand.negotiation.record import begun_from, keep_new, place_for, whole_text

    book = open_book(book_path)
    place = place_for(book, name)
    folder = book.contract_folders().get(contract, Path(contract))
    begun = begun_from(read_contract(folder), place.folder.resolve(), side=side, today=day_or_today(today))
    if effective is not None:
        begun = replace(begun, effective=effective.date())
    if dry_run:
        click.echo(whole_text(begun), nl=False)
        click.echo(f"Would write {place.file}; nothing was written.", err=True)
        return
    kept = keep_new(book, name, begun)
    click.echo(f"Wrote {kept.file}: {counted(len(begun.issues), 'issue')} on the table.")
    click.echo("Give each a target and a walk-away, in the file or with: evenhand negotiation position")


@click.command(name="list")
@today_option
@book_option
@output_options
def list_negotiations(today: datetime | None, book_path: Path | None, **out: Any) -> None:
    """List the book's negotiations, and what each has due next."""
    from evenhand.documents.negotiation_list import list_sheet
    from evenhand.negotiation.record import negotiations

    emit([list_sheet(negotiations(open_book(book_path)), day_or_today(today))], **out)


@click.command()
@named
@today_option
@output_options
def show(name: str, today: datetime | None, book_path: Path | None, **out: Any) -> None:
    """Show a negotiation: calendar, issues, rounds, talks, promises, people."""
    from evenhand.documents.negotiation_sheets import calendar_headline, negotiation_sheets
    from evenhand.negotiation.record import calendar

    kept = kept_by(name, book_path)
    found = kept.read()
    days = calendar(found, kept.contract(), day_or_today(today))
    if not any(out.values()):
        click.echo(f"{found.name}: {found.provider} with {found.payer}; we are the {found.side}.")
        click.echo(f"{calendar_headline(days)}\n")
    emit(negotiation_sheets(found, days), **out)


@click.command(name="calendar")
@named
@today_option
@output_options
def calendar_command(name: str, today: datetime | None, book_path: Path | None, **out: Any) -> None:
    """The preparation calendar: what is done, what is late, what is due next."""
    from evenhand.documents.negotiation_sheets import calendar_headline, calendar_sheet
    from evenhand.negotiation.record import calendar

    kept = kept_by(name, book_path)
    days = calendar(kept.read(), kept.contract(), day_or_today(today))
    if not any(out.values()):
        click.echo(f"{calendar_headline(days)}\n")
    emit([calendar_sheet(days)], **out)


@click.command()
@named
@output_options
def check(name: str, book_path: Path | None, **out: Any) -> None:
    """Check a negotiation's file and what it names: every problem at once, each with its line."""
    from evenhand.documents.negotiation_list import problems_sheet
    from evenhand.negotiation.record import check_kept

    kept = kept_by(name, book_path)
    _, problems = check_kept(kept)
    wrong = sum(one.severity == "error" for one in problems)
    if any(out.values()):
        emit([problems_sheet(problems)], **out)
    else:
        doubts = len(problems) - wrong
        words = [counted(n, word) for n, word in ((wrong, "error"), (doubts, "warning")) if n]
        click.echo(f"{kept.file}: {', '.join(['refused' if wrong else 'in order', *words])}")
        for problem in problems:
            click.echo(f"  {problem.severity:<8} {problem}")
    if wrong:
        raise click.exceptions.Exit(1)


@click.command()
def schema() -> None:
    """Print the JSON Schema of negotiation files, for editors."""
    from evenhand.negotiation.record import json_schema

    click.echo(json.dumps(json_schema(), indent=2))
