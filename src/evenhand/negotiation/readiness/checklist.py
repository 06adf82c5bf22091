"""A checklist that is computed and not ticked: each item with its evidence, and what would make it green."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from evenhand.negotiation.readiness.data import DataFacts
from evenhand.negotiation.record.model import RATE, Negotiation
from evenhand.negotiation.record.preparation import Calendar

State = Literal["green", "amber", "red"]
#: How old things may be, and how complete claims must be; our judgement.
CLAIMS_AGE, YEAR, ZONE_AGE, ANSWERED = timedelta(days=150), 360, timedelta(days=183), 0.95


@dataclass(frozen=True, slots=True)
class Item:
    """One item: how it stands, what shows that, and what would make it green (empty where it is)."""

    name: str
    state: State
    evidence: str
    makes_green: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """All items, and how many are green."""

    items: tuple[Item, ...]

    @property
    def green(self) -> int:
        """How many are."""
        return sum(one.state == "green" for one in self.items)

    @property
    def ready(self) -> bool:
        """Whether none is red."""
        return all(one.state != "red" for one in self.items)


def readiness(found: Negotiation, days: Calendar, facts: DataFacts) -> Readiness:
    """Hold a negotiation against what must be there before the first proposal.

    Args:
        found: the negotiation.
        days: its calendar, seen from today.
        facts: what the book and the library hold.
    """
    today = days.today
    parts = (_data(facts, today), _benchmarks(facts, today), _case(found), _dates(days, found), _positions(found))
    last = (_alternatives(found, today), _leaders(found), _beliefs(found))
    return Readiness(tuple(item for part in (*parts, *last) for item in part))


def _item(name: str, good: bool, evidence: str, makes_green: str, otherwise: State = "red") -> Item:
    return Item(name, "green", evidence) if good else Item(name, otherwise, evidence, makes_green)


def _data(facts: DataFacts, today: date) -> Iterator[Item]:
    span = f"{facts.claims:,} claims from {facts.first_day} to {facts.last_day}" if facts.claims else "no claims"
    fresh = facts.last_day is not None and today - facts.last_day <= CLAIMS_AGE
    yield _item("Claims are recent", fresh, span, f"load claims to within {CLAIMS_AGE.days} days of {today}")
    yield _item("Claims cover a year", facts.days >= YEAR, span, f"load at least {YEAR} days of claims")
    share = facts.answered / facts.due if facts.due else 0.0
    evidence = f"{facts.answered:,} of {facts.due:,} claims older than 90 days have a remittance"
    wanted = f"load remittances until at least {ANSWERED:.0%} have one; 'evenhand findings' lists what was not read"
    yield _item("Claims are answered", share >= ANSWERED, evidence, wanted, "amber" if share > 0.8 else "red")


def _benchmarks(facts: DataFacts, today: date) -> Iterator[Item]:
    name = "Benchmarks are dated"
    if facts.benchmark is None or facts.built_in:
        had = "only the few codes that come with the program" if facts.built_in else "no physician fee schedule at hand"
        yield Item(name, "amber", had, "load this year's Medicare schedules: evenhand schedules fetch")
        return
    fresh = today - facts.benchmark <= timedelta(days=366)
    evidence = f"newest physician fee schedule: {facts.benchmark_first} to {facts.benchmark}"
    yield _item(name, fresh, evidence, "load the newest release: evenhand schedules fetch", "amber")


def _case(found: Negotiation) -> Iterator[Item]:
    whole = [one for one in found.value if one.number and one.source and one.period]
    evidence = f"{len(whole)} of {len(found.value)} points have number, period and source"
    good = bool(whole) and len(whole) == len(found.value)
    wanted = "state under 'value:' what we do well for them, each with number, period and source"
    yield _item("Value proposition has numbers", good, evidence, wanted, "amber" if whole else "red")
    said = found.message or "none"
    yield _item("One message", bool(found.message), said, "write under 'message:' what all of us say", "amber")


def _dates(days: Calendar, found: Negotiation) -> Iterator[Item]:
    by = days.ends.notice_by
    given = [one for one in found.notices if one.kind in ("non-renewal", "termination") and one.sent]
    if by is None:
        yield Item(
            "Notice day ahead", "amber", "the contract states none", "state 'renewal: {notice: …}' if it has one"
        )
    else:
        evidence = f"notice by {by}, seen from {days.today}" + (f"; given on {given[0].sent}" if given else "")
        wanted = "the day has passed: the contract runs on; agree on terms, or wait for the next term"
        yield _item("Notice day ahead", by >= days.today or bool(given), evidence, wanted)
    late = "; ".join(one.step.what for one in days.late)
    yield _item("Nothing late", not days.late, late or "every step up to today is done", "do what is late", "amber")


def _positions(found: Negotiation) -> Iterator[Item]:
    open_ = found.open_issues
    placed = [one for one in open_ if one.target and one.walk_away]
    evidence = f"{len(placed)} of {len(open_)} open issues have a target and a walk-away"
    missing = ", ".join(one.id for one in open_ if one not in placed)[:120]
    wanted = f"set them: {missing}" if missing else "put the contract's terms on the table"
    good = bool(found.issues) and len(placed) == len(open_)
    yield _item("Targets and walk-aways set", good, evidence, wanted)
    words = [one for one in placed if one.kind != RATE]
    evidence = f"{len(words)} issues that are not rates have positions"
    yield _item("More than rates", bool(words) or not open_, evidence, "set positions on words and terms too", "amber")


def _alternatives(found: Negotiation, today: date) -> Iterator[Item]:
    name, wanted = "Alternatives priced", "run: evenhand negotiation walkaway NAME --keep"
    zone = found.zone
    if zone is None:
        yield Item(name, "red", "no walk-away price is kept", wanted)
        return
    evidence = f"walk-away {zone.ours} against today's {zone.today}, worked out on {zone.as_of or 'no stated day'}"
    fresh = zone.as_of is not None and today - zone.as_of <= ZONE_AGE
    yield _item(name, fresh, evidence, f"{wanted} (older than {ZONE_AGE.days} days)", "amber")


def _leaders(found: Negotiation) -> Iterator[Item]:
    leaders = [one.name for one in found.people if one.approves and one.side == "us"]
    given = {one.who for one in found.approvals if one.what == "targets" and one.given}
    missing = [name for name in leaders if name not in given]
    evidence = (
        f"{len(leaders) - len(missing)} of {len(leaders)} leaders approve the targets" if leaders else "no leader named"
    )
    wanted = f"ask {', '.join(missing)}" if missing else "name leaders under 'people:' with 'approves: yes'"
    yield _item("Leaders aligned", bool(leaders) and not missing, evidence, wanted)


def _beliefs(found: Negotiation) -> Iterator[Item]:
    known = [one for one in found.open_issues if one.theirs.target or one.theirs.walk_away or one.theirs.opening]
    evidence = f"{len(known)} of {len(found.open_issues)} open issues say what we believe of theirs"
    wanted = "state under 'theirs:' what they want, how sure we are and since when"
    yield _item("The other side understood", len(known) * 2 >= len(found.open_issues), evidence, wanted, "amber")
