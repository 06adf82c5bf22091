"""A negotiation whose leader is a member, and the people who escalate it or give notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.book import Book
from evenhand.negotiation.record import Kept, Person, negotiation
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people import models as people

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's day: its notice day is still ahead."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None: TODAY if value is None else value.date())
    monkeypatch.setattr(timezone, "now", lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC))


@pytest.fixture
def kept(own: Organisation) -> Kept:
    """The negotiation; the chief financial officer, who must agree, has an address."""
    found = negotiation(Book.open(own.folder), "summit")

    def with_leader(before: Any) -> Any:
        others = tuple(one for one in before.people if not one.approves)
        leader = Person("Ruth Feldman", role="Chief financial officer", email="cfo@cedar.example", approves=True)
        return replace(before, people=(*others, leader))

    found.change(with_leader)
    return found


@pytest.fixture
def somebody(own: Organisation, kept: Kept, member: Callable[..., people.Person]) -> Callable[..., Desk]:
    """Somebody at work, found again by the same name."""
    made: dict[str, Desk] = {}

    def at_work(role: Role, name: str) -> Desk:
        if name not in made:
            made[name] = desk_of(member(own, role, name=name), own.slug)
        return made[name]

    return at_work


@pytest.fixture
def lead(somebody: Callable[..., Desk]) -> Desk:
    """The contracting lead."""
    return somebody(Role.LEAD, "dana")


@pytest.fixture
def counsel(somebody: Callable[..., Desk]) -> Desk:
    """Counsel, who may confirm a notice."""
    return somebody(Role.COUNSEL, "omar")


@pytest.fixture
def cfo(somebody: Callable[..., Desk]) -> Desk:
    """The leader the negotiation names, by e-mail address."""
    return somebody(Role.EXECUTIVE, "cfo")


@pytest.fixture
def entered(signed_in: Callable[[people.Person], Client]) -> Callable[[Desk], Client]:
    """A client in which the person of a desk is signed in."""
    return lambda desk: signed_in(desk.person)
