"""A backup is good when what is restored from it is the same."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.missing import missing
from tests.postgres import is_there, served

from evenhand.book import Book

#: Files of an organisation, as rooms keep them.
KEPT = ("attachments/escalation/1/summit/brief.docx", "staging/cedar/5f2ac901/files/june.835")
#: Makes a workspace with two people, an organisation and a few events.
MADE = """
from evenhand.workspace.running.server import prepare
prepare()
from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, recorded
cedar = Organisation.objects.create(name="Cedar Ridge", slug="cedar", book={book!r})
lead = Person.objects.create_user("lead@cedar.example", "correct horse battery", name="Léa ☂")
Membership.objects.create(person=lead, organisation=cedar, role=Role.LEAD)
for number in range(3):
    with recorded(Deed("changed", "contract", "summit", lead, cedar, why="because " + str(number))) as draft:
        draft.after = "a: 1\\nb: 'x'"
"""


def run(folder: Path, *words: str, database: str = "", code: str = "") -> subprocess.CompletedProcess[str]:
    """A process of its own: Django starts once in each."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    environment |= {"EVENHAND_WORKSPACE": str(folder)} | ({"DATABASE_URL": database} if database else {})
    program = code or "from evenhand.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *words], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def backed(tmp_path_factory: pytest.TempPathFactory, demo_template: Path) -> tuple[Path, Path]:
    """A workspace and its backup."""
    place = tmp_path_factory.mktemp("backed")
    folder = place / "workspace"
    for name in KEPT:
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("kept")
    folder.chmod(0o700)
    made = run(folder, code=MADE.format(book=str(demo_template / "book")))
    assert made.returncode == 0, made.stderr
    told = run(folder, "workspace", "backup", str(place / "backup.tar.gz"))
    assert told.returncode == 0, told.stderr
    return folder, place / "backup.tar.gz"


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folder / "workspace.sqlite3")) as database:
        tables = ("people_person", "organisations_membership", "trail_event")
        return {name: database.execute(f"select * from {name} order by 1").fetchall() for name in tables}


def test_what_is_restored_is_the_same(backed: tuple[Path, Path], tmp_path: Path, demo_template: Path) -> None:
    folder, file = backed

    told = run(tmp_path / "new", "workspace", "restore", str(file))

    assert told.returncode == 0, told.stderr
    assert "the log is whole" in told.stdout
    before, after = rows(folder), rows(tmp_path / "new")
    assert after["people_person"] == before["people_person"]
    assert after["trail_event"][: len(before["trail_event"])] == before["trail_event"]
    assert "restored from a backup" in after["trail_event"][-1]
    assert [(tmp_path / "new" / name).read_text() for name in KEPT] == ["kept"] * len(KEPT)
    assert (tmp_path / "new" / "secret-key").read_text() == (folder / "secret-key").read_text()
    assert Book.open(tmp_path / "new" / "books" / "cedar").digest == Book.open(demo_template / "book").digest
    assert Book.open(tmp_path / "new" / "books" / "cedar").verify() == []


def test_it_is_readable_by_its_owner_only(backed: tuple[Path, Path]) -> None:
    assert backed[1].stat().st_mode & 0o077 == 0


def test_a_workspace_in_use_is_not_written_over(backed: tuple[Path, Path]) -> None:
    folder, file = backed
    told = run(folder, "workspace", "restore", str(file))
    assert told.returncode == 1
    assert "has people already; restore into an empty one" in told.stderr


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda content: content[: len(content) // 2], "is no backup of a workspace, or is cut off"),
        (lambda content: b"not a tar file", "is no backup of a workspace, or is cut off"),
    ],
)
def test_a_spoilt_backup_is_refused(
    backed: tuple[Path, Path], tmp_path: Path, spoil: Callable[[bytes], bytes], what: str
) -> None:
    spoilt = tmp_path / "spoilt.tar.gz"
    spoilt.write_bytes(spoil(backed[1].read_bytes()))

    told = run(tmp_path / "new", "workspace", "restore", str(spoilt))

    assert told.returncode == 1
    assert what in told.stderr
    assert not rows(tmp_path / "new")["people_person"]


def test_a_changed_file_inside_is_found(backed: tuple[Path, Path], tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    with tarfile.open(backed[1]) as archive:
        archive.extractall(inside, filter="data")
    listed = json.loads((inside / "list.json").read_text())
    name = "rows/people.person.jsonl"
    assert name in listed["sha256"]
    (inside / name).write_text((inside / name).read_text().replace("lead@", "thief@"))
    with tarfile.open(tmp_path / "changed.tar.gz", "w:gz") as archive:
        archive.add(inside, ".")

    told = run(tmp_path / "new", "workspace", "restore", str(tmp_path / "changed.tar.gz"))

    assert told.returncode == 1
    assert "rows/people.person.jsonl in it is not what was backed up" in told.stderr


def test_a_backup_of_sqlite_is_restored_on_postgresql(backed: tuple[Path, Path], tmp_path: Path) -> None:
    if not is_there():
        missing("PostgreSQL is missing: install it (Debian, Ubuntu: apt-get install postgresql)")
    with served() as socket:
        database = f"postgres://evenhand@{quote(str(socket), safe='')}/postgres"
        told = run(tmp_path / "new", "workspace", "restore", str(backed[1]), database=database)
        assert told.returncode == 0, told.stderr
        again = run(tmp_path / "new", "workspace", "backup", str(tmp_path / "again.tar.gz"), database=database)
        assert again.returncode == 0, again.stderr

    with tarfile.open(backed[1]) as one, tarfile.open(tmp_path / "again.tar.gz") as other:
        for name in ("rows/people.person.jsonl", "rows/organisations.membership.jsonl"):
            first, second = one.extractfile(name), other.extractfile(name)
            assert first is not None
            assert second is not None
            assert first.read() == second.read()


def test_a_file_that_is_there_stays(backed: tuple[Path, Path]) -> None:
    folder, file = backed
    told = run(folder, "workspace", "backup", str(file))
    assert told.returncode == 1
    assert "is there already; choose another name, or say --force" in told.stderr


def test_check_names_what_is_unsafe(backed: tuple[Path, Path]) -> None:
    told = run(backed[0], "workspace", "check")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "Nothing unsafe was found." in told.stdout
