"""What the contract pages show: the contract in words, its rates, cases, documents, and the versions before it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.http import Http404

from evenhand.contracts import Contract, compare, key_dates
from evenhand.contracts.calendar import KeyDates
from evenhand.contracts.diff import Change
from evenhand.contracts.shelf import PAPERS
from evenhand.contracts.workbook import export_workbook
from evenhand.errors import BookError, ContractError
from evenhand.workspace.contracts.reading import contract_in, rates_in
from evenhand.workspace.contracts.versions import CONTRACT_FILE, put_away, stamps, version_after, version_folder
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import events

_SAID_IN_FILES = (".yaml", ".yml", ".csv", ".xlsx", ".txt")


def folder_of(desk: Desk, name: str) -> Path:
    """Where a contract lies.

    Raises:
        Http404: the book has none of this name.
    """
    folder = desk.book().contract_folders().get(name)
    if folder is None:
        raise Http404
    return folder


def state_of(folder: Path) -> str:
    """Names what a contract's files say, for telling whether they changed since somebody began to edit."""
    found = hashlib.sha256()
    for file in files_in(folder):
        if file.suffix.lower() in _SAID_IN_FILES and file.relative_to(folder).parts[0] != PAPERS:
            found.update(f"{file.relative_to(folder)}\0".encode())
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def files_in(folder: Path) -> Iterator[Path]:
    """Every file of a contract's folder, by name; hidden ones are none of it."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.is_file() and not file.is_symlink() and not any(part.startswith(".") for part in inside.parts):
            yield file


def file_in(folder: Path, name: str) -> Path:
    """One file of a contract's folder.

    Raises:
        Http404: there is none of this name; what lies elsewhere is never reached.
    """
    found = next((file for file in files_in(folder) if str(file.relative_to(folder)) == name), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Document:
    """A file beside the contract: its name in the folder, its size in bytes."""

    name: str
    size: int


def documents(folder: Path) -> list[Document]:
    """The files of a contract's folder that are no papers, its own text first."""
    files = (file for file in files_in(folder) if file.relative_to(folder).parts[0] != PAPERS)
    found = [Document(str(file.relative_to(folder)), file.stat().st_size) for file in files]
    return sorted(found, key=lambda one: (one.name != CONTRACT_FILE, one.name))


def workbook_of(folder: Path) -> bytes:
    """The contract of a folder as a workbook a negotiator can edit.

    Raises:
        ContractError: it is refused.
    """
    with tempfile.TemporaryDirectory() as place:
        return export_workbook(folder, Path(place) / f"{folder.name}.xlsx").read_bytes()


def rates(folder: Path, day: date, *, wanted: str = "", schedule: str = "") -> list[Mapping[str, Any]]:
    """The rates of a day whose code begins with what is wanted, or whose modifier or setting is that."""
    sought = wanted.strip().upper()
    return [
        row
        for row in rates_in(folder, day)
        if (not schedule or row["schedule"] == schedule)
        and (not sought or row["code"].startswith(sought) or sought in (row["modifier"], row["setting"].upper()))
    ]


def schedules(folder: Path, day: date) -> list[str]:
    """The names of the schedules with rates on a day."""
    return list(dict.fromkeys(row["schedule"] for row in rates_in(folder, day)))


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version that was replaced: when it was put away, and the event that tells who did that and why."""

    stamp: str
    until: datetime
    event: Event | None


def earlier(desk: Desk, name: str) -> list[Earlier]:
    """The versions of a contract that were replaced, the newest first."""
    told = events(desk.organisation, kind="contract", name=name)
    by_stamp = {event.before.partition("\n")[0].removeprefix("version "): event for event in told}
    return [Earlier(one, put_away(one), by_stamp.get(one)) for one in reversed(stamps(desk.book(), name))]


def earlier_folder(desk: Desk, name: str, stamp: str) -> Path:
    """Where a version that was replaced lies.

    Raises:
        Http404: there is none of this stamp.
    """
    folder = version_folder(desk.book(), name, stamp)
    if folder is None:
        raise Http404
    return folder


def after(desk: Desk, name: str, stamp: str) -> Path:
    """The version that replaced one."""
    return version_after(desk.book(), name, stamp) or folder_of(desk, name)


def changes_between(before: Path, then: Path) -> list[Change]:
    """What one version says differently from another, in words; clauses cited are left out.

    Raises:
        ContractError: one of them is refused.
    """
    return [one for one in compare(contract_in(before), contract_in(then)) if one.kind != "clause"]


def contract_or_problems(folder: Path) -> tuple[Contract | None, ContractError | None]:
    """The contract of a folder, or what is wrong with it."""
    try:
        return contract_in(folder), None
    except ContractError as refused:
        return None, refused


@dataclass(frozen=True, slots=True)
class Listed:
    """One contract of the list; ``problems`` says how many things are wrong with a file that is refused."""

    name: str
    contract: Contract | None
    dates: KeyDates | None = None
    problems: int = 0


def listed(desk: Desk, today: date) -> list[Listed]:
    """The contracts of the book, by name; none where there is no book yet."""
    try:
        folders = desk.book().contract_folders()
    except BookError:
        return []
    return [_listed(name, folder, today) for name, folder in folders.items()]


def _listed(name: str, folder: Path, today: date) -> Listed:
    found, refused = contract_or_problems(folder)
    if found is None:
        return Listed(name, None, problems=len(refused.problems) if refused else 0)
    return Listed(name, found, key_dates(found, today))
