"""Reading a contract workbook back into a contract's folder."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace as replaced
from pathlib import Path

from evenhand.contracts.model import Contract
from evenhand.contracts.reader import AMENDMENTS, CONTRACT_FILE
from evenhand.contracts.workbook import layout
from evenhand.contracts.workbook.documents import gather
from evenhand.contracts.workbook.grid import OpenedWorkbook, Places
from evenhand.contracts.workbook.pages import said
from evenhand.contracts.workbook.ratesheets import read_rate_sheets
from evenhand.contracts.workbook.rows import read_documents
from evenhand.contracts.workbook.staging import Taken, file_of, find_problems, lay_out, read_staged
from evenhand.errors import ContractError, Log, Problem, ReadError, UsageError


def is_contract_workbook(path: Path | str) -> bool:
    """Whether a workbook was written by :func:`export_workbook`.

    Raises:
        ReadError: It cannot be opened as a workbook.
    """
    return _is_ours(OpenedWorkbook(Path(path), Places()))


def _is_ours(book: OpenedWorkbook) -> bool:
    if layout.READ_ME not in book.sheets:
        return False
    rows = book.grid(layout.READ_ME, Log(""))
    return bool(rows and rows[0] and rows[0][0] == layout.MARK)


def read_workbook(path: Path | str) -> Contract:
    """The contract, or the offer laid over it, as an exported and perhaps edited workbook says it.

    It belongs to no folder: ``folder`` is ``None``.

    Raises:
        ContractError: Something is wrong with it; every problem names its sheet and cell.
        ReadError: It is not a workbook, or not one written by :func:`export_workbook`.
    """
    with _staged(Path(path)) as (_, _, contract):
        return replaced(contract, folder=None)


def import_workbook(path: Path | str, folder: Path | str, *, replace: bool = False) -> Contract:
    """Read an exported workbook into a contract's folder, whole or not at all.

    Args:
        path: The workbook.
        folder: The contract's folder to write.
        replace: Write over a contract that is there. Files that say the same as before stay as they are, with
            their comments and titles; files the contract does not name stay, too.

    Returns:
        The contract as read from the folder, with the workbook's last offer laid over it if it has one.

    Raises:
        ContractError: Something is wrong; every problem names its sheet and cell. Nothing is written.
        ReadError: It is not a workbook written by :func:`export_workbook`.
        UsageError: The folder is there already.
    """
    folder = Path(folder)
    if folder.exists() and not replace and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is already there; choose another folder, say --dry-run to compare, or --force")
    with _staged(Path(path)) as (taken, stage, _):
        if folder.exists():
            _check_amendments(taken, folder)
            _keep_unchanged(taken, stage, folder)
        _move(stage, folder)
    read = read_staged(taken, folder)
    assert read.contract is not None
    return read.contract


@contextmanager
def _staged(path: Path) -> Iterator[tuple[Taken, Path, Contract]]:
    """The workbook laid out in a folder of its own, once nothing is wrong with it."""
    taken = _take(path)
    with tempfile.TemporaryDirectory() as place:
        trial, stage = Path(place) / "trial", Path(place) / "stage"
        problems = find_problems(taken, trial)
        _refuse(problems)
        lay_out(taken, stage)
        read = read_staged(taken, stage)
        assert read.contract is not None
        yield taken, stage, read.contract


def _take(path: Path) -> Taken:
    places, log = Places(), Log(path.name)
    book = OpenedWorkbook(path, places)
    if not _is_ours(book):
        raise ReadError(path, "this is not a workbook written by 'evenhand contract export'",
                        "draft a mapping for it with --map-from")  # fmt: skip
    missing = [name for name in layout.OWN_SHEETS if name not in book.sheets]
    if missing:
        raise ContractError(
            [Problem(path.name, None, f"the sheet '{name}' is missing", "put it back") for name in missing]
        )
    taken = Taken(read_documents(book, log), read_rate_sheets(book, log), places)
    own = [Problem(places.name(one.line) or path.name, None, one.what, one.right, one.severity) for one in log.problems]
    if log.failed:
        with tempfile.TemporaryDirectory() as trial:
            own += [one for one in find_problems(taken, Path(trial)) if one.file not in {known.file for known in own}]
    _refuse(own)
    return taken


def _refuse(problems: list[Problem]) -> None:
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ContractError(errors)


def _check_amendments(taken: Taken, folder: Path) -> None:
    """An amendment that stays in the folder would change a contract that knows nothing of it."""
    there = {f"{AMENDMENTS}/{file.name}" for file in (folder / AMENDMENTS).glob("*.y*ml")}
    for name in sorted(there - set(taken.documents)):
        raise UsageError(f"{folder / name} is not in the workbook; remove it, or choose another folder")


def _keep_unchanged(taken: Taken, stage: Path, folder: Path) -> None:
    """Leave out of the stage what the folder already says."""
    if not (folder / CONTRACT_FILE).is_file():
        return
    try:
        there = gather(folder / taken.offer if taken.offer and (folder / taken.offer).is_file() else folder)
        new = gather(stage / taken.offer if taken.offer else stage)
    except ContractError:
        return
    for name, node in new.documents.items():
        if name in there.documents and said(name, node) == said(name, there.documents[name]):
            (stage / file_of(name)).unlink()
    for file, table in new.tables.items():
        if file in there.tables and there.tables[file].rates == table.rates:
            (stage / file).unlink()


def _move(stage: Path, folder: Path) -> None:
    """Into place beside where it will stand, then by renaming, file by file where a folder is there already."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.parent / f".{folder.name}.{uuid.uuid4().hex[:8]}"
    try:
        shutil.copytree(stage, aside)
        if not folder.exists():
            aside.rename(folder)
            return
        for file in sorted(one for one in aside.rglob("*") if one.is_file()):
            target = folder / file.relative_to(aside)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
