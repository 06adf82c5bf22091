"""Filling a workspace with the demo's practice and its people."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from evenhand.workspace.organisations.models import Membership, Organisation
from evenhand.workspace.people.models import Person
from evenhand.workspace.ready.people import PEOPLE
from evenhand.workspace.trail.actions import Deed, recorded


def fill(book: Path) -> tuple[Organisation, bool]:
    """The practice with its book and its people; what is there already stays as it is.

    Args:
        book: the demo's book.

    Returns:
        The practice, and whether it is new.
    """
    with transaction.atomic():
        practice, made = Organisation.objects.get_or_create(
            slug="cedar-ridge", defaults={"name": "Cedar Ridge Orthopaedics", "book": str(book.absolute())}
        )
        if made:
            _people(practice)
    return practice, made


def _people(practice: Organisation) -> None:
    for ready in PEOPLE:
        person = Person.objects.create_user(ready.email, name=ready.name)
        with recorded(Deed("joined", "person", ready.email, person, practice, why="ready for the demo")) as draft:
            for role in ready.roles:
                Membership.objects.create(person=person, organisation=practice, role=role)
            draft.after = ", ".join(role.label for role in ready.roles)
