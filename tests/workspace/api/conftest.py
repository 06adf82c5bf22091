"""Programs of every role, and what each sends."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from evenhand.workspace.api.actions import Wanted, make
from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.organisations.policy import May, allowed
from evenhand.workspace.people.models import Person


class Program:
    """What a program with a token gets for what it sends."""

    def __init__(self, secret: str, organisation: str) -> None:
        self.client, self.secret, self.organisation = Client(), secret, organisation

    def ask(self, method: str, path: str, sent: Any = None, **headers: str) -> Any:
        """Ask below the organisation's own address, or from the top with ``/api``."""
        where = path if path.startswith("/api") else f"/api/v1/o/{self.organisation}{path}"
        told = {"Authorization": f"Bearer {self.secret}"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        body = "" if sent is None else json.dumps(sent)
        return self.client.generic(method, where, body, "application/json", headers=told)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, sent: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, sent, **headers)

    def put(self, path: str, sent: Any, **headers: str) -> Any:
        return self.ask("PUT", path, sent, **headers)


@pytest.fixture
def secret_of() -> Callable[..., str]:
    """The secret of a token of a person, with all they may do unless told otherwise."""

    def made(person: Person, organisation: Organisation, *scopes: May) -> str:
        desk = desk_of(person, organisation.slug)
        return make(desk, Wanted("a test", frozenset(scopes) or allowed(desk.roles), 30))[1]

    return made


@pytest.fixture
def program(member: Callable[..., Person], secret_of: Callable[..., str]) -> Callable[..., Program]:
    """A program for a member of these roles, with all they may do unless told otherwise."""

    def made(organisation: Organisation, *roles: Role, scopes: tuple[May, ...] = ()) -> Program:
        person = member(organisation, *roles, name="-".join((*roles, *(what.name.lower() for what in scopes)))[:100])
        return Program(secret_of(person, organisation, *scopes), organisation.slug)

    return made
