"""A negotiation, its contract and its calendar, read once for each state of their files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from evenhand.contracts import Contract, read_contract
from evenhand.negotiation.record import Calendar, Kept, Negotiation, calendar, read_negotiation, versions

_CONTRACTS, _NEGOTIATIONS = 64, 256


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
    state = versions.state_of(versions.current_text(kept.file))
    found = _negotiation(kept.folder, state)
    contract = contract_in((kept.folder / found.contract).resolve())
    return Reading(kept, state, found, contract, calendar(found, contract, today or timezone.localdate()))


@lru_cache(_NEGOTIATIONS)
def _negotiation(folder: Path, state: str) -> Negotiation:
    return read_negotiation(folder)


def contract_in(folder: Path) -> Contract:
    """The contract in a folder, with its signed amendments.

    Raises:
        ContractError: it is refused.
    """
    return _contract(folder, tuple(sorted(_files(folder))))


@lru_cache(_CONTRACTS)
def _contract(folder: Path, files: tuple[tuple[str, int, int], ...]) -> Contract:
    return read_contract(folder)


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Name, size and time of every file."""
    for place, _, names in os.walk(folder):
        for name in names:
            found = (Path(place) / name).stat()
            yield str(Path(place) / name), found.st_size, found.st_mtime_ns
