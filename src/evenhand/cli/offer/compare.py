"""`evenhand offer compare`: the contract and all rounds side by side, in dollars over years."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.negotiation.asking import day_or_today, kept_by, today_option
from evenhand.cli.offer.years import asked, out_of, worth_options
from evenhand.cli.output import emit, output_options
from evenhand.errors import UsageError

if TYPE_CHECKING:
    from evenhand.negotiation.record import Kept


@click.command("compare")
@click.argument("offers", metavar="[OFFER]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--negotiation", metavar="NAME", help="The rounds of this negotiation, instead of files.")
@click.option("--keep", is_flag=True, help="Keep in the negotiation what each round comes to.")
@today_option
@worth_options
@output_options
def compare(
    offers: tuple[Path, ...], negotiation: str | None, keep: bool, today: datetime | None, **options: Any
) -> None:
    """Lay the contract and the OFFERs side by side: dollars a year and in all, how sure, for both sides.

    The same claims are priced under each as it stands in each year, with charges grown; completed for run-out,
    collected as the book is, discounted. Every assumption is shown with its source and can be changed.
    """
    from evenhand.documents.worth_sheets import worth_headline, worth_sheets
    from evenhand.negotiation.rounds import keep_comparison
    from evenhand.negotiation.worth import compare_offers

    kept = _kept(offers, negotiation, keep, options)
    book, question = asked(options)
    found = compare_offers(book, offers if kept is None else _rounds(kept), question, contract=options["contract"])
    if kept is not None and keep:
        keep_comparison(kept, found, day_or_today(today))
        click.echo(f"Kept with the rounds of {kept.name}", err=True)
    out = out_of(options)
    if not any(out.values()):
        click.echo(worth_headline(found) + "\n")
    emit(worth_sheets(found, whole=any(out.values())), **out)


def _kept(offers: tuple[Path, ...], name: str | None, keep: bool, options: dict[str, Any]) -> Kept | None:
    """The negotiation asked for.

    Raises:
        UsageError: neither or both of files and a negotiation are given, or what only goes with one of them.
    """
    if bool(offers) == bool(name):
        raise UsageError("name the files of offers, or a negotiation with --negotiation NAME: one of the two")
    if name is None:
        if keep:
            raise UsageError("--keep needs a negotiation to keep it in; name it with --negotiation NAME")
        return None
    if options["contract"] is not None:
        raise UsageError("the rounds of a negotiation are about its own contract; leave --contract out")
    return kept_by(name, options["book_path"])


def _rounds(kept: Kept) -> list[Path]:
    """The offers of all its rounds.

    Raises:
        UsageError: it has none.
    """
    found = kept.read()
    offers = [kept.offer(found, one.number) for one in found.rounds if one.offer]
    if not offers:
        raise UsageError(f"{kept.name} has no round with an offer; record one: evenhand negotiation round {kept.name}")
    return offers
