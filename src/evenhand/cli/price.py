"""`evenhand price`: every claim of the book under its contract."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import book_option, contracts_asked, known_option, open_book, standing_option
from evenhand.cli.output import OutFile, emit, output_options
from evenhand.documents.sheet import Field, Sheet
from evenhand.errors import UsageError

if TYPE_CHECKING:
    from evenhand.book import Book
    from evenhand.contracts import Contract
    from evenhand.engines import DuckDB, Engine

_BY_CONTRACT = (
    Field("contract_id", "Contract"),
    Field("outcome", "Outcome"),
    Field("claims", "Claims", "count"),
    Field("lines", "Lines", "count"),
    Field("charge_amount", "Charges", "dollars"),
    Field("expected_amount", "Expected", "dollars"),
)
_WITHOUT = (
    Field("reason", "No price, because"),
    Field("contract_id", "Contract"),
    Field("considered", "Considered"),
    Field("claims", "Claims", "count"),
    Field("lines", "Lines", "count"),
    Field("charge_amount", "Charges", "dollars"),
)
_FORMATS = (".parquet", ".csv", ".xlsx")
#: Rows an Excel sheet can hold below its headings.
_MOST_ROWS = 1_048_500


@click.command()
@click.option(
    "--contract",
    "contract_paths",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Price under this contract folder; may be given again [default: the book's contracts].",
)
@click.option("--payer", help="Only claims of this payer: its name, or part of it.")
@click.option("--out", type=OutFile(), help="Write every priced line: .parquet, .csv or .xlsx.")
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="Where to price; spark needs evenhand[spark] and Java.",
)
@click.option("--master", help="With --engine spark: local[4], spark://HOST:7077, yarn, k8s://…  [default: local[*]]")
@click.option(
    "--claims",
    "place",
    help="With --engine spark: price stored claims instead of a book's; a folder or URL of Parquet or of Iceberg "
    "tables (these need evenhand[iceberg]), or a catalogue's namespace, that has service_claims, service_lines and "
    "diagnoses.",
)
@click.option("--into", help="With --claims: the folder or URL for the priced tables, as Parquet.")
@book_option
@known_option
@standing_option
@output_options
def price(
    contract_paths: tuple[Path, ...],
    payer: str | None,
    out: Path | None,
    book_path: Path | None,
    known_on: datetime | None,
    as_of: datetime | None,
    **how: Any,
) -> None:
    """Price every claim of the book under the contract that fits it.

    Lines without a price are counted by reason, with their charges; they are never priced at zero.
    """
    from evenhand.cli.pricing_place import PricingPlace
    from evenhand.pricing.summary import ask_for

    if out is not None and out.suffix not in _FORMATS:
        raise UsageError(f"--out {out}: end the name in {', '.join(_FORMATS)}")
    at = PricingPlace.of(how)
    if at.claims is not None:
        nothing = f"There are no claims in {at.claims}."
        with at.stored(contracts_asked(contract_paths, None, known_on=known_on, as_of=as_of)) as engine:
            emit(_sheets(engine, nothing), **how)
        return
    book = open_book(book_path, known_on)
    contracts = contracts_asked(contract_paths, book, known_on=known_on, as_of=as_of)
    pricing = at.price_book(book, contracts)
    ask_for(pricing.engine, payer)
    nothing = f"The book at {book.path} holds no claims; load files with: evenhand load PATH…"
    emit(_sheets(pricing.engine, nothing, _next_step(book, contracts)), **how)
    if out is not None:
        _write_lines(pricing.engine, out)


def _sheets(engine: Engine, nothing: str, next_step: str = "") -> list[Sheet]:
    from evenhand.pricing.summary import by_contract, without_price

    priced, without = by_contract(engine).rows(), without_price(engine).rows()
    unpriced = "Every line has a price." if priced else nothing
    return [
        Sheet("priced", "Claims priced", _BY_CONTRACT, priced, empty=nothing),
        Sheet("unpriced", "Lines without a price", _WITHOUT, without, next_step, unpriced),
    ]


def _next_step(book: Book, contracts: list[Contract] | None) -> str:
    if contracts or book.contract_folders():
        return ""
    return "The book has no contract; add one with: evenhand contract add FOLDER"


def _write_lines(engine: DuckDB, out: Path) -> None:
    from evenhand.pricing.summary import ASKED, write_lines

    if out.suffix == ".xlsx":
        rows = engine.arrow(f"select * from {ASKED} limit {_MOST_ROWS + 1}")
        if rows.num_rows > _MOST_ROWS:
            raise UsageError(
                f"--out {out}: more lines than a worksheet holds; write .parquet or .csv, or name a --payer"
            )
        emit([Sheet("lines", "Priced lines", _fields(rows.column_names), rows.to_pylist())], xlsx_path=out)
        return
    out.open("ab").close()  # refused here in the words of every command, not in the engine's
    write_lines(engine, out)
    click.echo(f"Wrote {out}", err=True)


def _fields(names: list[str]) -> tuple[Field, ...]:
    return tuple(Field(name, name.replace("_", " "), _kind(name)) for name in names)


def _kind(name: str) -> Any:
    if name.endswith("_amount") or name == "unit_rate":
        return "money"
    return "date" if name.endswith("_date") else "text"
