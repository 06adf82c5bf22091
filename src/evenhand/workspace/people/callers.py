"""Where a request comes from, as far as that can be believed."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

_HERE = "127.0.0.1"


def address_of(request: HttpRequest) -> str:
    """The caller's address: what the outermost proxy of ours saw, never what a caller may have written before it.

    With ``EVENHAND_PROXIES`` at 0 the header is not looked at; what is no address counts as this machine.
    """
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = settings.PROXIES
    found = told[-proxies] if 0 < proxies <= len(told) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return _HERE
