"""Preparation and documents: what is stated, what is computed, what is made by tasks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.book import Book
from evenhand.negotiation.record import Kept, add_goal, negotiation
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.worker import run_waiting

ONE = "/o/cedar/negotiations/summit/"
SCRIPT = '"><script>alert(1)</script>'


@pytest.fixture
def lead(own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]) -> Client:
    """A contracting lead, signed in."""
    return signed_in(member(own, Role.LEAD))


def kept(own: Organisation) -> Kept:
    """The negotiation as it lies in the book."""
    return negotiation(Book.open(own.folder), "summit")


def fresh(client: Client, name: str = "key") -> str:
    """A key, or the state, from the page."""
    page = client.get(f"{ONE}preparation/").content.decode()
    return str(re.findall(rf'name="{name}" value="([^"]*)"', page)[-1])


@pytest.mark.parametrize(
    ("what", "sent"),
    [
        ("goal", {"goal": SCRIPT}),
        ("proof", {"claim": SCRIPT, "number": SCRIPT, "period": SCRIPT, "source": SCRIPT}),
        ("person", {"name": SCRIPT, "side": "them", "role": SCRIPT, "organisation": SCRIPT, "phone": SCRIPT}),
    ],
)
def test_what_is_stated_is_added_shown_as_text_and_taken_out(
    own: Organisation, lead: Client, what: str, sent: dict[str, str]
) -> None:
    before = kept(own).read()

    lead.post(f"{ONE}preparation/{what}/add/", {**sent, "key": fresh(lead)})

    page = lead.get(f"{ONE}preparation/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    lead.post(f"{ONE}preparation/{what}/remove/", {"one": SCRIPT, "key": fresh(lead)})
    assert kept(own).read() == before


def test_the_message_is_not_written_over_another(own: Organisation, lead: Client) -> None:
    state, key = fresh(lead, "based_on"), fresh(lead)
    sent = {"message": "Ours.", "based_on": state, "key": key}
    add_goal(kept(own), "Something else")
    lead.post(f"{ONE}preparation/message/", sent)
    assert kept(own).read().message == "Ours.", "a change elsewhere is no conflict"

    told = lead.post(f"{ONE}preparation/message/", {**sent, "message": "Late.", "key": "another"}, follow=True)

    assert "changed by somebody else since" in told.content.decode()
    assert kept(own).read().message == "Ours."


def test_documents_are_made_by_a_task_and_fetched_as_files(
    own: Organisation, lead: Client, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    lead.post(f"{ONE}documents/make/", {"key": "make-them"})
    run_waiting()

    assert Task.objects.get(kind="negotiations.documents").state == State.DONE
    page = lead.get(f"{ONE}documents/").content.decode()
    assert "summit-letter.docx" in page
    file = lead.get(f"{ONE}documents/summit-letter.docx/")
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert lead.get(f"{ONE}documents/..%2Fsecret-key/").status_code == 404
    assert signed_in(member(own, Role.READER)).get(f"{ONE}documents/summit-letter.docx/").status_code == 403


def test_rounds_are_compared_by_a_task_and_kept_once(own: Organisation, lead: Client) -> None:
    lead.post(f"{ONE}rounds/compare/", {"key": "compare-them"})
    run_waiting()
    task = Task.objects.get(kind="negotiations.compare")
    assert task.state == State.DONE, task.problem
    versions = len(list((kept(own).folder / ".history").iterdir()))

    Task.objects.filter(pk=task.pk).update(state=State.WAITING)  # its worker was killed before it could say so
    run_waiting()

    assert len(list((kept(own).folder / ".history").iterdir())) == versions
    assert "1,000 draws" in lead.get(ONE).content.decode()


def test_readiness_fills_in_when_the_book_was_looked_at(lead: Client) -> None:
    assert "Being worked out" in lead.get(f"{ONE}preparation/").content.decode()
    run_waiting()

    page = lead.get(f"{ONE}preparation/").content.decode()

    assert "items green" in page
    assert "Signals of impasse" in page
    assert "Known mistakes" in page
