"""A payer's mistake is named by pricing the claim again the way the payer must have read the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evenhand.codes import CodeRange
from evenhand.contracts import (
    Condition,
    Contract,
    Escalator,
    FeeSchedule,
    MultipleProcedures,
    Rate,
    Rules,
    Selector,
    Term,
    Version,
)
from evenhand.contracts.methods import Amount, PaidBySchedule, PercentOfCharges
from evenhand.performance import variance
from evenhand.periods import Period

D = Decimal
YEARS = {year: Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in (2024, 2025)}
ALL = Period(date(2024, 1, 1), date(2026, 1, 1))
SCHEDULE = Term("Schedule", PaidBySchedule("fees"), Selector(on_schedule=True))


def version(period: Period, *terms: Term, rules: Rules | None = None, **rates: str) -> Version:
    fees = FeeSchedule("fees", tuple(Rate(code[1:], D(amount)) for code, amount in rates.items()))
    return Version(period, terms or (SCHEDULE,), rules or Rules(), {"fees": fees}, ())


def one(book: Any, contract: Contract, lines: list[dict[str, Any]], **about: Any) -> dict[str, Any]:
    """The single variance of a claim."""
    book.contracts = (contract,)
    book.claim("Summit Health", lines, **about)
    (row,) = variance(book.basis()).detail.rows()
    return dict(row)


def test_the_version_before(book: Any, contract: Any) -> None:
    both = contract(period=ALL, versions=(version(YEARS[2024], c99213="90.00"), version(YEARS[2025], c99213="100.00")))
    row = one(book, both, [{"code": "99213", "charge": "200.00", "expected": "100.00", "allowed": "90.00"}])

    assert row["reason"] == "older schedule"
    assert row["evidence"] == (
        "allowed $90.00 is the price under the version before, in force until 2024-12-31; expected $100.00"
    )
    assert row["pattern"] == "the price under the version before"


def test_earlier_rates_of_the_same_schedule(book: Any, contract: Any) -> None:
    rates = tuple(Rate("99213", D(amount), period=YEARS[y]) for y, amount in ((2024, "90.00"), (2025, "100.00")))
    whole = replace(version(ALL), schedules={"fees": FeeSchedule("fees", rates)})

    row = one(
        book,
        contract(period=ALL, versions=(whole,)),
        [{"code": "99213", "charge": "200.00", "expected": "100.00", "allowed": "90.00"}],
    )

    assert (row["reason"], row["pattern"]) == (
        "older schedule",
        "the price at the rates that stood before in the same schedule",
    )


def test_an_escalation_left_out(book: Any, contract: Any) -> None:
    rules = Rules(escalator=(Escalator(date(2023, 1, 1), 12, D("1.03"), ("fee_schedule",)),))
    whole = contract(period=ALL, versions=(version(ALL, rules=rules, c99213="100.00"),))

    row = one(book, whole, [{"code": "99213", "charge": "200.00", "expected": "106.09", "allowed": "103.00"}])

    assert (row["reason"], row["pattern"]) == (
        "escalator not applied",
        "the price with the latest escalation left out",
    )


@pytest.mark.parametrize(
    ("paid_as", "allowed", "reason", "evidence"),
    [
        (
            {"adjudicated_code": "99212"},
            "60.00",
            "code changed",
            "allowed $60.00 is the rate of the code the payer put in place of the one billed "
            "(billed 99213, paid as 99212); expected $300.00",
        ),
        (
            {"adjudicated_code": "99213", "adjudicated_units": D("2.000")},
            "200.00",
            "units changed",
            "allowed $200.00 is the rate for the units the payer counted (billed 3, counted 2); expected $300.00",
        ),
    ],
)
def test_what_the_remittance_changed(
    book: Any, contract: Any, paid_as: dict[str, Any], allowed: str, reason: str, evidence: str
) -> None:
    whole = contract(period=ALL, versions=(version(ALL, c99213="100.00", c99212="20.00"),))
    line = {"code": "99213", "units": 3, "charge": "900.00", "expected": "300.00", "allowed": allowed}

    row = one(book, whole, [line | paid_as])

    assert (row["reason"], row["evidence"]) == (reason, evidence)


def test_a_modifier_left_out_of_account(book: Any, contract: Any) -> None:
    whole = contract(period=ALL, versions=(version(ALL, rules=Rules(modifiers={"50": D("1.5")}), c29881="400.00"),))
    line = {"code": "29881", "modifiers": "50", "charge": "900.00", "expected": "600.00", "allowed": "400.00"}

    row = one(book, whole, [line])

    assert (row["reason"], row["pattern"]) == (
        "modifier",
        "the price without the contract's percentage for modifier 50",
    )


def test_several_procedures_paid_in_full(book: Any, contract: Any) -> None:
    surgery = Selector((Condition("codes", (CodeRange("10004", "69990"),)),))
    rules = Rules(multiple_procedures=(MultipleProcedures((D(1), D("0.5")), surgery),))
    whole = contract(period=ALL, versions=(version(ALL, rules=rules, c29881="400.00", c29877="300.00"),))

    row = one(
        book,
        whole,
        [
            {"code": "29881", "charge": "900.00", "expected": "400.00", "allowed": "400.00"},
            {"code": "29877", "charge": "900.00", "expected": "150.00", "allowed": "300.00"},
        ],
    )

    assert (row["direction"], row["reason"]) == ("overpaid", "multiple procedures")


def test_held_to_the_charge_though_nothing_says_so(book: Any, contract: Any) -> None:
    whole = contract(period=ALL, versions=(version(ALL, c99213="100.00"),))

    row = one(book, whole, [{"code": "99213", "charge": "87.13", "expected": "100.00", "allowed": "87.13"}])

    assert (row["reason"], row["pattern"]) == ("lesser-of", "the price held to the charge, line by line")


def test_a_carve_out_taken_into_the_case(book: Any, contract: Any) -> None:
    implants = Term(
        "Implants",
        PercentOfCharges(D("0.4")),
        Selector((Condition("revenue_codes", (CodeRange("0278", "0278"),)),)),
        carve_out=True,
    )
    whole = contract(period=ALL, versions=(version(ALL, implants, Term("Case", Amount(D(1000)), per="case")),))
    lines = [
        {"charge": "3000.00", "expected": "1000.00", "per": "case", "term": "Case"},
        {"charge": "500.00", "expected": "200.00", "term": "Implants", "revenue": "0278"},
    ]
    row = one(
        book,
        whole,
        [
            line | {"allowed": amount, "allowed_method": "claim level"}
            for line, amount in zip(lines, ("700", "300"), strict=True)
        ],
    )

    assert (row["compared"], row["reason"]) == ("claim", "carve-out not paid")


def test_the_case_rate_passed_over(book: Any, contract: Any) -> None:
    case = Term("Case", Amount(D(1000)), Selector((Condition("drg", (CodeRange("470", "470"),)),)), per="case")
    whole = contract(period=ALL, versions=(version(ALL, case, SCHEDULE, c27447="640.00"),))
    line = {"code": "27447", "charge": "5000.00", "expected": "1000.00", "per": "case", "allowed": "640.00"}

    row = one(book, whole, [line], drg_code="470")

    assert (row["reason"], row["pattern"]) == ("case rate", "the price line by line, without the case or day price")
