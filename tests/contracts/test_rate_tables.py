"""Rate tables in the layouts payers send."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evenhand.contracts import Rate, check, read_contract
from evenhand.contracts.ratetable import read_rate_table
from evenhand.errors import Log
from evenhand.periods import Period

Folder = Callable[..., Path]


def _read(content: str | bytes, name: str = "rates.csv") -> tuple[tuple[Rate, ...], list[str]]:
    log = Log(name)
    raw = content.encode() if isinstance(content, str) else content
    return read_rate_table(name, raw, log).rates, [str(problem) for problem in log.problems]


def _workbook(*sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for rows in sheets:
        page = book.create_sheet()
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_title_rows_stand_above_the_heading() -> None:
    rates, problems = _read("Exhibit A,,\nrates of 2025,,\n,,\nCPT® Code,Description,Fee ($)\n99213,Visit,100.00\n")

    assert rates == (Rate("99213", Decimal("100.00")),)
    assert rates[0].line == 5
    assert problems == []


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter(mark: str) -> None:
    rates, _ = _read(f"Code{mark}Rate\n99213{mark}100.50\n")

    assert rates == (Rate("99213", Decimal("100.50")),)


def test_amounts_as_people_write_them() -> None:
    rates, _ = _read('code,rate\n27447,"$1,257.63"\n97110,.5\nJ1100,0.1234\n')

    assert [rate.amount for rate in rates] == [Decimal("1257.63"), Decimal("0.5"), Decimal("0.1234")]


def test_columns_by_setting_give_two_rates() -> None:
    rates, _ = _read("HCPCS,Non-Facility Fee,Facility Fee\n99213,88.95,63.72\n73562,39.46,\n")

    assert rates == (
        Rate("99213", Decimal("63.72"), setting="facility"),
        Rate("99213", Decimal("88.95"), setting="office"),
        Rate("73562", Decimal("39.46"), setting="office"),
    )


def test_dates_are_inclusive_and_may_be_american() -> None:
    rates, problems = _read("code,fee,from,through\n99213,90,1/1/2025,12/31/2025\n99213,95,2026-01-01,\n")

    assert [rate.period for rate in rates] == [
        Period(date(2025, 1, 1), date(2026, 1, 1)),
        Period(date(2026, 1, 1)),
    ]
    assert problems == []


def test_days_without_a_rate_are_reported() -> None:
    _, problems = _read("code,fee,from,to\n99213,90,2025-01-01,2025-06-30\n99213,95,2025-08-01,\n")

    assert problems == ["rates.csv:3: 99213 has no rate from 2025-07-01 until 2025-08-01; see line 2"]


def test_the_same_rate_twice_is_only_doubtful() -> None:
    rates, problems = _read("code,fee\n99213,90.00\n99213,90\n")

    assert len(rates) == 2
    assert problems == ["rates.csv:3: 99213 stands here twice with the same amount; see line 2"]


def test_rows_that_are_no_rates_are_named() -> None:
    rates, problems = _read("code,fee\n99213,90.00\nAll rates are confidential,\n")

    assert len(rates) == 1
    assert problems == ["rates.csv:3: this row is no rate and was passed over: All rates are confidential"]


def test_a_workbook_keeps_text_and_reads_numbers() -> None:
    rows: list[list[Any]] = [
        ["Exhibit A"],
        ["Code", "Mod", "Rate", "Effective"],
        [99213, None, 118.52, date(2025, 1, 1)],
    ]
    rows += [["00100", "AA", 0.1 + 0.2, None], ["73721", 26, 90, None]]

    rates, problems = _read(_workbook([["Notes"]], rows), "rates.xlsx")

    assert rates == (
        Rate("99213", Decimal("118.52"), period=Period(date(2025, 1, 1))),
        Rate("00100", Decimal("0.3"), "AA"),
        Rate("73721", Decimal(90), "26"),
    )
    assert problems == []


def test_a_workbook_that_lost_leading_zeros_is_doubted() -> None:
    rates, problems = _read(_workbook([["code", "rate"], [100, 5], [99213, 90]]), "rates.xlsx")

    assert [rate.code for rate in rates] == ["100", "99213"]
    assert problems == [
        "rates.xlsx:2: 1 code(s) do not have five characters, the first is '100'; "
        "a spreadsheet may have dropped leading zeros: keep the column as text"
    ]


def test_a_second_table_in_a_workbook_is_not_passed_over_in_silence() -> None:
    rates, problems = _read(_workbook([["code", "rate"], [99213, 90]], [["code", "rate"], [99214, 95]]), "rates.xlsx")

    assert [rate.code for rate in rates] == ["99213"]
    assert problems == ["rates.xlsx: 2 sheets hold a rate table; the first was read; keep one table a file"]


def test_rates_of_nothing_are_doubted() -> None:
    _, problems = _read("code,fee\n99213,0.00\n")

    assert problems == [
        "rates.csv:2: 1 rate(s) are 0.00, the first for 99213: these services are paid nothing; "
        "leave the row out if the code has no rate"
    ]


def test_a_large_table_is_read_whole(folder: Folder, base: str) -> None:
    lines = [f"{code:05},,{code / 100:.2f},2025-01-01," for code in range(10_000, 40_000)]
    place = folder(base, {"rates.csv": "code,modifier,rate,from,to\n" + "\n".join(lines)})

    schedule = read_contract(place).versions[0].schedules["rates.csv"]

    assert len(schedule.rates) == 30_000
    assert schedule.rates[-1] == Rate("39999", Decimal("399.99"), period=Period(date(2025, 1, 1)))


def test_rates_no_term_reaches_are_named(folder: Folder, base: str) -> None:
    place = folder(base, {"rates.csv": "code,rate\n99213,90\n73562,50\n73030,45\n"})

    _, problems = check(place, today=date(2025, 6, 1))

    assert (
        "rates.csv:3: 2 of 3 rate(s) are never used, the first for 73562; no term reaches them; check codes and dates"
        in [str(problem) for problem in problems]
    )
