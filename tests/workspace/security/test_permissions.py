"""Every address, every role, every kind of object: what the policy says is what the site does.

A page added anywhere is tried here without being named: its leave is what ``at_desk`` has marked it with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import URLPattern, resolve, reverse
from tests.workspace.security.conftest import every_address

from evenhand.book import Book
from evenhand.workspace.organisations.models import Access, Organisation, Role
from evenhand.workspace.organisations.policy import POLICY, May
from evenhand.workspace.people.models import Person
from evenhand.workspace.site.forms import new_key

#: Open to everybody: signing in, links that are themselves a secret, whether the site runs, the parts of pages.
PUBLIC = {
    "gallery",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "socialaccount_login_cancelled",
    "openid_connect_login",
    "openid_connect_callback",
    "first",
    "invitation",
    "enter",
    "calendar",
    "health",
}
#: Open to everybody signed in, for they show only what is the person's own.
SIGNED_IN = {
    "home",
    "own",
    "end-session",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "new-organisation",
    "tokens",
    "token-revoke",
}
#: What sending a page's form asks beyond opening the page.
SENDING = {"negotiations": May.NEGOTIATE, "payment-claim": May.WORK_VARIANCES}
#: Pages about a negotiation for whoever says who may see it.
ABOUT_SEEING = {"seers"}
#: Things that are one person's alone, so that others with the same role are refused.
ONES_OWN = {"task", "task-cancel", "task-again"}
#: What a form must say so that its page looks for the object at all.
SENT = {"round-close": {"state": "rejected"}, "calendar-link": {"do": "make"}}
#: Parts of an address that name no object.
NO_OBJECT = {"organisation", "form", "kind"}
#: Pages about what only comes to be by a change or by work; their own tests make one.
MADE_LATER = {
    "contract-version",
    "contract-back",
    "contract-version-document",
    "contract-document-away",
    "negotiation-document",
    "attachment",
    "escalation-brief-file",
}
METHODS = ("get", "post")


def leave_of(pattern: URLPattern) -> May | None:
    return getattr(pattern.callback, "may", None)


def asked(client: Client, method: str, at: str) -> int:
    sent = SENT.get(resolve(at).url_name or "", {})
    answer = client.get(at) if method == "get" else client.post(at, {"key": new_key(), **sent})
    return int(answer.status_code)


def refused(method: str) -> set[int]:
    """A page that only takes forms may say so to anybody who opens it."""
    return {405} if method == "get" else set()


def test_every_address_says_who_may_open_it(address: str, pattern: URLPattern) -> None:
    if leave_of(pattern) is None:
        assert address in PUBLIC | SIGNED_IN, f"{address}: mark its view by at_desk, or list it here with a reason"
    else:
        assert "organisation" in pattern.pattern.regex.groupindex, f"{address} is of an organisation"
        assert address not in PUBLIC | SIGNED_IN


def test_nobody_opens_anything_without_signing_in(url: Callable[..., str]) -> None:
    wrong, sign_in = [], reverse("account_login")
    for address, pattern in every_address():
        for method in METHODS if address not in PUBLIC else ():
            answer = getattr(Client(), method)(url(address, pattern))
            sent_away = answer.status_code == 302 and answer.url.startswith(sign_in)
            wrong += [] if sent_away or answer.status_code in refused(method) else [(address, method, answer)]
    assert not wrong, wrong


def test_roles_open_what_the_policy_lets_them(
    address: str, pattern: URLPattern, url: Callable[..., str], entered: Callable[[str], Client]
) -> None:
    leave = leave_of(pattern)
    if leave is None:
        return
    at, found = url(address, pattern), False
    for role in Role:
        client = entered(role)
        for method in METHODS:
            needed = {leave, SENDING.get(address, leave)} if method == "post" else {leave}
            status = asked(client, method, at)
            if needed <= POLICY[role]:
                found = found or status not in (404, 405)
                assert status < 500, f"{role} {method} {at}"
                assert status != 403 or address in ONES_OWN, f"{role} {method} {at}: has leave to {leave}"
            else:
                assert status in {403} | refused(method), f"{role} {method} {at}: no leave to {leave}"
    assert found or address in MADE_LATER, f"{address}: nobody finds {at}; give it a real object in the fixture objects"


def not_as_said(
    client: Client, places: Iterable[str], said: frozenset[int] = frozenset({404})
) -> list[tuple[str, str, int]]:
    """The pages that answer somebody otherwise than said."""
    found = [(at, method, asked(client, method, at)) for at in places for method in METHODS]
    return [(at, method, status) for at, method, status in found if status not in said | refused(method)]


def of_an_organisation(url: Callable[..., str], **other: str) -> Iterator[tuple[URLPattern, str]]:
    """Every page that belongs to one, and where it is."""
    for address, pattern in every_address():
        if leave_of(pattern) is not None:
            yield pattern, url(address, pattern, **other)


def test_another_organisation_finds_nothing(url: Callable[..., str], entered: Callable[[str], Client]) -> None:
    wrong = not_as_said(entered("stranger"), [at for _, at in of_an_organisation(url)])
    assert not wrong, wrong


def test_an_object_of_another_organisation_is_not_found_in_ones_own(
    url: Callable[..., str], entered: Callable[[str], Client], tmp_path: Path
) -> None:
    Book.create(tmp_path / "empty")
    Organisation.objects.filter(slug="birch").update(book=str(tmp_path / "empty"))
    everything = of_an_organisation(url, organisation="birch")
    places = [at for pattern, at in everything if not set(pattern.pattern.regex.groupindex) <= NO_OBJECT]
    wrong = not_as_said(entered("stranger"), places, frozenset({404, 302}))  # 302: back to the list
    assert not wrong, wrong


def test_a_closed_negotiation_is_not_there(
    url: Callable[..., str],
    entered: Callable[[str], Client],
    own: Organisation,
    objects: dict[str, Any],
    people: dict[str, Person],
) -> None:
    closed = objects["negotiation"]
    about = [
        (pattern, at)
        for pattern, at in of_an_organisation(url)
        if closed in at.split("/") and resolve(at).url_name not in ABOUT_SEEING
    ]
    Access.objects.create(organisation=own, negotiation=closed, person=people["stranger"])
    for role in Role:
        wrong = not_as_said(entered(role), [at for pattern, at in about if leave_of(pattern) in POLICY[role]])
        assert not wrong, f"{role}: {wrong}"
