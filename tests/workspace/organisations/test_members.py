"""Inviting, roles, leaving, and who may see a negotiation."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Access, Invitation, Membership, Organisation, Role
from evenhand.workspace.organisations.queries import member as found
from evenhand.workspace.organisations.queries import members, seers
from evenhand.workspace.people.models import Person
from evenhand.workspace.site.forms import new_key
from evenhand.workspace.trail.queries import events

PASSWORD = "plum orchard seven lanterns"
PEOPLE = "/o/cedar/people/"
NEWCOMER = {"name": "Noor Vale", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def admin(organisation: Organisation, member: Callable[..., Person]) -> Person:
    return member(organisation, Role.ADMINISTRATOR)


@pytest.fixture
def client(admin: Person, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(admin)


def invited(client: Client, email: str = "Noor@Cedar.example", roles: tuple[Role, ...] = (Role.ANALYST,)) -> str:
    page = client.post(f"{PEOPLE}invite/", {"email": email, "roles": list(roles), "key": new_key()})
    link = re.search(r"http://testserver(/invitation/[^<]+)<", page.content.decode())
    assert link, page.content.decode()
    return link[1]


def test_somebody_new_comes_in_by_the_link_once(client: Client, organisation: Organisation) -> None:
    link = invited(client)
    newcomer = Client()
    assert "Cedar Ridge Orthopaedics" in newcomer.get(link).content.decode()

    assert newcomer.post(link, NEWCOMER).status_code == 302

    person = Person.objects.get(email="noor@cedar.example")
    assert desk_of(person, "cedar").roles == (Role.ANALYST,)
    assert newcomer.get("/o/cedar/", follow=True).status_code == 200
    assert Client().get(link).status_code == 404
    assert Client().post(link, NEWCOMER).status_code == 404
    joined = events(organisation)[0]
    assert (joined.what, joined.name, joined.after) == ("joined", "noor@cedar.example", "Analyst")
    assert joined.why.startswith("invited by Administrator <")


def test_only_a_digest_of_the_link_is_kept(client: Client) -> None:
    token = invited(client).rstrip("/").rsplit("/", 1)[1]

    assert Invitation.objects.filter(digest__contains=token).count() == 0
    assert token not in client.get(PEOPLE).content.decode(), "shown once"
    assert not [one for one in events(None) if token in one.before + one.after + one.name]


@pytest.mark.parametrize("end", ["time", "back", "again"])
def test_a_link_ends(client: Client, end: str) -> None:
    link = invited(client)
    if end == "time":
        Invitation.objects.update(until=timezone.now() - timedelta(seconds=1))
    elif end == "back":
        client.post(f"{PEOPLE}invitations/{Invitation.objects.get().pk}/end/", {"key": new_key()})
    else:
        invited(client)

    assert Client().get(link).status_code == 404
    assert Client().post(link, NEWCOMER).status_code == 404
    assert not Person.objects.filter(email="noor@cedar.example").exists()


def test_somebody_who_is_here_signs_in_to_accept(client: Client, signed_in: Callable[[Person], Client]) -> None:
    person = Person.objects.create_user("noor@cedar.example", PASSWORD, name="Noor")
    link = invited(client)
    assert Client().get(link).url == f"/account/sign-in/?next={link.replace('/', '%2F')}"  # type: ignore[attr-defined]
    assert Client().post(link, NEWCOMER).status_code == 302, "no second person of the address"

    answer = signed_in(person).post(link)

    assert answer.url == "/o/cedar/"  # type: ignore[attr-defined]
    assert Person.objects.filter(email="noor@cedar.example").count() == 1


def test_a_link_is_for_whom_it_was_made(client: Client, organisation: Organisation) -> None:
    link = invited(client)

    answer = client.post(link)

    assert answer.status_code == 422
    assert "this invitation is for noor@cedar.example" in answer.content.decode()
    assert Invitation.objects.exists()


def test_the_link_is_mailed_where_letters_are_sent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENHAND_SMTP", "smtp://localhost:2525")

    link = invited(client)

    assert link in mail.outbox[0].body
    assert [one.lower() for one in mail.outbox[0].to] == ["noor@cedar.example"]


def test_a_form_sent_twice_invites_once(client: Client, organisation: Organisation) -> None:
    given = {"email": "noor@cedar.example", "roles": ["analyst"], "key": "k1"}

    assert client.post(f"{PEOPLE}invite/", given).status_code == 200
    assert client.post(f"{PEOPLE}invite/", given).status_code == 302

    assert [one.what for one in events(organisation)].count("invited") == 1


def test_roles_change_with_an_event(client: Client, organisation: Organisation, member: Callable[..., Person]) -> None:
    person = member(organisation, Role.READER)
    based_on = found(desk_of(person, "cedar"), person.pk).based_on
    given = {"roles": ["counsel", "analyst"], "based_on": based_on, "key": new_key()}

    assert client.post(f"{PEOPLE}{person.pk}/roles/", given).status_code == 302

    event = events(organisation)[0]
    assert (event.before, event.after) == ("Read-only", "Analyst\nCounsel")
    assert desk_of(person, "cedar").role == "Analyst, Counsel"
    again = client.post(f"{PEOPLE}{person.pk}/roles/", given | {"key": new_key(), "roles": ["lead"]})
    assert again.status_code == 422
    assert "somebody else changed the roles" in again.content.decode()
    assert desk_of(person, "cedar").role == "Analyst, Counsel", "nothing was overwritten"


@pytest.mark.parametrize("way", ["roles", "end"])
def test_the_last_administrator_stays(client: Client, admin: Person, way: str) -> None:
    based_on = found(desk_of(admin, "cedar"), admin.pk).based_on
    given = {"roles": ["lead"], "based_on": based_on, "why": "leaves", "key": new_key()}

    answer = client.post(f"{PEOPLE}{admin.pk}/{way}/", given)

    assert answer.status_code == 422
    assert "is the only administrator" in answer.content.decode()
    assert desk_of(admin, "cedar").roles == (Role.ADMINISTRATOR,)


def test_ending_a_membership_takes_somebody_out_at_once(
    client: Client,
    organisation: Organisation,
    member: Callable[..., Person],
    signed_in: Callable[[Person], Client],
) -> None:
    person = member(organisation, Role.LEAD)
    Access.objects.create(organisation=organisation, negotiation="summit", person=person)
    theirs = signed_in(person)
    assert theirs.get("/o/cedar/").status_code == 200

    assert client.post(f"{PEOPLE}{person.pk}/end/", {"why": "left", "key": new_key()}).status_code == 302

    assert theirs.get("/o/cedar/").status_code == 404
    assert not Access.objects.filter(person=person).exists()
    assert (events(organisation)[0].what, events(organisation)[0].why) == ("ended the membership of", "left")


def test_why_a_membership_ends_is_said(
    client: Client, organisation: Organisation, member: Callable[..., Person]
) -> None:
    person = member(organisation, Role.LEAD)

    assert client.post(f"{PEOPLE}{person.pk}/end/", {"why": "", "key": new_key()}).status_code == 422
    assert Membership.objects.filter(person=person).exists()


def test_a_negotiation_is_closed_and_opened_again(
    client: Client, admin: Person, organisation: Organisation, member: Callable[..., Person]
) -> None:
    lead, analyst = member(organisation, Role.LEAD), member(organisation, Role.ANALYST)
    desk = desk_of(admin, "cedar")
    at = f"{PEOPLE}seeing/summit/"

    def close(*people: Person) -> Any:
        chosen = [one.pk for one in people]
        given = {"people": chosen, "based_on": seers(desk, "summit").based_on, "key": new_key()}
        return client.post(at, given)

    assert close(lead).status_code == 302
    assert [one.name for one in desk_of(lead, "cedar").negotiations()] == ["summit"]
    assert desk_of(analyst, "cedar").negotiations() == []
    assert (events(organisation)[0].before, events(organisation)[0].after) == ("all members", f"Lead <{lead.email}>")
    assert client.post(at, {"people": [], "based_on": "old", "key": new_key()}).status_code == 422
    assert close().status_code == 302
    assert [one.name for one in desk_of(analyst, "cedar").negotiations()] == ["summit"]


def test_operators_start_organisations_with_books_of_their_own(
    organisation: Organisation, admin: Person, client: Client, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(tmp_path))
    given = {"organisation": "Birch Valley & Söhne", "side": "payer", "key": new_key()}
    assert client.post("/organisations/new/", given).status_code == 403
    Person.objects.filter(pk=admin.pk).update(is_operator=True)

    assert client.post("/organisations/new/", given).url == "/o/birch-valley-sohne/"  # type: ignore[attr-defined]
    assert client.post("/organisations/new/", given).status_code == 302

    made = Organisation.objects.exclude(pk=organisation.pk).get()
    assert made.folder == tmp_path / "books" / "birch-valley-sohne"
    assert [one.in_words for one in members(Desk(admin, made, ()))] == ["Administrator, Contracting lead"]


def test_names_are_text(client: Client, organisation: Organisation, member: Callable[..., Person]) -> None:
    evil = "<img src=x onerror=alert(1)>"
    person = member(organisation, Role.LEAD, name="evil")
    Person.objects.filter(pk=person.pk).update(name=evil)

    for at in (PEOPLE, f"{PEOPLE}{person.pk}/", f"{PEOPLE}seeing/summit/"):
        page = client.get(at).content.decode()
        assert evil not in page
        assert "&lt;img src=x" in page
