"""`evenhand negotiation rails` and `messenger`: guard rails, and the mode in which each provider decides alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.negotiation.asking import day_or_today, kept_by, named, today_option
from evenhand.cli.output import emit, output_options
from evenhand.documents.words import counted
from evenhand.errors import UsageError

_PRICES = click.option(
    "--rate", "rates", multiple=True, required=True, help='A price: "NAME=VALUE"; may be given again.'
)
_PROVIDER = click.option("--provider", required=True, help="The provider, always spelt the same.")


@click.command()
@named
@today_option
@output_options
def rails(name: str, today: datetime | None, book_path: Path | None, **out: Any) -> None:
    """Hold the negotiation against every guard rail; list the days that count if the contract ends."""
    from evenhand.documents.rail_sheets import rail_sheets
    from evenhand.negotiation.rails.report import rails_of

    report = rails_of(kept_by(name, book_path), day_or_today(today))
    if not any(out.values()):
        flagged = sum(one.state == "flag" for one in report.flags)
        click.echo(
            f"{counted(len(report.blocked), 'rail')} blocked, {counted(flagged, 'flag')}. None of it is advice.\n"
        )
    emit(rail_sheets(report), **out)
    if report.blocked:
        raise click.exceptions.Exit(1)


@click.group()
def messenger() -> None:
    """Messenger mode: each provider decides alone, and nobody sees another's number."""


@messenger.command()
@named
@_PROVIDER
@_PRICES
@click.option("--to", "file", type=click.Path(path_type=Path), required=True, help="Your own file, kept by you alone.")
def enter(name: str, provider: str, rates: tuple[str, ...], file: Path, book_path: Path | None) -> None:
    """Write your least prices into a file of your own; the negotiation keeps a commitment, not the numbers."""
    from evenhand.negotiation.rails.messenger import enter as enter_prices

    receipt = enter_prices(kept_by(name, book_path).folder, provider, _prices(rates), file)
    click.echo(f"Wrote {file}: keep it where only you can read it. Receipt {receipt}")


@messenger.command()
@named
@_PRICES
def offer(name: str, rates: tuple[str, ...], book_path: Path | None) -> None:
    """Carry the payer's offer to every provider."""
    from evenhand.negotiation.rails.messenger import offer as carry

    kept = kept_by(name, book_path)
    made = carry(kept.folder, kept.read().payer, _prices(rates))
    click.echo(f"Offer {made.number} carried. Receipt {made.hash}")


@messenger.command()
@named
@_PROVIDER
@click.option("--mine", "file", type=click.Path(path_type=Path), required=True, help="Your own file.")
def answer(name: str, provider: str, file: Path, book_path: Path | None) -> None:
    """Answer the payer's last offer from your own file; only you are told why."""
    from evenhand.negotiation.rails.messenger import answer as answer_offer

    made = answer_offer(kept_by(name, book_path).folder, provider, file)
    for rate, met in made.met.items():
        click.echo(f"{rate}: {'at least your price' if met else 'below your price, or not offered'}")
    click.echo(
        f"{provider} {'accepts' if made.accepts else 'does not accept'} offer {made.offer}. Receipt {made.receipt}"
    )


@messenger.command()
@named
@output_options
def payer(name: str, book_path: Path | None, **out: Any) -> None:
    """What the payer is told: whether each provider accepts, and nothing else."""
    from evenhand.documents.rail_sheets import answers_sheet
    from evenhand.negotiation.rails.messenger import answers_for_payer

    kept = kept_by(name, book_path)
    emit([answers_sheet(answers_for_payer(kept.folder, kept.read().payer))], **out)


@messenger.command()
@named
@click.option("--receipt", "receipts", multiple=True, help="A receipt that must be in it; may be given again.")
@output_options
def log(name: str, receipts: tuple[str, ...], book_path: Path | None, **out: Any) -> None:
    """Show who did what and saw what, and prove that nothing was changed."""
    from evenhand.documents.rail_sheets import log_sheet
    from evenhand.negotiation.rails.audit import entries, verify
    from evenhand.negotiation.rails.messenger import LOG

    folder = kept_by(name, book_path).folder / LOG
    problems = verify(folder, receipts)
    emit([log_sheet(entries(folder))], **out)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise click.exceptions.Exit(1)
    if not any(out.values()):
        click.echo("The log is whole: every entry follows from the one before.")


def _prices(rates: tuple[str, ...]) -> dict[str, str]:
    pairs = [rate.partition("=") for rate in rates]
    for name, sign, value in pairs:
        if not (name.strip() and sign and value.strip()):
            raise UsageError(f"'{name}{sign}{value}' is no price; write NAME=VALUE, such as \"all=4 %\"")
    return {name.strip(): value.strip() for name, _, value in pairs}
