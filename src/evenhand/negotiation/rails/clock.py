"""G10: the days that count when a contract ends, for the notice, the members and the patients in care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.contracts import Contract, key_dates
from evenhand.negotiation.rails.facts import JUDGEMENT, MEMORY, READ

_CARE = "No Surprises Act, continuity of care"
_MEMBERS = "42 CFR 422.111(e)"
_OWN = "the contract"


@dataclass(frozen=True, slots=True)
class Tick:
    """One day of the clock: what happens, on whose word, how sure; ``past`` as seen from today."""

    day: date
    what: str
    source: str
    sure: str
    past: bool


def termination_clock(contract: Contract, today: date, *, plan: str = "", ends: date | None = None) -> list[Tick]:
    """The days that count if the contract ends without a new one; empty where it has no end.

    Args:
        contract: as signed.
        today: the day it is seen from.
        plan: ``medicare advantage`` adds the notices to its members.
        ends: the last day, where another than the end of the term is meant.
    """
    days = key_dates(contract, today)
    last = ends or days.term_ends
    found = [] if last is None else [*_at_the_end(contract, last, days.notice_by if ends is None else None, plan)]
    notice = (contract.provisions.get("termination") or {}).get("without_cause")
    if notice is not None:
        words = f"earliest end if notice without cause is given today ({notice})"
        found.append((notice.after(today), words, _OWN, READ))
    return [Tick(day, what, source, sure, day < today) for day, what, source, sure in sorted(found)]


def _at_the_end(contract: Contract, last: date, notice_by: date | None, plan: str) -> list[tuple[date, str, str, str]]:
    notice = contract.renewal.get("notice")
    by = notice_by or (notice.before(last) if notice is not None else None)
    found = [
        (last, "the contract's last day", _OWN, READ),
        (
            last + timedelta(days=1),
            "first day out of network; patients in continuing care must know by now",
            _CARE,
            READ,
        ),
        (last + timedelta(days=90), "continuing care at in-network terms ends at the latest (90 days)", _CARE, READ),
    ]
    if by is not None:
        found.append((by, f"last day to give notice ({notice})", _OWN, READ))
    else:
        minimum = last - timedelta(days=90)
        found.append(
            (minimum, "90 days before: the contract states no notice, and less is late", "practice", JUDGEMENT)
        )
    if plan == "medicare advantage":
        primary, others = last - timedelta(days=45), last - timedelta(days=30)
        found.append((primary, "the plan tells members of primary and behavioural care (45 days)", _MEMBERS, MEMORY))
        found.append((others, "the plan tells members of all other care (30 days)", _MEMBERS, MEMORY))
    return found
