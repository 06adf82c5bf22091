"""Who works at the demo's practice: one of each role."""

from __future__ import annotations

from typing import NamedTuple

from evenhand.workspace.organisations.models import Role


class Ready(NamedTuple):
    """Somebody one can look around as."""

    name: str
    email: str
    roles: tuple[Role, ...]
    who: str
    does: str


PEOPLE = (
    Ready(
        "Dana Whitfield",
        "dana@cedarridge.example",
        (Role.LEAD,),
        "Director of managed care",
        "Makes the offers: issues, what-if, rounds, escalation.",
    ),
    Ready(
        "Mei Tanaka",
        "mei@cedarridge.example",
        (Role.ANALYST,),
        "Contracting analyst",
        "Loads files, finds what was paid too little, disputes it.",
    ),
    Ready(
        "Omar Haddad",
        "omar@cedarridge.example",
        (Role.COUNSEL,),
        "General counsel",
        "Reads clauses and the record, signs off, gives notice.",
    ),
    Ready(
        "Ruth Feldman",
        "ruth@cedarridge.example",
        (Role.EXECUTIVE,),
        "Chief financial officer",
        "Sees all on one page, and says yes or no.",
    ),
    Ready(
        "Sam Ortiz",
        "sam@cedarridge.example",
        (Role.ADMINISTRATOR,),
        "Practice manager",
        "Invites people and gives roles; sees no position of ours.",
    ),
    Ready(
        "Iris Novak",
        "iris@cedarridge.example",
        (Role.READER,),
        "Member of the board",
        "Reads figures and where talks stand, nothing confidential.",
    ),
)
