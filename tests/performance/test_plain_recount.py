"""The reports equal a slow and obvious recount in Python."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.performance import payers, variance

D = Decimal
AMOUNTS = st.decimals(min_value=0, max_value=500, places=2)
STATES = st.sampled_from(["paid", "paid", "paid", "cost share", "denied", "bundled", "not remitted", "reversed"])


@st.composite
def a_line(draw: st.DrawFn) -> dict[str, Any]:
    state = draw(STATES)
    allowed = {"bundled": D("0.00"), "denied": None, "not remitted": None, "reversed": None}.get(state, draw(AMOUNTS))
    expected = draw(st.none() | AMOUNTS)
    line = {"state": state, "charge": str(draw(AMOUNTS)), "code": "99213", "reason": "197"}
    return (
        line
        | {"allowed": allowed and str(allowed), "expected": expected and str(expected)}
        | ({"allowed": "0.00"} if allowed == 0 else {})
        | ({"expected": "0.00"} if expected == 0 else {})
    )


CLAIMS = st.lists(
    st.tuples(st.sampled_from(["Summit", "Prairie"]), st.lists(a_line(), min_size=1, max_size=4), st.integers(0, 90)),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=CLAIMS)
def test_totals_equal_a_plain_recount(book: Any, claims: Any) -> None:
    fresh = type(book)()
    for payer, lines, days in claims:
        fresh.claim(payer, lines, days_to_pay=days, days_from="service")
    basis = fresh.basis()

    report = {row["payer"]: row for row in payers(basis).payers}
    found = variance(basis)

    plain = _recount(claims)
    assert report.keys() == plain.keys()
    for payer, counts in plain.items():
        assert {key: report[payer][key] for key in counts if key in report[payer]} == {
            key: value for key, value in counts.items() if key in report[payer]
        }
        assert report[payer]["days_p50"] == _order_statistic(claims, payer, D("0.5"))
        assert report[payer]["days_p90"] == _order_statistic(claims, payer, D("0.9"))
    assert sum(row["lines"] for row in found.not_compared) + sum(row["lines"] for row in found.summary) == sum(
        len(lines) for _, lines, _ in claims
    )


def _recount(claims: Any) -> dict[str, dict[str, Any]]:
    totals: dict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(lambda: D("0.00")))
    for payer, lines, _ in claims:
        total = totals[payer]
        total["claims"] += 1
        for line in lines:
            total["lines"] += 1
            total["charges"] += D(line["charge"])
            total["denied_lines"] += line["state"] == "denied"
            judged = line["state"] in ("paid", "cost share", "bundled")
            if judged:
                total["allowed"] += D(line["allowed"])
            if judged and line["expected"] is not None:
                difference = D(line["allowed"]) - D(line["expected"])
                total["underpaid"] += -difference if difference < D("-0.01") else 0
                total["overpaid"] += difference if difference > D("0.01") else 0
    return totals


def _order_statistic(claims: Any, payer: str, share: Decimal) -> Any:
    """The smallest number of days within which the share of claims was paid."""
    days = sorted(each for name, _, each in claims if name == payer)
    return next(day for place, day in enumerate(days, 1) if place >= share * len(days))
