"""The gallery: every part a page can be made of, for those who make pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.workspace.site.gallery import FIELDS, everything
from evenhand.workspace.site.tables import Order

#: A desk nobody sits at, so that header and navigation have something to show.
_DESK = {
    "person": "Ines Okafor",
    "desk": {"organisation": {"name": "Cedar Ridge Orthopaedics"}, "role": "Contracting lead"},
    "others": (("Harbor View Surgical", "#", False),),
    "pages": (
        ("Portfolio", "#", False),
        ("Negotiations", "#", True),
        ("Payments", "#", False),
        ("Loading", "#", False),
    ),
}


def gallery(request: HttpRequest) -> HttpResponse:
    """Every part, full and empty; there is no such page where real work is done."""
    if not settings.GALLERY:
        raise Http404
    messages.success(request, "The offer was kept.")
    messages.warning(request, "Two lines have no rate under this contract.")
    messages.error(request, "Somebody else changed this meanwhile; nothing was overwritten.")
    order = Order.asked(request.GET, [field.key for field in FIELDS], "-allowed")
    return render(request, "site/gallery.html", everything(order) | _DESK)
