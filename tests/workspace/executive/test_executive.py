"""One page for who decides: its figures, who sees what, live and on paper."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import Client
from tests.missing import missing

from evenhand.errors import UsageError
from evenhand.negotiation.record import keep_promise
from evenhand.workspace.executive.board import board
from evenhand.workspace.executive.live import changes
from evenhand.workspace.executive.paper import pdf_of
from evenhand.workspace.executive.queries import state_of
from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.worker import run_waiting

TODAY = date(2026, 11, 20)
URL = "/o/cedar/executive/"


@pytest.fixture
def filled(organisation: Organisation, member: Callable[..., Person]) -> Organisation:
    """Every answer the page needs is kept."""
    board(desk_of(member(organisation, Role.LEAD), "cedar"), TODAY)
    run_waiting()
    return organisation


def test_first_it_says_that_figures_are_in_the_making(
    organisation: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    page = signed_in(member(organisation, Role.EXECUTIVE)).get(URL).content.decode()

    assert "Being worked out. This page fills in by itself." in page
    assert "every 3s" in page


def test_every_figure_has_source_and_day(
    filled: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    desk = desk_of(member(filled, Role.EXECUTIVE), "cedar")

    shown = board(desk, TODAY)

    assert [key.label for key in shown.keys] == [
        *("Paid by plans", "Denied, of charges", "Slowest payer", "Paid less than agreed", "Of Medicare"),
    ]
    assert all(key.source and key.as_of for key in shown.keys)
    assert not shown.working
    (summit,) = shown.standings
    assert summit.ours is not None
    assert summit.theirs is not None
    assert (summit.ours.number, summit.theirs.number) == (3, 2)


def test_no_single_claim_is_on_it(
    filled: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    desk = desk_of(member(filled, Role.EXECUTIVE), "cedar")
    page = signed_in(desk.person).get(URL).content.decode()
    claims = desk.book().relation("select claim_id, member_id from claims").rows()
    assert len(claims) > 1000
    assert not [row for row in claims if row["claim_id"] in page or (row["member_id"] or "-") in page]


def test_our_walk_away_is_not_for_everybody(
    filled: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    pages = {role: signed_in(member(filled, role)).get(URL).content.decode() for role in (Role.EXECUTIVE, Role.READER)}

    assert "Walk-away" in pages[Role.EXECUTIVE]
    assert "room for both in" in pages[Role.EXECUTIVE]
    assert "Walk-away" not in pages[Role.READER]
    assert "room for both in" not in pages[Role.READER]


def test_it_is_told_of_changes_only() -> None:
    states = iter(["a", "a", "b", "b", "b", "c"])

    async def told() -> list[bytes]:
        stream = changes(lambda: next(states, "c"), look=0.001, sign=60, lasts=0.2)
        return [one async for one in stream]

    found = asyncio.run(told())

    assert found == [b"retry: 2000\n\n", *[b"event: changed\ndata: \n\n"] * 2]


def test_a_silent_stream_gives_signs_of_life() -> None:
    async def told() -> list[bytes]:
        return [one async for one in changes(lambda: "a", look=0.001, sign=0.01, lasts=0.1)]

    assert b": still here\n\n" in asyncio.run(told())


def test_a_change_of_the_negotiation_changes_the_state(own: Organisation, member: Callable[..., Person]) -> None:
    desk = desk_of(member(own, Role.LEAD), "cedar")
    before = state_of(desk)
    (kept,) = desk.negotiations()
    number = next(one.number for one in kept.read().commitments if one.done is None)

    keep_promise(kept, number, TODAY)

    assert state_of(desk) != before


def test_the_page_as_pdf(
    filled: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    try:
        pdf_of("<p>Anything</p>")
    except UsageError as problem:
        missing(str(problem))
    answer = signed_in(member(filled, Role.EXECUTIVE)).get(f"{URL}page.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"%PDF-")
    streams = re.findall(rb"stream\n(.*?)\nendstream", answer.content, re.DOTALL)
    assert any(b"pdfuaid" in zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")


def test_paper_asks_for_nothing_from_elsewhere() -> None:
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as elsewhere:
        Thread(target=elsewhere.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{elsewhere.server_port}"
        try:
            pdf_of(f'<link rel="stylesheet" href="{there}/x.css"><img src="{there}/x.png" alt="">')
        except UsageError as problem:
            missing(str(problem))
        finally:
            elsewhere.shutdown()
    assert asked == []
