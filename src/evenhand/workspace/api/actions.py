"""Making tokens, revoking them, counting what they ask."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, F, Value, When
from django.http import Http404
from django.utils import timezone

from evenhand.workspace.api.models import Token, scope
from evenhand.workspace.api.problems import TooManyError
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.organisations.queries import digest_of
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, recorded

#: How every secret begins, so that one left in a file is recognised.
PREFIX = "evh_"
_BEGINS = 10
#: Requests of one token in a minute.
A_MINUTE = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token to be made: what it is for, what it may do, how many days it holds."""

    name: str
    scopes: frozenset[May]
    days: int


def make(desk: Desk, wanted: Wanted, *, key: str | None = None) -> tuple[Token, str]:
    """Make a token; the second value is its secret, which is not kept.

    Raises:
        PermissionDenied: the person may not do all of it.
        DoneBeforeError: the same form was sent before.
    """
    for what in sorted(wanted.scopes):
        desk.require(what)
    secret = PREFIX + secrets.token_urlsafe(32)
    deed = Deed("made", "token", wanted.name, desk.person, desk.organisation, key=key)
    with recorded(deed) as draft:
        made = Token.objects.create(
            person=desk.person,
            organisation=desk.organisation,
            name=wanted.name,
            scopes=_written(wanted.scopes),
            digest=digest_of(secret),
            begins=secret[:_BEGINS],
            until=timezone.now() + timedelta(days=wanted.days),
        )
        draft.after = f"{made}, until {made.until:%Y-%m-%d}\n{made.in_words.replace('; ', chr(10))}"
    return made, secret


def revoke(person: Person, number: int, *, key: str | None = None) -> None:
    """Make one's token open nothing any more.

    Raises:
        Http404: the person has no such token.
        DoneBeforeError: the same form was sent before.
    """
    found = Token.objects.filter(person=person, pk=number).select_related("organisation").first()
    if found is None:
        raise Http404
    with recorded(Deed("revoked", "token", found.name, person, found.organisation, key=key)) as draft:
        draft.before, draft.after = found.state, "revoked"
        Token.objects.filter(pk=found.pk, revoked=None).update(revoked=timezone.now())


def used(token: Token) -> None:
    """Count a request.

    Raises:
        TooManyError: the token asked for more than a minute allows.
    """
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    again = Case(When(minute=minute, then=F("asked") + 1), default=Value(1))
    Token.objects.filter(pk=token.pk).update(asked=again, minute=minute, used=now)
    token.refresh_from_db(fields=["asked"])
    if token.asked > A_MINUTE:
        raise TooManyError(A_MINUTE, 60 - now.second)


def _written(scopes: Iterable[May]) -> list[str]:
    return sorted(scope(what) for what in scopes)
