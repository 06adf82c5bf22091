"""Taking files in while they arrive: limits and the place they go to stand before the first byte is read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from evenhand.workspace.loading import actions
from evenhand.workspace.loading.models import Delivery
from evenhand.workspace.loading.queries import delivery_before
from evenhand.workspace.loading.staging import RefusedError, Staging, clear, folder_of
from evenhand.workspace.loading.views import what_is_there
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.forms import sent_key
from evenhand.workspace.trail.actions import DoneBeforeError


@csrf_exempt  # the check reads the body, so it is made inside, when it is known where the files go
@require_POST
@at_desk(May.LOAD)
def upload(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Bring files in. All of them are kept, or none."""
    delivery = Delivery(organisation=desk.organisation, person=desk.person)
    staged = Staging(folder_of(desk.organisation, delivery.pk))
    request.upload_handlers = [staged]
    taken = False
    try:
        response = _checked(request, desk, delivery, staged)
        taken = response.status_code < 400
        return response
    except RefusedError as problem:
        return _refused(request, desk, str(problem))
    finally:
        staged.close()
        if not taken:
            clear(staged.folder)


def taken_in(request: HttpRequest, desk: Desk, *, key: str) -> Delivery:
    """Bring the files of a program's request in; sent a second time, the answer is the delivery of the first.

    Raises:
        RefusedError: there is no file, there are too many, or they are too large; nothing of them is kept.
    """
    delivery = Delivery(organisation=desk.organisation, person=desk.person)
    staged = Staging(folder_of(desk.organisation, delivery.pk))
    request.upload_handlers = [staged]
    taken = False
    try:
        _ = request.FILES  # reads what is sent, into the folder
        if not staged.names:
            raise RefusedError("no file was sent; send them as multipart/form-data, in the field 'files'")
        actions.received(desk, delivery, staged, key=key)
        taken = True
    except DoneBeforeError as before:
        return delivery_before(desk, before.event)
    finally:
        if not taken:
            clear(staged.folder)
    return delivery


@csrf_protect
def _checked(request: HttpRequest, desk: Desk, delivery: Delivery, staged: Staging) -> HttpResponse:
    key = sent_key(request)
    if not staged.names:
        raise RefusedError("no file was chosen; choose files, or drop them onto the field")
    try:
        actions.received(desk, delivery, staged, key=key)
    except DoneBeforeError:
        clear(staged.folder)
        return _gone(request, reverse("loading", args=[desk.organisation.slug]))
    return _gone(request, reverse("delivery", args=[desk.organisation.slug, delivery.pk]))


def _gone(request: HttpRequest, url: str) -> HttpResponse:
    """On to another page, by a script or without one."""
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponse(status=302, headers={"Location": url})


def _refused(request: HttpRequest, desk: Desk, problem: str) -> HttpResponse:
    what, _, right = problem.partition("; ")
    given = {"what": what, "right": right}
    if getattr(request, "htmx", False):
        return render(request, "loading/parts/refused.html", given, status=422)
    return render(request, "loading/loading.html", given | what_is_there(desk), status=422)
