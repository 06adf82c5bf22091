"""Loads written before a table had all its columns: they open, and say nothing where they had no column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from evenhand.book import Book
from evenhand.book.loads import read_load, to_json
from evenhand.book.parts import hash_of

HEAD = "claim_id,claim_line_number,claim_type,payer,claim_start_date,hcpcs_code,charge_amount,billing_npi"
ZIPS = ("billing_zip", "facility_zip")
TODAY = date(2100, 1, 1)


def without(book: Book, *columns: str) -> None:
    """Write the claims of all loads anew as a version without these columns wrote them."""
    for load in book.loads():
        folder = book.path / "loads" / load.id
        tables = []
        for file in read_load(folder).tables:
            path = folder / file.file
            if file.table == "claims":
                pq.write_table(pq.read_table(path).drop_columns(list(columns)), path)
            tables.append(replace(file, sha256=hash_of(path)))
        told = replace(read_load(folder), tables=tuple(tables), schema="0123456789abcdef")
        (folder / "load.json").write_text(to_json(told), encoding="utf-8")


@pytest.fixture
def grown(book: Book, tmp_path: Path) -> Book:
    """A book with a claim loaded when there were no ZIP codes, and one loaded since."""
    (tmp_path / "old.csv").write_text(f"{HEAD}\nOLD,1,professional,Summit,2025-01-02,99213,150.00,1234567893\n")
    book.load([tmp_path / "old.csv"])
    without(book, *ZIPS)
    (tmp_path / "new.csv").write_text(
        f"{HEAD},{','.join(ZIPS)}\nNEW,1,professional,Summit,2025-01-02,99213,150.00,1234567893,80401,02108\n"
    )
    return Book.open(book.path)


def zips(book: Book) -> dict[str, tuple[str | None, ...]]:
    """The ZIP codes of each claim, as loaded and as settled."""
    loaded = {row["claim_id"]: (row["billing_zip"], row["facility_zip"]) for row in book.table("claims").rows()}
    settled = book.settled().arrow("select claim_id, site_zip from service_claims").to_pylist()
    return {row["claim_id"]: (*loaded[row["claim_id"]], row["site_zip"]) for row in settled}


def test_an_old_load_alone_has_none(grown: Book) -> None:
    assert zips(grown) == {"OLD": (None, None, None)}
    assert grown.verify() == []


def test_old_and_new_loads_stand_beside_each_other(grown: Book, tmp_path: Path) -> None:
    grown.load([tmp_path / "new.csv"])
    expected = {"OLD": (None, None, None), "NEW": ("80401", "02108", "02108")}
    assert zips(grown) == expected
    assert zips(Book.open(grown.path, as_known_on=TODAY)) == expected
    assert grown.compact() is not None
    assert zips(Book.open(grown.path)) == expected
    assert grown.verify() == []
