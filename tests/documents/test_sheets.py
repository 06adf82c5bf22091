"""Sheets hold what the reports hold; workbooks run nothing that data says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evenhand.documents.offer_sheets import headline, losers_and_winners, offer_sheets
from evenhand.documents.payer_sheets import payer_sheets
from evenhand.documents.sheet import Field, Kind, Sheet, show
from evenhand.documents.variance_sheets import variance_sheets
from evenhand.documents.workbook import write_workbook

D = Decimal


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (D("-0.00049"), "rate", "0.0%"),
        (D("0.041"), "rate", "+4.1%"),
        (D("-0.041"), "percent", "−4.1%"),
        (D("-35149.4"), "change", "−$35,149"),
        (D("12"), "change", "+$12"),
        (None, "change", "–"),
    ],
)
def test_signs_are_written_out(value: Decimal | None, kind: Kind, text: str) -> None:
    assert show(value, kind) == text


def test_every_field_is_in_the_rows(brief: Any) -> None:
    sheets = [
        *payer_sheets(brief.material.report, products=True),
        *variance_sheets(brief.material.variances, evidence=True),
        *offer_sheets(brief.material.offer),
    ]
    for sheet in sheets:
        assert not [(sheet.name, f.key) for f in sheet.fields for row in sheet.rows if f.key not in row]


def test_claims_add_up_to_the_summary(brief: Any) -> None:
    sheets = {sheet.name: sheet for sheet in variance_sheets(brief.material.variances, evidence=True)}
    (summary,) = sheets["summary"].rows
    for key in ("underpaid", "overpaid"):
        assert sum(row[key] for row in sheets["claims"].rows) == summary[key]
        assert sum(row[key] for row in sheets["by-reason"].rows) == summary[key]
    under = [row["amount"] for row in sheets["causes"].rows if row["direction"] == "underpaid"]
    assert sum(under) == summary["underpaid"]


def test_losers_and_winners_are_all_that_changes(brief: Any) -> None:
    losers, winners = losers_and_winners(brief.material.offer.codes)
    assert sum(row["change"] for row in [*losers, *winners]) == brief.material.offer.change
    assert [row["change"] for row in losers] == sorted(row["change"] for row in losers)


def test_the_headline_sets_the_claims_beside_the_list(brief: Any) -> None:
    said = headline(brief.material.offer)
    assert said.startswith("Listed rates change by +4.0% on average; these claims change by −$")


def test_a_workbook_takes_text_as_text(tmp_path: Path) -> None:
    payer = '=HYPERLINK("x")'
    write_workbook(tmp_path / "a.xlsx", [Sheet("s", "S", (Field("payer", "Payer"),), [{"payer": payer}])])

    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["s"].cell(4, 1)

    assert (cell.data_type, cell.value) == ("s", payer)
