"""Papers that lie with a contract, as people look at them: who put each there and when, and words that are sought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import docx
from docx.opc.exceptions import PackageNotFoundError

from evenhand.contracts.shelf import PAPERS, papers_in
from evenhand.workspace.contracts.matching import KIND, paper_line
from evenhand.workspace.contracts.queries import contract_or_problems, folder_of, listed
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.trail.matching import OUTSIDE
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import events

_TEXTS = (".txt", ".md", ".eml", ".csv", ".yaml", ".yml")
_FILES = 512


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its name, bytes, SHA-256; who put it there, when and why."""

    name: str
    size: int
    digest: str
    by: str
    at: datetime
    why: str = ""

    @property
    def file(self) -> str:
        """Its place in the contract's folder."""
        return f"{PAPERS}/{self.name}"


def papers_of(desk: Desk, name: str) -> list[Paper]:
    """The papers that lie with a contract, by name.

    Raises:
        Http404: there is no such contract.
    """
    folder = folder_of(desk, name) / PAPERS
    told: dict[str, Event] = {}
    for event in events(desk.organisation, kind=KIND, name=name).reverse():
        told |= dict.fromkeys(event.after.splitlines()[1:], event)
    found = []
    for file, digest in papers_in(folder).items():
        size, changed = (folder / file).stat().st_size, (folder / file).stat().st_mtime
        putting = told.get(paper_line(file, digest))
        at = putting.at if putting else datetime.fromtimestamp(changed, UTC)
        found.append(Paper(file, size, digest, putting.by if putting else OUTSIDE, at, putting.why if putting else ""))
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one paper: of which contract, its own name, its day, its text as far as it can be read."""

    contract: str
    called: str
    paper: str
    day: date
    text: str


def said_in_papers(desk: Desk) -> Iterator[Said]:
    """The papers of all contracts with their words, to be searched; of a PDF or a picture, only its name."""
    for one in listed(desk, date.today()):
        folder = folder_of(desk, one.name)
        for file in papers_in(folder / PAPERS):
            place = folder / PAPERS / file
            changed = place.stat().st_mtime_ns
            day = datetime.fromtimestamp(changed / 1e9, UTC).date()
            found, _ = contract_or_problems(folder)
            yield Said(one.name, found.name if found else one.name, file, day, _text(place, changed))


@lru_cache(_FILES)
def _text(file: Path, at: int) -> str:
    if file.suffix.lower() in _TEXTS:
        return file.read_text("utf-8", errors="replace")
    if file.suffix.lower() != ".docx":
        return ""
    try:
        read = docx.Document(str(file))
    except (PackageNotFoundError, KeyError, ValueError):
        return ""
    cells = (cell.text for table in read.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in read.paragraphs), *cells])
