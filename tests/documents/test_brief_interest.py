"""What a brief tells of late payment: how much is missing, never on whose claim."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from evenhand.documents.brief_interest import interest_section

D = Decimal
LATE = {"timed_claims": 200, "late_claims": 40, "short_claims": 30}
MONEY = {"interest_owed": D(900), "interest_paid": D(600), "interest_short": D(300)}
CAUSES = [
    {"cause": "allowed less", "claims": 50, "amount": D(-5000)},
    {"cause": "interest too low", "claims": 30, "amount": D(-300)},
]


def _material(total: dict[str, Any], causes: list[dict[str, Any]], small_cells: int = 11) -> Any:
    payments = SimpleNamespace(totals=[total], causes=causes)
    return SimpleNamespace(payments=payments, options=SimpleNamespace(small_cells=small_cells))


def test_what_is_missing_is_said() -> None:
    section = interest_section(_material(LATE | MONEY, CAUSES))

    assert section is not None
    assert (
        section.lead == "40 of 200 claims with a due day, judged and priced whole, came late, all of it or a part: "
        "$900 of interest is owed on them, $600 was paid, $300 is missing."
    )
    assert [row["cause"] for row in section.tables[0].rows] == ["interest too low"]


def test_few_claims_are_not_told() -> None:
    few = [{"cause": "interest missing", "claims": 3, "amount": D(-30)}]

    section = interest_section(_material(LATE | MONEY | {"short_claims": 3, "late_claims": 4}, few))

    assert section is not None
    assert section.lead == (
        "Fewer than 11 of 200 claims with a due day, judged and priced whole, came late, all of it or a part."
    )
    assert section.tables[0].rows == [{"cause": "1 cause with fewer than 11 claims"}]


def test_nothing_short_is_no_section() -> None:
    assert interest_section(_material(LATE | MONEY | {"interest_short": D(0)}, CAUSES[:1])) is None
