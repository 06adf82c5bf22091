"""A negotiation, its contract and its calendar, read once for each state of their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from evenhand.book import Book
from evenhand.contracts import Contract
from evenhand.errors import BookError, ContractError
from evenhand.negotiation.rails.report import RailReport, rails_of
from evenhand.negotiation.record import Calendar, Kept, Negotiation, calendar, negotiations, read_negotiation, versions
from evenhand.workspace.contracts.reading import contract_in
from evenhand.workspace.figures.signature import files_signature
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation

#: Negotiations held in memory by each process.
_HELD = 256


@dataclass(frozen=True, slots=True)
class Reading:
    """A negotiation as it stands today; ``state`` names what its file says."""

    kept: Kept
    state: str
    found: Negotiation
    contract: Contract
    days: Calendar

    @property
    def name(self) -> str:
        """Its folder."""
        return self.kept.name

    @property
    def us(self) -> str:
        """Our organisation."""
        return self.found.provider if self.found.side == "provider" else self.found.payer

    @property
    def them(self) -> str:
        """The other side's."""
        return self.found.payer if self.found.side == "provider" else self.found.provider


def reading(kept: Kept, today: date | None = None) -> Reading:
    """Read a negotiation with all that hangs on it.

    Raises:
        ContractError: its file, or its contract, is refused.
    """
    state, found = _now(kept)
    contract = contract_in((kept.folder / found.contract).resolve())
    return Reading(kept, state, found, contract, calendar(found, contract, today or timezone.localdate()))


def rails(given: Reading) -> RailReport:
    """What the guard rails say of it.

    Raises:
        ContractError: its contract is refused.
    """
    contract = (given.kept.folder / given.found.contract).resolve()
    return _rails(given.kept, given.days.today, files_signature(given.kept.folder), files_signature(contract))


@lru_cache(_HELD)
def _rails(kept: Kept, today: date, *states: str) -> RailReport:
    return rails_of(kept, today)


def negotiations_at(desk: Desk) -> Iterator[tuple[Kept, Negotiation]]:
    """The negotiations this person may see; one whose file is refused is left to its own page."""
    return _read(desk.negotiations())


def negotiations_of(organisation: Organisation) -> Iterator[tuple[Kept, Negotiation]]:
    """All negotiations of an organisation, for what is done without a person; none where it has no book yet."""
    try:
        book = Book.open(organisation.folder)
    except BookError:
        return iter(())
    return _read(negotiations(book))


def _read(listed: Iterable[Kept]) -> Iterator[tuple[Kept, Negotiation]]:
    for kept in listed:
        try:
            yield kept, _now(kept)[1]
        except ContractError:
            continue


def _now(kept: Kept) -> tuple[str, Negotiation]:
    """What the file says, and what names it."""
    state = versions.state_of(versions.current_text(kept.file))
    return state, _negotiation(kept.folder, state)


@lru_cache(_HELD)
def _negotiation(folder: Path, state: str) -> Negotiation:
    return read_negotiation(folder)
