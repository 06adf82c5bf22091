"""Issues, each changed in its place."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.errors import ConflictError, EvenhandError
from evenhand.negotiation.record import Issue, Seen, add_issue, stand
from evenhand.workspace.negotiations import queries
from evenhand.workspace.negotiations.actions import Request, changed
from evenhand.workspace.negotiations.forms import IssueForm, NewIssueForm
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.negotiations.showing import REFUSED, at, done, page
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.forms import new_key
from evenhand.workspace.trail.actions import DoneBeforeError


@dataclass(frozen=True, slots=True)
class Clash:
    """One field of which somebody else has made something else meanwhile."""

    label: str
    was: str
    now: str
    yours: str


@at_desk(May.SEE)
def row(request: HttpRequest, desk: Desk, name: str, issue: str) -> HttpResponse:
    """One issue as it stands."""
    given = queries.opened(desk, name)
    return _row(request, desk, given, _issue(given, issue))


@at_desk(May.NEGOTIATE)
def edit(request: HttpRequest, desk: Desk, name: str, issue: str) -> HttpResponse:
    """Change one issue in its place."""
    given = queries.opened(desk, name)
    held = _issue(given, issue)
    if request.method != "POST":
        form = IssueForm(initial={**IssueForm.told(held), "based_on": given.state})
        return _form(request, desk, given, (held, form))
    form = IssueForm(request.POST)
    clashes: list[Clash] = []
    if form.is_valid():
        try:
            save(desk, name, held, form)
        except DoneBeforeError:
            pass
        except ConflictError as conflict:
            clashes = _clashes(conflict, form)
            form = _again(form, conflict, given.state)
        except EvenhandError as problem:
            form.add_error(None, str(problem))
    if clashes or form.errors:
        return _form(request, desk, given, (held, form), clashes)
    now = queries.opened(desk, name)
    return _row(request, desk, now, _issue(now, issue), focus=True)


def save(desk: Desk, name: str, held: Issue, form: IssueForm) -> None:
    """Keep an issue as a filled-in form says, from the state the form was made in.

    Raises:
        ConflictError: somebody else changed the issue since.
        DoneBeforeError: this request was carried out already.
    """
    seen = Seen(f"'{held.called}'", form.cleaned_data["based_on"], lambda found: found.issue(held.id))
    asked = Request(f"changed the issue '{held.id}' of", form.cleaned_data["key"], seen=seen)
    changed(desk, name, asked, lambda kept: stand(kept, held.id, form.standing(held.theirs)))


def put(desk: Desk, name: str, form: NewIssueForm) -> None:
    """Put something else on the table, as a valid form says.

    Raises:
        DoneBeforeError: this request was carried out already.
    """
    asked = Request("put an issue on the table of", form.cleaned_data["key"])
    changed(desk, name, asked, lambda kept: add_issue(kept, form.issue()))


def _clashes(conflict: ConflictError, form: IssueForm) -> list[Clash]:
    was = IssueForm.told(conflict.was) if isinstance(conflict.was, Issue) else {}
    now = IssueForm.told(conflict.now) if isinstance(conflict.now, Issue) else {}
    return [
        Clash(str(field.label), was.get(key, ""), text, str(form.cleaned_data.get(key, "")))
        for key, text in now.items()
        if (field := form.fields[key]) and text not in (was.get(key), form.cleaned_data.get(key))
    ] or [Clash("The issue", "as you opened it", "changed, in the same way as yours", "as you wrote it")]


def _again(form: IssueForm, conflict: ConflictError, state: str) -> IssueForm:
    """What is there now with what was written over it: sent again it is a decision and not an accident."""
    was = IssueForm.told(conflict.was) if isinstance(conflict.was, Issue) else {}
    now = IssueForm.told(conflict.now) if isinstance(conflict.now, Issue) else {}
    yours = {key: str(form.cleaned_data.get(key, "")) for key in now}
    told = {key: now[key] if yours[key] == was.get(key) else yours[key] for key in now}
    return IssueForm(initial=told | {"based_on": state, "key": new_key()})


def _issue(given: Reading, id_: str) -> Issue:
    found = given.found.issue(id_)
    if found is None:
        raise Http404
    return found


def _row(request: HttpRequest, desk: Desk, given: Reading, issue: Issue, *, focus: bool = False) -> HttpResponse:
    if not getattr(request, "htmx", False):
        return redirect(f"{at('negotiation', desk, given.name)}#issue-{issue.id}")
    shown = {
        "given": given,
        "row": queries.row(issue),
        "sees": desk.may(May.SEE_POSITIONS),
        "negotiates": desk.may(May.NEGOTIATE),
        "focus": focus,
    }
    return render(request, "negotiations/parts/issue.html", shown)


def _form(
    request: HttpRequest,
    desk: Desk,
    given: Reading,
    what: tuple[Issue, IssueForm],
    clashes: list[Clash] | None = None,
) -> HttpResponse:
    shown = {"given": given, "issue": what[0], "form": what[1], "clashes": clashes or []}
    status = REFUSED if clashes or what[1].errors else 200
    if getattr(request, "htmx", False):
        return render(request, "negotiations/parts/issue_form.html", shown, status=status)
    return page(request, desk, given, "negotiations/issue.html", shown, status)


@require_POST
@at_desk(May.NEGOTIATE)
def add(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Put something else on the table."""
    given, form = queries.opened(desk, name), NewIssueForm(request.POST)
    to = at("negotiation", desk, name)
    if not form.is_valid():
        return page(request, desk, given, "negotiations/issue_new.html", {"new_issue": form}, REFUSED)
    return done(request, lambda: put(desk, name, form), f"On the table: {form.cleaned_data['name']}.", to=to)
