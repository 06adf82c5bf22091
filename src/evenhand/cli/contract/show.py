"""`evenhand contract show`: a contract as one would read it aloud."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from evenhand.cli.contract.opened import open_contract
from evenhand.cli.output import emit, output_options
from evenhand.documents.contract_sheets import contract_sheets, nearest_day


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="What holds on this day (default: today).")
@click.option("--rates", is_flag=True, help="List the rates of its schedules, too.")
@click.option("--book", type=click.Path(path_type=Path), help="Book to look for a contract's id in.")
@output_options
def show(path: Path, on: Any, rates: bool, book: Path | None, **output: Any) -> None:
    """Show a contract: parties, dates, terms in their order, rules, provisions."""
    contract = open_contract(path, book)
    day = on.date() if on else nearest_day(contract, date.today())
    emit(contract_sheets(contract, day, rates=rates), **output)
