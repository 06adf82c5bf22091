"""`evenhand scenarios` and `evenhand what-if`: what claims come to under other rates, without pricing them again."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.asking import book_option, known_option, open_book
from evenhand.cli.output import OutFile, emit, output_options

#: Scenarios shown on the screen; files hold them all.
_SHOWN = 30


@click.command()
@click.argument("contract", metavar="CONTRACT")
@click.option("--vary", "ranges", multiple=True, metavar="RANGE", help="A range: 'Office visits=90..120%'; repeatable.")
@click.option("--from-file", "file", type=click.Path(path_type=Path), help="Scenarios as rows of a CSV or XLSX file.")
@click.option("--draws", type=click.IntRange(1, 100_000), help="Draw so many at random instead of every combination.")
@click.option("--seed", type=int, default=1, show_default=True, help="What the draws start from.")
@click.option("--chart", "chart_path", type=OutFile(), help="Draw the scenarios as an SVG picture.")
@click.option("--out", "xlsx_out", type=OutFile(), help="Write an Excel workbook (as --xlsx).")
@book_option
@known_option
@output_options
def scenarios(
    contract: str,
    ranges: tuple[str, ...],
    file: Path | None,
    draws: int | None,
    seed: int,
    chart_path: Path | None,
    xlsx_out: Path | None,
    book_path: Path | None,
    known_on: datetime | None,
    **out: Any,
) -> None:
    """Value many rate scenarios of CONTRACT, a contract's folder or the id of one in the book.

    The claims are priced once. Every figure is exactly what pricing all claims under the changed contract gives.
    """
    from evenhand.documents.scenario_sheets import scenario_chart, scenario_sheets
    from evenhand.errors import UsageError
    from evenhand.pricing.scenarios import read_scenarios, varied

    book, held = _opened(open_book(book_path, known_on), contract)
    if not ranges and file is None:
        raise UsageError("say what to vary: --vary 'Office visits=90..120%', or --from-file scenarios.csv")
    asked = [
        *(varied(held, ranges, draws=draws, seed=seed) if ranges else ()),
        *(read_scenarios(held, file) if file else ()),
    ]
    found = _valued(book, held, asked)
    out["xlsx_path"] = out["xlsx_path"] or xlsx_out
    if chart_path is not None:
        chart_path.write_text(scenario_chart(found), encoding="utf-8")
        click.echo(f"Wrote {chart_path}", err=True)
    emit(scenario_sheets(found, most=None if any(out.values()) else _SHOWN), **out)


@click.command("what-if")
@click.argument("contract", metavar="CONTRACT")
@click.option(
    "--set", "changes", multiple=True, required=True, metavar="CHANGE", help="'Office visits.percent=130'; repeatable."
)
@book_option
@known_option
@output_options
def what_if(
    contract: str, changes: tuple[str, ...], book_path: Path | None, known_on: datetime | None, **out: Any
) -> None:
    """See what the claims of CONTRACT come to when rates, percents or thresholds change: each alone, and all together.

    'Office visits=105%' multiplies a term's rates, 'exhibit-a.csv=105%' a schedule's, 'exhibit-a.csv.99213=120' sets a
    code's; 'Implants.percent=35', 'Implants.charge_over=1500', 'escalator.percent=2.5' set a number.
    """
    from evenhand.documents.scenario_sheets import scenario_sheets
    from evenhand.pricing.scenarios import Scenario, read_change

    book, held = _opened(open_book(book_path, known_on), contract)
    made = tuple(read_change(held, text) for text in changes)
    each = [Scenario(text, (change,)) for text, change in zip(changes, made, strict=True)]
    asked = each if len(each) == 1 else [*each, Scenario("all together", made)]
    emit(scenario_sheets(_valued(book, held, asked), most=None), **out)


def _opened(book: Any, contract: str) -> tuple[Any, Any]:
    """The book, and the contract: one of its own by id, else one in a folder."""
    from evenhand.contracts import read_contract
    from evenhand.pricing import contracts_of

    held = next((each for each in contracts_of(book) if each.id == contract), None)
    return book, held or read_contract(Path(contract), as_known_on=book.as_known_on)


def _valued(book: Any, held: Any, asked: list[Any]) -> Any:
    """Value the scenarios, with a bar of progress on a terminal when they are many."""
    from evenhand.pricing.scenarios import scenarios as value

    if len(asked) < 50 or not sys.stderr.isatty():
        return value(book, held, asked)
    with click.progressbar(length=len(asked), label="Scenarios", file=sys.stderr) as bar:
        return value(book, held, asked, progress=lambda _: bar.update(1))
