"""An offer taken into a negotiation: the file, the tables it names, and its place in the chain of offers."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from evenhand.contracts import Contract, read_offer
from evenhand.contracts.reader import Draft, draft_offer
from evenhand.errors import ContractError, UsageError
from evenhand.negotiation.record.model import Negotiation
from evenhand.negotiation.record.shelf import Kept

OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class Taken:
    """An offer as it lies in the negotiation's folder: its file from there, and what it amends.

    ``amends`` is the number of the round whose offer it amends, ``None`` for the contract.
    """

    file: str
    sha256: str
    amends: int | None


def take_offer(kept: Kept, negotiation: Negotiation, offer: Path, stem: str) -> Taken:
    """Copy an offer into the negotiation, whole, after it has been read as a counteroffer of its contract.

    Args:
        kept: where the negotiation lies.
        negotiation: as it stands.
        offer: the file; tables it names are copied with it.
        stem: begins the name of its folder: the round and who offers.

    Raises:
        ContractError: the offer is refused, with every problem.
        UsageError: it amends another contract.
    """
    drafted = draft_offer(offer)
    contract = kept.contract()
    if drafted.failed or drafted.contract is None:
        raise ContractError(problem for problem in drafted.problems if problem.severity == "error")
    _refuse_other(drafted.contract, contract, offer)
    earlier = _amended_round(kept, negotiation, drafted, offer)
    base = kept.contract_folder() if earlier is None else kept.offer(negotiation, earlier).resolve()
    place = _copied(kept, drafted, offer, base)
    try:
        read_offer(place / offer.name)
    except ContractError:
        shutil.rmtree(place, ignore_errors=True)
        raise
    named = kept.folder / OFFERS / _free(kept.folder / OFFERS, f"{stem}-{_plain(offer.stem)}")
    os.rename(place, named)
    content = offer.read_bytes()
    return Taken((named / offer.name).relative_to(kept.folder).as_posix(), _sha(content), earlier)


def _refuse_other(offered: Contract, contract: Contract, offer: Path) -> None:
    if offered.id != contract.id:
        raise UsageError(
            f"{offer} amends {offered.id}, and this negotiation is about {contract.id}; "
            f"name an offer whose 'amends:' leads to {contract.id}"
        )


def _amended_round(kept: Kept, negotiation: Negotiation, drafted: Draft, offer: Path) -> int | None:
    """The round whose offer this one amends: the same file, or one with the same bytes."""
    amends = drafted.entry.get("amends") if drafted.entry else None
    target = (offer.resolve().parent / str(amends)).resolve() if amends else None
    if target is None or not target.is_file():
        return None
    content = _sha(target.read_bytes())
    for one in reversed(negotiation.rounds):
        held = kept.folder / one.offer
        if one.offer and (one.sha256 == content or (held.is_file() and held.resolve() == target)):
            return one.number
    if any(key == "offer" for key in re.findall(r"^(\w+):", target.read_text("utf-8"), re.MULTILINE)):
        raise UsageError(f"{offer} amends {target.name}, which is no round of this negotiation; record that one first")
    return None


def _copied(kept: Kept, drafted: Draft, offer: Path, base: Path) -> Path:
    """The offer and its tables in a hidden folder beside the others, with ``amends:`` leading to what it amends."""
    place = kept.folder / OFFERS / f".{uuid4().hex}"
    place.mkdir(parents=True)
    for name, content in drafted.sources[-1].content.items():
        here = offer.resolve().parent / name
        if name != offer.name and here.is_file() and here.resolve().is_relative_to(offer.resolve().parent):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
    leads = Path(os.path.relpath(base, place)).as_posix()
    (place / offer.name).write_text(amending(offer.read_text("utf-8-sig"), leads), encoding="utf-8", newline="")
    return place


def amending(text: str, leads: str) -> str:
    """An offer's text, with what it amends."""
    said = f'amends: "{leads}"'
    if re.search(r"^amends:", text, re.MULTILINE):
        return re.sub(r"^amends:[^\n]*", lambda _: said, text, count=1, flags=re.MULTILINE)
    return re.sub(r"^(offer:[^\n]*)", lambda found: f"{found[1]}\n{said}", text, count=1, flags=re.MULTILINE)


def _free(folder: Path, name: str) -> str:
    taken = name
    number = 1
    while (folder / taken).exists():
        number += 1
        taken = f"{name}-{number}"
    return taken


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "offer"


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
