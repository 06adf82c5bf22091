"""Bringing back what a backup holds: checked whole before anything is put in place."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from evenhand.errors import ReadError, UsageError
from evenhand.workspace.configuration import Configuration
from evenhand.workspace.running.archive import BOOKS, FILES, FORMAT, LIST, ROWS, Told

_CHUNK = 2_000


def read_backup(file: Path, start: Callable[[], Configuration]) -> Told:
    """Restore into a workspace nobody has used yet; whole, or not at all.

    Args:
        file: the backup.
        start: starts Django at the workspace.

    Raises:
        UsageError: somebody works there already.
        ReadError: the file is no backup, is cut off, or was changed.
    """
    configuration = start()
    from evenhand.workspace.people.models import Person

    if Person.objects.exists():
        words = f"the workspace at {configuration.folder} has people already"
        raise UsageError(f"{words}; restore into an empty one: name its folder by EVENHAND_WORKSPACE")
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=configuration.folder) as aside:
        unpacked = Path(aside)
        files = _unpacked(file, unpacked)
        rows = _put(configuration, unpacked)
    return Told(rows, files, file.stat().st_size)


def _unpacked(file: Path, place: Path) -> int:
    """Unpack, and hold every file against the list; how many there are."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(place, filter="data")
        told: dict[str, Any] = json.loads((place / LIST).read_text("utf-8"))
    except (OSError, EOFError, tarfile.TarError, ValueError) as problem:
        raise ReadError(file, "is no backup of a workspace, or is cut off", "give a file `backup` wrote") from problem
    if told.get("format") != FORMAT:
        raise ReadError(file, f"is a backup of format {told.get('format')}", "restore it with a newer evenhand")
    for name, digest in told["sha256"].items():
        path = place / name
        if not path.is_file() or _digest(path) != digest:
            raise ReadError(file, f"{name} in it is not what was backed up", "take another backup")
    return len(told["sha256"])


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _put(configuration: Configuration, unpacked: Path) -> int:
    """Rows, then books and files, in one transaction: what fails leaves an empty workspace."""
    from django.db import transaction

    from evenhand.workspace.trail.actions import Deed, recorded

    with transaction.atomic():
        rows = _rows(unpacked / ROWS)
        _books(configuration, unpacked / BOOKS)
        _whole(unpacked)
        with recorded(Deed("restored from a backup", "workspace", "site")):
            _files(configuration.folder, unpacked / FILES)
    return rows


def _rows(folder: Path) -> int:
    from django.core.management.color import no_style
    from django.db import connection

    from evenhand.workspace.running.backup import kept_models

    models, count = kept_models(), 0
    for model in models:
        file = folder / f"{model._meta.label_lower}.jsonl"
        if file.is_file():
            for some in _objects(file):
                model._default_manager.bulk_create(some)
                count += len(some)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    connection.check_constraints()
    return count


def _objects(file: Path) -> Iterator[list[Any]]:
    from django.core import serializers

    with file.open(encoding="utf-8") as lines:
        while some := list(islice(lines, _CHUNK)):
            told = [json.loads(line) for line in some]
            yield [one.object for one in serializers.deserialize("python", told)]


def _books(configuration: Configuration, folder: Path) -> None:
    """Each book to its place under the workspace's folder."""
    from evenhand.workspace.organisations.models import Organisation

    for organisation in Organisation.objects.all():
        place = configuration.folder / BOOKS / organisation.slug
        if not (folder / organisation.slug).is_dir():
            raise UsageError(f"the backup lacks the book of {organisation.name}; take another backup")
        place.parent.mkdir(exist_ok=True)
        os.replace(folder / organisation.slug, place)
        Organisation.objects.filter(pk=organisation.pk).update(book=str(place))


def _whole(unpacked: Path) -> None:
    from evenhand.workspace.organisations.models import Organisation
    from evenhand.workspace.trail.queries import broken

    problems = [problem for one in (None, *Organisation.objects.all()) for problem in broken(one)]
    if problems:
        raise ReadError(unpacked, f"the log in it is not whole ({problems[0]})", "take another backup")


def _files(folder: Path, unpacked: Path) -> None:
    """What else lay in the folder, the key among it; in place of what the first start made."""
    for path in sorted(unpacked.rglob("*")) if unpacked.is_dir() else []:
        place = folder / path.relative_to(unpacked)
        if path.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, place)
            place.chmod(0o600)
