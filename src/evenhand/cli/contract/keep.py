"""`evenhand contract add` and `list`: the contracts kept in the book."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from evenhand.book import Book
from evenhand.cli.output import emit, output_options
from evenhand.contracts import Contract, keep_contract, kept_contracts, key_dates, read_contract
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import counted
from evenhand.errors import ContractError
from evenhand.pricing.worked import case_problems

_FIELDS = (
    Field("id", "Id"),
    Field("payer", "Payer"),
    Field("products", "Products"),
    Field("first", "From", "date"),
    Field("ends", "Term ends", "date"),
    Field("notice_by", "Notice by", "date"),
    Field("state", "State"),
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--book", type=click.Path(path_type=Path), help="Where the book is (default: EVENHAND_BOOK, else ./book)."
)
def add(folder: Path, book: Path | None) -> None:
    """Check a contract and keep a copy of it in the book, which is started if it is not there yet."""
    contract = read_contract(folder)
    wrong = case_problems(contract)
    if wrong:
        raise ContractError(wrong)
    place, how = keep_contract(contract, Book.create(book).contracts_folder)
    told = {"replaced": "replaced; the one before is under .history", "unchanged": "already there, unchanged"}
    click.echo(f"{contract.id}: {told.get(how, how)} ({place})")


@click.command(name="list")
@click.option(
    "--book", type=click.Path(path_type=Path), help="Where the book is (default: EVENHAND_BOOK, else ./book)."
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="What is in force, and what is next, on this day.")
@output_options
def list_contracts(book: Path | None, today: datetime | None, **output: Any) -> None:
    """List the contracts kept in the book, with the days that matter next."""
    folder = Book.open(book).contracts_folder
    day = today.date() if today else date.today()
    rows = [_row(name, kept, day) for name, kept in kept_contracts(folder)]
    empty = f"There is no contract in {folder}; add one with: evenhand contract add FOLDER"
    emit([Sheet("contracts", "Contracts", _FIELDS, rows, empty=empty)], **output)


def _row(name: str, kept: Contract | ContractError, today: date) -> dict[str, Any]:
    if isinstance(kept, ContractError):
        return {"id": name, "state": f"refused: {counted(len(kept.problems), 'problem')}; run contract check"}
    days = key_dates(kept, today)
    state = "in force" if today in kept.period else "ended" if today > kept.period.start else "not begun"
    return {
        "id": kept.id,
        "payer": kept.parties.payer,
        "products": ", ".join(kept.versions[-1].products) or "all",
        "first": kept.period.start,
        "ends": days.term_ends,
        "notice_by": days.notice_by,
        "state": state,
    }
