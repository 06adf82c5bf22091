"""What the demo's people have done already: figures are worked out, and some payments are being disputed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.payments.actions import Decision, settle_all
from evenhand.workspace.payments.choosing import Chosen
from evenhand.workspace.payments.models import Status
from evenhand.workspace.payments.queries import groups, known, sums
from evenhand.workspace.people.models import Person
from evenhand.workspace.ready.people import PEOPLE
from evenhand.workspace.tasks.worker import run_waiting

#: Pages that set figures to work, by the name of their address; those of a negotiation take its name too.
_ROOMS = ("portfolio", "executive", "contracts", "payments")
_NEGOTIATION = ("negotiation", "negotiation-what-if", "negotiation-preparation", "escalation")
_LEAD, _ANALYST = PEOPLE[0].email, PEOPLE[1].email
#: Payer, status, days until it is looked at again, note.
_DECIDED = (
    ("Summit Health", Status.TO_DISPUTE, 7, "Same cause on every claim: ask for all of them at once."),
    ("Prairie Mutual", Status.DISPUTED, 21, "Sent with the evidence per claim; they promised an answer."),
)


def work(practice: Organisation, say: Callable[[str], object]) -> None:
    """Open every page once, do the tasks this asks for, and decide on some payments.

    Args:
        practice: the demo's practice.
        say: takes what is being done, in a few words.
    """
    lead = desk_of(Person.objects.get(email=_LEAD), practice.slug)
    say("Working out what the pages show…")
    _open(lead)
    while run_waiting():
        _open(lead)
    worker = str(Person.objects.get(email=_ANALYST).pk)
    for number, (payer, status, days, note) in enumerate(_DECIDED):
        day = timezone.localdate() + timedelta(days=days)
        _decide(lead, payer, Decision(f"ready-{number}", status, worker, day, note=note))


def _open(lead: Desk) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(lead.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name in _ROOMS:
        client.get(reverse(name, args=[lead.organisation.slug]))
    for kept in lead.negotiations():
        for name in _NEGOTIATION:
            client.get(reverse(name, args=[lead.organisation.slug, kept.name]))


def _decide(lead: Desk, payer: str, decision: Decision) -> None:
    """Decide on what a payer paid short by its largest cause."""
    worklist = known(lead).worklist
    if worklist is None:
        return
    for largest in groups(worklist, Chosen(payer=payer, way="underpaid"), "cause")[:1]:
        settle_all(lead, largest.chosen, sums(worklist, largest.chosen).based_on, decision)
