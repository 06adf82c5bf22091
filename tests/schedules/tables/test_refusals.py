"""What is wrong with a file is said, with the line, and what would be right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from evenhand.errors import Log
from evenhand.schedules.tables.reading import PublishedTable

Reader = Callable[..., tuple[list[PublishedTable], Log]]


def _with(sample: Any, at: int, column: int, cell: str) -> Any:
    rows = [list(row) for row in sample.rows]
    rows[at][column] = cell
    return replace(sample, rows=rows)


@pytest.mark.parametrize(
    ("name", "row", "column", "cell", "said"),
    [
        ("CLFS", 7, 5, "0000807", "rate has 0 decimals, all others have 2"),
        ("CLFS", 7, 5, "00008.7", "rate has 1 decimals, all others have 2"),
        ("CLFS", 7, 5, "8,07", "rate: '8,07' is not a number"),
        ("CLFS", 7, 5, "1e5", "rate: '1e5' is not a number"),
        ("CLFS", 7, 5, "-8.07", "rate: '-8.07' is not a number"),
        ("BASE_UNITS", 7, 0, "107", "code is shorter than the others"),
        ("RVU", 8, 1, "6", "modifier: '6' is not a modifier"),
        ("RVU", 8, 5, "1.29", "20028: its office total is not its parts"),
        ("RVU", 8, 24, "31.0011", "20028: its conversion factor is not that of the other rows"),
        ("OPPSCAP", 8, 5, "109.08", "0633T TC: its two amounts are not the same"),
        (
            "ADDENDUM_B",
            8,
            6,
            "$543.35",
            "20056: its weight 6.8669 at the factor 80.000 of the other rows comes to 549.35",
        ),
        ("ADDENDUM_B", 9, 8, "$0.00", ""),
        ("ADDENDUM_A", 9, 6, "$3.83", "0710: its least copayment 3.83 is not a fifth of its rate 9.125"),
        ("DEVICES", 9, 7, "$430.60", "20063: 40 % of 1009 is not its offset 430.6"),
        ("DRG", 9, 3, "99.9", "DRG 010: the geometric mean of its stays, 99.9 is above the arithmetic one, 12.9"),
        ("DRG", 9, 2, "0.0000", "DRG 010 has no weight"),
        ("DMEPOS", 9, 7, "209.50", "E0109 AL: 209.5 is beyond its floor and ceiling, 109.4 and 109.6"),
        ("COUNTIES", 9, 1, "x9", "locality: 'x9' is not a locality's number"),
    ],
)
def test_a_cell(name: str, row: int, column: int, cell: str, said: str, samples: ModuleType, read: Reader) -> None:
    sample = samples.ALL[name]
    found, log = read(*_with(sample, row, column, cell).csv())
    if not said:
        assert len(found) == 1, "no copayment is a copayment"
        return
    assert found == []
    assert any(said in str(problem) for problem in log.problems), [str(problem) for problem in log.problems]


def test_few_rows_that_contradict_themselves_are_left_out(samples: ModuleType, read: Reader) -> None:
    (table,), log = read(*_with(samples.ADDENDUM_AA, 8, 6, "$1.00").csv())
    assert table.table.num_rows == len(samples.ADDENDUM_AA.rows) - 1
    assert "20056" not in table.table["code"].to_pylist()
    assert [problem.severity for problem in log.problems] == ["warning"]


def test_many_rows_that_contradict_themselves_refuse_the_table(samples: ModuleType, read: Reader) -> None:
    sample = samples.ADDENDUM_AA
    for at in range(20, 40):
        sample = _with(sample, at, 6, "$1.00")
    found, log = read(*sample.csv())
    assert found == []
    assert log.failed


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("ADDENDUM_AA", "October 2025 Payment Rate", "October 2024 Payment Rate", "its headings name several days"),
        ("ASP", "March 31, 2025", "March 31, 2026", "the words above its headings name several days"),
        ("CLFS", "\r\n2025,20000,", "\r\n2024,20000,", "its rows name several days"),
        ("RVU", "ENDO", "EMDO", "'BASE' is not a heading of relative values of the physician fee schedule"),
        ("DMEPOS", "AR (NR)", "AL (NR)", "two headings may be al nr"),
        (
            "CLFS",
            '"more words, and more"\r\n2025,20000,QW',
            '"more words, and more\r\n2025,20000,QW',
            "this is not CSV",
        ),
    ],
)
def test_words(name: str, old: str, new: str, said: str, samples: ModuleType, read: Reader) -> None:
    sample = samples.ALL[name]
    text = sample.text()
    assert old in text
    found, log = read(f"{sample.file}.csv", text.replace(old, new, 1))
    assert found == []
    assert any(said in str(problem) for problem in log.problems), [str(problem) for problem in log.problems]


def test_a_day_that_is_told_outweighs_what_contradicts(samples: ModuleType, read: Reader) -> None:
    text = samples.RVU.text().replace("2025 National", "2024 National")
    (table,), _ = read("PPRRVU2025_Oct.csv", text, first_day=date(2024, 10, 1))
    assert table.period.start == date(2024, 10, 1)


def test_a_file_named_for_another_year_is_told(samples: ModuleType, read: Reader) -> None:
    (table,), log = read("PPRRVU2024_Oct.csv", samples.RVU.text())
    assert table.period.start == date(2025, 10, 1)
    assert "the file is named for 2024 and its own words say 2025" in str(log.problems[0])


def test_nothing_says_from_when(samples: ModuleType, read: Reader) -> None:
    found, log = read("cap.csv", samples.OPPSCAP.text())
    assert found == []
    assert "nothing says from which day it holds" in str(log.problems[0])


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.xlsx"])
@pytest.mark.parametrize("content", [b"", b"\x00", b"%PDF-1.7 ...", b"PK\x03\x04", b"\xff\xfe\x00", b"a,b\n1,2\n"])
def test_what_is_no_table(name: str, content: bytes, read: Reader) -> None:
    assert read(name, content)[0] == []


def test_a_workbook_named_as_text_and_text_named_as_a_workbook(samples: ModuleType, read: Reader) -> None:
    assert read("CLFS_2025_Q2V1.csv", samples.CLFS.xlsx()[1])[0] == []
    assert read("CLFS_2025_Q2V1.xlsx", samples.CLFS.csv()[1])[0] == []


def test_a_last_line_that_is_not_ended(samples: ModuleType, read: Reader) -> None:
    found, log = read("GPCI2025.csv", samples.GPCI.text().rstrip("\r\n"))
    assert found == []
    assert "the last line is not ended" in str(log.problems[0])
