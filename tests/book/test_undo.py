"""Undo, undo of the undo, merging and cutting apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evenhand.book import Book
from evenhand.claims.schema import TABLES
from evenhand.errors import BookError, SelectionError

Write = Callable[..., Path]


def rows(book: Book) -> dict[str, list[Any]]:
    """All rows of all tables, in the order of their values."""
    connection = book.connect()
    tables = {name: connection.sql(f"select * from {name}").to_arrow_table().to_pylist() for name in TABLES}
    connection.close()
    return {name: sorted(tuple(map(str, row.values())) for row in found) for name, found in tables.items()}


def loaded(book: Book, path: Path) -> str:
    """Load a file; the id of the load."""
    load = book.load([path]).load
    assert load is not None
    return load.id


def test_loading_unloading_and_loading_again_ends_the_same(book: Book, write: Write) -> None:
    id_ = loaded(book, write(1))
    before, state = rows(book), book.digest
    book.unload(id_)
    assert len(book.table("remit_claims")) == 0
    loaded(book, write(1))
    assert rows(book) == before
    assert book.digest == state


def test_an_unloaded_load_can_be_put_back(book: Book, write: Write) -> None:
    id_ = loaded(book, write(1))
    before = rows(book)
    book.unload(id_)
    assert [load.id for load in book.unloaded()] == [id_]
    book.restore(id_)
    assert rows(book) == before
    assert book.unloaded() == ()


def test_a_load_is_not_put_back_beside_its_own_content(book: Book, write: Write) -> None:
    id_ = loaded(book, write(1))
    book.unload(id_)
    loaded(book, write(1))
    with pytest.raises(BookError, match="holds some of the same files"):
        book.restore(id_)


def test_a_load_is_named_by_either_end_of_its_id(book: Book, write: Write) -> None:
    id_ = loaded(book, write(1))
    other = loaded(book, write(2))
    with pytest.raises(SelectionError, match="names 2 loads"):
        book.unload(id_[:4])
    with pytest.raises(SelectionError, match="there is no load 'zzz'"):
        book.unload("zzz")
    assert book.unload(id_[-8:]).id == id_
    assert [load.id for load in book.loads()] == [other]


def test_merging_changes_no_row(book: Book, write: Write) -> None:
    for number in range(5):
        loaded(book, write(number))
    before, state = rows(book), book.digest
    merged = book.compact()
    assert merged is not None
    assert [load.id for load in book.loads()] == [merged.id]
    assert rows(book) == before
    assert book.digest == state
    assert book.verify() == []
    assert book.compact() is None


def test_a_merged_load_can_still_be_undone_alone(book: Book, write: Write, tmp_path: Path) -> None:
    ids = [loaded(book, write(number)) for number in range(4)]
    book.compact()
    book.unload(ids[1])
    assert sorted(row["claim_id"] for row in book.table("remit_claims")) == ["C0", "C2", "C3"]
    assert book.verify() == []
    book.restore(ids[1])
    again = Book.create(tmp_path / "again")
    again.load([write(number) for number in range(4)])
    assert rows(book) == rows(again)
    book.compact()
    book.unload(ids[3])
    assert sorted(row["claim_id"] for row in book.table("remit_claims")) == ["C0", "C1", "C2"]


def test_parts_can_be_taken_out_until_none_is_left(book: Book, write: Write) -> None:
    ids = [loaded(book, write(number)) for number in range(3)]
    book.compact()
    for left, id_ in zip((2, 1, 0), ids, strict=True):
        book.unload(id_)
        assert len(book.table("remit_claims")) == left
    assert len(book.unloaded()) == 3


def test_verify_tells_what_was_tampered_with(book: Book, write: Write) -> None:
    id_ = loaded(book, write(1))
    folder = book.path / "loads" / id_
    (folder / "remits-0001.parquet").write_bytes(b"PAR1 something else PAR1")
    next((folder / "originals").iterdir()).unlink()
    (folder / "adjustments-0001.parquet").unlink()
    said = [problem.what for problem in book.verify()]
    assert "the file is not what was written" in said
    assert "the file is gone" in said
    assert "the kept original is gone or cannot be unpacked" in said


def test_an_open_book_keeps_its_answers_while_others_load(book: Book, write: Write) -> None:
    loaded(book, write(1))
    reader = Book.open(book.path)
    loaded(book, write(2))
    assert len(reader.table("remit_claims")) == 1
    assert len(Book.open(book.path).table("remit_claims")) == 2
    assert reader.digest != book.digest


def test_derived_results_are_built_once_for_each_state(book: Book, write: Write) -> None:
    built = []

    def build(folder: Path) -> None:
        built.append(folder)
        (folder / "answer").write_text("42")

    assert (book.derived("answer", "a", build) / "answer").read_text() == "42"
    book.derived("answer", "a", build)
    book.derived("answer", "b", build)
    assert len(built) == 2
    assert not list((book.path / "derived").glob(".building-*"))


def test_a_derived_result_that_fails_leaves_nothing(book: Book) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        book.derived("answer", "a", fail)
    assert list((book.path / "derived").iterdir()) == []


def test_settled_answers_come_from_the_cache_the_second_time(book: Book, write: Write) -> None:
    loaded(book, write(1))
    first = book.settled().arrow("select state, allowed_amount from settled_lines").to_pylist()
    kept = list((book.path / "derived").glob("settled-*"))
    assert len(kept) == 1
    assert {file.name for file in kept[0].iterdir()} >= {"service_lines.parquet", "settled_claims.parquet"}
    assert book.settled().arrow("select state, allowed_amount from settled_lines").to_pylist() == first
    assert first[0]["state"] == "paid"
