"""Claims priced in parts have the prices they have all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from evenhand.book import Book
from evenhand.contracts import keep_contract, read_contract
from evenhand.demo import generate
from evenhand.engines import DuckDB
from evenhand.pricing import contracts_of, price
from evenhand.pricing.parts import part_file, price_in_parts
from evenhand.pricing.plan import PRICED


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("parts")
    made = generate(folder / "demo", claims=300, seed=11)
    book = Book.create(folder / "book")
    book.load([made.files])
    for place in sorted(made.contracts.iterdir()):
        keep_contract(read_contract(place), book.contracts_folder)
    return book


def rows(connection: Any, relation: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = connection.execute(f"select * from {relation} order by all").fetchall()
    return found


@pytest.mark.parametrize("lines_a_part", [10**9, 100, 40])
def test_parts_add_up_to_the_whole(book: Book, tmp_path: Path, lines_a_part: int) -> None:
    whole = book.settled()
    price(whole, contracts_of(book))
    parts = price_in_parts(book.settled, contracts_of(book), tmp_path, lines_a_part)
    assert (parts > 1) == (lines_a_part < 10**9)
    for name in PRICED:
        assert rows(duckdb, f"'{part_file(tmp_path, name)}'") == rows(whole.connection, name)


def test_each_part_is_opened_by_itself_and_closed(book: Book, tmp_path: Path) -> None:
    engines: list[DuckDB] = []

    def opened() -> DuckDB:
        engines.append(book.settled())
        return engines[-1]

    parts = price_in_parts(opened, contracts_of(book), tmp_path, 100)
    assert len(engines) == parts + 1  # one to see how many lines there are
    for engine in engines:
        with pytest.raises(duckdb.ConnectionException):
            engine.connection.execute("select 1")
