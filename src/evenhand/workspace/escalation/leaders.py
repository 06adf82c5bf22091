"""The leaders a negotiation names, and who of the members each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.negotiation.record import Approval, Negotiation
from evenhand.negotiation.record import Person as Named
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May, allowed
from evenhand.workspace.organisations.queries import members
from evenhand.workspace.people.models import Person


@dataclass(frozen=True, slots=True)
class Leader:
    """One leader: the member who can sign off (``None``: nobody can), and the word given on something."""

    name: str
    member: Person | None
    given: date | None
    note: str

    @property
    def why_nobody(self) -> str:
        """What keeps everybody from signing off in this name."""
        if self.member is not None:
            return ""
        return "no member with leave to sign off has this name or e-mail address; give the leader an e-mail address"


def named(found: Negotiation) -> list[Named]:
    """Those of ours who must agree."""
    return [one for one in found.people if one.approves and one.side == "us"]


def is_leader(leader: Named, person: Person) -> bool:
    """Whether a person is the one named: by e-mail address where one is given, else by name."""
    if leader.email:
        return leader.email.strip().casefold() == person.email.casefold()
    return bool(person.name) and leader.name.strip().casefold() == person.name.strip().casefold()


def leaders(desk: Desk, found: Negotiation, what: str) -> list[Leader]:
    """Each leader with the word given on ``what``."""
    may = [one.person for one in members(desk) if May.APPROVE in allowed(one.roles)]
    words = {one.who: one for one in found.approvals if one.what == what}
    return [_leader(one, may, words) for one in named(found)]


def _leader(leader: Named, may: Iterable[Person], words: Mapping[str, Approval]) -> Leader:
    fit = [person for person in may if is_leader(leader, person)]
    word = words.get(leader.name)
    member = fit[0] if len(fit) == 1 else None
    return Leader(leader.name, member, word.given if word else None, word.note if word else "")


def mine(desk: Desk, found: Negotiation) -> list[str]:
    """The names under which the person at this desk is a leader; none where several members fit a name."""
    told = leaders(desk, found, "")
    return [one.name for one in told if one.member == desk.person]
