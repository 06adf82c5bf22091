"""A rate exhibit as somebody sends it: titles, merged headings, footnotes, hidden sheets, numbers gone wrong."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest


def _surgery(book: Any) -> None:
    page = book.active
    page.title = "Exhibit A"
    page.append(["Summit Health – Exhibit A"])
    page.merge_cells("A1:F1")
    page.append([])
    page.append(["", "", "", "Fee", None, ""])
    page.merge_cells("D3:E3")
    page.append(["CPT", "Mod", "Description", "Non-Facility", "Facility", "RVU"])
    for row in (
        [99213, None, "x", "$118.52", 92.5, 1.3],
        ["99214", None, "x", "1,148.50", "N/A", 1.9],
        [100, None, "x", 210, 210, 5],
        [],
        ["SURGERY"],
        ["29881", "RT", "x", 812.25, 812.25, 9],
        ["29881", "RT", "x", 812.25, 812.25, 9],
        ["29881", "RT", "x", 900, 812.25, 9],
        ["73721-26", None, "x", 90.25, None, 2],
        ["97110*", None, "x", 38.2, 38.2, 1],
        ["A4550", None, "x", "N/A", "N/A", None],
        ["J0000-J9999", None, "Drugs", 0.55, None, None],
        ["20610", None, "x", "call us", None, None],
        ["* with a therapist's modifier"],
    ):
        page.append(row)
    page["D16"].number_format = "0%"


def _hospital(book: Any) -> None:
    page = book.create_sheet("Inpatient")
    page.append(["MS-DRG", "Service", "Case rate"])
    rows: list[list[Any]] = [
        [470, "Joint replacement", 24500],
        [1, "Transplant", 180000],
        ["469, 521-522", "Joint replacement", 26000.0],
        ["SNF", "Other", 5],
        [871, "Sepsis", 9500.123],
    ]
    for row in rows:
        page.append(row)
    days = book.create_sheet("Per diems")
    days.append(["Rev code", "Service", "Per diem"])
    days.append(["0118", "Rehabilitation", 1460])
    days.append([128, "Rehabilitation", "$1,460.00"])
    days.append([None, "All other days", 2380])
    share = book.create_sheet("Other")
    share.append(["Rev Code", "Description", "% of Charges"])
    share.append(["0275-0278", "Implants", 0.38])
    share.append(["0636", "Drugs", "55% of billed charges"])
    share["C2"].number_format = "0.0%"


@pytest.fixture
def exhibit(tmp_path: Path) -> Path:
    """The workbook, with a hidden sheet and one of prose."""
    book = openpyxl.Workbook()
    _surgery(book)
    _hospital(book)
    old = book.create_sheet("Old rates")
    old.append(["CPT", "Rate"])
    old.append(["99213", 80])
    old.sheet_state = "hidden"
    book.create_sheet("Notes").append(["All rates are subject to Article 4."])
    book.save(tmp_path / "exhibit.xlsx")
    return tmp_path / "exhibit.xlsx"


@pytest.fixture
def with_formulas(tmp_path: Path) -> Path:
    """A schedule whose amounts are formulas: the first with the result Excel stored, the second without."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Rates"
    for row in (["CPT", "Rate"], ["99213", "=100*1.05"], ["99214", "=140*1.05"]):
        page.append(row)
    plain = io.BytesIO()
    book.save(plain)
    path = tmp_path / "formulas.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b"<f>100*1.05</f><v />" in content or b"<f>100*1.05</f><v></v>" in content
                for empty in (b"<f>100*1.05</f><v />", b"<f>100*1.05</f><v></v>"):
                    content = content.replace(empty, b"<f>100*1.05</f><v>105</v>")
            target.writestr(name, content)
    return path
