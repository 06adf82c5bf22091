"""Attacks on signing in and on forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.callers import address_of
from evenhand.workspace.people.models import Person

PASSWORD = "correct horse battery staple"
LOGIN = "/account/sign-in/"


def sign_in(client: Client, password: str = PASSWORD, email: str = "lead@cedar.example", **more: Any) -> Any:
    return client.post(more.pop("at", LOGIN), {"login": email, "password": password}, **more)


@pytest.fixture
def lead(organisation: Organisation, member: Callable[..., Person]) -> Person:
    cache.clear()
    return member(organisation, Role.LEAD)


def test_the_session_is_another_after_signing_in(lead: Person) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = client.session.session_key

    assert sign_in(client).status_code == 302

    assert client.session.session_key != before
    assert client.get(f"/o/{'cedar'}/").status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = str(before)
    assert thief.get("/o/cedar/").status_code == 302


def test_an_account_is_locked_after_five_wrong_passwords(lead: Person) -> None:
    for number in range(5):
        told = sign_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), "wrong").content.decode()
        assert "are not correct" in told

    right = sign_in(Client(REMOTE_ADDR="10.0.0.99"))

    assert right.status_code == 200
    assert "Too many failed login attempts" in right.content.decode()


def test_a_place_is_locked_after_twenty_wrong_passwords(lead: Person) -> None:
    client = Client(REMOTE_ADDR="10.0.0.7")
    for number in range(20):
        sign_in(client, "wrong", f"somebody{number}@cedar.example")

    assert "Too many" in sign_in(client).content.decode()
    assert sign_in(Client(REMOTE_ADDR="10.0.0.8")).status_code == 302


def test_an_unknown_address_is_answered_like_a_known_one(lead: Person) -> None:
    unknown = sign_in(Client(), "wrong", "nobody@cedar.example").content.decode()
    known = sign_in(Client(), "wrong").content.decode()

    told = "The email address and/or password you specified are not correct."
    assert told in unknown
    assert told in known


@pytest.mark.parametrize(
    ("proxies", "told", "believed"),
    [
        (0, "10.9.9.9", "192.0.2.1"),
        (1, "10.9.9.9, 198.51.100.4", "198.51.100.4"),
        (2, "10.9.9.9, 198.51.100.4, 203.0.113.8", "198.51.100.4"),
        (2, "198.51.100.4", "192.0.2.1"),
        (1, "<script>", "127.0.0.1"),
    ],
)
def test_proxies_are_believed_as_configured(settings: Any, proxies: int, told: str, believed: str) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": told})

    assert address_of(request) == believed


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_nowhere_else(lead: Person, there: str) -> None:
    answer = sign_in(Client(), at=f"{LOGIN}?next={there}")
    assert answer.status_code == 302
    assert answer.url == "/"
    out = Client().post(reverse("account_logout"), {"next": there})
    assert out.headers["Location"] == LOGIN


def test_signing_in_leads_on_within_the_site(lead: Person) -> None:
    assert sign_in(Client(), at=f"{LOGIN}?next=/o/cedar/").url == "/o/cedar/"


@pytest.mark.parametrize("name", ["people", "invite", "home"])
def test_no_form_is_taken_from_elsewhere(lead: Person, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    at = reverse(name) if name == "home" else reverse(name, args=["cedar"])

    assert client.post(at, {"email": "eve@evil.example", "roles": ["lead"]}).status_code == 403


def test_signing_in_itself_needs_the_token_of_its_page(lead: Person) -> None:
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_cookies_are_not_for_scripts_or_other_sites(lead: Person) -> None:
    client = Client()
    client.get(LOGIN)
    sign_in(client)

    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_whoever_is_no_longer_active_is_out(lead: Person) -> None:
    client = Client()
    sign_in(client)
    Person.objects.update(is_active=False)

    assert client.get("/o/cedar/").status_code == 302
    assert sign_in(Client()).url == reverse("account_inactive")
