"""The files to load: named ones, those of folders, and the members of archives."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from evenhand.errors import ReadError

#: What Python's reader of archives raises over broken, foreign and locked ones.
DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError)
#: Files larger than this are not published tables.
_LARGEST = 400_000_000
_SUFFIXES = (".csv", ".txt", ".xlsx", ".xlsm", ".tsv")


def each_file(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file; tables before their copies in other formats.

    Raises:
        ReadError: A file does not exist, cannot be read, or is a broken archive.
    """
    for path in paths:
        if not path.exists():
            raise ReadError(path, "there is no such file", "name a file, an archive or a folder")
        if path.is_dir():
            for file in sorted((one for one in path.rglob("*") if one.is_file()), key=lambda one: _rank(str(one))):
                yield from _opened(str(file.relative_to(path.parent)), _content(file))
        else:
            yield from _opened("/".join(path.parts[-2:]), _content(path))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadError(path, "the file is far larger than any published table", "name the table's own file")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(path, f"the file cannot be read: {error.strerror}", "check its permissions") from error


def _opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if not (name.lower().endswith(".zip") and content[:2] == b"PK"):
        yield name, content
        return
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: _rank(one.filename))
        for member in members:
            if member.file_size > _LARGEST:
                raise ReadError(f"{name}/{member.filename}", "the file is far larger than any published table")
            yield from _opened(f"{name}/{member.filename}", archive.read(member))
    except DAMAGED as error:
        raise ReadError(name, f"this archive cannot be opened: {error}", "download it again") from error


def _rank(name: str) -> tuple[str, int, str]:
    """Files of a folder by name; of one table's formats CSV first, as it is read fastest and keeps its text."""
    folder, _, last = name.rpartition("/")
    stem, _, suffix = last.rpartition(".")
    order = _SUFFIXES.index(f".{suffix.lower()}") if f".{suffix.lower()}" in _SUFFIXES else len(_SUFFIXES)
    return folder, order, stem


def may_hold_tables(name: str) -> bool:
    """Whether a file's name is that of a format tables are read from."""
    return name.lower().endswith(_SUFFIXES)
