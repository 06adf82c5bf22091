"""End, notice, renewal and escalation, worked out from the dates a contract states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evenhand.contracts import Duration, KeyDates, key_dates, read_contract

Folder = Callable[..., Path]


@pytest.mark.parametrize(
    ("today", "ends", "notice", "renews"),
    [
        (date(2025, 3, 1), date(2026, 12, 31), date(2026, 9, 2), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2026, 12, 31), date(2026, 9, 2), date(2027, 1, 1)),
        (date(2027, 1, 1), date(2027, 12, 31), date(2027, 9, 2), date(2028, 1, 1)),
        (date(2031, 7, 4), date(2031, 12, 31), date(2031, 9, 2), date(2032, 1, 1)),
    ],
)
def test_an_evergreen_contract_is_always_in_a_term(
    folder: Folder, base: str, today: date, ends: date, notice: date, renews: date
) -> None:
    text = base.replace("terms:", "renewal: {evergreen: 1 year, notice: 120 days}\nterms:")

    assert key_dates(read_contract(folder(text)), today) == KeyDates(date(2025, 1, 1), ends, notice, renews, None)


def test_a_terminated_contract_neither_renews_nor_needs_notice(folder: Folder, base: str) -> None:
    text = base.replace("terms:", "renewal: {evergreen: 1 year, notice: 120 days}\nterminated: 2026-03-31\nterms:")

    assert key_dates(read_contract(folder(text)), date(2025, 3, 1)) == KeyDates(
        date(2025, 1, 1), date(2026, 3, 31), None, None, None
    )


def test_a_contract_without_an_end_has_no_such_days(folder: Folder, base: str) -> None:
    contract = read_contract(folder(base.replace("ends: 2026-12-31\n", "")))

    assert key_dates(contract, date(2030, 1, 1)) == KeyDates(date(2025, 1, 1), None, None, None, None)


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2024, 6, 1), date(2025, 7, 1)),
        (date(2025, 1, 1), date(2025, 7, 1)),
        (date(2025, 6, 30), date(2025, 7, 1)),
        (date(2025, 7, 1), date(2026, 1, 1)),
        (date(2026, 7, 1), None),
    ],
)
def test_the_next_escalation_lies_inside_the_contract(
    folder: Folder, base: str, today: date, step: date | None
) -> None:
    rules = "rules: {escalator: {every: 6 months, percent: 3, applies_to: case}}\n"

    assert key_dates(read_contract(folder(base + rules)), today).next_escalation == step


def test_months_end_where_the_month_does() -> None:
    assert Duration(6, "month").before(date(2028, 8, 31)) == date(2028, 2, 29)
    assert Duration(2, "week").after(date(2025, 12, 25)) == date(2026, 1, 8)
    assert [str(Duration(1, "year")), str(Duration(12, "month"))] == ["1 year", "12 months"]
