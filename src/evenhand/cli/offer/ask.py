"""`evenhand offer ask`: the ask that brings most within what the payer can give and what is plausible."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_book, to_day
from evenhand.cli.offer.contracts import contract_named, contract_options
from evenhand.cli.output import OutFile, emit, output_options
from evenhand.errors import UsageError

if TYPE_CHECKING:
    from evenhand.book import Book
    from evenhand.negotiation.ask.bounds import Bound
    from evenhand.negotiation.ask.question import Size

#: Rows of a long table on the screen.
_SHOWN = 15
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("ask")
@contract_options
@click.option("--budget", required=True, metavar="SIZE", help="The most it may cost the plan a year: 3% or 250000.")
@click.option("--most-rise", default="20%", show_default=True, metavar="PERCENT", help="The most any rate may rise by.")
@click.option("--market", "market_path", type=click.Path(path_type=Path), help="Your table of market percentiles.")
@click.option("--percentile", type=click.IntRange(1, 99), default=75, show_default=True, help="No rate goes above it.")
@click.option("--most-of-medicare", metavar="PERCENT", help="No code goes above this percent of Medicare: 250%.")
@click.option("--cap-line", "caps", multiple=True, metavar="LINE=SIZE", help="'Imaging=2%'; repeatable.")
@click.option("--ladder", "ladders", multiple=True, metavar="LOW<=HIGH", help="'73721<=73722'; repeatable.")
@click.option("--at-most", type=click.IntRange(1), help="Change at most so many rates, each by 2% or more.")
@click.option("--need", metavar="SIZE", help="The least it must bring us: 5% of what is allowed, or dollars.")
@click.option("--need-line", "line_needs", multiple=True, metavar="LINE=SIZE", help="The least from a service line.")
@click.option("--shaped", is_flag=True, help="One rise a service line in steps of 2.5%, and a few codes carved out.")
@click.option("--carve-outs", type=click.IntRange(0), default=30, show_default=True, help="With --shaped: the most.")
@click.option("--robust", is_flag=True, help="Keep the budget in 95 years of 100, with volumes in doubt.")
@click.option("--assume", type=click.Path(path_type=Path), help="A YAML file of assumptions in place of those shown.")
@click.option("--effective", type=_DAY, help="The ask's first day [default: the month after the last claim].")
@click.option("--ends", type=_DAY, help="The ask's last day.")
@click.option("--name", default="", help="What the offer is called.")
@click.option("--out", "offer_path", type=OutFile(), help="Write the ask as an offer: YAML, rate tables beside it.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@book_option
@days_options
@known_option
@output_options
def ask(
    payer: str | None,
    contract_path: Path | None,
    book_path: Path | None,
    known_on: datetime | None,
    offer_path: Path | None,
    force: bool,
    dry_run: bool,
    as_json: bool,
    csv_path: Path | None,
    xlsx_path: Path | None,
    **asked: Any,
) -> None:
    """Work out the ask that brings you most within the payer's budget.

    The claims are priced under the contract as it stands, and with its rates higher. No rate goes above a cap, the
    market's percentile, or where charges hold it. The answer says how much better any other ask could be at most, and
    what each limit costs you. It informs; what to ask is for you to decide.
    """
    from evenhand.documents.ask_sheets import ask_sheets, headline
    from evenhand.negotiation.ask.from_book import ask_of
    from evenhand.negotiation.ask.written import offer_files

    book = open_book(book_path, known_on)
    contract = contract_named(book, payer, contract_path)
    found = ask_of(book, contract, _question(book, contract.parties.payer, asked))
    whole = as_json or csv_path is not None or xlsx_path is not None
    if not whole:
        click.echo(headline(found) + "\n")
    priced = None
    if offer_path is not None and dry_run:
        for path, text in offer_files(found, offer_path).items():
            click.echo(f"Would write {path} ({text.count(chr(10)):,} lines)", err=True)
    elif offer_path is not None:
        priced = _written(book, found, offer_path, force)
    sheets = ask_sheets(found, most=None if whole else _SHOWN, priced=priced)
    emit(sheets, as_json=as_json, csv_path=csv_path, xlsx_path=xlsx_path)


def _written(book: Book, found: Any, offer_path: Path, force: bool) -> Any:
    """Write the offer, and price what was written."""
    from evenhand.negotiation import OfferQuestion, value_offer
    from evenhand.negotiation.ask.written import write_offer

    for path in write_offer(found, offer_path, force=force):
        click.echo(f"Wrote {path}", err=True)
    days = OfferQuestion(found.first_day, found.last_day, found.effective)
    return value_offer(book, offer_path, question=days)


def _question(book: Book, payer: str, asked: dict[str, Any]) -> Any:
    from evenhand.negotiation.ask import Shape
    from evenhand.negotiation.ask.bounds import read_market
    from evenhand.negotiation.ask.question import ASSUMED, AskQuestion, Size, doubt_of

    assumptions = ASSUMED.read(asked["assume"]) if asked["assume"] else ASSUMED
    return AskQuestion(
        budget=Size.read(asked["budget"]),
        most_rise=percent_of(asked["most_rise"], "--most-rise"),
        first_day=to_day(asked["first_day"]),
        last_day=to_day(asked["last_day"]),
        effective=to_day(asked["effective"]),
        ends=to_day(asked["ends"]),
        market=read_market(asked["market_path"]) if asked["market_path"] else None,
        percentile=asked["percentile"],
        bounds=_medicare_bounds(book, payer, asked["most_of_medicare"]) if asked["most_of_medicare"] else {},
        line_caps=_sizes(asked["caps"], "--cap-line"),
        at_most=asked["at_most"],
        need=Size.read(asked["need"]) if asked["need"] else None,
        line_needs=_sizes(asked["line_needs"], "--need-line"),
        ladders=tuple(_ladder(text) for text in asked["ladders"]),
        shape=Shape(asked["carve_outs"]) if asked["shaped"] else None,
        doubt=doubt_of(assumptions) if asked["robust"] else None,
        name=asked["name"],
        assumptions=assumptions,
    )


def percent_of(text: str, option: str) -> float:
    """A percentage as an option gives it, as a share."""
    from evenhand.negotiation.ask.question import Size

    size = Size.read(text)
    if size.share is None:
        raise UsageError(f"{option} {text}: write a percentage, such as 20%")
    return size.share


def _sizes(texts: tuple[str, ...], option: str) -> dict[str, Size]:
    from evenhand.negotiation.ask.question import Size

    found = {}
    for text in texts:
        line, mark, size = text.rpartition("=")
        if not mark or not line.strip():
            raise UsageError(f"{option} '{text}': write a service line and a size, such as 'Imaging=2%'")
        found[line.strip()] = Size.read(size)
    return found


def _ladder(text: str) -> tuple[str, str]:
    low, mark, high = (part.strip() for part in text.partition("<="))
    if not (low and mark and high):
        raise UsageError(f"--ladder '{text}': write the code paid less first, such as '73721<=73722'")
    return low, high


def _medicare_bounds(book: Book, payer: str, percent: str) -> dict[str, Bound]:
    """The rise that takes each code to a percent of Medicare, for codes Medicare prices."""
    from evenhand.negotiation.ask.bounds import Bound
    from evenhand.performance import Basis, BenchmarkQuestion, benchmark

    most = percent_of(percent, "--most-of-medicare")
    report = benchmark(Basis.of(book), BenchmarkQuestion(payer))
    why = f"{most:.0%} of Medicare"
    return {
        row["hcpcs_code"]: Bound(most / float(row["percent_of_medicare"]) - 1, why)
        for row in report.codes
        if row["percent_of_medicare"]
    }
