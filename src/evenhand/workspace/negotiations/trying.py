"""What-ifs at a desk: ready in memory, asked by sliders, held against positions and rounds."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Any

from evenhand.contracts import Contract
from evenhand.documents.words import day_words
from evenhand.negotiation.positions import POSITIONS, asked_factor
from evenhand.negotiation.readiness import RoundWorth
from evenhand.negotiation.record import Issue
from evenhand.negotiation.record.model import RATE
from evenhand.negotiation.record.values import measured
from evenhand.negotiation.what_if import Moves, Tried, WhatIf, offer_text, read_what_if
from evenhand.workspace.figures.queries import Figure, answer
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.organisations.desk import Desk

#: How many prepared contracts a process holds, and how long, in seconds, a page waits for one to be read.
_HELD, _PATIENCE = 16, 0.25
_read: dict[tuple[Path, str], Future[WhatIf]] = {}
_readers, _turn = ThreadPoolExecutor(1, "what-if"), Lock()
#: Positions as the page names them.
CALLED = {
    "opening": "Our opening",
    "target": "Our target",
    "walk_away": "Our walk-away",
    "theirs": "Theirs, as we believe",
}


@dataclass(frozen=True, slots=True)
class Lever:
    """One group of rates that moves together: a field of the form, and what it comes to."""

    field: str
    called: str
    terms: tuple[str, ...]
    percent: Decimal
    today: Decimal
    then: Decimal

    @property
    def change(self) -> Decimal:
        """What more, or less, it pays."""
        return self.then - self.today


@dataclass(frozen=True, slots=True)
class Held:
    """Something to hold a what-if against: its change in dollars a year, and how much better what is tried is."""

    called: str
    change: Decimal | None
    note: str = ""
    better: Decimal | None = None


def contract_name(desk: Desk, given: Reading) -> str:
    """What the book calls the contract; empty where it lies elsewhere."""
    here = (given.kept.folder / given.found.contract).resolve()
    folders = desk.book().contract_folders()
    return next((name for name, folder in folders.items() if folder.resolve() == here), "")


def offer_of(given: Reading, what_if: WhatIf, moves: Moves) -> str:
    """What is tried as the text of an offer of ours."""
    return offer_text(what_if, moves, f"{given.us}, {day_words(given.days.today)}")


def figure(desk: Desk, given: Reading) -> Figure:
    """The contract's claims made ready, or the task that makes them."""
    on = given.days.ends.effective or given.days.today
    return answer(desk, "what_if", contract=contract_name(desk, given), on=on.isoformat())


def ready(desk: Desk, given: Reading, made: Figure) -> WhatIf | None:
    """What is ready to be asked; ``None`` while it is being made."""
    if made.value is None:
        return None
    folder = desk.book().path / "derived" / made.value["folder"]
    if not folder.is_dir():
        return None
    try:
        return _reading(folder.resolve(), given.contract).result(_PATIENCE)
    except TimeoutError:
        return None  # a large book takes a moment to be read, once in the life of a process
    except ValueError:
        return None  # the contract has changed since


def _reading(folder: Path, contract: Contract) -> Future[WhatIf]:
    """What is read, or being read, in a thread of its own: no page waits for it."""
    key = (folder, contract.digest)
    with _turn:
        found = _read.pop(key, None) or _readers.submit(read_what_if, folder, contract)
        _read[key] = found  # the last one used is the last one dropped
        while len(_read) > _HELD:
            del _read[next(iter(_read))]
    return found


def groups(given: Reading) -> Iterator[tuple[str, Issue]]:
    """The groups of rates that can be moved, each with its field: the issues about terms that pay."""
    known = {term.name for term in given.contract.versions[-1].terms}
    for issue in given.found.issues:
        if issue.terms and set(issue.terms) <= known:
            yield f"rate-{issue.id}", issue


