"""How long somebody stays signed in, and where."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person


def sign_in(client: Client, email: str, password: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def expiry(client: Client) -> Any:
    return Session.objects.get(session_key=client.session.session_key).expire_date


def test_a_click_lengthens_the_session_now_and_then(
    client: Client, begun: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(client)
    client.get(reverse("own"))
    before = expiry(client)
    assert timedelta(hours=7.9) < before - timezone.now() <= timedelta(hours=8)

    client.get(reverse("own"))
    assert expiry(client) == before, "not written again at once"

    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 400)
    client.get(reverse("own"), headers={"HX-Request": "true"})
    assert expiry(client) == before, "what a page asks by itself is no click"
    client.get(reverse("own"))
    assert expiry(client) > before


def test_an_expired_session_is_no_session(client: Client, begun: Callable[..., Any]) -> None:
    begun(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert client.get(reverse("own")).url.startswith(reverse("account_login"))  # type: ignore[attr-defined]


def test_a_click_writes_nothing_else(
    client: Client, begun: Callable[..., Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begun(client)
    client.get(reverse("account_change_password"))

    with django_assert_num_queries(2):  # session and person
        client.get(reverse("account_change_password"))


def test_sessions_elsewhere_can_be_ended(client: Client, begun: Callable[..., Any], password: str) -> None:
    begun(client)
    other = Client(headers={"User-Agent": "A telephone"})
    sign_in(other, "ada@cedar.example", password)
    assert "A telephone" in client.get(reverse("own")).content.decode()

    number = UserSession.objects.get(user_agent="A telephone").pk
    assert client.post(reverse("end-session", args=[number])).status_code == 302

    assert other.get(reverse("own")).status_code == 302
    assert client.get(reverse("own")).status_code == 200


def test_nobody_ends_somebody_elses_session(
    client: Client,
    begun: Callable[..., Any],
    organisation: Organisation,
    member: Callable[..., Person],
    signed_in: Callable[[Person], Client],
) -> None:
    begun(client)
    number = UserSession.objects.get().pk
    stranger = signed_in(member(organisation, Role.ADMINISTRATOR))

    assert stranger.post(reverse("end-session", args=[number])).status_code == 404
    assert client.get(reverse("own")).status_code == 200


def test_a_new_password_signs_out_everywhere_else(client: Client, begun: Callable[..., Any], password: str) -> None:
    begun(client)
    other = Client()
    sign_in(other, "ada@cedar.example", password)
    given = {"oldpassword": password, "password1": "new " + password, "password2": "new " + password}

    assert client.post(reverse("account_change_password"), given).url == reverse("own")  # type: ignore[attr-defined]

    assert client.get(reverse("own")).status_code == 200
    assert other.get(reverse("own")).status_code == 302


def test_a_name_is_changed_once_by_one_form(client: Client, begun: Callable[..., Any]) -> None:
    begun(client)
    for _ in range(2):
        assert client.post(reverse("own"), {"name": "Ada M. Moss", "key": "k1"}).status_code == 302

    assert Person.objects.get().name == "Ada M. Moss"
