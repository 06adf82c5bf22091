"""Who works here as what, and who may see which negotiation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from evenhand.workspace.organisations import queries
from evenhand.workspace.organisations.actions import inviting, members
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.errors import ConflictError, RefusedError
from evenhand.workspace.organisations.forms import EndForm, InviteForm, RolesForm, SeersForm
from evenhand.workspace.organisations.letters import sent
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.actions import DoneBeforeError


@at_desk(May.MANAGE_PEOPLE)
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All members and open invitations."""
    return _people(request, desk, InviteForm())


@at_desk(May.MANAGE_PEOPLE)
@require_POST
def invite(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Invite somebody; the link is shown this once."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _people(request, desk, form)
    given = form.cleaned_data
    try:
        token = inviting.invite(desk, given["email"], given["roles"], key=given["key"])
    except DoneBeforeError:
        return redirect("people", desk.organisation.slug)
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    told = {"email": given["email"], "link": link, "sent": sent(desk, given["email"], link)}
    return render(request, "organisations/invited.html", told)


@at_desk(May.MANAGE_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Take an invitation back."""
    inviting.withdraw(desk, number)
    messages.success(request, "The invitation was taken back; its link no longer works.")
    return redirect("people", desk.organisation.slug)


@at_desk(May.MANAGE_PEOPLE)
def member(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """One member: roles to change, membership to end."""
    return _member(request, desk, number, {})


@at_desk(May.MANAGE_PEOPLE)
@require_POST
def roles(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Change what somebody works as."""
    queries.member(desk, number)
    form = RolesForm(request.POST)
    if not form.is_valid():
        return _member(request, desk, number, {"form": form})
    given = form.cleaned_data
    try:
        members.change_roles(desk, number, given["roles"], based_on=given["based_on"], key=given["key"])
    except DoneBeforeError:
        pass
    except (ConflictError, RefusedError) as problem:
        return _member(request, desk, number, {"problem": problem})
    messages.success(request, "The roles are kept.")
    return redirect("people", desk.organisation.slug)


@at_desk(May.MANAGE_PEOPLE)
@require_POST
def end(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """End a membership."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _member(request, desk, number, {"ending": form})
    try:
        members.end_membership(desk, number, why=form.cleaned_data["why"], key=form.cleaned_data["key"])
    except DoneBeforeError:
        pass
    except RefusedError as problem:
        return _member(request, desk, number, {"problem": problem})
    messages.success(request, "The membership has ended.")
    return redirect("people", desk.organisation.slug)


@at_desk(May.MANAGE_PEOPLE)
def seers(request: HttpRequest, desk: Desk, negotiation: str) -> HttpResponse:
    """Who alone may see a negotiation."""
    found = queries.seers(desk, negotiation)
    choices = [(one.person.pk, f"{one.person} ({one.in_words})") for one in queries.members(desk)]
    kept = {"based_on": found.based_on, "people": [one.pk for one in found.people]}
    form = SeersForm(request.POST or None, choices=choices, initial=kept)
    problem = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            members.let_see(desk, negotiation, given["people"], based_on=given["based_on"], key=given["key"])
        except ConflictError as conflict:
            problem, form = conflict, SeersForm(choices=choices, initial=kept)
        except DoneBeforeError:
            return redirect("people", desk.organisation.slug)
        else:
            messages.success(request, f"Who may see {negotiation} is kept.")
            return redirect("people", desk.organisation.slug)
    told = {"form": form, "seers": found, "problem": problem}
    return render(request, "organisations/seers.html", told, status=422 if problem or form.errors else 200)


def _people(request: HttpRequest, desk: Desk, form: InviteForm) -> HttpResponse:
    told = {
        "form": form,
        "members": queries.members(desk),
        "invitations": queries.invitations(desk),
        "negotiations": queries.all_seers(desk),
    }
    return render(request, "organisations/people.html", told, status=422 if form.errors else 200)


def _member(request: HttpRequest, desk: Desk, number: int, said: dict[str, Any]) -> HttpResponse:
    found = queries.member(desk, number)
    told = {
        "member": found,
        "form": RolesForm(initial={"roles": list(found.roles), "based_on": found.based_on}),
        "ending": EndForm(),
    }
    return render(request, "organisations/member.html", told | said, status=422 if said else 200)
