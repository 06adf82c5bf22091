"""Contracts kept in a folder, one sub-folder each; what is replaced stays under ``.history``."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from evenhand.contracts.model import Contract
from evenhand.contracts.reader import CONTRACT_FILE, read_contract
from evenhand.errors import ContractError, UsageError

HISTORY = ".history"
Kept = Literal["added", "replaced", "unchanged"]


def keep_contract(contract: Contract, shelf: Path) -> tuple[Path, Kept]:
    """Copy a contract's folder to ``shelf/<id>``, whole or not at all.

    Returns:
        Where it is kept, and how it came there: ``added``, ``replaced`` (the one before is moved to
        ``.history/<id>/<time>``), or ``unchanged`` when the same files are there already.

    Raises:
        UsageError: The contract is an offer, or was not read from a folder.
    """
    if contract.folder is None or contract.offer:
        raise UsageError("only a signed contract read from a folder can be kept; keep offers where you negotiate")
    place = shelf / contract.id
    if place.resolve() == contract.folder.resolve():
        raise UsageError(f"{place} is already the contract kept; add one from another folder")
    if _digest(place) == contract.digest:
        return place, "unchanged"
    aside = shelf / f".{contract.id}.{uuid.uuid4().hex[:8]}"
    shelf.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copytree(contract.folder, aside, ignore=shutil.ignore_patterns(".*"))
        return place, _put(aside, place, shelf / HISTORY / contract.id)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put(aside: Path, place: Path, history: Path) -> Kept:
    """Rename a folder into place; one that is there, or that another process puts there meanwhile, goes to history."""
    replaced = False
    while True:
        replaced = _put_away(place, history) or replaced
        try:
            os.rename(aside, place)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            continue
        return "replaced" if replaced else "added"


def _digest(place: Path) -> str:
    try:
        return read_contract(place).digest
    except ContractError:
        return ""


def _put_away(place: Path, history: Path) -> bool:
    if not place.exists():
        return False
    history.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S%fZ")
    try:
        os.rename(place, history / stamp)
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
