"""A contract made to stand on one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evenhand.contracts import Escalator, FeeSchedule, Rate, Rules, Term
from evenhand.contracts.methods import PercentOf
from evenhand.negotiation import standing_on
from evenhand.periods import Period

D = Decimal


def test_only_the_rates_of_the_day_are_kept(contract: Any) -> None:
    old, new = (Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in (2025, 2026))
    dated = FeeSchedule("fees", (Rate("99213", D(100), period=old), Rate("99213", D(110), period=new)))

    (version,) = standing_on(contract(dated), date(2026, 3, 1)).versions

    assert [rate.amount for rate in version.schedules["fees"].rates] == [D(110)]
    assert date(1999, 1, 1) in version.period
    assert date(2090, 1, 1) in version.period


def test_a_share_of_a_years_rates_keeps_that_year(contract: Any) -> None:
    old, new = (Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in (2024, 2026))
    dated = FeeSchedule("fees", (Rate("99213", D(100), period=old), Rate("99213", D(110), period=new)))
    whole = contract(dated)
    term = Term("Visits", PercentOf("fees", D("1.28"), date(2024, 7, 1)))
    pinned = replace(whole, versions=(replace(whole.versions[0], terms=(term,)),))

    (version,) = standing_on(pinned, date(2026, 3, 1)).versions

    pay = version.terms[0].pay
    assert isinstance(pay, PercentOf)
    assert pay.pinned is None
    assert [rate.amount for rate in version.schedules[pay.schedule].rates] == [D(100)]


@pytest.mark.parametrize(
    ("day", "steps"), [(date(2025, 12, 31), 0), (date(2026, 1, 1), 1), (date(2028, 6, 1), 3), (date(2020, 1, 1), 0)]
)
def test_escalations_are_counted_by_full_periods(day: date, steps: int) -> None:
    assert Escalator(date(2025, 1, 1), 12, D("1.03"), ()).steps_by(day) == steps


def test_the_escalation_reached_holds_on_every_day(contract: Any) -> None:
    rules = Rules(escalator=(Escalator(date(2025, 1, 1), 12, D("1.03"), ("fee_schedule",)),))
    whole = contract(FeeSchedule("fees", ()))
    moving = replace(whole, versions=(replace(whole.versions[0], rules=rules),))

    (escalator,) = standing_on(moving, date(2027, 6, 1)).versions[0].rules.escalator

    assert escalator.factor == D("1.06090000")
    assert {escalator.steps_by(date(year, 1, 1)) for year in (1999, 2025, 2099)} == {1}


def test_a_contract_that_has_ended_stands_as_it_last_was(contract: Any) -> None:
    ended = contract(FeeSchedule("fees", (Rate("99213", D(100)),)))

    assert standing_on(ended, date(2040, 1, 1)).versions[0].schedules["fees"].rates[0].amount == D(100)
