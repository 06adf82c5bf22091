"""Taking an archive: whole, checked, and under its own name, or not at all."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from uuid import uuid4

from evenhand.errors import ReadError
from evenhand.schedules.fetching.names import Archive
from evenhand.schedules.fetching.pages import ACCEPTED
from evenhand.schedules.fetching.web import Progress, Web
from evenhand.schedules.library.files import DAMAGED


def take(web: Web, archive: Archive, folder: Path, progress: Progress = lambda _came, _all: None) -> Path:
    """Download an archive into a folder; an older file of the same name is replaced.

    An archive behind a licence page is asked for as that page asks for it when the licence was accepted: call this
    only when it was.

    Raises:
        ReadError: It cannot be read, is cut off, or is no archive.
    """
    folder.mkdir(parents=True, exist_ok=True)
    home, part = folder / archive.name, folder / f".{archive.name}-{uuid4().hex}.part"
    try:
        with part.open("wb") as file:
            web.save(archive.url + (ACCEPTED if archive.licence else ""), file, progress)
        _check(archive, part)
        os.replace(part, home)
    finally:
        part.unlink(missing_ok=True)
    return home


def _check(archive: Archive, file: Path) -> None:
    with file.open("rb") as opened:
        begins = opened.read(512).lstrip(b"\xef\xbb\xbf \r\n\t")
    if begins.startswith(b"<"):
        what = "a page came instead of the archive: it has moved, or a licence is to be accepted on it"
        raise ReadError(archive.url, what, "look at it by hand")
    try:
        with zipfile.ZipFile(file) as opened_archive:
            broken = opened_archive.testzip()
    except DAMAGED as error:
        raise ReadError(archive.url, f"what came is no whole archive ({error})", "fetch it again") from error
    if broken:
        raise ReadError(archive.url, f"what came is no whole archive ({broken} is broken)", "fetch it again")
