"""`evenhand offer trade`, `packages` and `concede`: what to trade, what to put on the table, how to give way."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, days_options, known_option, open_book, to_day
from evenhand.cli.offer.contracts import contract_named, contract_options
from evenhand.cli.output import OutFile, emit, output_options
from evenhand.errors import UsageError


@click.command("trade")
@click.argument("domain_path", metavar="DOMAIN", type=click.Path(path_type=Path))
@click.option("--weight", default=0.5, show_default=True, help="Our bargaining weight in the Nash product.")
@click.option("--counter", "counters", multiple=True, metavar="OPTIONS", help="A counter of theirs; repeat in order.")
@click.option("--seed", default=1, show_default=True, help="What the draws of weights start from.")
@click.option("--chart", "chart_path", type=OutFile(), help="Draw outcomes and frontier as an SVG picture.")
@output_options
def trade(
    domain_path: Path, weight: float, counters: tuple[str, ...], seed: int, chart_path: Path | None, **out: Any
) -> None:
    """Score every outcome of a DOMAIN: the frontier, the fair points, and who should give what.

    DOMAIN is a YAML file of issues, options, and what each is worth to both sides. A counter names an option for each
    issue, separated by semicolons; two or more tell something of their weights.
    """
    from evenhand.documents.trading_sheets import trade_sheets
    from evenhand.negotiation.trading import Domain, Outcomes, points, seen_weights

    outcomes = Outcomes(Domain.read(domain_path))
    found = points(outcomes, weight=weight)
    read = [[name.strip() for name in text.split(";")] for text in counters]
    seen = seen_weights(outcomes.domain, read, seed=seed) if read else []
    if chart_path is not None:
        from evenhand.documents.frontier_chart import frontier_chart

        chart_path.write_text(frontier_chart(outcomes, found, alone=True), encoding="utf-8")
        click.echo(f"Wrote {chart_path}", err=True)
    emit(trade_sheets(outcomes, found, seen), **out)


@click.command("packages")
@contract_options
@click.option("--budget", required=True, metavar="SIZE", help="The most any package may cost the plan a year.")
@click.option("--most-rise", default="20%", show_default=True, metavar="PERCENT", help="The most any rate may rise by.")
@click.option("--market", "market_path", type=click.Path(path_type=Path), help="Your table of market percentiles.")
@click.option("--percentile", type=click.IntRange(1, 99), default=75, show_default=True, help="No rate goes above it.")
@click.option("--count", type=click.IntRange(2, 8), default=4, show_default=True, help="How many packages.")
@click.option("--keep", default="97%", show_default=True, metavar="PERCENT", help="What of our best each brings.")
@click.option("--picked", type=click.IntRange(1), help="The package they took: what it reveals, and the next round's.")
@book_option
@days_options
@known_option
@output_options
def packages(
    payer: str | None,
    contract_path: Path | None,
    count: int,
    keep: str,
    picked: int | None,
    book_path: Path | None,
    known_on: datetime | None,
    **given: Any,
) -> None:
    """Several asks that are worth the same to you and differ to the payer; its pick reveals what it minds."""
    from evenhand.cli.offer.ask import percent_of
    from evenhand.documents.trading_sheets import package_sheets
    from evenhand.negotiation.ask.from_book import ask_of
    from evenhand.negotiation.trading import packages as package
    from evenhand.negotiation.trading import revealed

    out = {name: given.pop(name) for name in ("as_json", "csv_path", "xlsx_path")}
    book = open_book(book_path, known_on)
    problem = ask_of(book, contract_named(book, payer, contract_path), _question(given)).answer.problem
    share = percent_of(keep, "--keep")
    offered = package(problem, count=count, keep=share)
    if picked is None:
        emit(package_sheets(offered), **out)
        return
    found = revealed(offered, picked)
    weights = {one.line: one.weight for one in found}
    again = package_sheets(package(problem, count=count, keep=share, weights=weights))
    renamed = [_next(sheet) for sheet in again]
    emit([*package_sheets(offered, found), *renamed], **out)


def _next(sheet: Any) -> Any:
    from dataclasses import replace

    return replace(sheet, name=f"next-{sheet.name}", title=f"Next round: {sheet.title[0].lower()}{sheet.title[1:]}")


def _question(given: dict[str, Any]) -> Any:
    from evenhand.cli.offer.ask import percent_of
    from evenhand.negotiation.ask.bounds import read_market
    from evenhand.negotiation.ask.question import AskQuestion, Size

    return AskQuestion(
        Size.read(given["budget"]),
        percent_of(given["most_rise"], "--most-rise"),
        to_day(given["first_day"]),
        to_day(given["last_day"]),
        market=read_market(given["market_path"]) if given["market_path"] else None,
        percentile=given["percentile"],
    )


@click.command("concede")
@click.option("--from", "opening", type=float, required=True, metavar="NUMBER", help="Our opening: 8 for 8%, dollars.")
@click.option("--to", "walk_away", type=float, required=True, metavar="NUMBER", help="Where we end at the latest.")
@click.option("--rounds", type=click.IntRange(1, 50), default=5, show_default=True, help="Concessions to get there.")
@click.option("--style", "beta", type=float, default=0.5, show_default=True, help="Below 1 late, above 1 early.")
@click.option("--first", type=float, default=0.0, show_default=True, help="Share of the way given at once.")
@click.option("--seen", metavar="NUMBERS", help="Their offers so far, in order: '1; 1.2; 2'.")
@click.option("--their-end", type=float, metavar="NUMBER", help="With --seen: where we believe they end.")
@output_options
def concede(
    opening: float,
    walk_away: float,
    rounds: int,
    beta: float,
    first: float,
    seen: str | None,
    their_end: float | None,
    **out: Any,
) -> None:
    """Plan a ladder of concessions, and read the other side's style from its offers."""
    from evenhand.documents.trading_sheets import ladder_sheets
    from evenhand.negotiation.trading import ladder, style_of

    if (seen is None) != (their_end is None):
        raise UsageError("--seen and --their-end go together: their offers, and where we believe they end")
    offers = ladder(opening, walk_away, rounds=rounds, beta=beta, first=first)
    style = None
    if seen is not None and their_end is not None:
        style = style_of(_numbers(seen), their_end, rounds=rounds)
    emit(ladder_sheets(offers, style), **out)


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(";")]
    except ValueError:
        raise UsageError(f"--seen '{text}': write numbers with semicolons between, such as '1; 1.2; 2'") from None
