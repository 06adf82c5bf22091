"""Groups of differences, single differences, one claim, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from evenhand.documents.words import counted
from evenhand.errors import ConflictError, EvenhandError
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.payments import actions, queries
from evenhand.workspace.payments.choosing import differences, filters, workers
from evenhand.workspace.payments.forms import ALL, BulkForm, ClaimForm
from evenhand.workspace.payments.models import Matter
from evenhand.workspace.payments.queries import GROUPINGS, By, Known, known, sums
from evenhand.workspace.payments.stories import listed, log_seen, log_seen_claim, rows_of, story
from evenhand.workspace.payments.trends import trends
from evenhand.workspace.site.tables import Order
from evenhand.workspace.trail.actions import DoneBeforeError

REFUSED, CONFLICT = 422, 409
_A_PAGE = 50
#: What single differences can be ordered by, and the column of each.
_ORDERS = {"amount": "amount", "service": "service_date", "claim": "claim", "expected": "expected", "allowed": "actual"}


def page(request: HttpRequest, desk: Desk, template: str, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of this room, with the tabs this person may open."""
    slug, here = desk.organisation.slug, request.path
    rooms = [("Groups", "payments", May.SEE), ("Claims", "payment-claims", May.SEE_CLAIMS)]
    rooms += [("Trends", "payment-trends", May.SEE), ("Dispute packets", "payment-packets", May.WORK_VARIANCES)]
    tabs = [(title, reverse(name, args=[slug])) for title, name, may in rooms if desk.may(may)]
    current = max((url for _, url in tabs if here.startswith(url)), key=len, default="")
    told = {
        "tabs": [(title, url, url == current) for title, url in tabs],
        "sees_claims": desk.may(May.SEE_CLAIMS),
        "works": desk.may(May.WORK_VARIANCES),
    }
    return render(request, template, told | more, status=status)


