"""Which contract a claim falls under, and what is said of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evenhand.contracts.methods import Amount
from evenhand.contracts.model import Contract, Parties, Rules, Term, Version
from evenhand.errors import PricingError
from evenhand.periods import Period
from evenhand.pricing.oracle import OracleClaim, price_claim

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def flat(amount: int, period: Period = YEAR, products: tuple[str, ...] = ()) -> Version:
    return Version(period, (Term("Everything", Amount(Decimal(amount)), per="line"),), Rules(), {}, products)


def contract(name: str, *versions: Version, **parties: Any) -> Contract:
    told = {"provider": "Cedar Ridge", "payer": "Summit Health"} | parties
    period = Period(versions[0].period.start, versions[-1].period.end)
    return Contract(name.lower(), name, Parties(**told), period, versions)


def claim(**said: Any) -> OracleClaim:
    row = {"claim_key": 1, "payer": "Summit Health", "claim_start_date": date(2025, 5, 1)} | said
    return OracleClaim.of(row, [{"line_key": 1, "hcpcs_code": "99213", "charge_amount": Decimal(500)}])


Priced = Callable[..., dict[str, Any]]


@pytest.fixture
def chosen(engine_prices: Callable[..., Any]) -> Priced:
    """The claim's row from the engine, once the plain reading has said the same."""

    def price(contracts: list[Contract], one: OracleClaim) -> dict[str, Any]:
        row: dict[str, Any] = engine_prices(contracts, [one]).claims[1]
        plain = price_claim(contracts, one)
        assert (row["outcome"], row["contract_id"], row["version_no"], row["runners_up"]) == (
            plain.outcome,
            plain.contract_id,
            plain.version_no,
            plain.runners_up,
        )
        return row

    return price


def test_names_are_compared_without_case_and_spaces(chosen: Priced) -> None:
    row = chosen([contract("A", flat(100))], claim(payer="SUMMIT  health"))
    assert (row["outcome"], row["contract_id"], row["runners_up"]) == ("priced", "a", None)


def test_an_alias_and_an_identifier_name_the_payer_too(chosen: Priced) -> None:
    known = contract("A", flat(100), payer_aliases=("Summit Hlth",), payer_ids=("SUMM1",))
    assert chosen([known], claim(payer="Summit Hlth"))["contract_id"] == "a"
    assert chosen([known], claim(payer=None, payer_id="SUMM1"))["contract_id"] == "a"


def test_no_contract_names_the_payer(chosen: Priced) -> None:
    row = chosen([contract("A", flat(100))], claim(payer="Lakeside Mutual"))
    assert (row["outcome"], row["runners_up"]) == ("no contract", "no contract names this payer")
    assert row["expected_amount"] is None


def test_two_that_fit_are_never_guessed_between(chosen: Priced) -> None:
    row = chosen([contract("A", flat(100)), contract("B", flat(200))], claim())
    assert (row["outcome"], row["runners_up"]) == ("ambiguous contract", "A: fits as well; B: fits as well")
    assert (row["expected_amount"], row["unpriced_lines"]) == (None, 1)


def test_the_product_decides_between_two(chosen: Priced) -> None:
    both = [contract("A", flat(100, products=("PPO",))), contract("B", flat(200, products=("HMO",)))]
    row = chosen(both, claim(product="hmo"))
    assert (row["contract_id"], row["runners_up"]) == ("b", "A: does not cover hmo")
    assert chosen(both, claim())["outcome"] == "ambiguous contract"


def test_the_provider_is_known_by_the_numbers_both_have(chosen: Priced) -> None:
    ours = [contract("A", flat(100), provider_tins=("84-0000000",))]
    assert chosen(ours, claim(billing_tin="840000000"))["outcome"] == "priced"
    assert chosen(ours, claim(billing_npi="1234567893"))["outcome"] == "priced"
    lost = chosen(ours, claim(billing_tin="841111111"))
    assert (lost["outcome"], lost["runners_up"]) == ("no contract", "A: not its provider")


def test_the_day_of_admission_chooses_the_version_of_a_stay(chosen: Priced) -> None:
    halves = [
        flat(100, Period(date(2025, 1, 1), date(2025, 7, 1))),
        flat(200, Period(date(2025, 7, 1), date(2026, 1, 1))),
    ]
    stay = claim(claim_type="institutional", admission_date=date(2025, 6, 30), claim_start_date=date(2025, 7, 1))
    assert chosen([contract("A", *halves)], stay)["version_no"] == 1
    assert chosen([contract("A", *halves)], replace(stay, claim_type="professional"))["version_no"] == 2


def test_out_of_the_contracts_period(chosen: Priced) -> None:
    row = chosen([contract("A", flat(100))], claim(claim_start_date=date(2026, 1, 1)))
    assert (row["outcome"], row["runners_up"]) == ("no contract", "A: not in force on 2026-01-01")


def test_a_claim_without_a_date(chosen: Priced) -> None:
    row = chosen([contract("A", flat(100))], claim(claim_start_date=None))
    assert (row["outcome"], row["runners_up"]) == ("no date", "A: the claim has no date")


def test_two_contracts_with_one_id_are_refused(engine_prices: Callable[..., Any]) -> None:
    with pytest.raises(PricingError, match=r"two contracts have the id 'a': give one of them another `id:`"):
        engine_prices([contract("A", flat(100)), contract("A", flat(200))], [claim()])