def levers(given: Reading, moves: Moves, tried: Tried) -> list[Lever]:
    """Every group with its dollars; terms no issue is about stand together at the end."""
    worth = {one.term: one for one in tried.terms}
    made = [_lever(field, issue.called, issue.terms, moves, worth) for field, issue in groups(given)]
    named = {term for one in made for term in one.terms}
    rest = tuple(term for term in worth if term not in named)
    return [*made, _lever("", "Terms on which there is no issue", rest, moves, worth)] if rest else made


def _lever(field: str, called: str, terms: tuple[str, ...], moves: Moves, worth: dict[str, Any]) -> Lever:
    found = [worth[term] for term in terms if term in worth]
    today, then = (sum((getattr(one, side) for one in found), Decimal(0)) for side in ("today", "then"))
    percent = moves.percents.get(terms[0], Decimal(0)) if terms else Decimal(0)
    return Lever(field, called, terms, percent, today, then)


def position_moves(given: Reading, position: str) -> Moves:
    """All rates at once as one of our positions has them."""
    percents: dict[str, Decimal] = {}
    for _, issue in groups(given):
        factor = asked_factor(issue, position)
        if factor is not None:
            percents |= dict.fromkeys(issue.terms, (factor - 1) * 100)
    return Moves(percents)


def escalator_of(given: Reading) -> Issue | None:
    """The issue about the yearly escalator."""
    return next((one for one in given.found.issues if one.kind == RATE and one.id == "escalator"), None)


def escalator_today(given: Reading) -> Decimal | None:
    """What the contract's escalator is, where its issue says it in percent."""
    issue = escalator_of(given)
    found = measured(issue.today.replace(" every year", "")) if issue else None
    return found.number if found is not None and found.unit == "%" else None


def held(given: Reading, what_if: WhatIf) -> list[Held]:
    """Our positions on all rates, and what we believe of theirs, in dollars a year."""
    made = []
    for position in POSITIONS:
        moves = position_moves(given, position)
        tried = what_if.ask(moves) if moves.percents else None
        made.append(Held(CALLED[position], None if tried is None else tried.change, "rates only"))
    return made


def rounds(desk: Desk, given: Reading) -> tuple[Figure, list[Held]]:
    """Each round's change in dollars a year, as far as it is worked out."""
    offers = [one.sha256 for one in given.found.rounds if one.offer]
    made = answer(desk, "round_worths", negotiation=given.name, offers=offers)
    listed = [] if made.value is None else made.value["rounds"]
    return made, [
        Held(f"Round {one['number']}, by {one['by']}", Decimal(str(one["change"])), f"{one['claims']:,} claims")
        for one in listed
    ]


def round_worths_of(made: Figure) -> list[RoundWorth]:
    """The same as the signals of impasse take it."""
    listed = [] if made.value is None else made.value["rounds"]
    return [
        RoundWorth(
            one["number"],
            one["by"],
            Decimal(str(one["change"])),
            None if one["share"] is None else Decimal(str(one["share"])),
            one["claims"],
        )
        for one in listed
    ]


@dataclass(frozen=True, slots=True)
class OfMedicare:
    """Percent of Medicare as it is paid today, and about what it would be; shares of one."""

    today: Decimal
    then: Decimal


def of_medicare(desk: Desk, given: Reading, tried: Tried | None) -> OfMedicare | None:
    """What the payer pays in percent of Medicare, moved as much as what is tried moves its rates, where it is known."""
    made = answer(desk, "medicare")
    if made.value is None or tried is None or not tried.today:
        return None
    names = {given.contract.parties.payer.casefold(), given.found.payer.casefold()}
    shares = [
        Decimal(str(row["percent_of_medicare"]))
        for row in made.value["payers"]
        if row["payer"] and row["payer"].casefold() in names and row["percent_of_medicare"] is not None
    ]
    return OfMedicare(shares[0], shares[0] * tried.then / tried.today) if len(shares) == 1 else None
