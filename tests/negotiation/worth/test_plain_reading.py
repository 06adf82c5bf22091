"""The whole way from claims to net dollars against a plain reading, claim by claim and year by year."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.contracts import Escalator
from evenhand.negotiation.worth import WorthQuestion, worth

D, CENT = Decimal, Decimal("0.01")
CODES = ("99213", "29881")
LINE = st.tuples(st.sampled_from(CODES), st.integers(1, 3), st.integers(4_000, 90_000))
RATE = st.integers(2_000, 60_000).map(lambda cents: D(cents) / 100)
SHARES = st.floats(0.0, 0.5).map(lambda share: round(share, 3))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(LINE, min_size=11, max_size=20),
    st.tuples(RATE, RATE),
    st.tuples(RATE, RATE),
    st.fixed_dictionaries(
        {
            "volume_growth": st.sampled_from([-0.03, 0.0, 0.05]),
            "charge_growth": st.sampled_from([0.0, 0.04]),
            "patient_share": SHARES,
            "patient_collected": SHARES,
            "paid_as_agreed": st.sampled_from([0.9, 1.0]),
            "days_to_pay": st.sampled_from([0.0, 45.0]),
            "cost_of_capital": st.sampled_from([0.0, 0.1]),
            "discount_rate": st.sampled_from([0.0, 0.07]),
        }
    ),
)
def test_central_figures_equal_a_plain_reading(
    settled: Any, fees: Any, contract: Any, plain: Any, lines: Any, now: Any, then: Any, said: Any
) -> None:
    rises = Escalator(date(2025, 1, 1), 12, D("1.03"), ("fee_schedule",))
    rows = [{"code": code, "units": units, "charge": str(D(cents) / 100)} for code, units, cents in lines]
    sides = [fees(**{f"c{code}": str(rate) for code, rate in zip(CODES, rates, strict=True)}) for rates in (now, then)]
    current = contract(sides[0], lesser_of="line", escalator=(rises,))
    offer = contract(sides[1], offer="Round 1", lesser_of="line")

    found = worth(settled(rows), current, [offer], WorthQuestion(years=2, draws=100, given={**plain, **said}))

    told = {row["year"]: row for row in found.years}
    changes = []
    for year in (1, 2):
        apart = (date(2025 + year, 7, 2) - date(2024, 11, 30)).days / 365.25
        gross = [plainly(rates, lines, said, apart, steps) for rates, steps in ((now, year), (then, 0))]
        assert told[str(year)]["contract"] == pytest.approx(gross[0], rel=2e-3)
        assert told[str(year)]["offered"] == pytest.approx(gross[1], rel=2e-3)
        changes.append((gross[1] - gross[0]) * net(said))
    in_all = sum(change / (1 + said["discount_rate"]) ** (year + 0.5) for year, change in enumerate(changes))
    scale = 2e-3 * (told["in all"]["contract"] + told["in all"]["offered"])
    assert told["in all"]["change"] == pytest.approx(in_all, abs=scale)


def plainly(rates: Any, lines: Any, said: Any, apart: float, steps: int) -> float:
    """One claim after the other: its rate after so many escalations, never more than its charge by then."""
    total = 0.0
    for code, units, cents in lines:
        rate = (rates[CODES.index(code)] * D("1.03") ** steps).quantize(CENT, ROUND_HALF_UP)
        charge = cents / 100 * (1 + said["charge_growth"]) ** apart
        total += min(float(rate * units), charge)
    grown: float = total * 365.25 / 365 * (1 + said["volume_growth"]) ** apart
    return grown


def net(said: Any) -> float:
    waiting = (1 + said["cost_of_capital"]) ** (-said["days_to_pay"] / 365.25)
    part = said["patient_share"]
    return float(said["paid_as_agreed"] * ((1 - part) * waiting + part * said["patient_collected"]))
