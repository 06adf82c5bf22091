"""A small real book, an organisation that owns it, and people of every role."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.people.models import Person

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    """People of tests have no phone; tests of the second factor demand it themselves."""
    settings.SECOND_FACTOR_DEMANDED = False


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A password of tests guards nothing: half a second for each would be minutes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def book_template(demo_template: Path) -> Path:
    """The demo's book: three contracts, a negotiation in its third round. Read it only."""
    return demo_template / "book"


@pytest.fixture
def book_folder(book_template: Path, tmp_path: Path) -> Path:
    """A book of one's own, to change."""
    folder = tmp_path / "book"
    shutil.copytree(book_template, folder, copy_function=_linked_or_copied)
    return folder


def _linked_or_copied(source: str, target: str) -> None:
    """Tables are never written in place, so a link is a copy; what people edit is copied."""
    if source.endswith((".parquet", ".zst")):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


@pytest.fixture
def organisation(db: None, book_template: Path) -> Organisation:
    """Cedar Ridge, whose book is only read."""
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(book_template))


@pytest.fixture
def own(db: None, book_folder: Path) -> Organisation:
    """Cedar Ridge with a book of its own, to change."""
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(book_folder))


@pytest.fixture
def member(db: None) -> Callable[..., Person]:
    """Somebody with these roles in an organisation."""

    def made(organisation: Organisation, *roles: Role, name: str = "") -> Person:
        called = name or "-".join(roles) or "nobody"
        person = Person.objects.create_user(f"{called}@cedar.example", PASSWORD, name=called.title())
        for role in roles:
            Membership.objects.create(person=person, organisation=organisation, role=role)
        return person

    return made


@pytest.fixture
def desk(organisation: Organisation, member: Callable[..., Person]) -> Desk:
    """A contracting lead at work."""
    return desk_of(member(organisation, Role.LEAD), organisation.slug)


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """A client in which a person is signed in."""

    def made(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return made
