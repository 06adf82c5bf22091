"""Signing in at the organisation's own provider: a real one, which this test runs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from evenhand.workspace.organisations.actions.inviting import invite
from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """An OpenID Connect provider at which one person is signed in."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.claims: dict[str, Any] = {}
        self.issuer = f"http://127.0.0.1:{self.server_port}"

    def configuration(self) -> dict[str, Any]:
        named = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")}
        return named | {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self) -> dict[str, Any]:
        now = int(time.time())
        told = self.claims | {"iss": self.issuer, "aud": "evenhand", "iat": now, "exp": now + 60}
        signed = jwt.encode(told, KEY, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "one", "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}


class Answers(BaseHTTPRequestHandler):
    """What the provider says."""

    server: Provider

    def do_GET(self) -> None:
        here = urlsplit(self.path)
        if here.path == "/authorization":
            asked = parse_qs(here.query)
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri'][0]}?code=c&state={asked['state'][0]}")
            self.end_headers()
        elif here.path == "/userinfo":
            self.say(self.server.claims)
        else:
            self.say(self.server.keys() if here.path == "/keys" else self.server.configuration())

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        known = sent.get("client_secret") == ["secret"] and sent.get("code_verifier")
        self.say(self.server.token() if known else {"error": "invalid_client"}, 200 if known else 401)

    def say(self, what: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    app = {"provider_id": "oidc", "name": "cedar", "client_id": "evenhand", "secret": "secret"}
    app |= {"settings": {"server_url": server.issuer}}  # type: ignore[dict-item]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def enter(provider: Provider) -> Callable[..., Any]:
    """Sign in there as somebody, and come back."""

    def done(client: Client, email: str, *, verified: bool = True, sub: str = "u1") -> Any:
        provider.claims = {"sub": sub, "email": email, "email_verified": verified, "name": "Noor Vale"}
        away = client.post("/account/provider/oidc/?process=login")
        assert away.status_code == 302, away.content.decode()
        back = requests.get(away.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
        return client.get(back.removeprefix("http://testserver"))

    return done


def test_the_sign_in_page_offers_the_provider(client: Client, db: None, provider: Provider) -> None:
    assert "Sign in at cedar" in client.get("/account/sign-in/").content.decode()


def test_a_member_is_found_by_the_verified_address(
    client: Client, organisation: Organisation, member: Callable[..., Person], enter: Callable[..., Any]
) -> None:
    person = member(organisation, Role.LEAD)

    assert enter(client, person.email).status_code == 302
    assert client.get("/o/cedar/").status_code == 200
    other = Client()
    assert enter(other, "moved@cedar.example").status_code == 302, "the same account there, whatever its address"
    assert other.get("/o/cedar/").status_code == 200
    assert Person.objects.count() == 1


def test_an_address_that_is_not_verified_is_nobodys(
    client: Client, organisation: Organisation, member: Callable[..., Person], enter: Callable[..., Any]
) -> None:
    person = member(organisation, Role.LEAD)

    page = enter(client, person.email, verified=False)

    assert "People come in by invitation" in page.content.decode()
    assert client.get("/o/cedar/").status_code == 302


def test_somebody_uninvited_does_not_get_in(client: Client, db: None, enter: Callable[..., Any]) -> None:
    assert "People come in by invitation" in enter(client, "eve@elsewhere.example").content.decode()
    assert not Person.objects.exists()


def test_somebody_invited_comes_in(
    client: Client, organisation: Organisation, member: Callable[..., Person], enter: Callable[..., Any]
) -> None:
    admin = member(organisation, Role.ADMINISTRATOR)
    invite(desk_of(admin, "cedar"), "noor@cedar.example", [Role.COUNSEL])

    assert enter(client, "Noor@cedar.example").status_code == 302

    person = Person.objects.get(email="noor@cedar.example")
    assert (person.name, person.has_usable_password()) == ("Noor Vale", False)
    assert desk_of(person, "cedar").roles == (Role.COUNSEL,)
    assert client.get("/o/cedar/").status_code == 200
    assert enter(Client(), "noor@cedar.example").status_code == 302


def test_an_invitation_that_is_not_verified_there_is_not_taken_up(
    client: Client, organisation: Organisation, member: Callable[..., Person], enter: Callable[..., Any]
) -> None:
    admin = member(organisation, Role.ADMINISTRATOR)
    invite(desk_of(admin, "cedar"), "noor@cedar.example", [Role.COUNSEL])

    enter(client, "noor@cedar.example", verified=False)

    assert not Person.objects.filter(email="noor@cedar.example").exists()


def test_an_answer_nobody_asked_for_is_refused(client: Client, db: None, provider: Provider) -> None:
    page = client.get("/account/provider/oidc/back/?code=c&state=made-up")

    assert "You were not signed in" in page.content.decode()


def test_another_provider_is_not_there(client: Client, db: None, provider: Provider) -> None:
    assert client.get("/account/provider/other/").status_code == 404
