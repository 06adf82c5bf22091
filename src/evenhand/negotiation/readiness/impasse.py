"""Signals that a negotiation is stuck: no movement, a gap wider than the zone, silence, little time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from evenhand.negotiation.readiness.worths import RoundWorth
from evenhand.negotiation.record.model import By, Negotiation
from evenhand.negotiation.record.preparation import Calendar

#: Rounds that differ by less than a quarter of a per cent have not moved; our judgement.
MOVED = Decimal("0.0025")
#: A payer needs about thirty days to set up rates; ninety days' notice is the bare minimum.
SET_UP, BARE_MINIMUM, SILENT = 30, 90, timedelta(days=30)
Level = Literal["none", "watch", "impasse"]


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal: whether it is there, and what shows it; ``None`` where it cannot be known."""

    name: str
    there: bool | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Impasse:
    """All signals; three or more make an impasse, one or two are to be watched (our judgement)."""

    signals: tuple[Signal, ...]

    @property
    def count(self) -> int:
        """How many are there."""
        return sum(bool(one.there) for one in self.signals)

    @property
    def level(self) -> Level:
        """What they come to."""
        return "impasse" if self.count >= 3 else "watch" if self.count else "none"


def impasse(found: Negotiation, days: Calendar, worths: Sequence[RoundWorth] = ()) -> Impasse:
    """Look for every signal.

    Args:
        found: the negotiation.
        days: its calendar, seen from today.
        worths: what each round is worth; without it, movement and gap cannot be known.
    """
    parts = (
        _movement(found, worths),
        _gap(found, worths),
        _below(found, worths),
        _time(found, days),
        _silence(found, days),
    )
    return Impasse(tuple(signal for part in parts for signal in part))


def _last(worths: Sequence[RoundWorth], by: By) -> RoundWorth | None:
    return next((one for one in reversed(worths) if one.by == by), None)


def _movement(found: Negotiation, worths: Sequence[RoundWorth]) -> Iterator[Signal]:
    sides: tuple[tuple[By, str], ...] = (("us", "We"), ("them", "They"))
    for by, who in sides:
        own = [one for one in worths if one.by == by]
        name = f"{who} did not move"
        if len(own) < 2:
            yield Signal(name, None, f"{len(own)} priced round(s); two are needed")
            continue
        before, after = own[-2], own[-1]
        moved = _between(before, after)
        words = (
            f"rounds {before.number} and {after.number} differ by {moved:.2%} of the contract"
            if moved is not None
            else ""
        )
        yield Signal(
            name, None if moved is None else moved < MOVED, words or "the contract pays nothing on these claims"
        )


def _between(one: RoundWorth, other: RoundWorth) -> Decimal | None:
    if one.share is None or other.share is None:
        return None
    return abs(one.share - other.share)


def _gap(found: Negotiation, worths: Sequence[RoundWorth]) -> Iterator[Signal]:
    name = "Gap wider than the zone"
    ours, theirs, zone = _last(worths, "us"), _last(worths, "them"), found.zone
    gap = _between(ours, theirs) if ours and theirs else None
    if gap is None or zone is None or not zone.today:
        missing = "the walk-away is not kept" if zone is None else "both sides must have a priced offer"
        yield Signal(name, None, missing)
        return
    width = (zone.theirs - zone.ours if found.side == "provider" else zone.ours - zone.theirs) / zone.today
    words = f"offers are {gap:.2%} of the contract apart, the zone is {width:.2%} of today's price"
    yield Signal(name, width <= 0 or gap > width, words)


def _below(found: Negotiation, worths: Sequence[RoundWorth]) -> Iterator[Signal]:
    name = "Their offer is past our walk-away"
    theirs, zone = _last(worths, "them"), found.zone
    if theirs is None or theirs.share is None or zone is None:
        yield Signal(name, None, "needs a priced offer of theirs and a walk-away that is kept")
        return
    price = zone.today * (1 + theirs.share)
    past = price < zone.ours if found.side == "provider" else price > zone.ours
    yield Signal(name, past, f"round {theirs.number} is about {price:.2f} a claim, our walk-away {zone.ours}")


def _time(found: Negotiation, days: Calendar) -> Iterator[Signal]:
    left, open_ = days.days_left, len(found.open_issues)
    if left is None:
        yield Signal("Little time", None, "no day new terms should begin")
        return
    words = f"{left} days left, {open_} of {len(found.issues)} issues open"
    yield Signal("Little time", bool(open_) and left < BARE_MINIMUM, words)
    if left < SET_UP and open_:
        yield Signal("No time to set up rates", True, f"a payer needs about {SET_UP} days; {left} are left")
    by = days.ends.notice_by
    if by is not None and open_:
        near = days.today <= by <= days.today + SILENT
        yield Signal("Notice day near", near, f"notice by {by}")


def _silence(found: Negotiation, days: Calendar) -> Iterator[Signal]:
    heard = [one.date for one in found.talks] + [one.date for one in found.rounds]
    past = [day for day in heard if day <= days.today]
    if not past:
        yield Signal("Silence", None, "no talk and no round is recorded")
    else:
        quiet = days.today - max(past)
        yield Signal("Silence", quiet > SILENT and bool(found.open_issues), f"nothing for {quiet.days} days")
    late = [one for one in found.commitments if one.due and not one.done and one.due < days.today]
    words = "; ".join(f"{one.owner}: {one.what}, due {one.due}" for one in late) or "none is late"
    yield Signal("Promises not kept", bool(late), words)
