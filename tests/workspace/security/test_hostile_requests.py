"""Requests nobody's browser would send: each is refused in the page's own words, none of them breaks anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from tests.workspace.security.conftest import every_address
from tests.workspace.security.walking import addresses, sent_everywhere

from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.people.models import Person

QUERY = (
    "q page sort code schedule file rule severity name kind from since until person payer cause status term back next"
)
NAMES = tuple(QUERY.split(" "))
HOSTILE = (
    "' or '1'='1",
    "'; drop table people_person; --",
    '") union select 1,2,3 --',
    "\\x27 or sleep(1)#",
    "%' escape '%",
    "\x00",
    "9" * 30,
    "9" * 5000,
    "-1",
    "1e309",
    "nan",
    "../../../../etc/passwd",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") * 20,
    "=cmd|'/c calc'!A1",
    "٣",
)
#: Of so many turns each address takes one.
TURNS = 4
#: Addresses whose answer is a view of Django's or allauth's own.
NOT_OURS = ("account_", "mfa_", "openid_", "socialaccount_")


@pytest.fixture
def everybody(own: Organisation, people: dict[str, Person], entered: Callable[[str], Client]) -> Client:
    """Somebody with every role."""
    for role in Role:
        Membership.objects.get_or_create(person=people["lead"], organisation=own, role=role)
    return entered("lead")


@pytest.fixture
def places(url: Callable[..., str]) -> list[tuple[str, str, URLPattern]]:
    """Every address, by name."""
    return list(addresses(url))


@pytest.fixture(autouse=True)
def apart(settings: Any, tmp_path: Any) -> None:
    """What is sent lies in the folder of the test."""
    settings.STAGING, settings.ATTACHMENTS = tmp_path / "staging", tmp_path / "attachments"


def refused(client: Client, *tries: tuple[str, str, dict[str, Any]]) -> Iterator[str]:
    """What breaks of some tries: an address and what it broke with."""
    for method, at, given in tries:
        try:
            status = client.generic(method, at, **given).status_code
        except Exception as problem:
            yield f"{method} {at[:120]} {str(given)[:80]}: {type(problem).__name__}: {problem}"[:400]
        else:
            if status >= 500:
                yield f"{method} {at[:120]}: {status}"


def test_nothing_asked_for_breaks_a_page(everybody: Client, places: list[tuple[str, str, URLPattern]]) -> None:
    wrong: list[str] = []
    for turn, said in enumerate(HOSTILE):  # every page meets several, every parameter meets each
        asked = urlencode(dict.fromkeys(NAMES, said))
        tried = places[turn % TURNS :: TURNS]
        wrong += refused(everybody, *(("GET", f"{at}?{asked}", {}) for _, at, _ in tried))

    assert not wrong
    assert Person.objects.exists()


@pytest.mark.parametrize("said", ["'; drop table people_person; --", "\x00" + "9" * 5000], ids=["sql", "long"])
def test_nothing_written_into_a_form_breaks_a_page(
    everybody: Client, places: list[tuple[str, str, URLPattern]], said: str
) -> None:
    everybody.raise_request_exception = False
    at = [at for _, at, _ in places]

    answers = dict(sent_everywhere(everybody, at, said, ("..\\../'; drop table x.yaml", said.encode())))

    assert len(answers) > 20
    assert not [at for at, answer in answers.items() if answer.status_code >= 500]
    assert not list(refused(everybody, *(("GET", one, {}) for one in at)))
    assert Person.objects.exists()


FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
BODIES = (
    (MULTIPART, b'--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nk'),
    (MULTIPART, b"nothing of the kind"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=\xc3\xa9", b"--x--"),
    (
        MULTIPART,
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="\x00../a"\r\n\r\n\xff\x00\r\n--x--\r\n',
    ),
    (
        MULTIPART,
        b'--x\r\nContent-Disposition: form-data; name="key"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--x--',
    ),
    (FORM, b"key=%ff%fe&why=%00&matter=99999999999999999999999:1&chosen=page%3D%ff&name=\xff"),
    (FORM, b"&".join(b"a%d=1" % number for number in range(5000))),
    (FORM, b"key=" + b"k" * 300 + b"&based_on=" + b"9" * 5000),
    (FORM, b"key=k1&question=payers&given=" + b"[" * 100_000),
    (FORM, b"key=k2&question=payers&given=%7B%22a%22%3A%20NaN%7D&matter=" + b"9" * 4900 + b":1"),
    ("application/json", b'{"key": '),
    (FORM + "; charset=utf-16", b"\xff\xfe\x00"),
    (FORM + "; charset=nonsense", b"key=1"),
    ("", b"\x00"),
)


def test_no_body_breaks_a_page(everybody: Client, places: list[tuple[str, str, URLPattern]]) -> None:
    taking = [at for _, at, _ in places if everybody.post(at).status_code != 405]
    wrong: list[str] = []
    for turn, (kind, body) in enumerate(BODIES):
        tried = taking[turn % TURNS :: TURNS]
        wrong += refused(everybody, *(("POST", at, {"data": body, "content_type": kind}) for at in tried))

    assert len(taking) > 40
    assert not wrong


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
def test_other_methods_are_refused(everybody: Client, places: list[tuple[str, str, URLPattern]], method: str) -> None:
    taken = [at for _, at, _ in places if everybody.generic(method, at).status_code != 405]

    assert not taken


def test_what_only_takes_forms_says_so(everybody: Client, own: Organisation) -> None:
    for name in ("upload", "figure-again", "withdraw-invitation"):
        at = reverse(name, args=[own.slug, *([1] if name.startswith("withdraw") else [])])
        assert everybody.get(at).status_code == 405, name


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "evil.example:80", "a b", "[::1"])
def test_a_host_that_is_not_ours_gets_nothing(everybody: Client, host: str) -> None:
    answer = everybody.get("/o/cedar/", headers={"Host": host})

    assert answer.status_code == 400
    assert host not in answer.content.decode()


def test_a_forwarded_host_is_not_believed(everybody: Client) -> None:
    answer = everybody.get("/o/cedar/people/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "ftp"})

    assert "evil.example" not in answer.content.decode()


def test_every_answer_is_guarded(everybody: Client, places: list[tuple[str, str, URLPattern]]) -> None:
    wrong = []
    for _, at, _ in places:
        answer = everybody.get(at)
        policy = answer.headers.get("Content-Security-Policy", "")
        strict = "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        held = answer.headers.get("X-Content-Type-Options") == "nosniff" and answer["X-Frame-Options"] == "DENY"
        if not (strict and held and "no-store" in answer["Cache-Control"]):
            wrong.append((at, policy, answer.headers.get("X-Frame-Options"), answer["Cache-Control"]))
    assert not wrong


ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)")


LED = ("next", "back", "to", "url", "redirect", "return", "chosen")


def test_no_page_leads_elsewhere(
    everybody: Client, places: list[tuple[str, str, URLPattern]], own: Organisation
) -> None:
    everybody.raise_request_exception = False
    again = reverse("figure-again", args=[own.slug])
    asked: list[tuple[str, dict[str, str]]] = [(at, {}) for name, at, _ in places if not name.startswith(NOT_OURS)]
    asked.append((again, {"question": "payers", "given": "{}"}))
    here = reverse("tasks", args=[own.slug])
    followed = [(at, given) for at, given in asked if here in _led(everybody, at, given, here)]

    assert again in dict(followed), "the page that surely leads where it is told does not"
    for there in ELSEWHERE:
        assert not [at for at, given in followed if not all(map(_stays, _led(everybody, at, given, there)))], there


def _led(client: Client, at: str, given: dict[str, str], there: str) -> list[str]:
    """Where a page leads who says by every name there is that it should lead there."""
    told = dict.fromkeys(LED, there) | given
    answers = (client.get(at, told), client.post(at, told))
    return [answer.headers[to] for answer in answers for to in ("Location", "HX-Redirect") if to in answer.headers]


def _stays(to: str) -> bool:
    return to.startswith("/") and not to.startswith(("//", "/\\"))


def test_every_form_is_guarded_against_other_sites(places: list[tuple[str, str, URLPattern]], people: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["lead"], backend="allauth.account.auth_backends.AuthenticationBackend")
    taken = {name: client.post(at, {"key": "k"}).status_code for name, at, _ in places}

    assert not {name: status for name, status in taken.items() if status not in (403, 404, 405)}
    assert len(taken) == len([name for name, _ in every_address()]) - 2
