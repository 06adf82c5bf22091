"""Contracts kept in a folder, one sub-folder each; what is replaced stays under ``.history``."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from evenhand.contracts.authors import Author, author_text
from evenhand.contracts.model import Contract
from evenhand.contracts.reader import CONTRACT_FILE, read_contract
from evenhand.errors import ContractError, UsageError

HISTORY = ".history"
#: How the moment a version was put away is written in the name of its folder.
STAMP = "%Y-%m-%dT%H%M%S%fZ"
#: Folder of papers that lie with a contract and are not read: signed copies, letters.
PAPERS = "documents"
#: Who made the version in a folder, if that is known.
BY = ".by"
Kept = Literal["added", "replaced", "unchanged"]


def keep_contract(contract: Contract, shelf: Path, author: Author | None = None) -> tuple[Path, Kept]:
    """Copy a contract's folder to ``shelf/<id>``, whole or not at all.

    Args:
        contract: the contract, as it was read from its folder.
        shelf: where contracts are kept.
        author: who keeps it; stays with this version.

    Returns:
        Where it is kept, and how it came there: ``added``, ``replaced`` (the one before is moved to
        ``.history/<id>/<time>``), or ``unchanged`` when the same files are there already. Where the new folder has no
        ``documents``, those of the contract kept before stay.

    Raises:
        UsageError: The contract is an offer, or was not read from a folder.
    """
    if contract.folder is None or contract.offer:
        raise UsageError("only a signed contract read from a folder can be kept; keep offers where you negotiate")
    place = shelf / contract.id
    if place.resolve() == contract.folder.resolve():
        raise UsageError(f"{place} is already the contract kept; add one from another folder")
    papers = (contract.folder if (contract.folder / PAPERS).is_dir() else place) / PAPERS
    if _digest(place) == contract.digest and papers_in(papers) == papers_in(place / PAPERS):
        return place, "unchanged"
    stamp = datetime.now(UTC).strftime(STAMP)
    aside, half = shelf / f".{contract.id}.{stamp}", shelf / f".{contract.id}.{stamp}.part"
    shelf.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copytree(contract.folder, half, ignore=shutil.ignore_patterns(".*", PAPERS))
        for file in papers_in(papers):
            _copy_paper(papers / file, place / PAPERS / file, half / PAPERS / file)
        if author is not None:
            (half / BY).write_text(author_text(replace(author, made=contract.digest)), "utf-8")
        os.rename(half, aside)
        return place, _put(aside, place, shelf / HISTORY / contract.id)
    finally:
        for one in (half, aside):
            shutil.rmtree(one, ignore_errors=True)


def papers_in(folder: Path) -> dict[str, str]:
    """The papers in a folder of papers, each with its SHA-256."""
    files = sorted(folder.glob("[!.]*")) if folder.is_dir() else []
    return {file.name: _sha256(file, file.stat().st_mtime_ns) for file in files if file.is_file()}


@lru_cache(1024)
def _sha256(file: Path, at: int) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _copy_paper(file: Path, kept: Path, target: Path) -> None:
    """Copy a paper; one that is kept already gets a second name."""
    target.parent.mkdir(exist_ok=True)
    if kept.exists() and kept.samefile(file):
        os.link(kept, target)
    else:
        shutil.copy2(file, target)


def _put(aside: Path, place: Path, history: Path) -> Kept:
    """Rename a folder into place; one that is there, or that another process puts there meanwhile, goes to history."""
    replaced, stamp = False, aside.suffix[1:]
    while True:
        replaced = _put_away(place, history / stamp) or replaced
        try:
            os.rename(aside, place)
        except FileNotFoundError:
            return "replaced"  # another process finished this one, for the contract was not there
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            stamp = datetime.now(UTC).strftime(STAMP)
            continue
        return "replaced" if replaced else "added"


def finish(shelf: Path) -> None:
    """Put in place what a process that was killed had put the version before away for, and not put there yet."""
    for aside in shelf.glob(".*.*Z"):
        id_, stamp = aside.stem[1:], aside.suffix[1:]
        if (shelf / HISTORY / id_ / stamp).is_dir() and not (shelf / id_).exists():
            with suppress(OSError):  # the one who began it was only slow, or nobody may write here
                os.rename(aside, shelf / id_)


def _digest(place: Path) -> str:
    try:
        return read_contract(place).digest
    except ContractError:
        return ""


def _put_away(place: Path, away: Path) -> bool:
    if not place.exists():
        return False
    away.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.rename(place, away)
    except FileNotFoundError:
        return False  # another process was faster
    return True


def kept_contracts(shelf: Path) -> Iterator[tuple[str, Contract | ContractError]]:
    """Every contract on a shelf by its folder's name; the error in place of one that is refused."""
    if not shelf.is_dir():
        return
    for folder in sorted(shelf.iterdir()):
        if folder.name.startswith(".") or not (folder / CONTRACT_FILE).is_file():
            continue
        try:
            yield folder.name, read_contract(folder)
        except ContractError as refused:
            yield folder.name, refused
