"""Coming in: the first administrator, somebody invited; and a further organisation."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from evenhand.errors import BookError
from evenhand.workspace.organisations import queries
from evenhand.workspace.organisations.actions import inviting, starting
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.organisations.forms import ComeInForm, FirstForm, OrganisationForm
from evenhand.workspace.organisations.models import Invitation, Side
from evenhand.workspace.people.actions import made_person, sign_in
from evenhand.workspace.people.models import Person
from evenhand.workspace.people.queries import nobody_yet
from evenhand.workspace.trail.actions import DoneBeforeError


@never_cache
def first(request: HttpRequest, token: str) -> HttpResponse:
    """The first administrator says who they are and names the first organisation."""
    if not starting.opens_first(token):
        return render(request, "organisations/over.html", {"empty": nobody_yet()}, status=404)
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = made_person(given["email"], given["name"], given["password"])
        try:
            starting.start_first(person, given["organisation"], Side(given["side"]))
        except (BookError, RefusedError) as problem:
            form.add_error(None, str(problem))
        else:
            return sign_in(request, person)
    return render(request, "organisations/first.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Come in by a link."""
    try:
        found = queries.open_invitation(token)
    except Http404:
        return render(request, "organisations/over.html", {"empty": nobody_yet()}, status=404)
    if request.user.is_authenticated:
        return _as_somebody(request, token, found)
    if Person.objects.filter(email=found.email).exists():
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    return _as_new(request, token, found)


@login_required
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Start a further organisation, with a book of its own."""
    person = cast(Person, request.user)
    if not person.is_operator:
        raise PermissionDenied("Only whoever looks after this installation starts organisations.")
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            found = starting.start(person, given["organisation"], Side(given["side"]), key=given["key"])
        except DoneBeforeError:
            return redirect("home")
        except BookError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("portfolio", found.slug)
    return render(request, "organisations/new.html", {"form": form}, status=422 if form.errors else 200)


def _as_new(request: HttpRequest, token: str, found: Invitation) -> HttpResponse:
    form = ComeInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = inviting.accept_as_new(token, form.cleaned_data["name"], form.cleaned_data["password"])
        except RefusedError as problem:
            form.add_error(None, str(problem))
        else:
            return sign_in(request, person)
    told = {"form": form, "invitation": found}
    return render(request, "organisations/invitation.html", told, status=422 if form.errors else 200)


def _as_somebody(request: HttpRequest, token: str, found: Invitation) -> HttpResponse:
    problem = None
    if request.method == "POST":
        try:
            inviting.accept(token, cast(Person, request.user))
        except RefusedError as refused:
            problem = refused
        else:
            messages.success(request, f"You work in {found.organisation.name} now.")
            return redirect("portfolio", found.organisation.slug)
    told = {"invitation": found, "problem": problem, "other": found.email != cast(Person, request.user).email}
    return render(request, "organisations/invitation.html", told, status=422 if problem else 200)
