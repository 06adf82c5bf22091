"""The first administrator comes in by a link that works once, for a day."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.book import Book
from evenhand.workspace.organisations.actions.starting import first_token, opens_first
from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.queries import broken, events


def test_the_first_link_makes_administrator_organisation_and_book(
    client: Client, begun: Callable[..., Any], tmp_path: Path
) -> None:
    token = first_token()
    assert "Your email address" in client.get(reverse("first", args=[token])).content.decode()

    answer = begun(client, token)

    assert answer.status_code == 302
    person, organisation = Person.objects.get(), Organisation.objects.get()
    assert (person.email, person.is_operator) == ("ada@cedar.example", True)
    assert desk_of(person, organisation.slug).role == "Administrator, Contracting lead"
    assert organisation.slug == "cedar-ridge-orthopaedics"
    assert organisation.folder == tmp_path / "workspace" / "books" / "cedar-ridge-orthopaedics"
    assert Book.open(organisation.folder).loads() == ()
    assert client.get("/", follow=True).status_code == 200
    assert [one.what for one in events(organisation)] == ["joined", "started"]
    assert broken(organisation) == broken(None) == []


def test_it_works_once(client: Client, begun: Callable[..., Any]) -> None:
    token = first_token()
    begun(client, token)

    again = begun(Client(), token, email="eve@cedar.example")

    assert again.status_code == 404
    assert "This link is over" in again.content.decode()
    assert Person.objects.count() == 1


def test_it_is_over_after_a_day(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    token = first_token()
    assert opens_first(token)

    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + timedelta(hours=24, seconds=5).total_seconds())

    assert not opens_first(token)


@pytest.mark.parametrize("token", ["x", "abc:def:ghi"])
def test_a_made_up_link_opens_nothing(client: Client, db: None, token: str) -> None:
    assert client.get(reverse("first", args=[token])).status_code == 404


def test_a_weak_password_is_refused(client: Client, begun: Callable[..., Any]) -> None:
    answer = begun(client, password="password1234", again="password1234")

    assert answer.status_code == 422
    assert "too common" in answer.content.decode()
    assert not Person.objects.exists()


def test_the_book_that_lies_there_is_taken(client: Client, begun: Callable[..., Any], tmp_path: Path) -> None:
    Book.create(tmp_path / "book")

    begun(client)

    assert Organisation.objects.get().folder == tmp_path / "book"


def test_a_folder_of_other_things_is_no_book(
    client: Client, begun: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("x")
    monkeypatch.setenv("EVENHAND_BOOK", str(tmp_path / "letters"))

    answer = begun(client)

    assert answer.status_code == 422
    assert "holds other things and is not a book" in answer.content.decode()
    assert not Person.objects.exists()
