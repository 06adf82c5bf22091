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


PEOPLE = (
    Ready("Dana Whitfield", "dana@cedarridge.example", (Role.LEAD,), "Director of managed care"),
    Ready("Mei Tanaka", "mei@cedarridge.example", (Role.ANALYST,), "Contracting analyst"),
    Ready("Omar Haddad", "omar@cedarridge.example", (Role.COUNSEL,), "General counsel"),
    Ready("Ruth Feldman", "ruth@cedarridge.example", (Role.EXECUTIVE,), "Chief financial officer"),
    Ready("Sam Ortiz", "sam@cedarridge.example", (Role.ADMINISTRATOR,), "Practice manager"),
    Ready("Iris Novak", "iris@cedarridge.example", (Role.READER,), "Member of the board"),
)