@at_desk(May.SEE)
def grouped(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Differences in groups, never one by one."""
    found = known(desk)
    if found.worklist is None:
        return page(request, desk, "payments/groups.html", {"known": found})
    form = filters(desk, found.worklist, request.GET, claims=False)
    chosen = form.chosen()
    by: By = next((by for by in GROUPINGS if by == request.GET.get("by")), "cause")
    shown = {
        "known": found,
        "form": form,
        "by": by,
        "groupings": [(title, _with(request.GET, by=name), name == by) for name, title in GROUPINGS.items()],
        "shown": Paginator(queries.groups(found.worklist, chosen, by), _A_PAGE).get_page(request.GET.get("page")),
        "causes": by in ("cause", "all"),
        "totals": queries.totals(found.worklist),
        "filtered": bool(chosen.given),
        "words": chosen.words({str(one.pk): str(one) for one in workers(desk)}),
    }
    return page(request, desk, "payments/groups.html", shown)


def _with(query: QueryDict, **more: str) -> str:
    wanted = query.copy()
    wanted.pop("page", None)
    for name, value in more.items():
        wanted[name] = value
    return f"?{wanted.urlencode()}"


@require_POST
@at_desk(May.SEE)
def again(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Have a worklist that failed worked out anew."""
    known(desk, again=True)
    return redirect("payments", organisation=desk.organisation.slug)


@at_desk(May.SEE_CLAIMS)
def claims(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Single differences; that they were looked at is logged."""
    found = known(desk)
    if found.worklist is None:
        return page(request, desk, "payments/claims.html", {"known": found})
    form = filters(desk, found.worklist, request.GET, claims=True)
    chosen, people = form.chosen(), workers(desk)
    order, told = Order.asked(request.GET.dict(), _ORDERS, "-amount"), sums(found.worklist, chosen)
    by = f"{'-' if order.descending else ''}{_ORDERS[order.key]}"
    pages = Paginator(differences(found.worklist, chosen).order_by(by, "pk").values_list("pk", flat=True), _A_PAGE)
    pages.count = told.count  # they were counted already
    shown = pages.get_page(request.GET.get("page"))
    words, where = chosen.words({str(one.pk): str(one) for one in people}), f", page {shown.number}, {order.text}"
    log_seen(desk, chosen, where)
    state = {"chosen": chosen.address, "based_on": told.based_on}
    more = {
        "known": found,
        "form": form,
        "order": order,
        "shown": shown,
        "rows": rows_of(list(shown)),
        "told": told,
        "totals": queries.totals(found.worklist),
        "words": words,
        "filtered": bool(chosen.given),
        "bulk": BulkForm(initial=state, people=people, count=told.count),
    }
    return page(request, desk, "payments/claims.html", more)


@require_POST
@at_desk(May.WORK_VARIANCES)
def settle(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Decide on several differences at once, and go back to the list, which says what came of it."""
    asked = QueryDict(request.POST.get("chosen", ""))
    form = BulkForm(request.POST, people=workers(desk))
    try:
        if not form.is_valid():
            raise RefusedError(" ".join(str(fault) for faults in form.errors.values() for fault in faults))
        count = _settled(desk, form, ticked(request), asked)
        messages.success(request, f"Decided on {counted(count, 'difference')}.")
    except DoneBeforeError:
        pass  # sent twice: it is done
    except ConflictError as problem:
        messages.error(request, f"{problem}. Below is how it stands now; decide again.")
    except EvenhandError as problem:
        messages.error(request, str(problem))
    return redirect(f"{reverse('payment-claims', args=[desk.organisation.slug])}?{asked.urlencode()}")


def _settled(desk: Desk, form: BulkForm, versions: dict[int, int], asked: QueryDict) -> int:
    if form.cleaned_data["scope"] == ALL:
        return actions.settle_all(desk, queries.chosen_of(desk, asked), form.cleaned_data["based_on"], form.decision())
    return actions.settle_some(desk, versions, form.decision())


def ticked(request: HttpRequest) -> dict[int, int]:
    """The boxes ticked: numbers of matters with the versions seen; what is none is left out."""
    pairs = (box.partition(":") for box in request.POST.getlist("matter"))
    return {
        int(one): int(version)
        for one, _, version in pairs
        if one.isdecimal() and version.isdecimal() and len(one + version) < 19
    }


@at_desk(May.SEE_CLAIMS)
def claim(request: HttpRequest, desk: Desk, matter: int) -> HttpResponse:
    """One difference with its claim; that it was looked at is logged. What is sent decides on it."""
    found, known_now = queries.matter(desk, matter), known(desk)
    if request.method != "POST":
        form = ClaimForm(matter=found, people=workers(desk)) if desk.may(May.WORK_VARIANCES) else None
        return _claim(request, desk, known_now, (found, form))
    desk.require(May.WORK_VARIANCES)
    form = ClaimForm(request.POST, matter=found, people=workers(desk))
    if not form.is_valid():
        return _claim(request, desk, known_now, (found, form), REFUSED)
    based_on = form.cleaned_data["based_on"]
    return _decided(
        request,
        lambda: actions.settle_some(desk, {found.pk: based_on}, form.decision()),
        lambda status: _claim(request, desk, known_now, (queries.matter(desk, matter), form), status),
    )


def _decided(request: HttpRequest, act: Callable[[], object], again: Callable[[int], HttpResponse]) -> HttpResponse:
    try:
        act()
    except DoneBeforeError:
        pass
    except ConflictError:
        return again(CONFLICT)
    except EvenhandError as problem:
        messages.error(request, str(problem))
        return again(REFUSED)
    messages.success(request, "Decided.")
    return redirect(request.path)


def _claim(
    request: HttpRequest, desk: Desk, known_now: Known, given: tuple[Matter, ClaimForm | None], status: int = 200
) -> HttpResponse:
    matter, form = given
    log_seen_claim(desk, matter)
    told = story(desk, known_now.worklist, matter)
    shown = {
        "known": known_now,
        "story": told,
        "matter": matter,
        "row": listed(told.row) if told.row else None,
        "form": form,
        "clash": actions.told(matter) if status == CONFLICT else "",
        "crumbs": [(title, reverse(name, args=[desk.organisation.slug])) for title, name in _ABOVE],
    }
    return page(request, desk, "payments/claim.html", shown, status)


_ABOVE = (("Payments", "payments"), ("Claims", "payment-claims"))


@at_desk(May.SEE)
def trend(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is outstanding, and what came back, by month."""
    found = known(desk)
    told = trends(desk.organisation, found.worklist) if found.worklist else None
    return page(request, desk, "payments/trends.html", {"known": found, "trends": told})
