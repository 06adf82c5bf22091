"""A log that cannot be changed unseen: each entry holds the hash of the one before.

Entries are files with numbers; the file system gives a number to one process only. Who was told what stands in it by
name and by the hash of what was told, never the number itself. A log that is cut off at its end is found out by whoever
holds a later receipt: the hash of the entry that was made for it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from evenhand.errors import BookError, Problem

_START = "0" * 64
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: who did it, what it was, what was seen, by name, and the hash of exactly that."""

    number: int
    at: str
    who: str
    act: str
    saw: tuple[str, ...]
    told: str
    facts: Mapping[str, Any]
    before: str
    hash: str = ""


def digest(told: Any) -> str:
    """The hash of what somebody was told."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def write_entry(
    folder: Path,
    who: str,
    act: str,
    *,
    saw: Sequence[str] = (),
    told: Any = None,
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Add an entry, whole or not at all.

    Args:
        folder: where the log lies.
        who: who acts.
        act: what is done.
        saw: names of what this party saw.
        told: exactly what it saw; only its hash is kept.
        facts: what everybody may know.

    Raises:
        BookError: others write again and again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(_TRIES):
        held = entries(folder)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        before = held[-1].hash if held else _START
        made = Entry(len(held) + 1, now, who, act, tuple(saw), digest(told), dict(facts or {}), before)
        made = Entry(**{**asdict(made), "saw": made.saw, "hash": _hash(made)})
        if _linked(folder, made):
            return made
    raise BookError(f"{folder} is being written by others; try again")


def _linked(folder: Path, made: Entry) -> bool:
    aside = folder / f".{uuid4().hex}"
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n")
    try:
        os.link(aside, folder / f"{made.number:06d}.json")
    except FileExistsError:
        return False
    finally:
        aside.unlink()
    return True


def _hash(entry: Entry) -> str:
    said = {**asdict(entry), "saw": list(entry.saw)}
    said.pop("hash")
    return digest(said)


def entries(folder: Path) -> list[Entry]:
    """All entries, oldest first.

    Raises:
        BookError: one cannot be read.
    """
    found = []
    for file in sorted(folder.glob("[0-9]*.json")):
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            found.append(Entry(**{**said, "saw": tuple(said["saw"])}))
        except (ValueError, TypeError, KeyError) as problem:
            raise BookError(f"{file} is no entry of an audit log; the log was changed by hand") from problem
    return found


def verify(folder: Path, receipts: Sequence[str] = ()) -> list[Problem]:
    """Everything that is not as it was written; empty when all is well.

    Args:
        folder: where the log lies.
        receipts: hashes that must be in it.
    """
    problems, before = [], _START
    held = entries(folder)
    for number, one in enumerate(held, start=1):
        name = f"{one.number:06d}.json"
        if one.number != number:
            problems.append(Problem(name, None, f"entry {number} is missing", "bring back the files of the log"))
            break
        if one.before != before or _hash(one) != one.hash:
            problems.append(Problem(name, None, "this entry is not as it was written", "trust nothing from here on"))
        before = one.hash
    hashes = {one.hash for one in held}
    for receipt in receipts:
        if receipt not in hashes:
            problems.append(Problem(folder.name, None, f"no entry has the receipt {receipt}", "the log was cut off"))
    return problems
