"""An organisation leaves with all it owns; nothing of it stays, and nothing of another goes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from pytest_django import Settings

from evenhand.errors import SelectionError, UsageError
from evenhand.workspace.escalation.queries import brief_folder
from evenhand.workspace.negotiations.work import documents_folder
from evenhand.workspace.organisations import files
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


def test_files_of_every_room_leave_and_go(
    desk: Desk, tmp_path: Path, settings: Settings, member: Callable[..., Person], signed_in: Callable[..., Client]
) -> None:
    settings.ATTACHMENTS, settings.STAGING = tmp_path / "site/attachments", tmp_path / "site/staging"
    analyst, other = member(desk.organisation, Role.ANALYST), Organisation.objects.get(slug="birch")
    bring = {"files": SimpleUploadedFile("june.835", b"of nobody"), "key": "k1"}
    assert signed_in(analyst).post("/o/cedar/loading/bring/", bring).status_code == 302
    for place in (documents_folder, brief_folder):
        for one in (desk.organisation, other):
            folder = place(one, "summit")
            folder.mkdir(parents=True)
            (folder / "letter.docx").write_text(f"{place.__name__} of {one}")
    kept = digests(tmp_path / "site")
    theirs = {digest for digest, path in kept.items() if "Birch" in path.read_text()}
    assert (len(kept), len(theirs)) == (5, 2)

    told = export(desk.organisation, tmp_path / "out")
    delete(desk.organisation)

    assert {one["sha256"] for one in told["files"].values()} & kept.keys() == kept.keys() - theirs
    assert digests(tmp_path / "site").keys() == theirs


def digests(folder: Path) -> dict[str, Path]:
    """Every file below a folder, by its digest."""
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in folder.rglob("*") if path.is_file()}


def test_no_room_keeps_files_where_nobody_looks() -> None:
    workspace = Path(files.__file__).parents[1]
    running = {"settings.py", "configuration.py", "organisations/files.py", "tasks/worker.py"}
    asks = {
        path.relative_to(workspace).as_posix()
        for path in workspace.rglob("*.py")
        if re.search(r"settings\.(ATTACHMENTS|STAGING|MEDIA)|(?i:configuration)\.folder", path.read_text())
    }
    odd = {name for name in asks if not name.startswith("running/")} - running
    assert not odd, f"{odd}: ask organisations/files.py where, so that the files leave with their organisation"

    kinds = {model for model, _ in owned()}
    fields = [field for model in apps.get_models() for field in model._meta.fields]
    lost = [one for one in fields if isinstance(one, models.FileField) or (holds(one) and one.model not in kinds)]
    assert not lost, f"{lost}: files lie in folders of organisations/files.py, or in rows an organisation owns"


def holds(field: models.Field[object, object]) -> bool:
    """Whether whole files can be in it."""
    return isinstance(field, models.BinaryField) and field.model._meta.app_config.name.startswith("evenhand")


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
