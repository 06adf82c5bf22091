"""A site without anybody, and how somebody types."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from evenhand.workspace.organisations.actions.starting import first_token

PASSWORD = "plum orchard seven lanterns"


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def code() -> Callable[[str], str]:
    """What an authenticator app says for a key."""

    def said(secret: str) -> str:
        counter = next(iter(yield_hotp_counters_from_time()))
        return str(format_hotp_value(hotp_value(secret, counter)))

    return said


@pytest.fixture
def set_up(code: Callable[[str], str]) -> Callable[[Client], str]:
    """Set up a second factor in a client; the key of the app."""

    def done(client: Client) -> str:
        page = client.get(reverse("mfa_activate_totp")).content.decode()
        found = re.search(r"<code>([A-Z2-7]+)</code>", page)
        assert found, page
        answer = client.post(reverse("mfa_activate_totp"), {"code": code(found[1])})
        assert answer.status_code == 302, answer.content.decode()
        return found[1]

    return done


@pytest.fixture
def begun(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Open the first link and fill the form in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.delenv("EVENHAND_BOOK", raising=False)

    def fill(client: Client, token: str = "", **other: str) -> Any:
        given = {
            "name": "Ada Moss",
            "email": "Ada@Cedar.example",
            "password": PASSWORD,
            "again": PASSWORD,
            "organisation": "Cedar Ridge Orthopaedics",
            "side": "provider",
        }
        return client.post(reverse("first", args=[token or first_token()]), given | other)

    return fill
