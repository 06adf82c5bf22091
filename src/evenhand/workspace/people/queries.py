"""What is known of people."""

from __future__ import annotations

from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from evenhand.workspace.people.models import Person


class Factors(NamedTuple):
    """How somebody proves who they are."""

    password: bool
    app: bool
    codes_left: int
    provider: bool


def nobody_yet() -> bool:
    """Whether the installation still waits for its first person."""
    return not Person.objects.exists()


def factors(person: Person) -> Factors:
    """How this person proves who they are."""
    held = {one.type: one for one in Authenticator.objects.filter(user=person)}
    codes = held.get(Authenticator.Type.RECOVERY_CODES)
    left = len(codes.wrap().get_unused_codes()) if codes else 0
    provider = SocialAccount.objects.filter(user=person).exists()
    return Factors(person.has_usable_password(), Authenticator.Type.TOTP in held, left, provider)


def sessions(person: Person) -> list[UserSession]:
    """Where this person is signed in, the latest first."""
    found: list[UserSession] = UserSession.objects.purge_and_list(person)
    return sorted(found, key=lambda one: one.created_at, reverse=True)
