"""Prompt-pay terms by state: a table with its citations and how sure each row is, which anybody can replace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from evenhand.contracts.lateness import LateStep, LateTerms, StateSource, wrong_steps
from evenhand.errors import Log
from evenhand.periods import FOREVER, Period
from evenhand.sheets import read_rows, tidy

COLUMNS = (
    "state",
    "from",
    "to",
    "days",
    "paper_days",
    "count",
    "per",
    "late_to",
    "percent",
    "at_most",
    "interest",
    "of",
    "year_days",
    "months",
    "index",
    "margin",
    "at_least",
    "citation",
    "status",
    "note",
)
_WORDS: Mapping[str, Mapping[str, Any]] = {
    "count": {"": False, "calendar": False, "working": True},
    "per": {"": "year", "year": "year", "month": "month", "once": "once"},
    "of": {"": "payment", "payment": "payment", "charges less allowed": "discount"},
    "year_days": {"": 365, "365": 365, "360": 360},
    "months": {"": "days", "by the day": "days", "begun": "begun", "whole": "whole"},
}
_WHOLE = ("days", "paper_days", "late_to")
_PERCENT = ("percent", "interest", "margin", "at_least")
#: What makes rows steps of the same terms.
_SAME = ("from", "to", "days", "paper_days", "count", "per", "of", "year_days", "months", "index")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """The terms of a state, and where they come from."""

    terms: tuple[LateTerms, ...]
    source: StateSource


@cache
def built_in() -> Mapping[str, State]:
    """The states of the table that comes with the program."""
    content = (files("evenhand.contracts.dues") / "prompt_pay.csv").read_bytes()
    return read_states("", content, Log("prompt_pay.csv"))


def read_states(table: str, content: bytes, log: Log) -> dict[str, State]:
    """Read a table of states from its bytes; ``log.file`` names it in messages, ``table`` in the contract."""
    rows = read_rows(log.file, content, log, _is_heading)
    start = next((place for place, row in enumerate(rows) if _is_heading(row.cells)), None)
    if start is None:
        if not log.failed:
            log.error(None, "no row has the headings state, days and percent", f"give it {', '.join(COLUMNS)}")
        return {}
    names = [tidy(cell).replace(" ", "_") for cell in rows[start].cells]
    states: dict[str, list[Cells]] = {}
    for row in rows[start + 1 :]:
        cells = dict(zip(names, (cell.strip() for cell in row.cells), strict=False))
        cells = {name: cells.get(name, "") for name in COLUMNS}
        if _is_right(cells, row.line, log):
            states.setdefault(cells["state"].upper(), []).append(cells)
    found = {state: _state(state, table, lines) for state, lines in states.items()}
    for name, state in found.items():
        for wrong in filter(None, (wrong_steps(terms.steps) for terms in state.terms if not terms.linked_to)):
            log.error(None, f"{name}: {wrong[0]}", wrong[1])
    return found


def _is_heading(cells: Sequence[str]) -> bool:
    return {"state", "days", "percent"} <= {tidy(cell) for cell in cells}


def _is_right(cells: Cells, line: int, log: Log) -> bool:
    """Whether every cell of a row can be read; the log has which cannot."""
    wrong = [(name, "a whole number") for name in _WHOLE if not re.fullmatch(r"\d{0,6}", cells[name])]
    wrong += [(name, "a percentage") for name in _PERCENT if not re.fullmatch(r"(\d{1,4}(\.\d{1,4})?)?", cells[name])]
    wrong += [(name, "an amount") for name in ("at_most",) if not re.fullmatch(r"(\d{1,12}(\.\d\d?)?)?", cells[name])]
    wrong += [(name, "a date such as 2025-01-31") for name in ("from", "to") if not _is_day(cells[name])]
    wrong += [(name, " or ".join(filter(None, words))) for name, words in _WORDS.items() if cells[name] not in words]
    if not cells["percent"] and not cells["index"]:
        wrong.append(("percent", "a percentage, or empty where an index is named"))
    for name, right in wrong:
        log.error(line, f"{name}: '{cells[name]}' is not {right}", "correct the cell")
    return not wrong


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _state(state: str, table: str, rows: list[Cells]) -> State:
    groups: dict[tuple[str, ...], list[Cells]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in _SAME), []).append(row)
    told = rows[0]
    source = StateSource(state, told["citation"], told["status"], told["note"], table)
    return State(tuple(_terms(group) for group in groups.values()), source)


def _terms(rows: list[Cells]) -> LateTerms:
    one = rows[0]
    start = date.fromisoformat(one["from"]) if one["from"] else date.min
    end = Period(date.fromisoformat(one["to"])) if one["to"] else None
    linked = bool(one["index"])
    terms = LateTerms(
        days=_number(one["days"]),
        paper_days=_number(one["paper_days"]),
        working=bool(_WORDS["count"][one["count"]]),
        steps=() if linked else tuple(_step(row) for row in rows),
        year_days=360 if one["year_days"] == "360" else 365,
        linked_to=one["index"],
        margin=_share(one["margin"]) or Decimal(0),
        at_least=_share(one["at_least"]),
        period=Period(start, FOREVER if end is None else date.fromordinal(end.start.toordinal() + 1)),
    )
    words = {name: _WORDS[name][one[name]] for name in ("per", "of", "months")}
    return replace(terms, **words)


def _step(row: Cells) -> LateStep:
    share = _share(row["percent"])
    assert share is not None
    most = Decimal(row["at_most"]) if row["at_most"] else None
    return LateStep(share, _number(row["late_to"]), most, _share(row["interest"]))


def _number(text: str) -> int | None:
    return int(text) if text else None


def _share(text: str) -> Decimal | None:
    return Decimal(text) / 100 if text else None
