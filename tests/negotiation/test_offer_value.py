"""Offers valued by hand: what counts, against what, and what stands outside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.contracts import Escalator
from evenhand.errors import SelectionError, UsageError
from evenhand.negotiation import OfferQuestion, offer_value

D = Decimal


def test_the_plain_average_rises_while_the_claims_fall(claims: Any, fees: Any, contract: Any) -> None:
    engine = claims([{"code": "99213"}] * 9 + [{"code": "29881"}])
    current = contract(fees(c99213="100.00", c29881="500.00", c29882="500.00"))
    offer = contract(fees(c99213="90.00", c29881="550.00", c29882="600.00"), offer="Proposal")

    value = offer_value(engine, current, offer)

    assert (value.current, value.offered, value.change) == (D("1400.00"), D("1360.00"), D("-40.00"))
    assert value.change_percent == D("-0.028571")
    assert (value.plain_average, value.listed) == (D("0.066667"), 3)
    assert (value.billed_average, value.billed) == (D("0.000000"), 2)
    assert (value.claims, value.lines) == (10, 10)
    assert [(row["item"], row["change"]) for row in value.codes] == [("99213", D("-90.00")), ("29881", D("50.00"))]
    assert [row["service_line"] for row in value.service_lines] == ["Office visits", "Surgery: bones and joints"]


def test_both_stand_on_the_first_day_of_the_offer(claims: Any, fees: Any, contract: Any) -> None:
    escalator = Escalator(date(2025, 1, 1), 12, D("1.03"), ("fee_schedule",))
    current = contract(fees(c99213="100.00"), escalator=(escalator,))
    offer = contract(fees(c99213="102.00"), offer="Proposal")

    value = offer_value(claims([{"code": "99213"}]), current, offer)

    assert value.as_of == date(2026, 1, 1)
    assert (value.today, value.current, value.offered) == (D("100.00"), D("103.00"), D("102.00"))
    assert value.own_rise == D("3.00")
    assert (value.announced, value.plain_average) == (D("0.020000"), D("-0.009709"))


def test_lesser_of_takes_back(claims: Any, fees: Any, contract: Any) -> None:
    engine = claims([{"code": "99213", "charge": "105.00"}])
    current = contract(fees(c99213="100.00"), lesser_of="line")
    offer = contract(fees(c99213="110.00"), offer="Proposal", lesser_of="line")

    value = offer_value(engine, current, offer)

    assert (value.change, value.current_limits, value.offered_limits) == (D("5.00"), D("0.00"), D("5.00"))
    assert [row["offer_limited"] for row in value.codes] == [1]


def test_what_one_side_does_not_price_is_listed_and_not_counted(claims: Any, fees: Any, contract: Any) -> None:
    engine = claims([{"code": "99213"}, {"code": "99214", "charge": "300.00"}])
    current = contract(fees(c99213="100.00", c99214="150.00"))
    offer = contract(fees(c99213="101.00"), offer="Proposal")

    value = offer_value(engine, current, offer)

    assert (value.current, value.offered) == (D("100.00"), D("101.00"))
    (row,) = value.unpriced.rows()
    assert (row["code"], row["under_contract"], row["under_offer"]) == ("99214", "priced", "no term")
    assert row["charges"] == D("300.00")


def test_what_the_payer_would_pay_under_neither_is_left_out(claims: Any, fees: Any, contract: Any) -> None:
    engine = claims(
        [
            {"code": "99213"},
            {"code": "99213", "state": "denied"},
            {"code": "99213", "state": "bundled"},
            {"code": "99213", "payer_sequence": "secondary"},
            {"code": "99213", "payer": "Prairie Mutual"},
        ]
    )
    current = contract(fees(c99213="100.00"))
    offer = contract(fees(c99213="101.00"), offer="Proposal")

    value = offer_value(engine, current, offer)

    assert (value.lines, value.current) == (1, D("100.00"))
    assert {row["why_not"]: row["lines"] for row in value.left_out} == {
        "denied": 1,
        "bundled": 1,
        "not the first payer": 1,
    }


def test_twelve_months_unless_days_are_given(claims: Any, fees: Any, contract: Any) -> None:
    days = (date(2024, 5, 31), date(2024, 6, 2), date(2025, 6, 1))
    engine = claims([{"code": "99213", "day": day} for day in days])
    current = contract(fees(c99213="100.00"))
    offer = contract(fees(c99213="101.00"), offer="Proposal")

    last_year = offer_value(engine, current, offer)
    chosen = offer_value(engine, current, offer, OfferQuestion(date(2024, 1, 1), date(2024, 5, 31)))

    assert (last_year.first_day, last_year.last_day, last_year.lines) == (date(2024, 6, 2), date(2025, 6, 1), 2)
    assert chosen.lines == 1


def test_an_empty_book_says_so(claims: Any, fees: Any, contract: Any) -> None:
    current = contract(fees(c99213="100.00"))
    with pytest.raises(SelectionError, match="the book holds no claims to price; load some first"):
        offer_value(claims([]), current, contract(fees(c99213="1.00"), offer="Proposal"))


def test_a_contract_without_an_offer_is_refused(claims: Any, fees: Any, contract: Any) -> None:
    current = contract(fees(c99213="100.00"))
    with pytest.raises(UsageError, match="no offer is laid over this contract; give a file that starts with 'offer:'"):
        offer_value(claims([]), current, current)


def test_days_after_the_last_claim_are_refused(claims: Any, fees: Any, contract: Any) -> None:
    current, offer = contract(fees(c99213="1.00")), contract(fees(c99213="1.00"), offer="Proposal")
    engine = claims([{"code": "99213", "day": date(2025, 6, 1)}])
    with pytest.raises(SelectionError, match="on or after 2030-01-01; the book's last claims begin on 2025-06-01"):
        offer_value(engine, current, offer, OfferQuestion(first_day=date(2030, 1, 1)))


def test_a_day_on_which_the_offer_does_not_hold_is_refused(claims: Any, fees: Any, contract: Any) -> None:
    current, offer = contract(fees(c99213="1.00")), contract(fees(c99213="1.00"), offer="Proposal")
    with pytest.raises(UsageError, match="the offer does not hold on 1990-01-01; it holds from 2026-01-01 "):
        offer_value(claims([{"code": "99213"}]), current, offer, OfferQuestion(as_of=date(1990, 1, 1)))


def test_days_the_wrong_way_round_are_refused(claims: Any, fees: Any, contract: Any) -> None:
    current, offer = contract(fees(c99213="1.00")), contract(fees(c99213="1.00"), offer="Proposal")
    with pytest.raises(UsageError, match="the last day, 2025-01-01, is before the first, 2025-02-01"):
        offer_value(claims([]), current, offer, OfferQuestion(date(2025, 2, 1), date(2025, 1, 1)))


CODES = ("99213", "99214", "29881")
AMOUNTS = st.decimals(min_value=1, max_value=999, places=2)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.tuples(st.sampled_from(CODES), st.integers(1, 4), AMOUNTS), min_size=1, max_size=12),
    now=st.tuples(AMOUNTS, AMOUNTS, AMOUNTS),
    then=st.tuples(AMOUNTS, AMOUNTS, AMOUNTS),
)
def test_totals_equal_a_plain_sum(claims: Any, fees: Any, contract: Any, lines: Any, now: Any, then: Any) -> None:
    engine = claims([{"code": code, "units": units, "charge": charge} for code, units, charge in lines])
    sides = [dict(zip(CODES, rates, strict=True)) for rates in (now, then)]
    current, offer = (fees(**{f"c{code}": str(rate) for code, rate in side.items()}) for side in sides)

    value = offer_value(
        engine, contract(current, lesser_of="line"), contract(offer, offer="Proposal", lesser_of="line")
    )

    plain = [sum(min(side[code] * units, charge) for code, units, charge in lines) for side in sides]
    assert [value.current, value.offered] == plain
    assert sum(row["change"] for row in value.codes) == value.change
    assert sum(row["change"] for row in value.terms) == value.change
    assert sum(row["change"] for row in value.service_lines) == value.change
