"""The what-if page: made ready by a task, answered at once, exactly, and written as an offer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.book import Book
from evenhand.negotiation.record import negotiation
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.worker import run_waiting

HERE = "/o/cedar/negotiations/summit/what-if/"
MOVED = {"rate-fee-schedule": "6", "rate-implants": "-3.25", "everything": "1", "lesser_of": "on", "escalator": "3"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lead(own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]) -> Client:
    """A contracting lead, signed in."""
    return signed_in(member(own, Role.LEAD))


def test_it_is_made_ready_once_and_then_answers_exactly(own: Organisation, lead: Client) -> None:
    first = lead.get(HERE).content.decode()
    assert "being priced and read, once" in first
    run_waiting()

    page = lead.get(HERE).content.decode()
    assert 'type="range"' in page
    lead.post(f"{HERE}tried/", MOVED, headers=HTMX)
    run_waiting()  # the rounds are priced, too
    told = lead.post(f"{HERE}tried/", MOVED, headers=HTMX).content.decode()
    assert 'id="then-rate-fee-schedule" hx-swap-oob="true"' in told
    assert "Round 3, by us" in told
    assert "to the cent" in told

    lead.post(f"{HERE}exactly/", MOVED, headers=HTMX)
    run_waiting()
    task = Task.objects.get(kind="negotiations.exactly")
    assert task.state == State.DONE, task.problem
    said = lead.get(f"{HERE}exactly/{task.pk}/").content.decode()
    assert "just what the table said" in said

    offer = lead.post(f"{HERE}offer/", MOVED).content.decode()
    assert "percent: 7.06" in offer, "6 % and 1 % on top"
    key = re.findall(r'name="key" value="([^"]*)"', offer)[-1]
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", offer, re.DOTALL)
    assert text is not None
    written = text[1].replace("&quot;", '"').strip()
    sent = {"key": key, "by": "us", "day": "2026-11-20", "amends": "contract", "text": written}
    assert lead.post("/o/cedar/negotiations/summit/rounds/new/", sent).status_code == 302
    assert len(negotiation(Book.open(own.folder), "summit").read().rounds) == 4


def test_what_nobody_proposes_is_refused(lead: Client) -> None:
    lead.get(HERE)
    run_waiting()

    told = lead.post(f"{HERE}tried/", {**MOVED, "everything": "-100"}, headers=HTMX)

    assert told.status_code == 422
    assert "greater than or equal to -99" in told.content.decode()


def test_it_is_for_those_who_see_positions(
    own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    reader = signed_in(member(own, Role.READER))

    assert reader.get(HERE).status_code == 403
    assert reader.post(f"{HERE}tried/", MOVED).status_code == 403
