"""The book: a folder that holds one organisation's claims, remittances and contracts."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from evenhand.book import compact, derived, undo, verify
from evenhand.book.known import known_on
from evenhand.book.loading import MARK, Options, Report, dry_run, load
from evenhand.book.loads import Load, all_loads, current_loads
from evenhand.book.turns import write_durably
from evenhand.book.views import make_views
from evenhand.claims.reasons import read_reasons
from evenhand.claims.schema import TABLES
from evenhand.contracts.shelf import HISTORY, finish
from evenhand.engines import DuckDB
from evenhand.errors import BookError, Problem, SelectionError
from evenhand.results import Result

#: Where the book is, when nobody says.
VARIABLE, DEFAULT = "EVENHAND_BOOK", "./book"
_TRIES = 5
Answer = TypeVar("Answer")


class Book:
    """A book as it stood when it was opened: later loads by others do not change its answers.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     book = Book.create(folder + "/book")
    ...     book.table("claims"), book.loads()
    (<Result: 0 rows of claim_key, file_id, ...>, ())
    """

    def __init__(self, path: Path, as_known_on: date | None = None) -> None:
        self.path = path
        self.as_known_on = as_known_on
        self._loads = self._current()

    @classmethod
    def open(cls, path: Path | str | None = None, *, as_known_on: date | None = None) -> Book:
        """Open a book; without a path the one ``EVENHAND_BOOK`` names, else ``./book``.

        Args:
            path: The book's folder.
            as_known_on: Open it as it was known at the end of this day (UTC): without what was loaded later, and
                without contracts and amendments that became known later.

        Raises:
            BookError: there is no book.
        """
        folder = place(path)
        if not is_book(folder):
            what = f"{folder} is not a book" if folder.exists() else f"there is no book at {folder}"
            raise BookError(f"{what}; start one with: evenhand load --book {folder} PATH…, or name another with --book")
        return cls(folder, as_known_on)

    @classmethod
    def create(cls, path: Path | str | None = None) -> Book:
        """Open a book, and start it if it is not there yet.

        Raises:
            BookError: the folder holds something else, or cannot be written.
        """
        folder = place(path)
        if not is_book(folder):
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise BookError(f"{folder} holds other things and is not a book; name an empty or a new folder")
            _start(folder)
        return cls(folder)

    # What is in it

    def loads(self) -> tuple[Load, ...]:
        """The loads the book holds, oldest first."""
        return self._loads

    @property
    def digest(self) -> str:
        """Names the state of the book: equal contents, read and understood the same way, have equal digests."""
        corrections = self.reasons_file
        if corrections is None:
            return self._contents
        return hashlib.sha256(self._contents.encode() + corrections.read_bytes()).hexdigest()[:32]

    @cached_property
    def _contents(self) -> str:
        said = sorted(file.identity for load in self._loads for file in load.files)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A new DuckDB connection with one view for each raw table, over the loads of this book.

        When others merge or unload some of them meanwhile, they are found where they were put.
        """
        return self._trying(lambda connection: connection)

    def relation(self, query: str, values: Mapping[str, object] | None = None) -> Result:
        """The result of an SQL query over the raw tables; ``values`` are bound to its ``$names``."""

        def answer(connection: duckdb.DuckDBPyConnection) -> Result:
            with connection:
                return Result(connection.sql(query, params=dict(values or {})).to_arrow_table())

        return self._trying(answer)

    def _trying(self, use: Callable[[duckdb.DuckDBPyConnection], Answer]) -> Answer:
        """Use a connection; look for the loads again when their folders are renamed in the very moment."""
        for left in reversed(range(_TRIES)):
            connection = duckdb.connect()
            try:
                make_views(connection, self._loads, self.path, self.as_known_on)
                return use(connection)
            except duckdb.IOException as problem:
                connection.close()
                if not left:
                    raise BookError(f"the book at {self.path} cannot be read ({problem})") from problem
        raise AssertionError  # pragma: no cover

    def table(self, name: str) -> Result:
        """A raw table, such as ``claims`` or ``findings``.

        Raises:
            SelectionError: there is no such table.
        """
        if name not in TABLES:
            raise SelectionError(f"there is no table {name!r}; there are {', '.join(TABLES)}")
        return self.relation(f"select * from {name}")

    # Changing it

    def load(self, paths: Iterable[Path | str], options: Options | None = None) -> Report:
        """Load files, folders and globs; all of it appears in the book at once, or nothing."""
        report = load(self.path, paths, options or Options())
        self._refresh()
        return report

    def dry_run(self, paths: Iterable[Path | str], options: Options | None = None) -> Report:
        """What :meth:`load` would do; nothing is written."""
        return dry_run(self.path, paths, options or Options())

    def unload(self, id_: str) -> Load:
        """Take a load out of the book; its folder is kept under ``unloaded/``."""
        gone = undo.unload(self.path, id_)
        self._refresh()
        return gone

    def restore(self, id_: str) -> Load:
        """Put an unloaded load back; it gets a new id."""
        back = undo.restore(self.path, id_)
        self._refresh()
        return back

    def unloaded(self) -> tuple[Load, ...]:
        """The loads that were taken out and can be put back."""
        return all_loads(self.path / "unloaded")

    def compact(self) -> Load | None:
        """Merge the small loads into one; ``None`` when there was nothing to merge. Each can still be unloaded."""
        merged = compact.compact(self.path)
        self._refresh()
        return merged

    def verify(self) -> list[Problem]:
        """Everything that is not as the loads say: files, hashes, counts. Empty when all is well."""
        return verify.verify(self.path)

    def _refresh(self) -> None:
        self._loads = self._current()
        self.__dict__.pop("_contents", None)

    def _current(self) -> tuple[Load, ...]:
        loads = current_loads(self.path / "loads")
        return loads if self.as_known_on is None else known_on(loads, self.as_known_on)

    # What follows from it

    def derived(self, name: str, inputs_digest: str, build: Callable[[Path], None]) -> Path:
        """The folder of something worked out from the book, built by ``build(folder)`` when it is not there yet.

        ``inputs_digest`` names everything it depends on; the version of evenhand is added. A cache, never truth.
        """
        return derived.derived(self.path, name, inputs_digest, build)

    def settled(self) -> DuckDB:
        """An engine with the raw tables and service_claims, service_lines, settled_lines and settled_claims."""
        engine = DuckDB(self.connect())
        derived.settle(self, engine)
        return engine

    @property
    def reasons_file(self) -> Path | None:
        """The book's corrections of what adjustment reasons mean, if there are any: ``reasons.csv`` in its folder."""
        file = self.path / "reasons.csv"
        return file if file.exists() else None

    def reasons(self) -> pa.Table:
        """What adjustment reasons mean in this book: its own corrections before the built-in reading.

        Raises:
            ReadError: ``reasons.csv`` cannot be read, lacks a column, or names a kind that is not known.
        """
        return read_reasons(self.reasons_file)

    @property
    def contracts_folder(self) -> Path:
        """Where the book's contracts lie."""
        return self.path / "contracts"

    def contract_folders(self) -> dict[str, Path]:
        """The folders of the book's contracts, by name: those that hold a ``contract.yaml``, and are not hidden.

        As known on a day, a contract that was replaced later lies where the one before was put away.
        """
        finish(self.contracts_folder)
        found = self.contracts_folder.glob("[!.]*/contract.yaml")  # hidden: one that is just being put there
        folders = {file.parent.name: file.parent for file in found}
        if self.as_known_on is not None:
            put_away = sorted(self.contracts_folder.glob(f"{HISTORY}/*/*/contract.yaml"), reverse=True)
            day = self.as_known_on.isoformat()
            folders |= {file.parents[1].name: file.parent for file in put_away if file.parent.name[:10] > day}
        return dict(sorted(folders.items()))

    @property
    def negotiations_folder(self) -> Path:
        """Where the book's negotiations lie."""
        return self.path / "negotiations"

    def negotiation_folders(self) -> dict[str, Path]:
        """The folders of the book's negotiations, by name: those that hold a ``negotiation.yaml``."""
        files = sorted(self.negotiations_folder.glob("*/negotiation.yaml"))
        return {file.parent.name: file.parent for file in files}


def place(path: Path | str | None) -> Path:
    """The folder of a book: as given, else as ``EVENHAND_BOOK`` says, else ``./book``."""
    return Path(path or os.environ.get(VARIABLE) or DEFAULT)


def is_book(folder: Path) -> bool:
    """Whether a folder is a book."""
    return (folder / MARK).is_file()


def _start(folder: Path) -> None:
    try:
        (folder / "loads").mkdir(parents=True, exist_ok=True)
        aside = folder / f".{MARK}-{os.getpid()}"
        write_durably(aside, json.dumps({"format": 1}) + "\n")
        os.replace(aside, folder / MARK)
    except OSError as problem:
        raise BookError(f"a book cannot be started at {folder} ({problem.strerror or problem})") from problem
