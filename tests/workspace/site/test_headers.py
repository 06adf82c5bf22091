"""Headers of every answer."""

from __future__ import annotations

import asyncio
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from evenhand.workspace.site.middleware import content_policy, strict_headers

REQUEST = RequestFactory().get("/")


def test_a_page_may_use_only_what_this_site_serves() -> None:
    assert content_policy() == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def test_forms_may_lead_to_the_provider_of_sign_in_that_is_set(settings: Any) -> None:
    settings.FORM_ORIGINS = ["https://login.example"]

    assert "form-action 'self' https://login.example;" in content_policy()


def test_every_answer_of_the_site_has_them(client: Any, db: None) -> None:
    for address in ("/", "/nowhere/", "/health/"):
        answer = client.get(address)
        assert "default-src 'none'" in answer["Content-Security-Policy"], address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["Referrer-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert "camera=()" in answer["Permissions-Policy"], address
        assert "no-store" in answer["Cache-Control"], address


def test_files_of_the_site_may_be_kept(client: Any, db: None) -> None:
    answer = client.get("/static/evenhand/tokens.css")
    answer.close()

    assert answer.status_code == 200
    assert "no-store" not in answer["Cache-Control"]


def test_an_answer_keeps_the_stricter_header_it_sets_itself() -> None:
    def download(request: HttpRequest) -> HttpResponseBase:
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    answer: Any = strict_headers(download)(REQUEST)

    assert answer["Content-Security-Policy"] == "sandbox"
    assert answer["Cache-Control"] == "no-store"


def test_answers_that_are_made_asynchronously_have_them_too() -> None:
    async def page(request: HttpRequest) -> HttpResponseBase:
        return HttpResponse()

    answer: Any = asyncio.run(strict_headers(page)(REQUEST))  # type: ignore[arg-type]

    assert "default-src 'none'" in answer["Content-Security-Policy"]
