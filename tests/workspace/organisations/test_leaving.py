"""An organisation leaves with all it owns; nothing of it stays, and nothing of another goes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from evenhand.errors import SelectionError, UsageError
from evenhand.workspace.organisations.actions.inviting import invite
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.leaving import delete, export, organisation_named, owned
from evenhand.workspace.organisations.models import Access, Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import broken, events


@pytest.fixture
def desk(own: Organisation, member: Callable[..., Person]) -> Desk:
    """An administrator who has done something, beside another organisation where somebody did, too."""
    found = desk_of(member(own, Role.ADMINISTRATOR), "cedar")
    other = Organisation.objects.create(name="Birch", slug="birch", book=own.book + "-birch")
    for one in (found, desk_of(member(other, Role.ADMINISTRATOR, name="birch"), "birch")):
        invite(one, "noor@cedar.example", [Role.LEAD])
        Access.objects.create(organisation=one.organisation, negotiation="summit", person=one.person)
    return found


def test_everything_it_owns_is_written_out(desk: Desk, tmp_path: Path) -> None:
    told = export(desk.organisation, tmp_path / "out")

    out = tmp_path / "out"
    assert json.loads((out / "manifest.json").read_text()) == told
    for name, one in told["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == one["sha256"], name
    assert {path.name for path in desk.organisation.folder.iterdir()} == {
        path.name for path in (out / "book").iterdir()
    }
    rows = [json.loads(line) for line in (out / "rows" / "trail.event.jsonl").read_text().splitlines()]
    assert [one["fields"]["what"] for one in rows] == ["invited", "exported"]
    assert told["log"]["ends_at"] == rows[-1]["fields"]["digest"]
    people = [json.loads(line) for line in (out / "people.jsonl").read_text().splitlines()]
    assert [(one["email"], one["roles"]) for one in people] == [("administrator@cedar.example", ["administrator"])]
    assert "birch" not in "".join(path.read_text() for path in (out / "rows").iterdir())
    assert "pbkdf2" not in "".join(path.read_text() for path in out.rglob("*.jsonl"))


def test_no_kind_of_row_that_names_an_organisation_is_forgotten() -> None:
    kinds = {model.__name__ for model, _ in owned()}

    assert {"Organisation", "Membership", "Access", "Invitation", "Event", "Task"} <= kinds
    assert "Person" not in kinds


def test_nothing_is_written_over(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        export(desk.organisation, tmp_path)


def test_an_organisation_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(SelectionError, match="there is no organisation 'cedars'; there are: birch, cedar"):
        organisation_named("cedars")


def test_nothing_is_deleted_that_was_not_exported(desk: Desk) -> None:
    with pytest.raises(UsageError, match="was not exported within a day"):
        delete(desk.organisation)

    assert Organisation.objects.filter(slug="cedar").exists()


@pytest.mark.parametrize("book", [False, True])
def test_deleting_takes_it_away_and_leaves_the_others(desk: Desk, tmp_path: Path, book: bool) -> None:
    export(desk.organisation, tmp_path / "out")
    folder = desk.organisation.folder

    delete(desk.organisation, book=book)

    other = Organisation.objects.get()
    assert other.slug == "birch"
    assert set(Event.objects.exclude(organisation=None).values_list("organisation", flat=True)) == {other.pk}
    assert Access.objects.get().organisation == other
    assert folder.exists() != book
    assert broken(other) == broken(None) == []
    last = events(None)[0]
    assert (last.what, last.name) == ("deleted", "cedar")
    assert "its log had 2 events and ended at" in last.before
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from trail_event")


def test_it_can_be_deleted_without_an_export_when_that_is_said(desk: Desk) -> None:
    delete(desk.organisation, without_export=True)

    assert not Organisation.objects.filter(slug="cedar").exists()
