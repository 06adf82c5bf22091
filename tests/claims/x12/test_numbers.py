"""Amounts, quantities and dates: all the forms files use, against Decimal."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.claims.x12.delimiters import Delimiters
from evenhand.claims.x12.index import SegmentIndex
from evenhand.claims.x12.numbers import LIMIT, read_day, read_days, read_number, read_numbers

EPOCH = date(1970, 1, 1)


def column(values: list[str], scale: int) -> list[int | str | None]:
    """Read texts as a column: the number, None where absent, 'bad' where it is not one."""
    index = SegmentIndex("".join(f"AMT*{value}~" for value in values).encode(), Delimiters(42, 58, 126))
    numbers = read_numbers(index, index.span(np.arange(len(values)), 1), scale)
    return [
        "bad" if bad else None if absent else int(value)
        for value, absent, bad in zip(numbers.values, numbers.absent, numbers.bad, strict=True)
    ]


FORMS = {
    "200.": 20000, ".5": 50, "+200": 20000, "-0.01": -1, "00012.30": 1230, "0": 0, "-0": 0, "12.3": 1230,
    "1234567.89": 123456789, "12345678": 1234567800, "123456789.12": 12345678912, "9999999999999.99": LIMIT - 1,
    "10000000000000": "bad", "1.500": 150, "1.005": "bad", "1E5": "bad", "1,000": "bad", "": None, "  ": None,
    " 12 ": 1200, "-": "bad", ".": "bad", "+-1": "bad", "1.2.3": "bad", "$5": "bad", "12-": "bad", "1 2": "bad",
    "NaN": "bad", "٣": "bad", "-.5": -50, "+.25": 25, "0000000000000000000001": 100,
}  # fmt: skip


def test_forms_of_money() -> None:
    assert dict(zip(FORMS, column(list(FORMS), 2), strict=True)) == FORMS


def test_quantities_have_three_decimals() -> None:
    assert column(["1", "2.5", "12.345", "1.2345", "-3", ".125", "123456.125"], 3) == [
        1000, 2500, 12345, "bad", -3000, 125, 123456125,
    ]  # fmt: skip


def expected(text: str, scale: int) -> int | str | None:
    """The same by Decimal."""
    if not text.strip():
        return None
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)", text.strip()):
        return "bad"
    scaled = Decimal(text) * 10**scale
    return int(scaled) if scaled == int(scaled) and abs(scaled) < LIMIT else "bad"


@given(st.lists(st.text("0123456789.+- ", max_size=14), min_size=1, max_size=30), st.integers(0, 4))
def test_any_text_reads_as_decimal_reads_it(texts: list[str], scale: int) -> None:
    assert column(texts, scale) == [expected(text, scale) for text in texts]


@given(st.decimals(-(10**12), 10**12, places=2))
def test_every_amount_is_exact(amount: Decimal) -> None:
    assert column([str(amount)], 2) == [int(amount * 100)]
    assert read_number(str(amount).encode(), 2) == int(amount * 100)


@given(st.dates(date(1850, 1, 1), date(2149, 12, 31)))
def test_every_date(day: date) -> None:
    index = SegmentIndex(f"DTM*{day:%Y%m%d}~DTM*{day:%Y%m%d}1200~".encode(), Delimiters(42, 58, 126))
    days = read_days(index, index.span(np.arange(2), 1))
    assert [EPOCH + timedelta(int(value)) for value in days.values] == [day, day]
    assert not days.missing.any()
    assert read_day(f"{day:%Y%m%d}") == day


@pytest.mark.parametrize("text", ["20260230", "20251301", "2026010", "202601011", "18491231", "20260100", "2026O101"])
def test_what_is_no_date(text: str) -> None:
    index = SegmentIndex(f"DTM*{text}~".encode(), Delimiters(42, 58, 126))
    assert read_days(index, index.span(np.arange(1), 1)).bad.tolist() == [True]
    assert read_day(text) is None
