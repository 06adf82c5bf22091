"""Whose tokens there are, and which one a secret opens."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.workspace.api.models import Token
from evenhand.workspace.organisations.queries import digest_of
from evenhand.workspace.people.models import Person


def tokens(person: Person) -> QuerySet[Token]:
    """All tokens of a person, the latest first; those revoked or over stay listed."""
    return Token.objects.filter(person=person).select_related("organisation").order_by("-made", "-pk")


def opened(secret: str) -> Token | None:
    """The token of a secret, if it still opens anything."""
    found = Token.objects.filter(digest=digest_of(secret), revoked=None, until__gt=timezone.now())
    return found.filter(person__is_active=True).select_related("person", "organisation").first()
