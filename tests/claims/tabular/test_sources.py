"""Files, folders, patterns and archives: found, opened, and refused when they are dangerous or damaged."""

from __future__ import annotations

import gzip
import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from evenhand.claims import sources
from evenhand.claims.paths import find
from evenhand.claims.recognise import recognise
from evenhand.claims.sources import Source, content, measure
from evenhand.errors import ReadError


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_files_folders_and_patterns_are_found_once(tmp_path: Path) -> None:
    for name in ("a.835", "sub/b.835", ".hidden/c.835", "sub/.d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find([tmp_path, tmp_path / "a.835", f"{tmp_path}/*/*.835"])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["a.835", "sub/b.835"]
    assert found.named == {tmp_path / "a.835"}
    assert [path.name for path in find([tmp_path / ".hidden/c.835"]).files] == ["c.835"]


def test_what_cannot_be_opened_in_a_folder_is_passed_over_and_told(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "book").mkdir()
    for name in ("a.835", "[1] ünï 'q'.835", "-x", "book/claims.parquet"):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub/loop").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    found = find([tmp_path], without=lambda folder: folder.name == "book")

    assert sorted(path.name for path in found.files) == ["-x", "[1] ünï 'q'.835", "a.835"]
    assert {path.name: why for path, why in found.passed} == {
        "book": "a book: what it holds is loaded already",
        "gone": "a link to nothing",
        "loop": "a link to a folder; name it to load what is in it",
        "pipe": "not a file but a pipe, socket or device",
    }
    assert find([tmp_path / "[1] ünï 'q'.835"]).files == (tmp_path / "[1] ünï 'q'.835",)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "'': there is no file here; name a file, a folder with files"),
        ("pipe", "pipe: not a file but a pipe, socket or device"),
        ("gone", "gone: there is no such file or folder"),
        ("none*", "there is no file here"),
        ("empty", "empty: there is no file here"),
    ],
)
def test_what_is_named_must_be_there(tmp_path: Path, name: str, said: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()

    with pytest.raises(ReadError, match=re.escape(said)):
        find([f"{tmp_path}/{name}" if name else ""])


def test_one_locked_member_does_not_hide_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped({"x": b"secret", "y": b"open"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + flags] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(data))

    assert [source.members for source in sources.sources(tmp_path / "locked.zip")] == [("x",), ("y",)]


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"<html><p>a,b,c</p>", "XML or HTML"), (b' {"a": 1, "b": 2}', "JSON"), (b"%PDF-1.4, x", "a PDF document")],
)
def test_documents_with_commas_are_no_tables(content: bytes, what: str) -> None:
    assert recognise(content).what == what


def test_an_archive_within_an_archive_is_opened(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": b"deep", "z.gz": gzip.compress(b"packed")})
    (tmp_path / "outer").write_bytes(zipped({"inner": inner, "flat": b"flat", "__MACOSX/x": b"noise"}))
    found = sources.sources(tmp_path / "outer")
    assert [source.members for source in found] == [("flat",), ("inner", "deep.txt"), ("inner", "z.gz")]
    read = {}
    for source in found:
        with content(source) as data:
            read[source.members[-1]] = data
    assert read == {"flat": b"flat", "deep.txt": b"deep", "z.gz": b"packed"}


def test_an_excel_workbook_is_no_archive(tmp_path: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "x")
    assert sources.sources(tmp_path / "x") == [Source(tmp_path / "x")]


def test_an_archive_that_grows_beyond_all_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "RATIO_FROM", 1 << 20)
    (tmp_path / "bomb.zip").write_bytes(zipped({"x": b"\0" * (8 << 20)}))
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"\0" * (8 << 20)))
    for source in (Source(tmp_path / "bomb.zip", ("x",)), Source(tmp_path / "bomb.gz")):
        with pytest.raises(ReadError, match="grows to more than 300 times its size"):
            measure(source)


def test_a_damaged_archive_is_said_to_be_damaged(tmp_path: Path) -> None:
    whole = gzip.compress(b"ISA*00*" * 1000)
    (tmp_path / "cut.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReadError, match="the archive is damaged"):
        measure(Source(tmp_path / "cut.gz"))


def test_an_encrypted_archive_says_what_to_do(tmp_path: Path) -> None:
    data = bytearray(zipped({"x": b"secret"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + flags] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(data))
    with pytest.raises(ReadError, match="encrypted; unpack it with its password first"):
        measure(Source(tmp_path / "locked.zip", ("x",)))


def test_large_packed_content_lies_in_a_file_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "IN_MEMORY", 100)
    (tmp_path / "big.gz").write_bytes(gzip.compress(b"line\n" * 100))
    spool = tmp_path / "spool"
    spool.mkdir()
    with content(Source(tmp_path / "big.gz"), spool) as data:
        assert isinstance(data, Path)
        assert data.read_bytes() == b"line\n" * 100
    assert list(spool.iterdir()) == []


def test_a_broken_archive_in_a_folder_does_not_stop_the_rest(tmp_path: Path) -> None:
    from evenhand.book import Book

    (tmp_path / "in").mkdir()
    (tmp_path / "in/cut.gz").write_bytes(gzip.compress(b"ISA*00*" * 1000)[:40])
    (tmp_path / "in/notes").write_text("hello")
    report = Book.create(tmp_path / "book").load([tmp_path / "in"])
    assert sorted((Path(file.path).name, file.kind) for file in report.files) == [
        ("cut.gz", "unknown"),
        ("notes", "unknown"),
    ]
    assert "damaged" in report.files[0].content
