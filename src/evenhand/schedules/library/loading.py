"""Loading published files into a library: each table told apart by what it holds, taken whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from evenhand.errors import Log, Problem
from evenhand.schedules.library.files import each_file, may_hold_tables
from evenhand.schedules.library.library import Library
from evenhand.schedules.library.release import Release
from evenhand.schedules.tables.reading import PublishedTable, read_published


@dataclass(slots=True)
class LoadReport:
    """What became of the files.

    Attributes:
        taken: Releases that are new in the library.
        known: Releases it had, or that another file of this load holds too.
        passed_over: Files no table was found in, each with the reason.
        problems: What is wrong, and what a person should look at; a file with an error gives no release.
    """

    taken: list[Release] = field(default_factory=list)
    known: list[Release] = field(default_factory=list)
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether a file was refused."""
        return any(problem.severity == "error" for problem in self.problems)


def load(
    library: Library,
    paths: Iterable[Path],
    *,
    first_day: date | None = None,
    part: bool = False,
    dry_run: bool = False,
    progress: Callable[[str], None] = lambda _name: None,
) -> LoadReport:
    """Load files, archives and folders of published tables.

    Args:
        library: Takes the releases.
        paths: What to load.
        first_day: The first day the tables hold for, instead of the one they say.
        part: Take tables with fewer rows than a whole release has.
        dry_run: Say what would be taken, and take nothing.
        progress: Is told the name of each file before it is read.

    Raises:
        ReadError: A file does not exist or is a broken archive.
    """
    report = LoadReport()
    seen = {release.id for release in library.releases}
    for name, content in each_file(paths):
        progress(name)
        if not may_hold_tables(name):
            report.passed_over.append((name, "not a format tables are published in (.csv, .txt, .xlsx)"))
            continue
        log = Log(name)
        tables = read_published(name, content, log, first_day=first_day, part=part)
        report.problems += log.problems
        if not tables and not log.failed:
            report.passed_over.append((name, "no headings of a known table"))
        for read in tables:
            release = _release(name, content, read, part)
            new = release.id not in seen and (dry_run or bool(library.add([(release, read.table)])))
            (report.taken if new else report.known).append(release)
            seen.add(release.id)
    return report


def _release(name: str, content: bytes, read: PublishedTable, part: bool) -> Release:
    whole = part and read.table.num_rows >= read.kind.fewest
    return Release.of(
        read,
        file=f"{name} ({read.sheet})" if read.sheet else name,
        digest=hashlib.sha256(content).hexdigest(),
        rows_digest=_digest(read.table),
        loaded=datetime.now(UTC).isoformat(timespec="microseconds"),
        part=part and not whole,
    )


def _digest(table: pa.Table) -> str:
    """The digest of a table's rows, whatever file they came from."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return hashlib.sha256(sink.getvalue()).hexdigest()
