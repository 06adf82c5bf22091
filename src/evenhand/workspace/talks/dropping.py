"""The folder e-mails are dropped into: a folder for each organisation, in it one for each open negotiation.

Nothing dropped is ever deleted or written over. A file is taken when it was the same at two looks, so that one still
being copied is left alone; then it is renamed, once, to where it belongs: ``recorded``, or ``refused`` with the reason
beside it. Whatever is stopped in between is done again at the next look and comes to the same.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings

from evenhand.errors import ReadError
from evenhand.negotiation.record import Negotiation
from evenhand.workspace.organisations.files import dropped_in
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.site.files import plain_name
from evenhand.workspace.talks import attachments

#: What records e-mails that were dropped, as the log names it.
FOLDER = "the folder of e-mails"
RECORDED, REFUSED, README = "recorded", "refused", "README.txt"
#: What computers leave lying about, and what copying programs call a file that is not whole yet.
_NOT_MEANT = {"desktop.ini", "thumbs.db", README.lower()}
_NOT_WHOLE = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp")
_WHY = ".txt"
_LONGEST_REASON, _LONGEST_NAME = 2_000, 200
_TELLS = """\
E-mails about: {called}

Drop e-mails here, saved as .eml or by Outlook as .msg. Within a minute each is recorded
among the talks of this negotiation and moved to "{recorded}".

What cannot be read is moved to "{refused}"; a text file beside it says why.
The same e-mail dropped twice is recorded once. Folders inside this one are not looked into.
What lies in "{recorded}" and "{refused}" may be deleted: the record keeps its own copy.
"""


class Refused(NamedTuple):
    """What was not recorded, since when it lies there, and why."""

    name: str
    at: datetime
    why: str


def folder_of(organisation: Organisation, name: str) -> Path | None:
    """Where e-mails of a negotiation are dropped; ``None`` where none are taken."""
    top = dropped_in(organisation)
    return None if top is None else top / name


def made(organisation: Organisation, name: str, found: Negotiation) -> Path | None:
    """The folder of a negotiation, made with what tells people how to use it; ``None`` where none can be.

    Raises:
        OSError: it cannot be written.
    """
    folder = folder_of(organisation, name)
    if folder is None or not (folder.parents[1].is_dir() or settings.CONFIGURATION.makes_mail_folder):
        return None
    for place in (folder.parents[1], folder.parent, folder, folder / RECORDED, folder / REFUSED):
        _make(place)
    if not (folder / README).exists():
        text = _TELLS.format(called=found.name, recorded=RECORDED, refused=REFUSED)
        _write(folder / README, text)
    return folder


def _make(place: Path) -> None:
    """Make a folder that those may use who may use the one it is in, and never everybody."""
    if place.is_dir():
        return
    place.mkdir(mode=0o700, exist_ok=True)
    with suppress(PermissionError):  # a share may have its own ways
        place.chmod(place.parent.stat().st_mode & 0o2770 | 0o700)


def _write(place: Path, text: str) -> None:
    aside = place.with_name(f".{uuid4().hex}")
    aside.write_text(text, "utf-8", errors="replace")
    os.replace(aside, place)


class Watch:
    """Remembers what lay in each folder at the last look."""

    def __init__(self) -> None:
        self._before: dict[Path, dict[str, tuple[int, int]]] = {}

    def whole(self, folder: Path) -> list[Path]:
        """The files that are as they were at the look before, by name."""
        now = {name: (told.st_size, told.st_mtime_ns) for name, told in _dropped(folder)}
        before, self._before[folder] = self._before.get(folder, {}), now
        return [folder / name for name in sorted(now) if before.get(name) == now[name]]


def _dropped(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Everything in a folder that somebody meant to be taken."""
    with os.scandir(folder) as found:
        for one in found:
            meant = not one.name.startswith((".", "~")) and one.name.lower() not in _NOT_MEANT
            if meant and not one.name.lower().endswith(_NOT_WHOLE):
                with suppress(FileNotFoundError):
                    told = one.stat(follow_symlinks=False)
                    if not stat.S_ISDIR(told.st_mode):
                        yield one.name, told


def waiting(folder: Path) -> list[str]:
    """What lies in a folder and was not taken yet; nothing where it cannot be looked into."""
    try:
        return sorted(plain_name(name) for name, _ in _dropped(folder))
    except OSError:
        return []


def content_of(file: Path) -> bytes:
    """What is in a file; of one that is too large, a byte more than is taken.

    Raises:
        ReadError: it is no file, or may not be read.
        OSError: it is gone, or its disk does not answer.
    """
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as problem:
        if problem.errno in (errno.ELOOP, errno.EACCES, errno.EPERM, errno.ENXIO):
            raise _unreadable(file, problem.strerror or "") from problem
        raise
    with open(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _unreadable(file, "it is a link or a device")
        return opened.read(attachments.MOST + 1)


def _unreadable(file: Path, why: str) -> ReadError:
    return ReadError(plain_name(file.name), f"cannot be read ({why})", "drop the e-mail itself, as a file")


def record(file: Path) -> None:
    """Move a file to those that are recorded."""
    _moved(file, _free(file.parent / RECORDED, file.name))


def refuse(file: Path, why: str) -> None:
    """Move a file to those that are refused, with the reason beside it."""
    text = f"{plain_name(file.name)} was not recorded.\n\n{why}\n"
    place = _free(file.parent / REFUSED, file.name, text)
    _write(_reason_of(place), text)
    _moved(file, place)


def _moved(file: Path, place: Path) -> None:
    with suppress(FileNotFoundError):  # another worker was faster
        os.rename(file, place)


def _reason_of(place: Path) -> Path:
    return place.with_name(place.name + _WHY)


def _free(folder: Path, name: str, why: str = "") -> Path:
    """A name nothing in a folder has; with a reason, one whose reason can lie beside it or lies there already."""
    _make(folder)
    short = os.fsdecode(os.fsencode(name)[-_LONGEST_NAME:])
    stem, suffix = os.path.splitext(short)
    number, place = 1, folder / short
    while os.path.lexists(place) or (why and not _is_free_or_says(_reason_of(place), why)):
        number += 1
        place = folder / f"{stem} ({number}){suffix}"
    return place


def _is_free_or_says(place: Path, text: str) -> bool:
    try:
        return place.read_text("utf-8", errors="replace") == text
    except FileNotFoundError:
        return True
    except OSError:
        return False


def refused(folder: Path) -> list[Refused]:
    """What lies among the refused, the latest first; nothing where it cannot be looked into."""
    try:
        there = [(folder / REFUSED / one, told) for one, told in _dropped(folder / REFUSED)]
    except OSError:
        return []
    with_reason = [(place, told) for place, told in there if _reason_of(place).is_file()]
    found = [
        Refused(plain_name(place.name), datetime.fromtimestamp(told.st_ctime, UTC), _why(place))
        for place, told in with_reason
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _why(place: Path) -> str:
    """What the file beside it says after its first line."""
    with suppress(OSError), _reason_of(place).open(encoding="utf-8", errors="replace") as file:
        return file.read(_LONGEST_REASON).partition("\n\n")[2].strip()
    return ""
