"""Whether it runs."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse


def health(request: HttpRequest) -> JsonResponse:
    """Whether the database answers; nothing about anybody."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"state": "ok"})
