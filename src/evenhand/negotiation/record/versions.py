"""Every version of a negotiation's file is kept; a change is one rename, so it happens whole or not at all.

Versions lie under ``.history``, a numbered folder each. A change renames its text to the next number, which the file
system gives to one process only, and then puts it in the place of the file: whoever comes second begins again from
what is there then. If a process dies between the two, the next one puts the last version in its place. What a person
wrote into the file by hand is kept as a version of its own first. Who made a version stands beside its text, in the
same folder, so that neither is ever there without the other.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from evenhand.contracts.authors import Author, author_in, author_text
from evenhand.errors import BookError, ConflictError, SelectionError

HISTORY = ".history"
_TEXT, _RESTORES, _BY = "text.yaml", "restores", "by"
_DIGITS = 6
_TRIES = 200
#: How long, in seconds, a slow process may take to put its version in place, and how far back it is looked for.
_MOMENT, _LOOKED = 60, 50


@dataclass(frozen=True, slots=True)
class Version:
    """One version kept; ``restores`` is the number of the version an undo brought back."""

    number: int
    restores: int | None
    folder: Path

    @property
    def text(self) -> str:
        """What the file said."""
        return (self.folder / _TEXT).read_text(encoding="utf-8")

    @property
    def author(self) -> Author | None:
        """Who made it; ``None`` where nobody is named: on the command line, or by hand."""
        return author_in(self.folder / _BY)

    @property
    def made(self) -> float:
        """When it was made, in seconds since 1970."""
        return self.folder.stat().st_mtime


def versions(file: Path) -> list[Version]:
    """The versions of a file, oldest first."""
    folder = file.parent / HISTORY
    if not folder.is_dir():
        return []
    return [_version(one) for one in sorted(folder.iterdir()) if one.name.isdigit()]


def _version(folder: Path) -> Version:
    mark = folder / _RESTORES
    return Version(int(folder.name), int(mark.read_text("utf-8")) if mark.exists() else None, folder)


def state_of(text: str) -> str:
    """A short name of what a file says: equal names, equal text.

    >>> state_of("negotiation: Summit 2027")
    'fede4c082db9a779'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def text_at(file: Path, state: str) -> str | None:
    """What the file said in a state, if it is kept."""
    text = current_text(file)
    if state_of(text) == state:
        return text
    return next((held for one in reversed(versions(file)) if state_of(held := one.text) == state), None)


def current_text(file: Path) -> str:
    """What the file says now; a change that was begun is finished first."""
    return _now(file)[1]


def _now(file: Path) -> tuple[list[Version], str]:
    """The versions, and what the file says: looked at in this order, so that a number taken since gives it away."""
    kept = versions(file)
    text = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    if kept and (not file.is_file() or _unfinished(text, kept)):
        return kept, _put(file, kept[-1].text)
    return kept, text


def _unfinished(text: str, kept: list[Version]) -> bool:
    """Whether the file says what an earlier version says only because the last one has not been put in place yet.

    A process that is slow may put its version back over later ones, for a moment.
    """
    if len(kept) < 2 or text == kept[-1].text:
        return False
    young = time.time() - kept[-1].folder.stat().st_mtime < _MOMENT
    return any(text == one.text for one in (kept[-_LOOKED:-1] if young else kept[-2:-1]))


def change(file: Path, changed: Callable[[str], str], author: Author | None = None) -> str:
    """Change a file's text.

    Args:
        file: the file.
        changed: what it says after, from what it says before; asked again when somebody else was faster.
        author: who changes it.

    Raises:
        BookError: others change it again and again.
    """
    for _ in range(_TRIES):
        kept, text = _now(file)
        number = kept[-1].number if kept else 0
        if text and (not kept or kept[-1].text != text):
            if not _keep(file, number + 1, {_TEXT: text}):
                continue
            number += 1
        made = changed(text)
        if made == text:
            return text
        if _keep(file, number + 1, {_TEXT: made, **_by(author)}):
            return _put(file, made)
    raise BookError(f"{file} is being changed by others; try again")


def undo(file: Path, author: Author | None = None, since: str = "") -> int:
    """Bring back what the file said before its last change; the number of that version.

    Args:
        file: the file.
        author: who undoes it.
        since: the state it must still be in, if that matters.

    Raises:
        ConflictError: it is in another state by now.
        SelectionError: there is nothing to undo.
        BookError: others change it again and again.
    """
    for _ in range(_TRIES):
        listed, text = _now(file)
        if since and state_of(text) != since:
            raise ConflictError(file.parent.name, text_at(file, since), text)
        kept = {one.number: one for one in listed}
        last = max(kept, default=0)
        if kept and kept[last].text != text:
            if not _keep(file, last + 1, {_TEXT: text}):
                continue
            last += 1
            kept[last] = _version(file.parent / HISTORY / f"{last:0{_DIGITS}d}")
        back = _before(kept, last)
        if back is None:
            raise SelectionError(f"there is no earlier version of {file}; nothing was undone")
        text = kept[back].text
        if _keep(file, last + 1, {_TEXT: text, _RESTORES: str(back), **_by(author)}):
            _put(file, text)
            return back
    raise BookError(f"{file} is being changed by others; try again")


def _before(kept: dict[int, Version], number: int) -> int | None:
    """The version before the one in force: an undo stands where the version it brought back stood."""
    held = number
    while held in kept and kept[held].restores is not None:
        held = int(kept[held].restores or 0)
    before = held - 1
    while before in kept and kept[before].restores is not None:
        before = int(kept[before].restores or 0)
    return before if before in kept else None


def _by(author: Author | None) -> dict[str, str]:
    return {} if author is None else {_BY: author_text(author)}


def _keep(file: Path, number: int, parts: Mapping[str, str]) -> bool:
    """Take a number for a text and what is said of it; ``False`` when another process has it."""
    history = file.parent / HISTORY
    aside = history / f".{uuid4().hex}"
    aside.mkdir(parents=True)
    for name, text in parts.items():
        _write(aside / name, text)
    try:
        os.rename(aside, history / f"{number:0{_DIGITS}d}")
    except OSError:
        if (history / f"{number:0{_DIGITS}d}").exists():
            return False
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return True


def _put(file: Path, text: str) -> str:
    aside = file.parent / f".{uuid4().hex}"
    _write(aside, text)
    os.replace(aside, file)
    return text


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
