"""The files a contract is read from: found, read once, remembered for its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from evenhand.contracts.datedschedules import dated_schedule
from evenhand.contracts.dues.states import State, read_states
from evenhand.contracts.escalation import Index
from evenhand.contracts.indextable import read_index
from evenhand.contracts.madeschedules import grouped_rates, wage_adjusted
from evenhand.contracts.medicareschedules import medicare_schedule
from evenhand.contracts.model import FeeSchedule
from evenhand.contracts.nodes import Node, Scalar, read_document
from evenhand.contracts.ratetable import read_rate_table
from evenhand.contracts.records import Entry
from evenhand.contracts.rvuschedules import read_rvu_schedule
from evenhand.contracts.shapes import suggest
from evenhand.errors import Log, Problem
from evenhand.sheets import KINDS


@dataclass(frozen=True, slots=True)
class Place:
    """A folder rate tables are looked for in, and how names in it are shown."""

    folder: Path
    shown: str = ""


@dataclass(slots=True)
class Source:
    """One YAML file and the tables it names."""

    file: Path
    name: str  # relative, as messages and the digest have it
    places: Sequence[Place]
    content: dict[str, bytes] = field(default_factory=dict)
    log: Log = field(init=False)
    table_logs: list[Log] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.log = Log(self.name)

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong, the YAML file first, by line."""
        own = sorted(self.log.problems, key=lambda problem: problem.line or 0)
        return own + [problem for log in self.table_logs for problem in log.problems]

    def document(self) -> Node | None:
        """The YAML document; ``None``, and why in the log, when it cannot be read."""
        try:
            self.content[self.name] = self.file.read_bytes()
        except OSError as error:
            self.log.error(None, f"the file cannot be read: {error.strerror}", "check its name and permissions")
            return None
        try:
            text = self.content[self.name].decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.content[self.name][: error.start].count(b"\n") + 1
            self.log.error(line, "this is not UTF-8 text", "save the file as UTF-8")
            return None
        return read_document(text, self.log)

    def table(self, schedule: str, written: Scalar) -> FeeSchedule:
        """Read the rate table of a file as named in the document; without rates when it cannot be."""
        found = self._opened(written)
        if found is None:
            return FeeSchedule(schedule, (), written.text)
        table = read_rate_table(schedule, self.content[found.file], found)
        return replace(table, file=written.text, source=found.file)

    def made(self, schedule: str, said: Entry) -> FeeSchedule:
        """A schedule made of several things; its tables are read with it."""
        if "groups" in said.values:
            table = FeeSchedule(schedule, grouped_rates(said, self._content), "", said.get("groups").text)
        elif "rates" in said.values:
            table = replace(self.table(schedule, said.get("rates")), file="")
        elif "rvus" in said:
            table = read_rvu_schedule(schedule, said, self._content, self.log)
        elif "medicare" in said:
            return medicare_schedule(schedule, said, self.content, self.log)
        elif "files" in said.values:
            table = dated_schedule(schedule, said, self.table, self.log)
        else:
            table = FeeSchedule(schedule, ())
            if not {"rates", "files"} & said.lines.keys():
                self.log.error(
                    said.line, f"schedule '{schedule}' says neither rates, files, rvus nor medicare", "name its table"
                )
        return wage_adjusted(table, said, self.log)

    def _content(self, written: Scalar) -> tuple[bytes, Log] | None:
        log = self._opened(written)
        return None if log is None else (self.content[log.file], log)

    def index(self, written: Scalar) -> Index | None:
        """Read the table of a published index; ``None``, and why in the log, when there is none."""
        found = self._opened(written)
        return None if found is None else read_index(written.text, self.content[found.file], found)

    def states(self, written: Scalar) -> Mapping[str, State]:
        """Read a table of prompt-pay terms by state; empty, and why in the log, when it cannot be."""
        found = self._opened(written)
        return {} if found is None else read_states(written.text, self.content[found.file], found)

    def _opened(self, written: Scalar) -> Log | None:
        """Read a file named in the document into ``content``; the log of its problems, which has its name."""
        found = self._find(written)
        if found is None:
            return None
        path, shown = found
        log = Log(shown)
        self.table_logs.append(log)
        try:
            self.content[shown] = path.read_bytes()
        except OSError as error:
            log.error(None, f"the file cannot be read: {error.strerror}", "check its permissions")
            return None
        return log

    def _find(self, written: Scalar) -> tuple[Path, str] | None:
        name = PurePath(written.text)
        if name.is_absolute() or ".." in name.parts:
            self.log.error(
                written.line, f"'{written.text}' lies outside the contract's folder", "put a copy beside this file"
            )
            return None
        for place in self.places:
            if (place.folder / name).is_file():
                return place.folder / name, f"{place.shown}{name.as_posix()}"
        self.log.error(written.line, f"there is no file '{written.text}'", self._nearest(written.text))
        return None

    def _nearest(self, name: str) -> str:
        beside = self.tables_beside()
        return suggest(name, beside) if beside else "put the rate table beside this file"

    def tables_beside(self) -> list[str]:
        """Names of the rate tables that lie beside the document."""
        return sorted(
            {path.name for place in self.places for path in place.folder.iterdir() if path.suffix.lower() in KINDS}
        )


@dataclass(slots=True)
class Schedules:
    """The rate tables one document names: by a name of its own, or by their file."""

    source: Source
    inherited: Mapping[str, FeeSchedule] = field(default_factory=dict)  # of the contract it is laid over
    tables: dict[str, FeeSchedule] = field(default_factory=dict)

    def name(self, pairs: Iterable[tuple[Scalar, Scalar | Entry]]) -> None:
        """Read the tables named under ``schedules:``."""
        for key, said in pairs:
            if isinstance(said, Entry):
                self.tables[key.text] = self.source.made(key.text, said)
            else:
                self.tables[key.text] = self.source.table(key.text, said)

    def find(self, wanted: Scalar) -> str:
        """The name a schedule goes by; a file that has none yet is read and goes by its own."""
        for tables in (self.tables, self.inherited):
            if wanted.text in tables:
                return wanted.text
            by_file = next((name for name, table in tables.items() if table.file == wanted.text), None)
            if by_file is not None:
                return by_file
        if PurePath(wanted.text).suffix.lower() in (*KINDS, ".xls"):
            self.tables[wanted.text] = self.source.table(wanted.text, wanted)
        else:
            self._unknown(wanted)
        return wanted.text

    def _unknown(self, wanted: Scalar) -> None:
        """Said once: from then on the name stands for a table without rates."""
        known = [*self.tables, *self.inherited, *self.source.tables_beside()]
        right = suggest(wanted.text, list(dict.fromkeys(known))) if known else "name it under 'schedules:'"
        self.source.log.error(wanted.line, f"there is no schedule '{wanted.text}'", right)
        self.tables[wanted.text] = FeeSchedule(wanted.text, (), wanted.text)


def digest(contents: Mapping[str, bytes], *, base: str = "") -> str:
    """SHA-256 over names and bytes of files, in the order of their names."""
    total = hashlib.sha256(base.encode())
    for name in sorted(contents):
        total.update(f"{name}\0{len(contents[name])}\0".encode())
        total.update(contents[name])
    return total.hexdigest()
