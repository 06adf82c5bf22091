"""No figure that stands for a few claims leaves the book."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.workspace.mcp.small import without_small_cells

FIELDS = (
    Field("payer", "Payer"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
    Field("denied_claims", "Denied", "count"),
    Field("denied_claims_share", "of claims", "percent"),
    Field("denied_charges", "Charges denied", "dollars"),
    Field("top_reasons", "Most denied for"),
)


def row(payer: str, claims: int, denied: int) -> dict[str, Any]:
    return {
        "payer": payer,
        "claims": claims,
        "charges": Decimal(claims * 100),
        "denied_claims": denied,
        "denied_claims_share": Decimal("0.1"),
        "denied_charges": Decimal(denied * 100),
        "top_reasons": "16",
    }


def shown(*rows: dict[str, Any]) -> Sheet:
    return without_small_cells(Sheet("payers", "Payers", FIELDS, rows, "All claims."))


def test_a_row_of_few_claims_has_a_name_only_and_takes_another_with_it() -> None:
    sheet = shown(row("Large", 900, 90), row("Middle", 300, 30), row("Small", 4, 0))

    assert sheet.rows[0]["charges"] == 90_000
    for hidden in sheet.rows[1:]:
        assert {value for key, value in hidden.items() if key != "payer"} == {None}, "else the total tells it"
    assert sheet.note == "All claims. 2 of 3 rows stand for few claims; their figures are left out."


def test_a_few_within_many_are_left_out_with_what_would_tell_them() -> None:
    (told,) = shown(row("Large", 900, 7)).rows

    assert told["denied_claims"] == "fewer than 11"
    assert {told[key] for key in ("denied_claims_share", "denied_charges", "top_reasons")} == {None}
    assert told["charges"] == 90_000


def test_none_and_many_are_told() -> None:
    sheet = shown(row("Large", 900, 0), row("Other", 11, 11))

    assert [one["denied_claims"] for one in sheet.rows] == [0, 11]
    assert sheet.note == "All claims."
