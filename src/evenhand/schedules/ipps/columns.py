"""A table of a few known columns, read by its headings: every cell that cannot be used is a problem with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from evenhand.errors import Log, ReadError
from evenhand.money import parse_money
from evenhand.sheets import Row, read_rows, tidy

_YES = {"y": True, "yes": True, "1": True, "true": True, "n": False, "no": False, "0": False, "false": False}
_SHOWN = 12
#: Rows among which the headings are looked for: the titles of an agency's table stand above them.
_HEAD = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name here, and what else it may be called (tidied headings, or patterns of them)."""

    name: str
    also: tuple[str, ...] = ()
    needed: bool = False

    def is_called(self, heading: str) -> bool:
        """Whether a tidied heading names this column."""
        return any(re.fullmatch(name, heading) for name in (self.name.replace("_", " "), *self.also))


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row by column name; what is not in the file is empty."""

    line: int
    texts: Mapping[str, str]
    log: Log

    def text(self, name: str) -> str:
        """The cell, without blanks around it."""
        return self.texts.get(name, "").strip()

    def number(self, name: str, least: str, most: str, places: int, default: str | None = None) -> Decimal:
        """A number between two bounds, both inside, with at most so many decimals; empty takes the default."""
        text = self.text(name) or default
        if text is None:
            self.log.error(self.line, f"{name} is empty", f"write a number from {least} to {most}")
            return Decimal(least)
        value = parse_money(text)
        if value is None or not Decimal(least) <= value <= Decimal(most):
            self.log.error(self.line, f"{name}: '{text}' is not a number from {least} to {most}")
            return Decimal(least)
        if value != round(value, places):
            self.log.error(self.line, f"{name}: '{text}' has more than {places} decimals", f"round it to {places}")
            return round(value, places)
        return value

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number between two bounds, both inside."""
        return int(self.number(name, str(least), str(most), 0))

    def flag(self, name: str, default: bool) -> bool:
        """Yes or no; empty takes the default."""
        text = self.text(name).lower()
        if text and text not in _YES:
            self.log.error(self.line, f"{name}: '{text}' is neither yes nor no")
        return _YES.get(text, default)

    def choice(self, name: str, known: Mapping[str, str]) -> str:
        """What a word stands for."""
        text = self.text(name)
        if tidy(text) not in known:
            right = f"write one of {', '.join(sorted(set(known.values())))}"
            self.log.error(self.line, f"{name}: '{text}' is not known here", right)
        return known.get(tidy(text), "")


def read_table(path: Path, columns: Sequence[Column], hint: str = "") -> tuple[list[Cells], Log]:
    """The rows of a CSV or Excel file below its headings, by column.

    Args:
        path: The file.
        columns: Those it may have.
        hint: What else would be right where a needed column is missing.

    Raises:
        ReadError: The file cannot be read, or a needed column is not in it.
    """
    log = Log(str(path))
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise ReadError(path, f"cannot be read ({problem.strerror})") from None
    rows = read_rows(path.name, content, log, lambda cells: _known(cells, columns) > 1)
    refuse(log)
    return _cells(rows, columns, log, hint), log


def _cells(rows: Sequence[Row], columns: Sequence[Column], log: Log, hint: str) -> list[Cells]:
    """Rows by column; the headings are in the row, among the first, that names most of the columns."""
    if not rows:
        log.error(None, "the table is empty")
    refuse(log)
    head = max(range(min(_HEAD, len(rows))), key=lambda at: _known(rows[at].cells, columns))
    places = _places(rows[head].cells, columns)
    missing = [column.name for column in columns if column.needed and column.name not in places]
    if missing:
        log.error(rows[head].line, f"there is no column {', '.join(missing)}", f"name it in the headings{hint}")
    refuse(log)
    return [Cells(row.line, _texts(row.cells, places), log) for row in rows[head + 1 :]]


def refuse(log: Log) -> None:
    """Stop where a file has errors.

    Raises:
        ReadError: It has; the message tells them all (of many, the first).
    """
    errors = [problem for problem in log.problems if problem.severity == "error"]
    if not errors:
        return
    told = [
        f"{f'line {one.line}: ' if one.line else ''}{one.what}{f'; {one.right}' if one.right else ''}" for one in errors
    ]
    more = [f"and {len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
    raise ReadError(log.file, "\n  ".join([*told[:_SHOWN], *more]))


def _known(cells: Sequence[str], columns: Sequence[Column]) -> int:
    return len(_places(cells, columns))


def _places(cells: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands; of two with one heading the first."""
    places: dict[str, int] = {}
    for at, cell in enumerate(cells):
        heading = tidy(cell)
        name = next((column.name for column in columns if column.is_called(heading)), None)
        if name is not None:
            places.setdefault(name, at)
    return places


def _texts(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {name: cells[at] for name, at in places.items() if at < len(cells)}
