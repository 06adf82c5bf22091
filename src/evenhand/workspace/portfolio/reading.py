"""The negotiations of a desk in memory: each is read once in every state of its files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from evenhand.errors import ContractError
from evenhand.negotiation.record import Kept, Negotiation
from evenhand.workspace.figures.signature import files_signature
from evenhand.workspace.organisations.desk import Desk


def negotiations_at(desk: Desk) -> Iterator[tuple[Kept, Negotiation]]:
    """The negotiations this person may see; one whose file is refused is left to its own page."""
    for kept in desk.negotiations():
        try:
            yield kept, _read(kept.name, kept.folder, files_signature(kept.folder))
        except ContractError:
            continue


@lru_cache(256)
def _read(name: str, folder: Path, state: str) -> Negotiation:
    return Kept(name, folder).read()
