"""What an answer depends on, told cheaply: names, sizes and times of files; nothing is read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from evenhand.contracts.shelf import PAPERS
from evenhand.program import version
from evenhand.schedules import Library


def signature(book: Path, *, negotiations: bool = True) -> str:
    """Names the state of a book: its loads, contracts and corrections, the schedules at hand, and this program.

    Args:
        book: the book's folder.
        negotiations: whether a change of a negotiation changes it.
    """
    told = [version(), *_names(book / "loads"), *_names(Library.open().path / "releases")]
    for folder in (book / "contracts", *([book / "negotiations"] if negotiations else [])):
        told += _files(folder)
    told += _stated(book / "reasons.csv")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def files_signature(folder: Path) -> str:
    """Names the state of the files in one folder."""
    return hashlib.sha256("\n".join(_files(folder)).encode()).hexdigest()[:32]


def _names(folder: Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if name[0] != ".") if folder.is_dir() else []


def _files(folder: Path) -> list[str]:
    return sorted(_walked(folder, "")) if folder.is_dir() else []


def _walked(folder: Path, prefix: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        name = f"{prefix}{entry.name}"
        if entry.name.startswith(".") or entry.name == PAPERS:  # papers change no figure
            continue
        if entry.is_dir():
            yield from _walked(Path(entry.path), f"{name}/")
        else:
            found = entry.stat()
            yield f"{name} {found.st_size} {found.st_mtime_ns}"


def _stated(file: Path) -> list[str]:
    return [f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}"] if file.is_file() else []
