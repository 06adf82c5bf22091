"""Tables a contract names that hold no fee schedule, such as a published index: carried through as they are."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.contracts.model import FeeSchedule
from evenhand.contracts.ratetable import read_rate_table
from evenhand.contracts.rvus import read_rvus
from evenhand.errors import Log
from evenhand.sheets import read_rows


@dataclass(frozen=True, slots=True)
class OtherTable:
    """The rows of a table as text; the first names its columns."""

    rates: tuple[tuple[str, ...], ...]

    @property
    def headings(self) -> list[str]:
        """The names of its columns."""
        return list(self.rates[0]) if self.rates else []

    @property
    def rows(self) -> list[dict[str, str]]:
        """What stands below the headings."""
        return [dict(zip(self.headings, row, strict=False)) for row in self.rates[1:]]


def read_table(file: str, content: bytes) -> FeeSchedule | OtherTable:
    """A fee schedule, or any other table where the bytes hold none."""
    log = Log(file)
    schedule = read_rate_table(file, content, log)
    if not log.failed and not read_rvus(content, Log(file)):
        return schedule
    rows = read_rows(file, content, Log(file), lambda cells: sum(1 for cell in cells if cell.strip()) > 1)
    start = next((place for place, row in enumerate(rows) if sum(1 for cell in row.cells if cell.strip()) > 1), 0)
    return OtherTable(tuple(tuple(cell.strip() for cell in row.cells) for row in rows[start:]))
