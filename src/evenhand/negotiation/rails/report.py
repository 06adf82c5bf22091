"""All guard rails of one negotiation: what is blocked, flagged, clear, or cannot be known from here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.contracts import Contract, read_offer
from evenhand.errors import ContractError
from evenhand.negotiation.rails.clauses import medicare_advantage_needs, suspect_clauses, texts_of
from evenhand.negotiation.rails.clock import Tick, termination_clock
from evenhand.negotiation.rails.facts import RAILS, Flag
from evenhand.negotiation.record.changing import joint_flag
from evenhand.negotiation.record.model import Negotiation
from evenhand.negotiation.record.shelf import Kept


@dataclass(frozen=True, slots=True)
class RailReport:
    """What the rails say, in the order of the rails, and the termination clock."""

    flags: tuple[Flag, ...]
    clock: tuple[Tick, ...]

    @property
    def blocked(self) -> tuple[Flag, ...]:
        """What the program does not go on with."""
        return tuple(one for one in self.flags if one.state == "blocked")


def rails_of(kept: Kept, today: date) -> RailReport:
    """Hold a negotiation, its contract and its offers against every rail.

    Raises:
        ContractError: the negotiation or its contract is refused.
    """
    found, contract = kept.read(), kept.contract()
    flags = [
        joint_flag(kept, found),
        _threat(found),
        *_always(),
        *_words(kept, found, contract),
        *_needs(found, contract),
    ]
    order = list(RAILS)
    clock = termination_clock(contract, today, plan=found.plan)
    flags.append(_time(clock))
    return RailReport(tuple(sorted(flags, key=lambda flag: order.index(flag.rail))), tuple(clock))


def _threat(found: Negotiation) -> Flag:
    """G2: a group of independent providers threatens nobody."""
    several = len({(one.owner or one.name).casefold() for one in found.providers}) > 1 and found.integration is None
    if several and any(one.kind in ("termination", "non-renewal") and one.by == "us" for one in found.notices):
        words = "a notice to end stands in a negotiation of several independent providers"
        return Flag("G2", "flag", "notices", words, "let each provider give its own notice, or none")
    state = "in force: several providers, not integrated" if several else "one organisation: not needed"
    return Flag("G2", "clear", "messenger mode", state)


def _always() -> Iterator[Flag]:
    """Rails the program keeps by the way it is made."""
    yield Flag("G3", "clear", "every page", "no figure is called safe by the withdrawn zones")
    yield Flag("G4", "clear", "book", "the book holds your own contracts and claims, and published schedules")
    words = "the brief gathers counts below eleven; tables written with --csv, --xlsx and --json hold every count"
    yield Flag("G5", "flag", "documents", words, "look at a table before it leaves; the brief is made to")
    words = "for emergencies and care in network facilities the price follows the plan's median contracted rate"
    yield Flag("G11", "flag", "walk-away", words, "do not count on charges when an alternative is priced")


def _time(clock: Sequence[Tick]) -> Flag:
    past = [one for one in clock if one.past]
    ahead = next((one for one in clock if not one.past), None)
    if past:
        return Flag("G10", "flag", "clock", f"past: {past[-1].what}", "see the clock", past[-1].day)
    if ahead is None:
        return Flag("G10", "not known", "clock", "the contract has no end and states no notice", "state them")
    return Flag("G10", "clear", "clock", f"next, on {ahead.day}: {ahead.what}", on=ahead.day)


def _words(kept: Kept, found: Negotiation, contract: Contract) -> list[Flag]:
    texts = [*texts_of(contract), *_said(found), *_offered(kept, found)]
    flags = suspect_clauses(texts)
    for rail, what in (("G6", "no restrictive clause"), ("G7", "no such words"), ("G8", "no such words")):
        if all(flag.rail != rail for flag in flags):
            where = f"{len(texts)} provisions, terms and issues"
            flags.append(Flag(rail, "clear", where, f"{what} found; the contract's full text is not read here"))
    return list(dict.fromkeys(flags))


def _said(found: Negotiation) -> Iterator[tuple[str, str]]:
    for one in found.issues:
        said = " ".join((one.called, one.today, one.opening, one.target, one.agreed, one.note))
        yield f"issue: {one.id}", said.replace(":", " ")


def _offered(kept: Kept, found: Negotiation) -> Iterator[tuple[str, str]]:
    """What the offers add to the contract's provisions."""
    for one in found.rounds:
        if not one.offer:
            continue
        try:
            offered = read_offer(kept.folder / one.offer)
        except ContractError:
            continue
        for where, text in texts_of(offered):
            if where.startswith("provisions"):
                yield f"round {one.number}, {where}", text


def _needs(found: Negotiation, contract: Contract) -> list[Flag]:
    needed = medicare_advantage_needs(contract, found.plan)
    return needed or [Flag("G9", "not known", "plan", "not stated to be Medicare Advantage", "state 'plan:' if it is")]
