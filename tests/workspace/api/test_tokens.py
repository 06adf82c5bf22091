"""A token opens one organisation, for what it was given and its person may now, until it is revoked or over."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.workspace.api import actions
from evenhand.workspace.api.models import Token
from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.people.models import Person
from evenhand.workspace.site.forms import new_key
from evenhand.workspace.trail.queries import broken, events

PASSWORD = "correct horse battery staple"


@pytest.fixture
def at_the_page(organisation: Organisation, member: Callable[..., Person], settings: Any) -> Client:
    """Somebody who has just signed in with a password."""
    settings.SECOND_FACTOR_DEMANDED = False
    member(organisation, Role.ANALYST)
    client = Client()
    answer = client.post("/account/sign-in/", {"login": "analyst@cedar.example", "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def _sent(organisation: Organisation, *scopes: str) -> dict[str, Any]:
    return {
        "name": "Nightly <export>",
        "organisation": organisation.pk,
        "scopes": scopes or ["see"],
        "days": 90,
        "key": new_key(),
    }


def test_the_secret_is_shown_once_and_works(at_the_page: Client, organisation: Organisation) -> None:
    page = at_the_page.post("/account/tokens/", _sent(organisation)).content.decode()
    found = re.search(r">(evh_[\w-]+)<", page)
    assert found, page
    assert "Nightly &lt;export&gt;" in page

    assert found[1] not in at_the_page.get("/account/tokens/").content.decode()
    held = Token.objects.get()
    assert found[1] not in str(vars(held))
    assert found[1] not in "".join(f"{one.after}{one.before}{one.name}" for one in events(organisation))
    answer = Client().get("/api/v1/organisations", HTTP_AUTHORIZATION=f"Bearer {found[1]}")
    assert answer.json()[0]["may"] == ["see"]


def test_a_form_sent_twice_makes_one_token(at_the_page: Client, organisation: Organisation) -> None:
    sent = _sent(organisation)
    at_the_page.post("/account/tokens/", sent)
    again = at_the_page.post("/account/tokens/", sent, follow=True).content.decode()

    assert Token.objects.count() == 1
    assert "was made already" in again


def test_nobody_gives_more_than_they_have(at_the_page: Client, organisation: Organisation) -> None:
    page = at_the_page.post("/account/tokens/", _sent(organisation, "see", "manage-people"))

    assert page.status_code == 422
    assert "Your role does not let you invite people, give roles" in page.content.decode()
    assert Token.objects.count() == 0


def test_making_one_asks_again_who_one_is(
    organisation: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client], settings: Any
) -> None:
    settings.SECOND_FACTOR_DEMANDED = False
    client = signed_in(member(organisation, Role.LEAD))

    assert client.get("/account/tokens/")["Location"].startswith("/account/confirm/")
    client.post("/account/tokens/", _sent(organisation))
    assert Token.objects.count() == 0


def test_revoked_means_at_once(at_the_page: Client, organisation: Organisation, secret_of: Callable[..., str]) -> None:
    secret = secret_of(Person.objects.get(), organisation)
    number = Token.objects.get().pk

    at_the_page.post(f"/account/tokens/{number}/revoke/", {"key": new_key()})

    refused = Client().get("/api/v1/organisations", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Bearer")
    assert [one.what for one in events(organisation, kind="token")] == ["revoked", "made"]
    assert broken(organisation) == []


def test_nobody_revokes_anothers(
    at_the_page: Client, organisation: Organisation, member: Callable[..., Person], secret_of: Callable[..., str]
) -> None:
    secret_of(member(organisation, Role.LEAD), organisation)

    number = Token.objects.get().pk
    assert at_the_page.post(f"/account/tokens/{number}/revoke/", {"key": new_key()}).status_code == 404
    assert Token.objects.get().state == "open"


@pytest.mark.parametrize("change", ["over", "inactive", "left"])
def test_a_token_ends_with_its_day_its_person_and_the_membership(
    change: str, organisation: Organisation, program: Callable[..., Any]
) -> None:
    asking = program(organisation, Role.LEAD)
    assert asking.get("").status_code == 200
    if change == "over":
        Token.objects.update(until=timezone.now() - timedelta(seconds=1))
    elif change == "inactive":
        Person.objects.update(is_active=False)
    else:
        Membership.objects.all().delete()

    assert asking.get("").status_code == (404 if change == "left" else 401)


def test_it_may_what_it_was_given_and_its_person_may_now(
    organisation: Organisation, program: Callable[..., Any]
) -> None:
    narrow = program(organisation, Role.LEAD, scopes=(May.SEE,))
    refused = narrow.get("/events")

    assert refused.status_code == 403
    assert refused.json()["detail"] == "This token was not given leave to see who did what."

    wide = program(organisation, Role.LEAD, Role.COUNSEL)
    assert wide.get("/events").status_code == 200
    Membership.objects.filter(person__email="lead-counsel@cedar.example", role=Role.LEAD).delete()
    Membership.objects.filter(person__email="lead-counsel@cedar.example").update(role=Role.READER)
    assert wide.get("/events").json()["detail"] == "Your role does not let you see who did what."


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic evh_x", "Bearer evh_nobody", "evh_nobody"])
def test_without_a_token_there_is_nothing(header: str, organisation: Organisation) -> None:
    answer = Client().get("/api/v1/o/cedar/negotiations", HTTP_AUTHORIZATION=header)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_a_session_of_the_site_opens_no_operation(
    organisation: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client], settings: Any
) -> None:
    settings.SECOND_FACTOR_DEMANDED = False

    assert signed_in(member(organisation, Role.LEAD)).get("/api/v1/o/cedar").status_code == 401


def test_a_token_that_asks_too_often_waits(
    organisation: Organisation, program: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "A_MINUTE", 2)
    asking, other = program(organisation, Role.LEAD), program(organisation, Role.ANALYST)
    Token.objects.update(minute=timezone.now() - timedelta(hours=1), asked=99)
    answers = [asking.get("") for _ in range(6)]

    late = next(one for one in answers if one.status_code == 429)
    assert 0 < int(late["Retry-After"]) <= 60
    assert [one.status_code for one in answers[:2]] == [200, 200], "an earlier minute does not count"
    assert other.get("").status_code == 200, "another token is counted by itself"
