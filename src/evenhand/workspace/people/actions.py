"""What changes a person."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login, user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from evenhand.errors import SelectionError
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, recorded


def made_person(email: str, name: str, password: str | None) -> Person:
    """Somebody new, with the password worked out (which takes its time) but not kept yet."""
    person = Person(email=email.strip().lower(), name=name.strip())
    person.set_password(password)
    return person


def keep_person(person: Person) -> Person:
    """Keep somebody new; the address counts as verified, since whoever invited them vouches for it."""
    person.save(force_insert=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def rename(person: Person, name: str, *, key: str | None = None) -> None:
    """Change one's name.

    Raises:
        DoneBeforeError: the same form was sent before.
    """
    with recorded(Deed("renamed", "person", person.email, person, key=key)) as draft:
        draft.before, draft.after = person.name, name.strip()
        person.name = name.strip()
        person.save(update_fields=["name"])


def end_session(person: Person, number: int) -> None:
    """Sign somebody out where they are signed in.

    Raises:
        Http404: they have no session of this number.
    """
    found = UserSession.objects.filter(user=person, pk=number).first()
    if found is None:
        raise Http404
    with recorded(Deed("ended a session", "person", person.email, person)) as draft:
        draft.before = f"from {found.ip}"
        found.end()


def sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in somebody who has just chosen a password, as if they had typed it."""
    record_authentication(request, person, "password", email=person.email)
    answer: HttpResponse = perform_login(request, person, email_verification="none", redirect_url="/")
    return answer


def enter_as(request: HttpRequest, person: Person) -> HttpResponse:
    """Let somebody in without a password: for the ready people of a demo alone."""
    answer: HttpResponse = perform_login(request, person, email_verification="none", redirect_url="/")
    return answer


def reset_link(email: str, *, second_factor: bool = False) -> str:
    """The address under which somebody chooses a new password, once; made by whoever looks after the site.

    Args:
        email: Whose.
        second_factor: Take the second factor away as well.

    Raises:
        SelectionError: nobody here has this address.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise SelectionError(f"nobody here has the address {email}")
    deed = Deed("was given a link to a new password", "person", person.email, by="whoever runs the site")
    with recorded(deed) as draft:
        if second_factor:
            Authenticator.objects.filter(user=person).delete()
            draft.before = "a second factor"
    named = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=named)
