"""Loading: whole or not at all, each content once, the same whatever the order and the grouping."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.book import Book, Options
from evenhand.claims.schema import TABLES
from evenhand.errors import BookError, ReadError

Write = Callable[..., Path]


def contents(book: Book, *, paths: bool = True) -> dict[str, list[Any]]:
    """All rows of all tables, in the order of their values."""
    connection = book.connect()
    found = {}
    for name in TABLES:
        rows = connection.sql(f"select * from {name}").to_arrow_table().to_pylist()
        if not paths:
            rows = [row | {"path": None} if "path" in row else row for row in rows]
        found[name] = sorted(tuple(map(str, row.values())) for row in rows)
    connection.close()
    return found


def test_a_load_holds_what_the_file_says(book: Book, write: Write) -> None:
    report = book.load([write(1)])
    assert report.load is not None
    assert [row["claim_id"] for row in book.table("remit_claims")] == ["C1"]
    assert book.table("remits").rows()[0]["payment_amount"] == Decimal("100.00")
    (file,) = report.files
    assert file.kind == "x12"
    assert all(control.adds_up for control in file.controls)
    assert {control.what: control.said for control in file.controls} == {"payments": Decimal("100.00")}


def test_a_payment_that_does_not_balance_is_made_up_by_the_findings(book: Book, write: Write) -> None:
    path = write(1)
    path.write_text(path.read_text().replace("BPR*I*100.00", "BPR*I*90.00"))
    (control,) = book.load([path]).files[0].controls
    assert (control.said, control.held, control.found) == (Decimal("90.00"), Decimal("100.00"), Decimal("-10.00"))
    assert control.adds_up


def test_the_same_content_is_loaded_once(book: Book, write: Write, tmp_path: Path) -> None:
    first = book.load([write(1)])
    before = contents(book)
    assert first.load is not None
    again = book.load([write(1), write(1, "elsewhere")])
    assert again.load is None
    assert [skipped.why for skipped in again.skipped] == [f"already loaded in {first.load.id}"] * 2
    assert contents(book) == before


def test_only_the_new_file_of_a_folder_is_loaded(book: Book, write: Write, tmp_path: Path) -> None:
    for number in range(10):
        write(number)
    book.load([tmp_path / "in"])
    write(10)
    report = book.load([tmp_path / "in"])
    assert [Path(file.path).name for file in report.files] == ["10.835"]
    assert len(report.skipped) == 10
    assert len(book.table("remit_claims")) == 11


def test_content_that_comes_twice_in_one_load_counts_once(book: Book, write: Write, tmp_path: Path) -> None:
    write(1)
    write(1, "in/copy")
    report = book.load([tmp_path / "in"])
    assert len(report.files) == 1
    assert "same content as" in report.skipped[0].why


def test_archives_give_the_same_rows_as_the_files_in_them(tmp_path: Path, write: Write) -> None:
    plain = Book.create(tmp_path / "plain")
    plain.load([write(1), write(2), write(3)])
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(write(2), "../../two")
    with zipfile.ZipFile(tmp_path / "outer.bin", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(write(1), "one.txt")
        archive.write(inner, "inner.dat")
    (tmp_path / "three").write_bytes(gzip.compress(write(3).read_bytes()))
    packed = Book.create(tmp_path / "packed")
    report = packed.load([tmp_path / "outer.bin", tmp_path / "three"])
    assert contents(packed, paths=False) == contents(plain, paths=False)
    assert packed.digest == plain.digest
    assert f"{tmp_path}/outer.bin!inner.dat!../../two" in [file.path for file in report.files]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(5)), cuts=st.sets(st.integers(1, 4)), merge=st.booleans())
def test_order_and_grouping_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, write: Write, order: list[int], cuts: set[int], merge: bool
) -> None:
    files = [write(number) for number in range(5)]
    whole = Book.create(tmp_path_factory.mktemp("whole") / "book")
    whole.load(files)
    pieced = Book.create(tmp_path_factory.mktemp("pieced") / "book")
    ends = [0, *sorted(cuts), 5]
    for start, end in pairwise(ends):
        pieced.load([files[number] for number in order[start:end]])
    if merge:
        pieced.compact()
    assert contents(pieced) == contents(whole)
    assert pieced.digest == whole.digest
    assert pieced.verify() == []


def test_processes_give_the_same_rows_as_one(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [write(number) for number in range(6)]
    one, several = Book.create(tmp_path / "one"), Book.create(tmp_path / "several")
    one.load(files, Options(jobs=1))
    monkeypatch.setattr("evenhand.book.loading.WORTH_A_PROCESS", 0)
    several.load(files, Options(jobs=3))
    assert contents(several) == contents(one)
    assert len([t for t in several.loads()[0].tables if t.table == "remits"]) == 3


def test_a_dry_run_tells_all_and_writes_nothing(tmp_path: Path, write: Write) -> None:
    from evenhand.book.loading import dry_run

    place = tmp_path / "none"
    report = dry_run(place, [write(1)], Options())
    assert report.dry_run
    assert report.files[0].counts["remit_claims"] == 1
    assert not place.exists()
    book = Book.create(tmp_path / "book")
    book.dry_run([write(1)])
    assert sorted(p.name for p in (tmp_path / "book").rglob("*")) == ["book.json", "loads"]


def test_what_is_not_recognised_is_noted_once_and_read_when_it_can_be(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("call the payer\n")
    report = book.load([path])
    assert report.files[0].kind == "unknown"
    (finding,) = book.table("findings").rows()
    assert finding["rule"] == "not-recognised"
    assert "X12 835 and 837" in finding["expected"]
    again = book.load([path])
    assert again.load is None
    assert "not recognised, as was noted in" in again.skipped[0].why


def test_no_original_is_kept_when_not_wanted(book: Book, write: Write, tmp_path: Path) -> None:
    book.load([write(1)])
    book.load([write(2)], Options(originals=False))
    kept = list((tmp_path / "book").rglob("*.zst"))
    assert len(kept) == 1
    assert [file.original is not None for load in book.loads() for file in load.files].count(True) == 1


def test_a_path_that_is_not_there_is_said(book: Book, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file or folder"):
        book.load([tmp_path / "nothing.835"])
    with pytest.raises(ReadError, match="there is no file here"):
        book.load([tmp_path / "*.none"])


def test_one_bad_file_in_a_folder_does_not_stop_the_rest(book: Book, write: Write, tmp_path: Path) -> None:
    write(1)
    (tmp_path / "in/gone").symlink_to("nowhere")
    Book.create(tmp_path / "in/old")
    (tmp_path / "in/old/loads/x").write_text("not ours")
    report = book.load([tmp_path / "in"])

    assert [Path(file.path).name for file in report.files] == ["1.835"]
    assert {Path(skipped.path).name: skipped.why for skipped in report.skipped} == {
        "gone": "a link to nothing",
        "old": "a book: what it holds is loaded already",
    }


def test_a_folder_of_other_things_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "thing").write_text("x")
    with pytest.raises(BookError, match="is not a book"):
        Book.open(tmp_path)
    with pytest.raises(BookError, match="holds other things"):
        Book.create(tmp_path)
    with pytest.raises(BookError, match="there is no book at"):
        Book.open(tmp_path / "none")


_FULL = """
import resource, sys
from evenhand.book import Book
from evenhand.errors import BookError
book = Book.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (600, resource.RLIM_INFINITY))
try:
    book.load(sys.argv[2:])
except BookError as problem:
    print(problem)
"""


def test_a_full_disk_leaves_nothing_behind(book: Book, write: Write, tmp_path: Path) -> None:
    book.load([write(1)])
    before = sorted(p for p in book.path.rglob("*") if "turns" not in p.parts)
    command = [sys.executable, "-c", _FULL, str(book.path), str(write(2))]
    out = subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ})
    assert "cannot be written" in out.stdout, out.stderr
    assert "nothing was changed" in out.stdout
    assert sorted(p for p in book.path.rglob("*") if "turns" not in p.parts) == before
    assert book.load([write(2)]).load is not None
