"""The documents of a workbook laid out as a contract's folder, and what is wrong with it told by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evenhand.contracts.nodes import Fields
from evenhand.contracts.reader import CONTRACT_FILE, Draft, draft, draft_offer
from evenhand.contracts.workbook.documents import OFFERS
from evenhand.contracts.workbook.grid import Places, letters
from evenhand.contracts.workbook.layout import BASE
from evenhand.contracts.workbook.ratesheets import RateSheet
from evenhand.contracts.workbook.yamltext import traced, written
from evenhand.errors import Problem

_ON_LINE = re.compile(r"\b(on|see) line (\d+)")
_QUOTED = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a workbook holds: its documents, its rate tables, and the addresses of its cells."""

    documents: Mapping[str, Fields]
    tables: Mapping[str, RateSheet]
    places: Places

    @property
    def offer(self) -> str:
        """The file of the last offer; empty for a contract as signed."""
        return next((name for name in reversed(list(self.documents)) if name.startswith(f"{OFFERS}/")), "")


def file_of(document: str) -> str:
    """The file a document stands in, from the contract's folder."""
    return CONTRACT_FILE if document == BASE else document


def lay_out(taken: Taken, folder: Path) -> None:
    """Write the contract's folder as a person would."""
    for name, node in taken.documents.items():
        _write(folder / file_of(name), written(node).encode())
    _write_tables(taken, folder)


def _write_tables(taken: Taken, folder: Path) -> None:
    for file, table in taken.tables.items():
        _write(folder / file, table.content(file))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def read_staged(taken: Taken, folder: Path) -> Draft:
    """Read a laid-out folder: the contract, with its offer if there is one."""
    return draft_offer(folder / taken.offer) if taken.offer else draft(folder)


def find_problems(taken: Taken, folder: Path) -> list[Problem]:
    """Everything wrong with what the workbook says, each under the address of its cell.

    Args:
        taken: The workbook's content.
        folder: An empty folder to try it in.
    """
    traces: dict[str, list[int]] = {}
    for name, node in taken.documents.items():
        lines = list(traced(node))
        traces[file_of(name)] = [place for _, place in lines]
        _write(folder / file_of(name), ("\n".join(text for text, _ in lines) + "\n").encode())
    _write_tables(taken, folder)
    return list(dict.fromkeys(_addressed(read_staged(taken, folder).problems, taken, traces)))


def _addressed(problems: list[Problem], taken: Taken, traces: Mapping[str, list[int]]) -> Iterator[Problem]:
    for problem in problems:
        file = _full_name(problem.file, {*traces, *taken.tables})
        if file in taken.tables:
            yield _in_table(problem, taken.tables[file])
        else:
            yield _in_document(problem, traces.get(file, []), taken.places)


def _full_name(file: str, known: set[str]) -> str:
    """An offer and its tables are named without their folder."""
    return file if file in known else f"{OFFERS}/{PurePosixPath(file).name}"


def _in_document(problem: Problem, trace: list[int], places: Places) -> Problem:
    def address(line: int) -> str:
        return places.name(trace[line - 1]) if 0 < line <= len(trace) else ""

    def told(text: str) -> str:
        return _ON_LINE.sub(lambda found: f"{'in' if found[1] == 'on' else 'see'} {address(int(found[2]))}", text)

    where = address(problem.line or 0) or "Contract"
    return Problem(where, None, told(problem.what), told(problem.right), problem.severity)


def _in_table(problem: Problem, table: RateSheet) -> Problem:
    def told(text: str) -> str:
        words = {"on": "in row", "see": "see row"}
        return _ON_LINE.sub(lambda found: f"{words[found[1]]} {found[2]}", text)

    row = problem.line or 1
    texts = [text for text in _QUOTED.findall(problem.what) if text]
    columns = [column for text in texts if (column := table.column(row, text)) > 1]
    where = f"{table.sheet}!{letters(columns[0] if columns else 1)}{row}"
    return Problem(where, None, told(problem.what), told(problem.right), problem.severity)
