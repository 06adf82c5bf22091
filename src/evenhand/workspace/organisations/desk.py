"""The desk somebody works at: a person in an organisation, with what the two may see and do there.

Every page of an organisation is made at a desk, so nobody reaches a book without being a member of whose it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from evenhand.book import Book
from evenhand.errors import SelectionError
from evenhand.negotiation.record import Kept, negotiation, negotiations
from evenhand.workspace.organisations.models import Access, Membership, Organisation, Role
from evenhand.workspace.organisations.policy import May, allowed
from evenhand.workspace.people.models import Person

P = ParamSpec("P")


@dataclass(frozen=True)
class Desk:
    """A person at work in one organisation; ``within`` is what a program acting for the person was given at most."""

    person: Person
    organisation: Organisation
    roles: tuple[Role, ...]
    within: frozenset[May] | None = None

    def may(self, what: May) -> bool:
        """Whether the person may do this here."""
        return what in allowed(self.roles) and (self.within is None or what in self.within)

    def require(self, what: May) -> None:
        """Go on only if the person may do this here.

        Raises:
            PermissionDenied: not with these roles; it says what is missing.
        """
        if what not in allowed(self.roles):
            raise PermissionDenied(f"Your role does not let you {what}.")
        if not self.may(what):
            raise PermissionDenied(f"This token was not given leave to {what}.")

    @property
    def role(self) -> str:
        """The roles in words."""
        return ", ".join(role.label for role in self.roles)

    def book(self) -> Book:
        """The organisation's book as it stands now.

        Raises:
            BookError: there is none yet.
        """
        return Book.open(self.organisation.folder)

    def negotiations(self) -> list[Kept]:
        """The negotiations this person may see, by name."""
        closed = self._closed()
        return [one for one in negotiations(self.book()) if self._sees(one.name, closed)]

    def negotiation(self, name: str) -> Kept:
        """One negotiation.

        Raises:
            Http404: there is none of this name, or this person may not see it: the answer is the same.
        """
        if not self._sees(name, self._closed()):
            raise Http404
        try:
            return negotiation(self.book(), name)
        except SelectionError as problem:
            raise Http404 from problem

    def hidden(self) -> set[str]:
        """The names of negotiations that this person may not see."""
        closed = self._closed()
        return {name for name in closed if not self._sees(name, closed)}

    def _closed(self) -> dict[str, set[int]]:
        """Negotiations that only some may see, and who."""
        closed: dict[str, set[int]] = {}
        for access in Access.objects.filter(organisation=self.organisation):
            closed.setdefault(access.negotiation, set()).add(access.person_id)
        return closed

    def _sees(self, name: str, closed: dict[str, set[int]]) -> bool:
        return name not in closed or self.person.pk in closed[name]


def desk_of(person: Person, slug: str) -> Desk:
    """The desk of a person in the organisation of this short name.

    Raises:
        Http404: there is none, or the person is no member: the answer is the same.
    """
    rows = Membership.objects.filter(person=person, organisation__slug=slug).select_related("organisation")
    if not rows:
        raise Http404
    held = {row.role for row in rows}
    return Desk(person, rows[0].organisation, tuple(role for role in Role if role in held))


def desk_of_token(person: Person, slug: str, opens: Organisation, within: frozenset[May]) -> Desk:
    """The desk of a program that acts for a person, in the one organisation its token opens.

    Raises:
        Http404: it opens another, or the person is no member any more: the answer is the same.
    """
    if slug != opens.slug:
        raise Http404
    return replace(desk_of(person, slug), within=within)


def at_desk(
    what: May,
) -> Callable[[Callable[Concatenate[HttpRequest, Desk, P], HttpResponseBase]], Callable[..., HttpResponse]]:
    """Make a view one of an organisation: signed in, a member, and with leave for ``what``.

    The view takes the desk in the place of the organisation's short name.
    """

    def decorate(view: Callable[Concatenate[HttpRequest, Desk, P], HttpResponseBase]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inside(request: HttpRequest, organisation: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            desk = desk_of(cast(Person, request.user), organisation)
            desk.require(what)
            request.desk = desk  # type: ignore[attr-defined]
            return view(request, desk, *args, **kwargs)

        guarded = cast(Callable[..., HttpResponse], login_required(inside))
        guarded.may = what  # type: ignore[attr-defined]
        return guarded

    return decorate


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: who is there, and at which desk."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, Person) else None
    return {"desk": getattr(request, "desk", None), "person": person}
