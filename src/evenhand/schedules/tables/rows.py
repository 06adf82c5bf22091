"""Rows of a published table on their way in: each cell read exactly, and held against the others of its column."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from evenhand.errors import Log
from evenhand.schedules.tables.kind import Column, Kind

#: How many errors of one file are told.
TOLD = 20
#: A blank that DOS wrote as a letter.
_BLANKS = "\u00ff"
#: So many cells of a column, and this share of them, have equally many decimals where it was printed with a fixed
#: point; a spreadsheet drops the last zeros of one cell in ten.
_MANY, _SHARE = 100, 99


@dataclass(slots=True)
class Rows:
    """The rows of one table as they are read."""

    kind: Kind
    log: Log
    values: dict[str, list[Any]] = field(default_factory=dict)
    seen: dict[tuple[Any, ...], tuple[Any, ...]] = field(default_factory=dict)
    wrong: int = 0
    #: Lines by column and number of decimals, and of codes written short of leading zeros, or with them.
    decimals: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    short: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    whole: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.values = {column.name: [] for column in self.kind.columns}

    def add(self, line: int, cells: dict[str, str]) -> None:
        """Read one row; what cannot be read is said, and counted."""
        row: dict[str, Any] = {}
        for column in self.kind.columns:
            if column.name not in cells:
                row[column.name] = None
                continue
            cell = cells[column.name].strip().strip(_BLANKS)
            try:
                row[column.name] = column.form.read(cell)
            except ValueError:
                what = f"{column.name.replace('_', ' ')}: '{cell[:40]}' is not {column.form.words}"
                self.refuse(line, what, f"write it like {column.form.example}")
                return
            self._note(column, line, cell)
        key = tuple(row[name] for name in self.kind.key)
        whole = tuple(row.values())
        if key[0] is None:
            self.refuse(line, f"a row without {self.kind.key[0].replace('_', ' ')}", "check the file is whole")
        elif self.seen.get(key, whole) != whole and not self.kind.repeats:
            self.refuse(line, f"{' '.join(map(str, filter(None, key)))} stands twice, with different values",
                        "keep the row that holds")  # fmt: skip
        elif key not in self.seen or self.kind.repeats:
            self.seen[key] = whole
            for name, value in row.items():
                self.values[name].append(value)

    def _note(self, column: Column, line: int, cell: str) -> None:
        if column.even and cell[-1:].isdigit():
            self.decimals[column.name, len(cell.partition(".")[2])].append(line)
        elif column.form.digits and cell.isdigit() and len(cell) < column.form.digits:
            self.short[column.name].append(line)
        elif column.form.digits and cell[:1] == "0":
            self.whole.add(column.name)

    def refuse(self, line: int, what: str, right: str) -> None:
        """Say what is wrong with a row."""
        self.wrong += 1
        if self.wrong <= TOLD:
            self.log.error(line, what, right)

    def table(self, part: bool) -> pa.Table | None:
        """The table; ``None`` where something was wrong, which is in the log."""
        self._hold_together()
        schema = self.kind.schema()
        table = pa.table({name: pa.array(self.values[name], schema.field(name).type) for name in schema.names})
        if self.wrong > TOLD:
            self.log.error(None, f"{self.wrong - TOLD} more rows cannot be read", "check the file is whole")
        if not table.num_rows and not self.wrong:
            self.log.error(None, f"no row of {self.kind.title} below the headings", "check the file is whole")
        elif table.num_rows < self.kind.fewest and not self.wrong and not part:
            what = f"{table.num_rows} rows of {self.kind.title}; a whole release has at least {self.kind.fewest:,}"
            self.log.error(None, what, "check the file is whole, or load it as a part (--part)")
        if not self.log.failed:
            table = self._agreeing(table)
        return None if self.log.failed else table

    def _agreeing(self, table: pa.Table) -> pa.Table:
        """The table without the few rows that contradict themselves; with more of them, all is refused."""
        found: dict[int, str] = {}
        for place, sentence in self.kind.check(table):
            found.setdefault(place, sentence)
        for sentence in list(found.values())[:TOLD]:
            if len(found) > self.kind.doubts:
                self.log.error(None, sentence, "the file is not as it was published")
            else:
                self.log.warn(None, sentence, "the row is left out: nobody can tell which of them is right")
        return table.filter(pa.array(place not in found for place in range(table.num_rows))) if found else table

    def _hold_together(self) -> None:
        """Refuse cells that are not written as those around them: a digit, a point or a zero was lost there."""
        for name in self.short.keys() & self.whole:
            for line in self.short[name]:
                self.refuse(line, f"{name.replace('_', ' ')} is shorter than the others", "check the file is whole")
        for name in {name for name, _ in self.decimals}:
            counts = {places: lines for (of, places), lines in self.decimals.items() if of == name}
            most = max(counts, key=lambda places: len(counts[places]))
            total = sum(map(len, counts.values()))
            if most == 0 or total < _MANY or len(counts[most]) * 100 < total * _SHARE:
                continue
            for places, lines in counts.items():
                for line in lines if places != most else ():
                    what = f"{name.replace('_', ' ')} has {places} decimals, all others have {most}"
                    self.refuse(line, what, "check the file is whole")
