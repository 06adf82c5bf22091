"""Whether a negotiation agrees with what it names: its contract, its offers, its attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from evenhand.contracts import Contract, read_offer
from evenhand.contracts.reader import draft
from evenhand.contracts.shapes import suggest
from evenhand.errors import ContractError, Problem
from evenhand.negotiation.record.model import Negotiation
from evenhand.negotiation.record.reading import FILE, check_negotiation
from evenhand.negotiation.record.shelf import Kept


def check_kept(kept: Kept) -> tuple[Negotiation | None, list[Problem]]:
    """Everything wrong or doubtful about a negotiation and the files it names, all at once."""
    found, problems = check_negotiation(kept.folder)
    if found is None:
        return None, problems
    drafted = draft((kept.folder / found.contract).resolve())
    if drafted.contract is None or drafted.failed:
        return found, [*problems, *drafted.problems]
    return found, [*problems, *_about(found, drafted.contract), *_files(kept, found)]


def _about(found: Negotiation, contract: Contract) -> Iterator[Problem]:
    """Issues name terms and provisions of the contract."""
    last = contract.versions[-1]
    terms = [term.name for version in contract.versions for term in version.terms]
    provisions = list(_keys(last.provisions))
    for issue in found.issues:
        for name in issue.terms:
            if name not in terms:
                what = f"{issue.id}: the contract has no term '{name}'"
                yield Problem(FILE, issue.line, what, suggest(name, list(dict.fromkeys(terms))), "warning")
        if issue.provision and issue.provision not in provisions and issue.today not in ("", _SILENT):
            what = f"{issue.id}: the contract has no provision '{issue.provision}'"
            yield Problem(FILE, issue.line, what, suggest(issue.provision, provisions), "warning")


_SILENT = "the contract is silent"


def _keys(provisions: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for key, value in provisions.items():
        if isinstance(value, Mapping):
            yield from _keys(value, f"{before}{key}.")
        yield f"{before}{key}"


def _files(kept: Kept, found: Negotiation) -> Iterator[Problem]:
    for one in found.rounds:
        if one.offer:
            yield from _offer(kept, one.offer, one.line)
    for talk in found.talks:
        for held in talk.attachments:
            file = kept.folder / held.file
            if not file.is_file():
                yield Problem(
                    FILE, None, f"the talk of {talk.date} names {held.file}, which is not there", "put it back"
                )
            elif hashlib.sha256(file.read_bytes()).hexdigest() != held.sha256:
                yield Problem(FILE, None, f"{held.file} is not the file that was kept", "put the one kept back")


def _offer(kept: Kept, offer: str, line: int) -> Iterator[Problem]:
    if not (kept.folder / offer).is_file():
        yield Problem(FILE, line, f"there is no offer {offer}", "put the file back, or undo the round")
        return
    try:
        read_offer(kept.folder / offer)
    except ContractError as refused:
        yield from refused.problems
