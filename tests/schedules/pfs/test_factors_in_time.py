"""Conversion factors that change amid a quarter, and the two of 2026, on releases made for the purpose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.errors import SelectionError
from evenhand.schedules import Library, load
from evenhand.schedules.pfs.locality import NATIONAL
from evenhand.schedules.pfs.physician import Physician

_HEADING = (
    "HCPCS,MOD,STATUS CODE,WORK RVU,NON-FAC PE RVU,FACILITY PE RVU,MP RVU,NON-FACILITY TOTAL,FACILITY TOTAL,PCTC IND,"
    "GLOB DAYS,PRE OP,INTRA OP,POST OP,MULT PROC,BILAT SURG,ASST SURG,CO-SURG,TEAM SURG,CONV FACTOR"
)


def _release(library: Library, folder: Path, name: str, title: str, factor: str) -> None:
    row = f"99213,,A,1.30,1.35,0.57,0.10,2.75,1.97,0,XXX,0,0,0,0,0,0,0,0,{factor}"
    (folder / name).write_text(f"{title}\n{_HEADING}\n{row}\n", encoding="utf-8")
    report = load(library, [folder / name], part=True)
    assert [one.kind_name for one in report.taken] == ["pfs-rvu"], report.problems


def _office(schedule: Physician, day: date) -> Decimal:
    return next(fee.amount for fee in schedule.on(day).fees if fee.setting == "office")


def test_the_factor_of_2024_changed_on_the_ninth_of_march(tmp_path: Path) -> None:
    """2.75 relative values were 90.05 until 8 March 2024 and 91.54 from the next day on, under the same file."""
    library = Library.create(tmp_path / "library")
    _release(library, tmp_path, "january.csv", "2024 Relative Value File January Release", "32.7442")
    schedule = Physician(library, NATIONAL)
    assert _office(schedule, date(2024, 3, 8)) == Decimal("90.05")
    assert _office(schedule, date(2024, 3, 9)) == Decimal("91.54")
    assert [(str(period.start), str(period.last)) for period, _ in schedule.pieces()] == [
        ("2024-01-01", "2024-03-08"),
        ("2024-03-09", "2024-03-31"),
    ]


def test_the_two_factors_of_2026(tmp_path: Path) -> None:
    """Two files of one quarter are told apart by the factor they state, whatever they are named."""
    library = Library.create(tmp_path / "library")
    _release(library, tmp_path, "one.csv", "2026 Relative Value File January Release", "33.4009")
    _release(library, tmp_path, "two.csv", "2026 Relative Value File January Release", "33.5675")
    day = date(2026, 2, 1)
    assert _office(Physician(library, NATIONAL), day) == Decimal("91.85")
    assert _office(Physician(library, NATIONAL, qualifying=True), day) == Decimal("92.31")


def test_a_factor_nobody_knows(tmp_path: Path) -> None:
    """A file of 2026 that states neither factor prices nothing."""
    library = Library.create(tmp_path / "library")
    _release(library, tmp_path, "one.csv", "2026 Relative Value File January Release", "34.0000")
    with pytest.raises(SelectionError, match="no relative values for 2026-02-01"):
        Physician(library, NATIONAL).on(date(2026, 2, 1))
