"""Everybody has a second factor where the site demands it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.queries import events


@pytest.fixture(autouse=True)
def demanded(settings: Any) -> None:
    settings.SECOND_FACTOR_DEMANDED = True


def test_somebody_without_one_is_sent_to_set_it_up(client: Client, begun: Callable[..., Any]) -> None:
    begun(client)

    for address in ("/", reverse("own"), "/o/cedar-ridge-orthopaedics/", reverse("mfa_index")):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp")), address  # type: ignore[attr-defined]
    assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == reverse("mfa_activate_totp")


def test_it_is_set_up_and_asked_for(
    client: Client,
    begun: Callable[..., Any],
    set_up: Callable[[Client], str],
    code: Callable[[str], str],
    password: str,
) -> None:
    begun(client)
    secret = set_up(client)
    assert client.get("/o/cedar-ridge-orthopaedics/").status_code == 200
    assert client.get(reverse("mfa_view_recovery_codes")).content.decode().count("<li><code>") == 10

    other = Client()
    given = {"login": "ADA@cedar.example", "password": password}
    answer = other.post(reverse("account_login"), given)
    assert answer.url == reverse("mfa_authenticate")  # type: ignore[attr-defined]
    assert other.get("/o/cedar-ridge-orthopaedics/").status_code == 302, "not signed in by the password alone"
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    cache.clear()  # a code counts once, and this one was just used
    assert other.post(reverse("mfa_authenticate"), {"code": code(secret)}).status_code == 302
    assert other.get("/o/cedar-ridge-orthopaedics/").status_code == 200


def test_it_is_in_the_log(
    client: Client,
    begun: Callable[..., Any],
    set_up: Callable[[Client], str],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    begun(client)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    client.post(reverse("mfa_deactivate_totp"))

    told = [(one.what, one.after) for one in events(None) if "second" in one.what]
    assert ("set up a second factor", "TOTP Authenticator") in told
    assert ("removed a second factor", "TOTP Authenticator") in told


def test_a_recovery_code_counts_once(
    client: Client, begun: Callable[..., Any], set_up: Callable[[Client], str], password: str
) -> None:
    begun(client)
    set_up(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    spare = re.findall(r"<li><code>([^<]+)</code>", page)[0]

    def with_spare() -> int:
        other = Client()
        other.post(reverse("account_login"), {"login": "ada@cedar.example", "password": password})
        return int(other.post(reverse("mfa_authenticate"), {"code": spare}).status_code)

    assert (with_spare(), with_spare()) == (302, 200)


def test_the_key_lies_encrypted(client: Client, begun: Callable[..., Any], set_up: Callable[[Client], str]) -> None:
    begun(client)
    secret = set_up(client)

    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]

    assert secret not in kept
    assert base64.urlsafe_b64decode(kept)[:1] == b"\x80", "a Fernet token"


def test_the_picture_of_the_key_needs_no_script(client: Client, begun: Callable[..., Any]) -> None:
    begun(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()

    assert 'src="data:image/svg+xml;base64,' in page
    assert " style=" not in page
    assert "<style" not in page


def test_it_can_be_moved_to_another_phone(
    client: Client, begun: Callable[..., Any], set_up: Callable[[Client], str]
) -> None:
    begun(client)
    set_up(client)
    assert "another phone" in client.get(reverse("own")).content.decode()

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert client.get("/").url == reverse("mfa_activate_totp")  # type: ignore[attr-defined]


def test_whoever_runs_the_site_can_take_it_away(
    client: Client, begun: Callable[..., Any], set_up: Callable[[Client], str], password: str
) -> None:
    from evenhand.workspace.people.actions import reset_link

    begun(client)
    set_up(client)
    link = reset_link("ada@cedar.example", second_factor=True)

    other = Client()
    form = other.get(link).url  # type: ignore[attr-defined]
    new = "another " + password
    assert other.post(form, {"password1": new, "password2": new}).status_code == 302
    assert other.get(link, follow=True).content.decode().count("This link is over") == 1
    assert client.get("/").status_code == 302, "signed out by the new password"
    answer = other.post(reverse("account_login"), {"login": "ada@cedar.example", "password": new})
    assert answer.status_code == 302
    assert other.get(reverse("mfa_activate_totp")).status_code == 200
    assert Person.objects.count() == 1
