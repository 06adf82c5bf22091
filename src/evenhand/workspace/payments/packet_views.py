"""Dispute packets: asked for, looked at, taken out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from evenhand.documents.dispute import IN_IT
from evenhand.errors import EvenhandError
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.payments.forms import ALL
from evenhand.workspace.payments.packets import FILES, ask_packet, file_name, packet_of, packets_of, take_file, task_key
from evenhand.workspace.payments.queries import chosen_of
from evenhand.workspace.payments.views import page, ticked
from evenhand.workspace.site.downloads import ANY, XLSX, attachment
from evenhand.workspace.site.forms import sent_key
from evenhand.workspace.tasks.queries import last
from evenhand.workspace.trail.actions import DoneBeforeError

_A_PAGE = 50


@at_desk(May.WORK_VARIANCES)
def packets(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The packets asked for, the newest first; what is sent asks for another."""
    if request.method == "POST":
        return _ask(request, desk)
    shown = Paginator(packets_of(desk), _A_PAGE).get_page(request.GET.get("page"))
    return page(request, desk, "payments/packets.html", {"shown": shown})


def _ask(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked = QueryDict(request.POST.get("chosen", ""))
    numbers = None if request.POST.get("scope") == ALL else list(ticked(request))
    try:
        packet = ask_packet(desk, chosen_of(desk, asked), key=sent_key(request), numbers=numbers)
    except DoneBeforeError:
        return redirect("payment-packets", organisation=desk.organisation.slug)
    except EvenhandError as problem:
        messages.error(request, str(problem))
        return redirect(f"{reverse('payment-claims', args=[desk.organisation.slug])}?{asked.urlencode()}")
    return redirect("payment-packet", organisation=desk.organisation.slug, packet=packet.pk)


@at_desk(May.WORK_VARIANCES)
def packet(request: HttpRequest, desk: Desk, packet: UUID) -> HttpResponse:
    """One packet: how far it is, its files."""
    found = packet_of(desk, packet)
    above = (("Payments", "payments"), ("Dispute packets", "payment-packets"))
    shown = {
        "packet": found,
        "task": last(desk, task_key(found)),
        "files": list(FILES.items()),
        "in_it": IN_IT,
        "crumbs": [(title, reverse(name, args=[desk.organisation.slug])) for title, name in above],
    }
    return page(request, desk, "payments/packet.html", shown)


@at_desk(May.WORK_VARIANCES)
def packet_file(request: HttpRequest, desk: Desk, packet: UUID, kind: str) -> HttpResponse:
    """A file of a packet, to be saved."""
    if kind not in FILES:
        raise Http404
    found = packet_of(desk, packet)
    return attachment(take_file(desk, found, kind), file_name(found, kind), XLSX if kind == "xlsx" else ANY)
