"""Contracts in memory: each is read once in every state of its files, and once more when they change."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from evenhand.contracts import Contract, WorkedCase, read_contract
from evenhand.documents.contract_sheets import nearest_day, rates_sheet, version_in_force
from evenhand.errors import Problem
from evenhand.money import show_rate
from evenhand.pricing.worked import worked_cases
from evenhand.workspace.figures.signature import files_signature

#: Contracts held in memory by each process.
_HELD = 64


def contract_in(folder: Path) -> Contract:
    """The contract that lies in a folder.

    Raises:
        ContractError: it is refused; it carries every problem.
    """
    return _read(folder, files_signature(folder))


@lru_cache(_HELD)
def _read(folder: Path, state: str) -> Contract:
    return read_contract(folder)


def cases_in(folder: Path) -> tuple[tuple[WorkedCase, Problem | None], ...]:
    """The worked cases of the contract in a folder, with what is wrong where one does not price exactly."""
    return _priced(folder, files_signature(folder))


@lru_cache(_HELD)
def _priced(folder: Path, state: str) -> tuple[tuple[WorkedCase, Problem | None], ...]:
    return tuple(worked_cases(_read(folder, state)))


def rates_in(folder: Path, day: date) -> tuple[Mapping[str, Any], ...]:
    """Every rate in force on a day, or on the nearest day the contract is in force."""
    state = files_signature(folder)
    return _rates(folder, state, nearest_day(_read(folder, state), day))


@lru_cache(_HELD)
def _rates(folder: Path, state: str, day: date) -> tuple[Mapping[str, Any], ...]:
    version = version_in_force(_read(folder, state), day)
    dollars = {name for name, schedule in version.schedules.items() if schedule.holds == "amount"}
    return tuple({**row, "shown": _shown(row, dollars)} for row in rates_sheet(version).rows)


def _shown(row: Mapping[str, Any], dollars: Set[str]) -> str:
    """Dollars as such; weights and base units as plain numbers."""
    return show_rate(row["amount"]) if row["schedule"] in dollars else f"{row['amount'].normalize():f}"
