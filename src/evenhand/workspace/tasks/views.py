"""The list of tasks, one task that looks after itself, stopping and starting again."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.forms import sent_key
from evenhand.workspace.tasks import actions, queries
from evenhand.workspace.tasks.models import Task

_A_PAGE = 50


@at_desk(May.SEE)
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What this person asked for; administrators see what everybody did."""
    shown = Paginator(queries.tasks(desk), _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "tasks/tasks.html", {"shown": shown})


@at_desk(May.SEE)
def part(request: HttpRequest, desk: Desk, task: UUID) -> HttpResponse:
    """One task as it stands, for a page that shows it. A page says ``task-ended`` to itself when it has."""
    return _part(request, queries.shown(desk, task))


def _part(request: HttpRequest, task: Task) -> HttpResponse:
    response = render(request, "tasks/parts/task.html", {"task": task})
    if not task.is_open:
        response["HX-Trigger"] = "task-ended"
    return response


@require_POST
@at_desk(May.SEE)
def cancel(request: HttpRequest, desk: Desk, task: UUID) -> HttpResponse:
    """Give it up."""
    return _steered(request, desk, task, actions.cancel)


@require_POST
@at_desk(May.SEE)
def again(request: HttpRequest, desk: Desk, task: UUID) -> HttpResponse:
    """Start it once more."""
    return _steered(request, desk, task, actions.again)


def _steered(request: HttpRequest, desk: Desk, id_: UUID, steer: Callable[..., None]) -> HttpResponse:
    task, key = queries.shown(desk, id_), sent_key(request)
    if not actions.may_steer(desk, task):
        raise Http404
    steer(desk, task, key=key)
    if getattr(request, "htmx", False):
        return _part(request, queries.shown(desk, id_))
    return redirect("tasks", organisation=desk.organisation.slug)
