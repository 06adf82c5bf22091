"""Scenarios written down in a table: a row each, a column for every number that changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evenhand.contracts.model import Contract
from evenhand.errors import ContractError, Log, ReadError, UsageError
from evenhand.pricing.scenarios.changes import Scenario, change_to
from evenhand.sheets import Row, read_rows

_NAMES = ("scenario", "name")


def read_scenarios(contract: Contract, file: Path) -> list[Scenario]:
    """The scenarios of a CSV or XLSX file; its first column, ``scenario``, names them.

    Raises:
        ReadError: the file is not there, or holds no scenario.
        ContractError: the file cannot be read as a table.
        UsageError: a cell cannot be understood, or a heading names nothing of the contract.
    """
    if not file.is_file():
        raise ReadError(file, "there is no such file")
    log = Log(file.name)
    rows = read_rows(file.name, file.read_bytes(), log, _is_heading)
    if any(problem.severity == "error" for problem in log.problems):
        raise ContractError(log.problems)
    start = next((place for place, row in enumerate(rows) if _is_heading(row.cells)), None)
    if start is None or start + 1 == len(rows):
        raise ReadError(file, "holds no scenario", "its first row reads 'scenario', then what changes: a column each")
    headings = [cell.strip() for cell in rows[start].cells]
    return [_scenario(contract, headings, row, file) for row in rows[start + 1 :]]


def _is_heading(cells: Sequence[str]) -> bool:
    return bool(cells) and cells[0].strip().lower() in _NAMES


def _scenario(contract: Contract, headings: Sequence[str], row: Row, file: Path) -> Scenario:
    said = [(target, cell.strip()) for target, cell in zip(headings[1:], row.cells[1:], strict=False)]
    try:
        changes = tuple(change_to(contract, target, cell) for target, cell in said if target and cell)
    except UsageError as refused:
        raise UsageError(f"{file.name}:{row.line}: {refused}") from None
    return Scenario(row.cells[0].strip() or f"line {row.line}", changes)
