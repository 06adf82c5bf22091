"""Schedules made from several things, when the contract is read: codes in groups with a rate each, a wage index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evenhand.contracts.amounts import read_amount
from evenhand.contracts.model import FeeSchedule, Rate
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.ratechecks import check_overlaps
from evenhand.contracts.rateheadings import Heading, read_heading
from evenhand.contracts.ratetable import read_period
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import PERCENT, Value, Word
from evenhand.errors import Log
from evenhand.money import to_cents
from evenhand.periods import Period
from evenhand.sheets import Row, read_rows, tidy

WAGE_INDEX = Value("a wage index", "0.9532", r"\d(\.\d{1,4})?", Decimal)
MADE = Record(
    "schedule",
    (
        Key("rates", Word("a CSV or XLSX file", "group-rates.csv"), "Its rates: by code, or by group."),
        Key("groups", Word("a CSV or XLSX file", "asc-groups.csv"), "The group of each code: columns code and group."),
        Key("wage_index", WAGE_INDEX, "Local wages against the national average."),
        Key("labor_share", PERCENT, "The share of each rate that wages move: 50 for surgery centres."),
    ),
)
_GROUPS = ("group", "grp", "asc group", "payment group", "surgical group", "grouper", "payment level", "tier")
#: Reads a file the contract names: its content and the log of its problems; ``None`` where it cannot be read.
Open = Callable[[Scalar], tuple[bytes, Log] | None]


@dataclass(frozen=True, slots=True)
class _Grouped:
    """One row of a table by groups: a code of the group, or the group's rate."""

    group: str
    code: str
    amount: Decimal | None
    period: Period
    line: int


def grouped_rates(said: Entry, opened: Open) -> tuple[Rate, ...]:
    """Every code at the rate of its group, on the days both hold; a group without a rate is an error."""
    groups, rates = said.get("groups"), said.get("rates")
    coded, paid = (opened(file) if file is not None else None for file in (groups, rates))
    if coded is None or paid is None:
        return ()
    amounts = list(_rows(*paid, wanted="amount"))
    found = []
    for row in _rows(*coded, wanted="code"):
        held = [
            _rate(row, paying) for paying in amounts if paying.group == row.group and paying.period.meet(row.period)
        ]
        if not held:
            coded[1].error(row.line, f"{row.code}: there is no rate for group {row.group}", f"add it to {rates.text}")
        found += held
    check_overlaps(found, coded[1])
    return tuple(found)


def _rate(coded: _Grouped, paid: _Grouped) -> Rate:
    period = coded.period.meet(paid.period)
    assert period is not None
    assert paid.amount is not None
    return Rate(coded.code, paid.amount, period=period, line=coded.line, group=coded.group)


def _rows(content: bytes, log: Log, *, wanted: str) -> Iterator[_Grouped]:
    rows = read_rows(log.file, content, log, lambda cells: _group_column(cells) >= 0)
    start = next((place for place, row in enumerate(rows) if _group_column(row.cells) >= 0), None)
    if start is None:
        if not log.failed:
            log.error(None, f"no row has headings for group and {wanted}", f"name two columns 'group' and '{wanted}'")
        return
    heading, column = read_heading(rows[start], log), _group_column(rows[start].cells)
    for row in rows[start + 1 :]:
        read = _row(row, (heading, column), wanted, log)
        if read is not None:
            yield read


def _group_column(cells: Sequence[str]) -> int:
    return next((place for place, cell in enumerate(cells) if tidy(cell) in _GROUPS), -1)


def _row(row: Row, columns: tuple[Heading, int], wanted: str, log: Log) -> _Grouped | None:
    heading, column = columns
    group = row.cells[column].strip().upper() if column < len(row.cells) else ""
    code, text = heading.cell(row, "code").strip().upper(), heading.cell(row, "amount").strip()
    if not group and not code and not text:
        return None
    amount = read_amount(text, f"group {group}", row.line, log) if wanted == "amount" else None
    if not group or (wanted == "code" and not re.fullmatch(r"[A-Z0-9]{5}", code)):
        what = "this row names no group" if not group else f"'{code}' is not a code"
        log.error(row.line, what, f"give a group and its {wanted} a row")
        return None
    if wanted == "amount" and amount is None:
        return None
    return _Grouped(group.lstrip("0") or group, code, amount, read_period(row, heading, log), row.line)


def wage_adjusted(schedule: FeeSchedule, said: Entry, log: Log) -> FeeSchedule:
    """Each rate times (labour share × wage index + the rest), in cents; 42 CFR 416.172 has it for surgery centres."""
    index, share = said.get("wage_index"), said.get("labor_share")
    if index is None and share is None:
        return schedule
    if index is None or share is None:
        missing, stated = ("wage_index", "labor_share") if index is None else ("labor_share", "wage_index")
        log.error(said.line_of(stated), f"{stated} stands without {missing}", f"add '{missing}:'")
        return schedule
    factor = share * index + (1 - share)
    return replace(schedule, rates=tuple(replace(one, amount=to_cents(one.amount * factor)) for one in schedule.rates))
