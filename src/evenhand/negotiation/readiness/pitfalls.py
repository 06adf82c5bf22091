"""Warnings for the known mistakes: each looked for in the record, with what was seen and what avoids it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evenhand.negotiation.rails.facts import Flag
from evenhand.negotiation.record.model import DROPPED, RATE, Negotiation
from evenhand.negotiation.record.preparation import Calendar

#: Preparation begins a year ahead (HFMA); ninety days is the bare minimum (Becker's ASC).
A_YEAR, BARE_MINIMUM = 365, 90
_LEAVING = re.compile(
    r"\b(?:terminat\w+|leave the network|go out of network|walk away|cancel the contract)\b", re.IGNORECASE
)
_EVEN = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Pitfall:
    """One known mistake: whether it is seen, in what, and what avoids it."""

    name: str
    seen: bool
    evidence: str
    avoids: str


def pitfalls(found: Negotiation, days: Calendar, flags: Sequence[Flag] = ()) -> list[Pitfall]:
    """Look for each known mistake.

    Args:
        found: the negotiation.
        days: its calendar, seen from today.
        flags: what the guard rails say of it.
    """
    return [
        _first_offer(found),
        _rates_only(found),
        _no_leverage(found),
        _bluffing(found),
        _late(found, days),
        _compliance(flags),
    ]


def _first_offer(found: Negotiation) -> Pitfall:
    theirs = found.rounds_by("them")
    first = theirs[0] if theirs else None
    answered = any(one.answers for one in found.rounds_by("us"))
    seen = first is not None and first.state == "accepted" and not answered
    said = "they have not offered yet" if first is None else f"round {first.number}, their first, is {first.state}"
    return Pitfall("Taking the first offer", seen, said, "answer it with a counteroffer before anything is accepted")


def _rates_only(found: Negotiation) -> Pitfall:
    kept = [one for one in found.issues if one.status != DROPPED]
    words = [one for one in kept if one.kind != RATE and (one.target or one.agreed)]
    rates = [one for one in kept if one.kind == RATE and (one.target or one.agreed)]
    said = f"{len(rates)} rates and {len(words)} other issues have a target or are agreed"
    return Pitfall("Rates only", not words, said, "price the words too: payment days, filing, audits, notice, renewal")


def _no_leverage(found: Negotiation) -> Pitfall:
    zone = found.zone
    avoids = "work out the walk-away, and improve it before you ask: other payers, other volume, adequacy, quality"
    if zone is None:
        return Pitfall("No leverage", True, "the alternative has no price", avoids)
    left = zone.theirs - zone.today if found.side == "provider" else zone.today - zone.theirs
    rarely = zone.exists is not None and zone.exists < _EVEN
    draws = "" if zone.exists is None else f"; a zone exists in {zone.exists:.0%} of draws"
    said = f"today {zone.today}, their walk-away {zone.theirs}: {left} between{draws}"
    return Pitfall("No leverage", left <= 0 or rarely, said, avoids)


def _bluffing(found: Negotiation) -> Pitfall:
    said = [f"the {one.kind} of {one.date}" for one in found.talks if _LEAVING.search(one.said)]
    said += [
        f"a notice of {one.kind}" for one in found.notices if one.by == "us" and one.sent and one.kind == "termination"
    ]
    approved = any(one.what == "termination" and one.given for one in found.approvals)
    worse = found.zone is None or _loses(found)
    why = ", ".join(
        words
        for words, true in (
            ("no approval of a termination", not approved),
            ("no walk-away price", found.zone is None),
            ("leaving costs more than today's price", found.zone is not None and worse),
        )
        if true
    )
    evidence = f"{', '.join(said)}; {why or 'approved, and priced'}" if said else "no threat to leave is recorded"
    avoids = "threaten only what leaders have approved and the walk-away bears"
    return Pitfall("Bluffing termination", bool(said and why), evidence, avoids)


def _loses(found: Negotiation) -> bool:
    """Whether we are better off at today's price than without a contract."""
    zone = found.zone
    assert zone is not None
    return zone.ours < zone.today if found.side == "provider" else zone.ours > zone.today


def _late(found: Negotiation, days: Calendar) -> Pitfall:
    avoids = "begin a year before; move the first day, or agree on an extension, rather than hurry"
    if found.opened is None or days.ends.effective is None:
        return Pitfall("Starting late", False, "no day it was opened, or no day new terms should begin", avoids)
    ahead = (days.ends.effective - found.opened).days
    much = "less than the bare minimum of 90 days" if ahead < BARE_MINIMUM else "a year is usual"
    return Pitfall("Starting late", ahead < A_YEAR - 31, f"opened {ahead} days before new terms begin; {much}", avoids)


def _compliance(flags: Sequence[Flag]) -> Pitfall:
    bad = [one for one in flags if one.state == "blocked" or (one.state == "flag" and one.rail in _CLAUSES)]
    said = "; ".join(dict.fromkeys(f"{one.rail} {one.where}" for one in bad)) or "no rail is blocked, no clause flagged"
    return Pitfall("Compliance", bool(bad), said, "see: evenhand negotiation rails NAME; ask counsel")


_CLAUSES = ("G1", "G2", "G6", "G7", "G8", "G9")
