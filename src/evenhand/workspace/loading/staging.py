"""Where files wait that somebody brought in: a folder of the organisation's own, written while they arrive.

No name a browser sends is used as a path: of a name its last part is kept, without what a file system or a screen
could take for something else, and a second file of the same name gets a number.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler

from evenhand.claims.sources import FULL
from evenhand.documents.words import counted
from evenhand.errors import UsageError
from evenhand.workspace.organisations.files import staged_in
from evenhand.workspace.organisations.models import Organisation

_ODD = re.compile(r"[^\w .,()+=@#&'-]")
_LONGEST = 120


def folder_of(organisation: Organisation, delivery: UUID) -> Path:
    """The folder of a delivery: ``files`` lie in it, and ``mapping.yaml`` where one was sent along."""
    return staged_in(organisation) / str(delivery)


def shown_name(path: str) -> str:
    """A file as people know it, without the folder of the server it lay in.

    >>> shown_name("/srv/staging/cedar/5f2ac901/files/june.zip!a/1.835")
    'june.zip!a/1.835'
    """
    outer, inside, member = path.partition("!")
    return Path(outer).name + inside + member


def safe_name(name: str) -> str:
    r"""A name that is only a name.

    >>> safe_name("../../etc/passwd"), safe_name(".hidden"), safe_name("C:\\claims\\june<b>.835"), safe_name("..")
    ('passwd', 'hidden', 'june_b_.835', 'file')
    """
    last = _ODD.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .")
    stem, dot, ending = last.rpartition(".")
    short = f"{stem[: _LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) < 20 else last[:_LONGEST]
    return short or "file"


class RefusedError(UsageError):
    """What was brought in is not taken; nothing of it was kept."""


class Staging(FileUploadHandler):
    """Writes what arrives straight into the folder of a delivery, and stops at the limits."""

    chunk_size = 1 << 20

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.names: list[str] = []
        self.bytes = 0
        self._out: IO[bytes] | None = None

    def new_file(self, field_name: str, *args: object, **kwargs: object) -> None:
        """Begin a file."""
        super().new_file(field_name, *args, **kwargs)  # type: ignore[arg-type]
        if len(self.names) >= settings.UPLOAD_MOST_FILES:
            raise RefusedError(
                f"more than {settings.UPLOAD_MOST_FILES:,} files at once; send them in several goes, or as one zip file"
            )
        self._begin(self.folder / "mapping.yaml" if field_name == "mapping" else self._place())

    def _place(self) -> Path:
        name = wanted = safe_name(self.file_name or "")
        stem, dot, ending = wanted.rpartition(".")
        number = 1
        while name.casefold() in {one.casefold() for one in self.names}:
            number += 1
            name = f"{stem} ({number}).{ending}" if dot else f"{wanted} ({number})"
        self.names.append(name)
        return self.folder / "files" / name

    def _begin(self, place: Path) -> None:
        try:
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._out = place.open("wb")
        except OSError as problem:
            raise told(problem) from problem

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what came."""
        self.bytes += len(raw_data)
        if self.bytes > settings.UPLOAD_MOST_BYTES:
            most = settings.UPLOAD_MOST_BYTES / 2**30
            raise RefusedError(
                f"more than {most:,.3g} GB at once; send it in several goes, or ask who runs the server "
                "to load it with evenhand load"
            )
        assert self._out is not None
        try:
            self._out.write(raw_data)
        except OSError as problem:
            raise told(problem) from problem

    def file_complete(self, file_size: int) -> None:
        """End a file; it is found by its place, not by the request."""
        assert self._out is not None
        try:
            self._out.close()
        except OSError as problem:
            raise told(problem) from problem

    def close(self) -> None:
        """Let go of a file that was cut off; what it could not write any more does not matter."""
        if self._out is not None:
            with suppress(OSError):
                self._out.close()


def told(problem: OSError) -> RefusedError:
    """What a person can do about a file that could not be written."""
    if problem.errno in FULL:
        return RefusedError(
            "the server's disk is full, nothing of this was kept and nothing else was lost; "
            "ask who runs the server to make room, then send the files again"
        )
    return RefusedError(
        f"the files could not be kept ({problem.strerror}); ask who runs the server, then send them again"
    )


def refuse_bombs(folder: Path) -> None:
    """Refuse archives that say they hold more than any delivery may.

    What a member really grows to is limited again when it is read (``claims.sources``).

    Raises:
        RefusedError: one does; it says which.
    """
    for place in sorted(folder.iterdir()):
        if not zipfile.is_zipfile(place):
            continue
        try:
            with zipfile.ZipFile(place) as archive:
                inside = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError):
            continue  # told when it is looked at, beside the other files
        whole, most = sum(one.file_size for one in inside), settings.UPLOAD_MOST_UNPACKED
        if len(inside) > settings.UPLOAD_MOST_MEMBERS or whole > most:
            raise RefusedError(
                f"{place.name} holds {counted(len(inside), 'file')} of {whole / 2**30:,.1f} GB when unpacked, "
                f"which is more than {settings.UPLOAD_MOST_MEMBERS:,} files or {most / 2**30:,.0f} GB; "
                "unpack it and send what is inside in several goes"
            )


def clear(folder: Path) -> None:
    """Remove a delivery's files; those that are gone already are gone."""
    shutil.rmtree(folder, ignore_errors=True)
