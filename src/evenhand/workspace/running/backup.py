"""Everything a workspace holds, in one file, while it runs.

Rows are read in one transaction, so they are of one moment. Books come after the rows: what the log says was done is
in them. A book is linked aside first, again if it changed meanwhile; its files are never written in place.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.apps import apps
from django.core import serializers
from django.db import connection, models, transaction

from evenhand.book import Book
from evenhand.errors import UsageError
from evenhand.workspace.configuration import Configuration
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.running.archive import BOOKS, FILES, FORMAT, LIST, ROWS, Told

#: What a restored workspace makes anew, or must not have.
LEFT_OUT = {"sessions.Session", "contenttypes.ContentType", "auth.Permission", "auth.Group"}
_DATABASE = ("workspace.sqlite3", "workspace.sqlite3-wal", "workspace.sqlite3-shm")
_CHUNK, _TRIES = 2_000, 5


def write_backup(configuration: Configuration, file: Path, *, force: bool = False) -> Told:
    """Write the backup, readable by its owner only; it takes its name once it is whole.

    Raises:
        UsageError: the file is there already, lies inside what it would hold, or cannot be written.
    """
    if file.exists() and not force:
        raise UsageError(f"{file} is there already; choose another name, or say --force")
    if file.resolve().is_relative_to(configuration.folder.resolve()):
        raise UsageError(f"{file} lies inside the workspace's folder; a backup belongs elsewhere")
    aside = file.with_name(f".{file.name}.part")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            told = _written(configuration, out)
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, file)
    except OSError as problem:
        raise UsageError(f"{file} cannot be written ({problem.strerror}); name another place") from problem
    finally:
        aside.unlink(missing_ok=True)
    return Told(told.rows, told.files, file.stat().st_size)


def _written(configuration: Configuration, out: IO[bytes]) -> Told:
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as archive:
        adding = _Adding(archive)
        with transaction.atomic():
            _of_one_moment()
            rows = sum(adding.rows(model) for model in kept_models())
            books = {one.slug: one.folder for one in Organisation.objects.all()}
        for slug, folder in books.items():
            with linked(folder) as copy:
                adding.folder(copy, f"{BOOKS}/{slug}")
        adding.folder(configuration.folder, FILES, without={*_DATABASE, *_inside(configuration.folder, books.values())})
        files = len(adding.digests)
        adding.content(LIST, json.dumps({"format": FORMAT, "sha256": adding.digests}, indent=1).encode())
    return Told(rows, files, 0)


def _of_one_moment() -> None:
    """PostgreSQL shows each statement what others committed meanwhile, unless told not to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read")


def _inside(folder: Path, books: Iterable[Path]) -> set[str]:
    """Books that lie in the workspace's folder: they are taken by their own names."""
    home = folder.resolve()
    lying = [one.resolve() for one in books]
    return {str(one.relative_to(home)) for one in lying if one.is_relative_to(home)}


@contextmanager
def linked(folder: Path) -> Iterator[Path]:
    """A book as it is at one moment, linked aside.

    Raises:
        UsageError: it is no book, or it changes again and again.
    """
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder.parent) as aside:
        for number in range(_TRIES):
            copy = Path(aside) / str(number)
            before = Book.open(folder).digest
            try:
                shutil.copytree(folder, copy, copy_function=_link)
            except shutil.Error:
                continue  # something was renamed away meanwhile
            if Book.open(folder).digest == before == Book.open(copy).digest:
                yield copy
                return
        raise UsageError(f"the book at {folder} is being changed by others; try again")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without links
        shutil.copy2(source, target)


def kept_models() -> list[type[models.Model]]:
    """The tables that are kept, those first that others point to."""
    listed = [(config, None) for config in apps.get_app_configs()]
    ordered = serializers.sort_dependencies(listed)
    return [model for model in ordered if model._meta.label not in LEFT_OUT and not model._meta.proxy]


class _Adding:
    """Adds to the archive, and notes the hash of all it added."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.digests: dict[str, str] = {}

    def rows(self, model: type[models.Model]) -> int:
        """One table as JSON lines."""
        count = 0
        with tempfile.TemporaryFile() as aside:
            for row in model._default_manager.order_by("pk").iterator(chunk_size=_CHUNK):
                (told,) = serializers.serialize("python", [row])
                aside.write(json.dumps(told, default=str).encode() + b"\n")  # Django's own JSON cuts microseconds
                count += 1
            self._add(f"{ROWS}/{model._meta.label_lower}.jsonl", aside)
        return count

    def folder(self, folder: Path, name: str, *, without: Collection[str] = ()) -> None:
        """Every file of a folder but those named."""
        for parent, folders, files in os.walk(folder):
            here = Path(parent).relative_to(folder)
            folders[:] = sorted(one for one in folders if str(here / one) not in without)
            for one in sorted(files):
                if str(here / one) not in without:
                    self._file(Path(parent) / one, f"{name}/{(here / one).as_posix()}")

    def _file(self, path: Path, name: str) -> None:
        try:
            with path.open("rb") as source:
                self._add(name, source)
        except FileNotFoundError:
            return

    def content(self, name: str, content: bytes) -> None:
        """Some bytes."""
        self._add(name, io.BytesIO(content))

    def _add(self, name: str, source: io.BytesIO | io.BufferedReader | io.BufferedRandom) -> None:
        size = source.seek(0, os.SEEK_END)
        source.seek(0)
        self.digests[name] = hashlib.file_digest(source, "sha256").hexdigest()
        source.seek(0)
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._archive.addfile(info, source)
