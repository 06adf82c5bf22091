"""The record of one negotiation's talks; over all of them search, what is due, and the link to a calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from evenhand.documents.words import counted
from evenhand.errors import EvenhandError
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.negotiations.showing import REFUSED, at, done, page
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.site.forms import KeyedForm, sent_key
from evenhand.workspace.talks import actions, queries
from evenhand.workspace.talks.calendar import calendar_of
from evenhand.workspace.talks.forms import MailForm, PromiseForm, TalkForm
from evenhand.workspace.talks.models import Feed, digest_of
from evenhand.workspace.trail.actions import DoneBeforeError

#: Where the secret of a link just made is kept until it has been shown once.
_SHOWN_ONCE = "calendar-secret"


@at_desk(May.SEE_POSITIONS)
def one(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """The record of one negotiation."""
    return _one(request, desk, name, {})


def _one(request: HttpRequest, desk: Desk, name: str, forms: dict[str, KeyedForm], status: int = 200) -> HttpResponse:
    given = opened(desk, name)
    numbered = list(enumerate(given.found.talks, start=1))
    told: dict[str, Any] = {
        "talks": sorted(numbered, key=lambda pair: (pair[1].date, pair[0]), reverse=True),
        "promises": queries.promises(given),
        "dropped": queries.dropped(desk, name),
        "records": desk.may(May.RECORD),
        "talk_form": forms.get("talk") or TalkForm(),
        "mail_form": forms.get("mail") or MailForm(auto_id="mail_%s"),
        "promise_form": forms.get("promise") or PromiseForm(auto_id="promise_%s"),
    }
    return page(request, desk, given, "talks/one.html", told, status)


def _sent(
    request: HttpRequest, desk: Desk, name: str, kind: str, form: KeyedForm, act: Callable[[], str]
) -> HttpResponse:
    """Do what a form asks for; what is wrong with it is shown in its place."""
    if form.is_valid():
        try:
            messages.success(request, act())
            return redirect("talks", organisation=desk.organisation.slug, name=name)
        except DoneBeforeError:
            return redirect("talks", organisation=desk.organisation.slug, name=name)
        except EvenhandError as problem:
            form.add_error(None, str(problem))
    return _one(request, desk, name, {kind: form}, REFUSED)


@require_POST
@at_desk(May.RECORD)
def talk(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Record what was said."""
    desk.negotiation(name)
    form = TalkForm(request.POST, request.FILES)

    def act() -> str:
        actions.record(desk, name, form.talk(), form.cleaned_data["sent"], form.cleaned_data["key"])
        return "It is recorded."

    return _sent(request, desk, name, "talk", form, act)


@require_POST
@at_desk(May.RECORD)
def mail(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Record e-mails as they were saved."""
    desk.negotiation(name)
    form = MailForm(request.POST, request.FILES, auto_id="mail_%s")

    def act() -> str:
        count = actions.record_mails(desk, name, form.cleaned_data["sent"], form.cleaned_data["key"])
        rest = len(form.cleaned_data["sent"]) - count
        return f"Recorded: {counted(count, 'e-mail')}{f'; the record holds the other {rest} already' if rest else ''}."

    return _sent(request, desk, name, "mail", form, act)


@require_POST
@at_desk(May.RECORD)
def promise(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Record what somebody promised."""
    desk.negotiation(name)
    form = PromiseForm(request.POST, auto_id="promise_%s")

    def act() -> str:
        told = {key: form.cleaned_data[key] for key in ("what", "owner", "day", "due")}
        actions.record_promise(desk, name, told, form.cleaned_data["key"])
        return "The promise is recorded."

    return _sent(request, desk, name, "promise", form, act)


@require_POST
@at_desk(May.RECORD)
def kept(request: HttpRequest, desk: Desk, name: str, number: int) -> HttpResponse:
    """Mark what was promised as done."""
    key = sent_key(request)
    to = f"{at('talks', desk, name)}#promises"
    return done(request, lambda: actions.keep(desk, name, number, key), f"Promise {number} is done.", to=to)


@at_desk(May.SEE_POSITIONS)
def attachment(request: HttpRequest, desk: Desk, name: str, file: str) -> HttpResponse:
    """A file kept with a talk, to be saved."""
    return attached(*queries.attachment(desk, name, file))


@at_desk(May.SEE_POSITIONS)
def everything(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Search over all negotiations, what is due, the link to a calendar."""
    asked = request.GET.get("q", "").strip()[:200]
    secret = request.session.pop(_SHOWN_ONCE, "")
    link = request.build_absolute_uri(at_feed(secret)) if secret else ""
    shown = {
        "asked": asked,
        "hits": queries.search(desk, asked),
        "due": queries.due(desk, within=90),
        "feed": queries.feed_of(desk),
        "link": link,
    }
    template = "talks/parts/hits.html" if getattr(request, "htmx", False) else "talks/everything.html"
    return render(request, template, shown)


def at_feed(secret: str) -> str:
    """The address of a calendar."""
    return reverse("calendar", args=[secret])


@require_POST
@at_desk(May.SEE_POSITIONS)
def feed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Make a new link to the calendar, or revoke it."""
    key, wanted = sent_key(request), request.POST.get("do", "")
    if wanted not in ("make", "revoke"):
        raise Http404

    def act() -> None:
        if wanted == "make":
            request.session[_SHOWN_ONCE] = actions.new_feed(desk, key)
        else:
            actions.revoke_feed(desk, key)

    said = "The link is made; it is shown this once." if wanted == "make" else "The link leads nowhere any more."
    return done(request, act, said, to=f"{at('all-talks', desk)}#calendar")


def subscribed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret link, as calendars ask for it: whoever has the link sees the days."""
    found = Feed.objects.filter(digest=digest_of(secret), revoked=None).select_related("person", "organisation").first()
    made = None if found is None else calendar_of(found)
    if made is None:
        raise Http404
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="negotiations.ics"'
    return answer
