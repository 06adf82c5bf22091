"""Prices worked out by hand, one for each rule: the engine and the plain reading must both give them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evenhand.codes import CodeRange
from evenhand.contracts.escalation import Escalator
from evenhand.contracts.methods import Amount, Excluded, PaidBySchedule, PercentOf, PercentOfCharges
from evenhand.contracts.model import (
    Bound,
    Condition,
    Contract,
    FeeSchedule,
    MultipleProcedures,
    Parties,
    Rate,
    Rules,
    Selector,
    Term,
    Version,
)
from evenhand.errors import PricingError
from evenhand.periods import FOREVER, Period
from evenhand.pricing import explain_line
from evenhand.pricing.oracle import OracleClaim, price_claim

START = date(2025, 1, 1)
SURGERY = Selector((Condition("codes", (CodeRange("10004", "69990"),)),))
SCHEDULE = FeeSchedule(
    "exhibit-a.csv",
    (
        Rate("29881", Decimal("1257.63")),
        Rate("29877", Decimal("414.04")),
        Rate("29876", Decimal("403.36")),
        Rate("99213", Decimal("92.59"), period=Period(START, date(2025, 7, 1))),
        Rate("99213", Decimal("95.00"), period=Period(date(2025, 7, 1), FOREVER)),
        Rate("71046", Decimal("30.00")),
        Rate("71046", Decimal("10.00"), modifier="26"),
        Rate("71046", Decimal("28.00"), setting="facility"),
    ),
)
Check = Callable[..., list[dict[str, Any]]]


def codes(*singles: str) -> Selector:
    return Selector((Condition("codes", tuple(CodeRange(code, code) for code in singles)),))


def revenue(low: str, high: str) -> Condition:
    return Condition("revenue_codes", (CodeRange(low, high),))


def contract(*terms: Term, **rules: Any) -> Contract:
    period = Period(START, FOREVER)
    version = Version(period, terms, Rules(**rules), {"exhibit-a.csv": SCHEDULE}, ())
    return Contract("summit", "Summit", Parties("Cedar Ridge", "Summit Health"), period, (version,))


ON_SCHEDULE = Term("Fee schedule", PaidBySchedule("exhibit-a.csv"), Selector(on_schedule=True), cite="Exhibit A")


def line(code: str | None = None, charge: str | None = "9999", **said: Any) -> dict[str, Any]:
    return {"hcpcs_code": code, "charge_amount": charge and Decimal(charge)} | said


@pytest.fixture
def priced(engine_prices: Callable[..., Any]) -> Check:
    """The priced lines of one claim, in order, once both readings agree on them."""

    def price(one: Contract, lines: list[dict[str, Any]], **said: Any) -> list[dict[str, Any]]:
        numbered = [{"line_key": n, "claim_line_number": n} | each for n, each in enumerate(lines, start=1)]
        row = {"claim_key": 1, "payer": "Summit Health", "claim_start_date": date(2025, 5, 1)} | said
        claim = OracleClaim.of(row, numbered)
        answer = engine_prices([one], [claim])
        plain = price_claim(one, claim)
        found = [answer.lines[each.line_key] for each in plain.lines]
        assert [r["expected_amount"] for r in found] == [each.expected_amount for each in plain.lines]
        assert [r["outcome"] for r in found] == [each.outcome for each in plain.lines]
        return found

    return price


def amounts(rows: list[dict[str, Any]]) -> list[str]:
    return [str(row["expected_amount"]) for row in rows]


def test_three_procedures_at_100_50_50(priced: Check) -> None:
    ranked = contract(ON_SCHEDULE, multiple_procedures=(MultipleProcedures((Decimal(1), Decimal("0.5")), SURGERY),))
    rows = priced(ranked, [line("29876"), line("29881"), line("29877"), line("99213")])
    assert amounts(rows) == ["201.68", "1257.63", "207.02", "92.59"]
    assert [row["procedure_rank"] for row in rows] == [3, 1, 2, None]


def test_one_procedure_alone_is_not_cut(priced: Check) -> None:
    ranked = contract(ON_SCHEDULE, multiple_procedures=(MultipleProcedures((Decimal(1), Decimal("0.5")), SURGERY),))
    (row,) = priced(ranked, [line("29881")])
    assert (row["expected_amount"], row["procedure_rank"], row["procedure_factor"]) == (Decimal("1257.63"), 1, 1)


def test_procedures_of_two_days_are_ranked_apart(priced: Check) -> None:
    ranked = contract(ON_SCHEDULE, multiple_procedures=(MultipleProcedures((Decimal(1), Decimal("0.5")), SURGERY),))
    rows = priced(ranked, [line("29881"), line("29877", service_date=date(2025, 5, 2))])
    assert amounts(rows) == ["1257.63", "414.04"]


def test_bilateral_is_fixed_before_ranking(priced: Check) -> None:
    ranked = contract(
        ON_SCHEDULE,
        modifiers={"50": Decimal("1.5")},
        multiple_procedures=(MultipleProcedures((Decimal(1), Decimal("0.5")), SURGERY),),
    )
    rows = priced(ranked, [line("29881", modifiers="50"), line("29877")])
    assert amounts(rows) == ["1886.45", "207.02"]


@pytest.mark.parametrize(
    ("modifiers", "expected"), [("80", "251.53"), ("62", "786.02"), ("80,80", "251.53"), ("80,62", "157.20")]
)
def test_modifiers(priced: Check, modifiers: str, expected: str) -> None:
    reduced = contract(ON_SCHEDULE, modifiers={"80": Decimal("0.2"), "62": Decimal("0.625")})
    assert amounts(priced(reduced, [line("29881", modifiers=modifiers)])) == [expected]


def test_the_rate_for_a_modifier_or_a_setting_goes_first(priced: Check) -> None:
    plain = contract(ON_SCHEDULE, modifiers={"26": Decimal("0.5")})
    rows = priced(
        plain,
        [
            line("71046"),
            line("71046", setting="facility"),
            line("71046", modifiers="26", setting="facility"),
        ],
    )
    assert amounts(rows) == ["30.00", "28.00", "10.00"]


def test_rates_change_on_their_day(priced: Check) -> None:
    rows = priced(
        contract(ON_SCHEDULE),
        [line("99213", service_date=date(2025, 6, 30)), line("99213", service_date=date(2025, 7, 1))],
    )
    assert amounts(rows) == ["92.59", "95.00"]


def test_a_share_of_a_pinned_schedule(priced: Check) -> None:
    pinned = Term("Office visits", PercentOf("exhibit-a.csv", Decimal("1.28"), date(2025, 2, 1)), codes("99213"))
    rows = priced(contract(pinned), [line("99213", service_date=date(2025, 12, 1), units=Decimal(2))])
    assert amounts(rows) == ["237.04"]
    assert rows[0]["unit_rate"] == Decimal("118.52")


def test_a_day_without_a_rate_falls_to_the_next_term(priced: Check) -> None:
    default = Term("Anything else", PercentOfCharges(Decimal("0.45")))
    rows = priced(contract(ON_SCHEDULE, default), [line("99213", "100", service_date=date(2024, 12, 31))])
    assert (rows[0]["term"], rows[0]["expected_amount"]) == ("Anything else", Decimal("45.00"))


def test_what_no_term_covers_has_no_price(priced: Check) -> None:
    (row,) = priced(contract(ON_SCHEDULE), [line("99999")])
    assert (row["outcome"], row["expected_amount"], row["term"]) == ("no term", None, None)


def test_lesser_of_by_line_and_by_claim(priced: Check) -> None:
    terms = (Term("A", Amount(Decimal(100)), codes("AAAAA")), Term("B", Amount(Decimal(50)), codes("BBBBB")))
    lines = [line("AAAAA", "80"), line("BBBBB", "90")]
    by_line = priced(contract(*terms, lesser_of="line"), lines)
    assert amounts(by_line) == ["80.00", "50.00"]
    assert (by_line[0]["lesser_of"], by_line[0]["limit_amount"]) == ("line", Decimal("80.00"))
    assert amounts(priced(contract(*terms, lesser_of="claim"), lines)) == ["100.00", "50.00"]


def test_lesser_of_by_claim_stops_at_the_claims_charges(priced: Check) -> None:
    terms = (Term("A", Amount(Decimal(100)), codes("AAAAA")), Term("B", Amount(Decimal(50)), codes("BBBBB")))
    rows = priced(contract(*terms, lesser_of="claim"), [line("AAAAA", "80"), line("BBBBB", "40")])
    assert amounts(rows) == ["100.00", "20.00"]
    assert [row["lesser_of"] for row in rows] == [None, "claim"]


def test_without_a_charge_nothing_can_be_held_to_it(priced: Check) -> None:
    rows = priced(contract(ON_SCHEDULE, lesser_of="line"), [line("29881", None)])
    assert (rows[0]["outcome"], rows[0]["expected_amount"], rows[0]["fee_amount"]) == (
        "no charge",
        None,
        Decimal("1257.63"),
    )


def test_the_escalator_compounds_from_its_first_full_period(priced: Check) -> None:
    grown = contract(
        Term("Visit", Amount(Decimal(100)), codes("99213")),
        escalator=(Escalator(START, 12, Decimal("1.03"), ("amount",)),),
    )
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2027, 6, 1)]
    rows = priced(grown, [line("99213", service_date=day) for day in days])
    assert amounts(rows) == ["100.00", "103.00", "106.09"]


CASE = Term(
    "Joint replacement",
    Amount(Decimal(24500)),
    Selector((Condition("drg", (CodeRange("469", "470"),)),)),
    per="case",
    excepts=("Implants",),
)
IMPLANTS = Term(
    "Implants",
    PercentOfCharges(Decimal("0.38")),
    Selector((revenue("0275", "0278"),), (Bound("charge", Decimal(1000), above=True),)),
)


def test_a_case_rate_takes_in_all_lines_but_its_exceptions(priced: Check) -> None:
    rows = priced(
        contract(IMPLANTS, CASE, Term("Cosmetic", Excluded(), codes("15820"))),
        [
            line(charge="2000", revenue_center_code="0278"),
            line(charge="30000", revenue_center_code="0360"),
            line(charge="1000", revenue_center_code="0278"),
            line("15820", "500"),
        ],
        drg_code="470",
    )
    assert amounts(rows) == ["760.00", "24500.00", "0.00", "0.00"]
    assert [row["outcome"] for row in rows] == ["priced", "priced", "included", "excluded"]


def test_a_case_rate_is_held_to_the_charges_of_what_it_takes_in(priced: Check) -> None:
    rows = priced(
        contract(IMPLANTS, CASE, lesser_of="line"),
        [line(charge="20000", revenue_center_code="0360"), line(charge="5000", revenue_center_code="0278")],
        drg_code="470",
    )
    assert amounts(rows) == ["20000.00", "1900.00"]


def test_a_case_without_anything_left_in_it_is_not_paid(priced: Check) -> None:
    rows = priced(contract(IMPLANTS, CASE), [line(charge="5000", revenue_center_code="0278")], drg_code="470")
    assert amounts(rows) == ["1900.00"]


def test_days_are_units_of_the_revenue_code_else_the_stay(priced: Check) -> None:
    rooms = Term("Room", Amount(Decimal(1800)), Selector((revenue("0120", "0129"),)), per="day")
    stay = Term("Stay", Amount(Decimal(1500)), per="day")
    lines = [line(revenue_center_code="0120", units=Decimal(3)), line(revenue_center_code="0250")]
    dates = {"admission_date": date(2025, 5, 1), "discharge_date": date(2025, 5, 5)}
    assert amounts(priced(contract(rooms), lines, **dates)) == ["5400.00", "0.00"]
    assert amounts(priced(contract(stay), lines, **dates)) == ["6000.00", "0.00"]


def test_a_stay_of_unknown_length_has_no_price_by_the_day(priced: Check) -> None:
    rows = priced(contract(Term("Stay", Amount(Decimal(1500)), per="day")), [line(), line()])
    assert [row["outcome"] for row in rows] == ["no date", "no date"]


def test_a_charge_bound_is_strict(priced: Check) -> None:
    rows = priced(
        contract(IMPLANTS),
        [line(charge=charge, revenue_center_code="0275") for charge in ("1000.00", "1000.01")],
    )
    assert [row["outcome"] for row in rows] == ["no term", "priced"]


def test_odd_units_and_charges_are_priced_as_arithmetic_says(priced: Check) -> None:
    rows = priced(
        contract(Term("Visit", Amount(Decimal(100)), codes("99213")), lesser_of="line"),
        [line("99213", units=Decimal(0)), line("99213", units=Decimal(-1)), line("99213", "-50")],
    )
    assert amounts(rows) == ["0.00", "-100.00", "-50.00"]


@pytest.mark.parametrize(
    ("term", "told"),
    [
        (
            Term("DRG", PaidBySchedule("exhibit-a.csv"), per="case"),
            "gives amounts by code, which is not what the term pays by",
        ),
        (Term("X", PaidBySchedule("b.csv")), "there is no schedule 'b.csv'"),
        (
            Term("X", Amount(Decimal(1)), Selector(on_schedule=True)),
            "'on schedule' needs a term that pays by a schedule",
        ),
        (Term("X", Amount(Decimal(10**9))), "dollars is more than any service is paid"),
        (Term("X", PercentOfCharges(Decimal(4500))), "write 45 for 45 %"),
    ],
)
def test_what_could_only_be_guessed_is_refused(priced: Check, term: Term, told: str) -> None:
    with pytest.raises(PricingError, match=f"contract 'Summit', term '{term.name}': .*{told}"):
        priced(contract(term), [line()])


def test_a_modifier_of_a_thousand_percent_is_refused(priced: Check) -> None:
    with pytest.raises(PricingError, match="modifier 50"):
        priced(contract(ON_SCHEDULE, modifiers={"50": Decimal(150)}), [line()])


def test_a_line_in_words(priced: Check) -> None:
    ranked = contract(
        ON_SCHEDULE,
        lesser_of="line",
        modifiers={"50": Decimal("1.5")},
        multiple_procedures=(MultipleProcedures((Decimal(1), Decimal("0.5")), SURGERY),),
    )
    lines = [line("29881"), line("29877", "300", modifiers="50,RT", units=Decimal("1.0"))]
    said = [
        str(
            explain_line(
                row | {"claim_line_number": n, "hcpcs_code": each["hcpcs_code"], "modifiers": each.get("modifiers")}
            )
        )
        for n, (row, each) in enumerate(zip(priced(ranked, lines), lines, strict=True), start=1)
    ]
    assert said == [
        'line 1 · 29881 · "Fee schedule" (Exhibit A): $1,257.63 × 1 unit = $1,257.63',
        'line 2 · 29877 50 RT · "Fee schedule" (Exhibit A): '
        "$414.04 × 150 % (modifiers) × 1 unit × 50 % (2nd procedure) = $310.53; held to the charge of $300.00",
    ]


def test_every_outcome_in_words(priced: Check) -> None:
    pinned = Term("Visits", PercentOf("exhibit-a.csv", Decimal("1.28"), date(2025, 2, 1)), codes("99213"))
    grown = contract(
        pinned,
        Term("Cosmetic", Excluded(), codes("15820")),
        Term("Drugs", PercentOfCharges(Decimal("0.455")), codes("J1030")),
        lesser_of="claim",
        escalator=(Escalator(START, 3, Decimal("1.03"), ("percent_of",)),),
    )
    rows = priced(grown, [line("99213", "50"), line("15820"), line("J1030", "10"), line("J1030", None), line("00000")])
    assert [explain_line(row).arithmetic for row in rows] == [
        "$122.08 ($92.59 of exhibit-a.csv × 128 % × 1.03 escalator) × 1 unit = $122.08",
        "the contract does not pay it",
        "$10.00 charged × 45.5 % = $4.55",
        "no price, because the charge its price needs is missing",
        "no price, because no term of the contract covers it",
    ]
    assert explain_line(rows[0]).limit == "$60.00 of it, because the claim is held to its charges of $60.00"


def test_a_stay_in_words(priced: Check) -> None:
    rooms = Term("Room", Amount(Decimal(1800)), Selector((revenue("0120", "0129"),)), per="day", cite="Exhibit B")
    rows = priced(contract(rooms), [line(revenue_center_code="0120", units=Decimal(3)), line()])
    assert [str(explain_line(row | {"revenue_center_code": "0120"})) for row in rows] == [
        'line · revenue code 0120 · "Room" (Exhibit B): $1,800.00 × 3 days = $5,400.00',
        'line · revenue code 0120 · "Room" (Exhibit B): paid within the price of the claim',
    ]
