"""What may go to the other side, taken field by field: nothing of a negotiation leaves that is not named here.

Positions other than our opening, beliefs, weights, goals, alternatives, walk-away prices, talks, promises, approvals,
notices and notes have no way into a letter, because :class:`Proposal` has no room for them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evenhand.contracts import Change, Contract, compare
from evenhand.documents.brief_material import FEWEST
from evenhand.documents.words import day_words
from evenhand.errors import UsageError
from evenhand.money import parse_money
from evenhand.negotiation.offer_value import first_day_of_offer
from evenhand.negotiation.record import Negotiation, Round
from evenhand.negotiation.record.model import Person

#: Differences of an offer that a letter lists; rates are counted, clauses cited and the order of terms are left out.
_LISTED = ("party", "product", "date", "term", "rule", "provision")
#: What the fields of a contract are called.
_FIELDS = {"ends": "End of the agreement", "effective": "Beginning of the agreement"}
_COUNT = re.compile(
    r"(?<![\w,.])(\d{1,3})(\s+(?:different\s+)?)(patients?|members?|claims?|cases?|people|persons?|episodes?|stays?)\b"
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One thing proposed: what it is about, what holds today, what we propose."""

    about: str
    today: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of a schedule, today and as proposed; ``None`` where one of them has none."""

    schedule: str
    item: str
    today: Decimal | None
    proposed: Decimal | None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person as a letter names one."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything a letter to the other side is made of."""

    us: str
    them: str
    contract: str
    ends: date | None
    effective: date | None
    sender: Contact
    addressee: Contact
    offer: str
    offered: date | None
    proposed: tuple[Proposed, ...]
    agreed: tuple[Proposed, ...]
    value: tuple[str, ...]
    rates: tuple[Rate, ...]


def outward(found: Negotiation, contract: Contract, offer: tuple[Round, Contract] | None) -> Proposal:
    """What may leave.

    Args:
        found: the negotiation.
        contract: as signed.
        offer: our last round, and the contract with its offer laid over it; ``None`` before we have offered.

    Raises:
        UsageError: there is nothing to propose.
    """
    provider = found.side == "provider"
    laid = None if offer is None else offer[1]
    changes = [] if laid is None else compare(contract, laid, on=first_day_of_offer(laid))
    rates = tuple(_rate(change) for change in changes if change.kind == "rate")
    offered = (*_offered(changes, _names(found)), *_schedules(rates))
    proposed = (*offered, *_openings(found, {one.about for one in offered}, rates=laid is None))
    if not proposed:
        raise UsageError(
            "the letter has nothing to propose; give issues an opening (evenhand negotiation position), or record our "
            "offer as a round (evenhand negotiation round NAME OFFER --from us)"
        )
    return Proposal(
        us=found.provider if provider else found.payer,
        them=found.payer if provider else found.provider,
        contract=contract.name,
        ends=contract.ends,
        effective=found.effective,
        sender=_contact(found, "us"),
        addressee=_contact(found, "them"),
        offer="" if laid is None else laid.offer,
        offered=None if offer is None else offer[0].date,
        proposed=proposed,
        agreed=tuple(Proposed(one.called, one.today, one.agreed) for one in found.issues if one.status == "agreed"),
        value=tuple(_value(found)),
        rates=rates,
    )


def _contact(found: Negotiation, side: str) -> Contact:
    """The first person of a side."""
    person = next((one for one in found.people if one.side == side), Person(""))
    return Contact(person.name, person.role, person.organisation, person.email, person.phone)


def _openings(found: Negotiation, told: set[str], *, rates: bool) -> Iterator[Proposed]:
    """Where we begin on what is open; rates only before an offer of ours says them exactly."""
    for one in found.open_issues:
        if one.opening and one.called not in told and (rates or one.kind != "rate"):
            yield Proposed(one.called, one.today, one.opening)


def _names(found: Negotiation) -> dict[str, str]:
    """What people call a provision that an offer changes."""
    return {_spoken(one.provision): one.called for one in found.issues if one.provision} | _FIELDS


def _spoken(provision: str) -> str:
    return provision.replace("_", " ").replace(".", ", ")


def _offered(changes: Iterable[Change], names: Mapping[str, str]) -> Iterator[Proposed]:
    """What our offer changes, in words; rates of schedules are told apart."""
    for change in changes:
        if change.kind in _LISTED:
            about = names.get(change.where.replace(": ", ", "), change.where[:1].upper() + change.where[1:])
            yield Proposed(about, _day(change.before) or "–", _day(change.after) or "no longer")


def _rate(change: Change) -> Rate:
    item, _, schedule = change.where.rpartition(" in ")
    return Rate(schedule, item, parse_money(change.before), parse_money(change.after.split(" (", maxsplit=1)[0]))


def _schedules(rates: Iterable[Rate]) -> Iterator[Proposed]:
    for schedule, number in Counter(one.schedule for one in rates).items():
        yield Proposed(f"Rates of {schedule}", "as in force", f"{number:,} rates as in the enclosed workbook")


def _day(text: str) -> str:
    """A day as people write it; other text as it stands."""
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text


def _value(found: Negotiation) -> Iterator[str]:
    """Each point with its number, its period and its source."""
    for one in found.value:
        said = f"{one.claim}: {one.number}" if one.number else one.claim
        basis = "; ".join(text for text in (one.period, one.source) if text)
        yield no_small_counts(f"{said} ({basis})" if basis else said)


def no_small_counts(text: str) -> str:
    """Typed text in which counts of a few people or claims are not told.

    >>> no_small_counts("4 patients readmitted of 212 patients")
    'fewer than 11 patients readmitted of 212 patients'
    >>> no_small_counts("1,004 patients; 3.5 claims a patient; 9 claims")
    '1,004 patients; 3.5 claims a patient; fewer than 11 claims'
    """

    def told(match: re.Match[str]) -> str:
        return match[0] if not 0 < int(match[1]) < FEWEST else f"fewer than {FEWEST}{match[2]}{match[3]}"

    return _COUNT.sub(told, text)


def terms_words(proposal: Proposal) -> str:
    """The agreement the letter is about, and when new terms should begin."""
    ends = f", whose term runs to {day_words(proposal.ends)}" if proposal.ends else ""
    begins = f", to begin on {day_words(proposal.effective)}" if proposal.effective else ""
    return f"We write about our agreement, {proposal.contract}{ends}. {proposal.us} proposes the terms below{begins}."
