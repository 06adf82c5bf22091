"""The professional and the technical part of a service are the whole where the schedule says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from evenhand.contracts import Contract, FeeSchedule, Parties, Rate, Rules, Selector, Term, Version
from evenhand.contracts.methods import PaidBySchedule, PercentOf
from evenhand.periods import Period
from evenhand.pricing.oracle import OracleClaim

DAY = date(2025, 3, 3)
CENTS = st.integers(0, 200_000).map(lambda cents: Decimal(cents).scaleb(-2))
QUICK = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _contract(parts: list[tuple[Decimal, Decimal]], share: Decimal | None) -> Contract:
    rates = [
        Rate(f"7{number:04}", amount, modifier)
        for number, (professional, technical) in enumerate(parts)
        for modifier, amount in (("26", professional), ("TC", technical), ("", professional + technical))
    ]
    pay = PaidBySchedule("fees") if share is None else PercentOf("fees", share)
    terms = (Term("Imaging", pay, Selector(on_schedule=True)),)
    version = Version(Period(date(2025, 1, 1)), terms, Rules(), {"fees": FeeSchedule("fees", tuple(rates))}, ())
    return Contract("c", "C", Parties("A", "Summit Health"), version.period, (version,))


def _claim(number: int) -> OracleClaim:
    code = f"7{number:04}"
    lines = [
        {"line_key": 10 * number + place, "hcpcs_code": code, "modifiers": modifier, "service_date": DAY}
        for place, modifier in enumerate(("26", "TC", ""), start=1)
    ]
    return OracleClaim.of({"claim_key": number + 1, "payer": "Summit Health", "claim_start_date": DAY}, lines)


def _errors(prices: Any, parts: list[tuple[Decimal, Decimal]], share: Decimal | None) -> list[Decimal]:
    answer = prices([_contract(parts, share)], [_claim(number) for number in range(len(parts))])
    amount = {key: row["expected_amount"] for key, row in answer.lines.items()}
    amounts = [[amount[10 * number + place] for place in (1, 2, 3)] for number in range(len(parts))]
    return [abs(professional + technical - whole) for professional, technical, whole in amounts]


@seed(9)
@QUICK
@given(st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=60))
def test_the_parts_are_the_whole(prices: Any, parts: list[tuple[Decimal, Decimal]]) -> None:
    assert set(_errors(prices, parts, None)) == {Decimal(0)}


@seed(9)
@QUICK
@given(st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=60), st.integers(500, 3000))
def test_shares_of_them_to_the_cent_each_is_rounded_to(prices: Any, parts: Any, mills: int) -> None:
    assert max(_errors(prices, parts, Decimal(mills).scaleb(-3))) <= Decimal("0.01")
