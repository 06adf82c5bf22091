"""A load: what was read at one time, as ``load.json`` tells it; and which loads a book holds."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from evenhand.errors import BookError

#: Version of the layout of a load folder.
FORMAT = 1
#: Loads held in memory, of all the books a process opens.
_HELD = 1024


@dataclass(frozen=True, slots=True)
class Control:
    """A total the file states, what the book holds of it, and what the findings account for."""

    what: str
    said: Decimal
    held: Decimal
    found: Decimal = Decimal(0)
    unread: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether the book and the findings make up what the file said; ``unread`` amounts leave it open."""
        return self.said == self.held + self.found


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """One file of a load: what it is and what came of it.

    ``kind`` is x12, tuva, mapped or unknown; ``layout`` names how a table was read; ``reader`` is the version that
    read it; ``counts`` are rows by table, ``totals`` money by what it is, ``findings`` their number by severity.
    """

    path: str
    sha256: str
    bytes: int
    kind: str
    content: str
    layout: str | None = None
    reader: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    controls: tuple[Control, ...] = ()
    original: str | None = None

    @property
    def identity(self) -> str:
        """Names what was read and how: equal identities give equal rows."""
        return f"{self.sha256}:{self.kind}:{self.layout or ''}:{self.reader}"


@dataclass(frozen=True, slots=True)
class TableFile:
    """One Parquet file of a load."""

    table: str
    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Load:
    """A load as its ``load.json`` tells it. ``parts`` are the loads it was merged from, in the order of their rows."""

    id: str
    loaded_at: datetime
    loaded_by: str
    files: tuple[LoadedFile, ...]
    tables: tuple[TableFile, ...]
    sources: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    parts: tuple[Load, ...] = ()
    schema: str = ""

    def rows(self, table: str) -> int:
        """How many rows of a table it holds."""
        return sum(t.rows for t in self.tables if t.table == table)

    @property
    def contents(self) -> frozenset[str]:
        """SHA-256 of the content of each file that was recognised."""
        return frozenset(file.sha256 for file in self.files if file.kind != "unknown")

    def total(self, what: str) -> Decimal:
        """Money of one kind over all its files."""
        return sum((file.totals.get(what, Decimal(0)) for file in self.files), Decimal(0))


def name_of_load(files: Iterable[LoadedFile], when: datetime) -> str:
    """``2026-01-14T093012-5f2ac901``: when it was loaded (UTC), and a hash of what."""
    what = hashlib.sha256("\n".join(sorted(file.sha256 for file in files)).encode()).hexdigest()[:8]
    return f"{when:%Y-%m-%dT%H%M%S}-{what}"


def to_json(load: Load) -> str:
    """The text of ``load.json``."""
    return json.dumps({"format": FORMAT, **asdict(load)}, indent=1, default=_plain, ensure_ascii=False)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)  # pragma: no cover


def read_load(folder: Path) -> Load:
    """A load from its folder; the folder's name is its id.

    Raises:
        BookError: ``load.json`` cannot be read.
        FileNotFoundError: there is none (any more).
    """
    found = (folder / "load.json").stat()
    return _read_once(folder, found.st_ino, found.st_size, found.st_mtime_ns)


@lru_cache(_HELD)
def _read_once(folder: Path, *state: int) -> Load:
    """A load is never written again, so a server that opens its book for every page reads each once."""
    text = (folder / "load.json").read_text(encoding="utf-8")
    try:
        told = json.loads(text)
        if told.pop("format") != FORMAT:
            raise BookError(f"{folder}: it was written by a newer version of evenhand; upgrade to read it")
        return _load(told | {"id": folder.name})
    except (ValueError, KeyError, TypeError) as problem:
        raise BookError(
            f"{folder / 'load.json'}: it is damaged ({problem}); move the folder away to go on"
        ) from problem


def _load(told: dict[str, Any]) -> Load:
    files = tuple(_file(file) for file in told.pop("files"))
    tables = tuple(TableFile(**table) for table in told.pop("tables"))
    parts = tuple(_load(part) for part in told.pop("parts"))
    when = datetime.fromisoformat(told.pop("loaded_at"))
    sources, replaces = tuple(told.pop("sources")), tuple(told.pop("replaces"))
    return Load(loaded_at=when, files=files, tables=tables, sources=sources, replaces=replaces, parts=parts, **told)


def _file(told: dict[str, Any]) -> LoadedFile:
    totals = {what: Decimal(amount) for what, amount in told.pop("totals").items()}
    controls = tuple(
        Control(c["what"], Decimal(c["said"]), Decimal(c["held"]), Decimal(c["found"]), c["unread"])
        for c in told.pop("controls")
    )
    return LoadedFile(totals=totals, controls=controls, **told)


def current_loads(folder: Path) -> tuple[Load, ...]:
    """The loads in a folder that no other there replaces, by id."""
    loads = all_loads(folder)
    replaced = {gone for load in loads for gone in load.replaces}
    return tuple(load for load in loads if load.id not in replaced)


def all_loads(folder: Path) -> tuple[Load, ...]:
    """The loads in a folder, by id.

    While a folder is listed, others may rename into and out of it; so it is listed until two listings agree, which
    makes the result a state the folder was really in.
    """
    seen: dict[str, Load] = {}
    names = _names(folder)
    while True:
        before = names
        seen = {name: load for name, load in ((n, seen.get(n) or _try(folder / n)) for n in names) if load}
        names = _names(folder)
        if names == before and len(seen) == len(names):
            return tuple(seen[name] for name in sorted(seen))


def _names(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as entries:
            return {e.name for e in entries if not e.name.startswith(".") and e.is_dir()}
    except FileNotFoundError:
        return set()


def _try(folder: Path) -> Load | None:
    try:
        return read_load(folder)
    except FileNotFoundError:
        if folder.is_dir():
            raise BookError(f"{folder}: it has no load.json, so it is no load; move it away") from None
        return None
