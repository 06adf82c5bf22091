"""How allauth does what this site wants: nobody enters uninvited, addresses are believed as configured."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from evenhand.workspace.people.callers import address_of
from evenhand.workspace.people.models import Person

_LATELY = 300


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in by password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people come by invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that attempts are counted by."""
        return address_of(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own page."""
        return reverse("own")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whether somebody has to say again who they are: not within five minutes of having done so."""
        request = context.request
        said = get_authentication_records(request, request.user)
        return not said or time.time() - said[-1]["at"] > _LATELY


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors lie encrypted in the database, under the key that signs."""

    def encrypt(self, text: str) -> str:
        """For the database."""
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """From the database; empty, so that no code fits, when it was written under a key that is gone."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""


class Providers(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in at the organisation's own provider (OpenID Connect).

    A person here is found by the account at the provider, or, the first time, by the address it says is verified.
    Who is not here yet comes in only where an invitation to that verified address is open.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whether the verified address was invited."""
        return _invited(sociallogin) is not None

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Person:
        """Let the invited person in."""
        from evenhand.workspace.organisations.actions.inviting import accept_by_provider

        email = _invited(sociallogin)
        assert email is not None  # is_open_for_signup has asked
        name = str(sociallogin.account.get_provider_account().get_user_data().get("name") or email)
        person = accept_by_provider(email, name=name)
        sociallogin.user = person
        sociallogin.email_addresses = []
        sociallogin.connect(request, person)
        return person

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to one's own page."""
        return reverse("own")


def _invited(sociallogin: Any) -> str | None:
    """The first verified address that was invited and whose invitation is open."""
    from evenhand.workspace.organisations.queries import invited_address

    verified = [cast(str, one.email) for one in sociallogin.email_addresses if one.verified]
    return next((email for email in verified if invited_address(email)), None)


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (hashlib.sha256(b"second factor" + str(key).encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in made])
