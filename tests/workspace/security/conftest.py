"""Two organisations, somebody of every role in the first, and a real object for every part of an address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from evenhand.negotiation.record import Kept
from evenhand.workspace.escalation.models import NoticeRequest
from evenhand.workspace.figures.actions import TASK
from evenhand.workspace.loading.models import Delivery
from evenhand.workspace.organisations.actions import inviting
from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Invitation, Membership, Organisation, Role
from evenhand.workspace.payments.models import Matter, Packet, PacketFile
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.actions import enqueue


@pytest.fixture
def people(own: Organisation) -> dict[str, Person]:
    """Somebody of each role in Cedar Ridge, and somebody with every role in another organisation."""
    other = Organisation.objects.create(name="Birch Valley", slug="birch", book=own.book)

    def somebody(name: str, organisation: Organisation, *roles: Role) -> Person:
        person = Person.objects.create(email=f"{name}@people.example", name=name.title(), password="!")
        for role in roles:
            Membership.objects.create(person=person, organisation=organisation, role=role)
        return person

    found = {str(role): somebody(role, own, role) for role in Role}
    return found | {"stranger": somebody("stranger", other, *Role)}


@pytest.fixture
def objects(own: Organisation, people: dict[str, Person]) -> dict[str, Any]:
    """What stands for each part of an address.

    Looked up by ``page:part``, by ``first word of the page:part``, by ``part``.

    Whoever adds an address whose part is not known yet adds a real object of it here.
    """
    desk = desk_of(people["lead"], own.slug)
    negotiation = desk.negotiations()[0]
    contract = next(iter(desk.book().contract_folders()))
    task = enqueue(desk, TASK, {}, title="Work")
    packet = Packet.objects.create(organisation=own, person=people["lead"], payer="Summit", count=1, amount=100)
    PacketFile.objects.create(packet=packet, kind="xlsx", content=b"PK")
    inviting.invite(desk, "new@people.example", [Role.READER])
    return {
        "organisation": own.slug,
        "matter": Matter.objects.create(organisation=own, identity="a", payer="Summit", claim="C1", line="line 1").pk,
        "packet": packet.pk,
        "payment-packet-file:kind": "xlsx",
        "withdraw-invitation:number": Invitation.objects.get().pk,
        "history-export:form": "csv",
        "portfolio-export:kind": "csv",
        "notice-ask:kind": "non-renewal",
        "notice:number": _notice(own, people["lead"], negotiation).pk,
        "escalation:what": "escalation",
        "preparation-add:what": "goal",
        "preparation-remove:what": "goal",
        "contract:name": contract,
        "contract-file:where": "contract.yaml",
        "load": desk.book().loads()[0].id,
        "delivery": Delivery.objects.create(organisation=own, person=people["lead"], names=["a.835"]).pk,
        "name": negotiation.name,
        "negotiation": negotiation.name,
        "issue": negotiation.read().issues[0].id,
        "contract": contract,
        "task": task.pk,
        "number": 1,
        "member:number": people["analyst"].pk,
        "roles:number": people["analyst"].pk,
        "end-membership:number": people["analyst"].pk,
    }


def _notice(organisation: Organisation, person: Person, negotiation: Kept) -> NoticeRequest:
    """A notice that waits for a second person."""
    return NoticeRequest.objects.create(
        organisation=organisation,
        negotiation=negotiation.name,
        kind="non-renewal",
        asked_by=person,
        why="No movement.",
        ends=date(2027, 3, 31),
        seen=negotiation.state(),
        contract=negotiation.contract().digest,
    )


@pytest.fixture
def entered(people: dict[str, Person]) -> Callable[[str], Client]:
    """A client in which one of the people is signed in."""

    def made(name: str) -> Client:
        client = Client()
        client.force_login(people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return made


#: What programs ask with tokens, which has a generated test of its own.
_FOR_PROGRAMS = ("api/", "^api/")


def every_address() -> list[tuple[str, URLPattern]]:
    """All addresses of the site for people, with the names of their pages."""

    def walk(patterns: list[Any], space: str) -> list[tuple[str, URLPattern]]:
        found: list[tuple[str, URLPattern]] = []
        for one in patterns:
            if str(one.pattern).startswith(_FOR_PROGRAMS):
                continue
            if isinstance(one, URLResolver):
                inner = f"{space}{one.namespace}:" if one.namespace else space
                found += walk(one.url_patterns, inner)
            else:
                found.append((f"{space}{one.name}", one))
        return found

    return walk(get_resolver().url_patterns, "")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``address`` is made for every address of the site."""
    if "address" in metafunc.fixturenames:
        found = every_address()
        metafunc.parametrize(("address", "pattern"), found, ids=[name for name, _ in found])


@pytest.fixture
def url(objects: dict[str, Any]) -> Callable[..., str]:
    """The address of a page, with real objects for its parts."""

    def made(name: str, pattern: URLPattern, **other: str) -> str:
        given = {part: other.get(part) or _part(objects, name, part, kind) for part, kind in parts_of(pattern).items()}
        return reverse(name, kwargs=given)

    return made


def parts_of(pattern: URLPattern) -> dict[str, str]:
    """The parts of an address, and what kind of text each is."""
    kinds = {part: type(kind).__name__ for part, kind in pattern.pattern.converters.items()}
    return {part: kinds.get(part, "") for part in pattern.pattern.regex.groupindex}


def _part(objects: dict[str, Any], name: str, part: str, kind: str) -> Any:
    for key in (f"{name}:{part}", f"{name.partition('-')[0]}:{part}", part):
        if key in objects:
            return objects[key]
    return {"IntConverter": 1, "UUIDConverter": uuid4()}.get(kind, "x")
