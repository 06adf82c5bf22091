"""Pricing on an engine beyond this process: a book's claims taken there, or claims that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts.model import Contract
from evenhand.engines import StoredEngine
from evenhand.engines.iceberg import METADATA_FILE
from evenhand.errors import EngineError
from evenhand.pricing.books import Pricing, contracts_of, inputs_digest
from evenhand.pricing.plan import PRICED, price

#: What the pricing steps read of claims.
SERVICES = ("service_claims", "service_lines", "diagnoses")


def price_book_on(engine: StoredEngine, book: Book, contracts: Sequence[Contract] | None = None) -> Pricing:
    """Price every claim of a book on another engine; the answer is the one DuckDB gives, and is kept like it.

    Claims go there and prices come back as Parquet under ``derived/`` of the book, so an engine on other machines must
    see that folder.

    Args:
        engine: Where to price, such as :class:`evenhand.engines.spark.Spark`.
        book: The book.
        contracts: The contracts to price under; those of the book when absent.

    Raises:
        ContractError: A contract of the book cannot be read.
        EngineError: The engine cannot read, price or write.
        PricingError: A contract cannot be priced as it stands.
    """
    chosen = tuple(contracts_of(book) if contracts is None else contracts)
    settled = book.settled()

    def build(folder: Path) -> None:
        place = folder / "services"
        place.mkdir()
        for name in SERVICES:
            settled.connection.execute(f"copy (from {name}) to '{_quoted(place / f'{name}.parquet')}' (format parquet)")
        price_stored(engine, place.resolve().as_uri(), chosen, folder.resolve().as_uri())

    kept = book.derived(f"priced-on-{type(engine).__name__.lower()}", inputs_digest(book, chosen), build)
    for name in PRICED:
        parts = _quoted(kept / name / "*.parquet")
        settled.connection.execute(f"create or replace temp view {name} as select * from '{parts}'")
    return Pricing(settled, chosen)


def price_stored(engine: StoredEngine, place: str, contracts: Sequence[Contract], into: str) -> None:
    """Price claims that are stored where an engine reads them; the priced tables are written beside one another.

    Args:
        engine: Where to price.
        place: A folder or URL that holds ``service_claims``, ``service_lines`` and ``diagnoses``, each as Parquet (a
            folder or a file of its name) or as an Iceberg table; or the namespace of a catalogue that has tables of
            these names.
        contracts: The contracts to price under.
        into: The folder or URL to write to: ``priced_lines``, ``priced_claims``, ``priced_adjustments`` and
            ``priced_parts``, each a folder of Parquet files.

    Raises:
        EngineError: The engine cannot read, price or write.
        PricingError: A contract cannot be priced as it stands.
    """
    for name in SERVICES:
        engine.read(name, _stored(place, name))
    price(engine, contracts)
    for name in PRICED:
        engine.write(f"select * from {name}", f"{into.rstrip('/')}/{name}")
    for name in PRICED:  # from now on as written, so that no question works them out again
        engine.read(name, f"{into.rstrip('/')}/{name}")


def _stored(place: str, name: str) -> str:
    """Where one of the tables is: a table of a catalogue, a file, or a folder."""
    if place.endswith(METADATA_FILE):
        raise EngineError(
            f"{place} is one table; name the folder that holds {', '.join(SERVICES)}, each a table's folder"
        )
    if "/" not in place:
        return f"{place}.{name}"
    file = f"{place.rstrip('/')}/{name}.parquet"
    local = file.removeprefix("file://")
    return file if Path(local).exists() else f"{place.rstrip('/')}/{name}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
