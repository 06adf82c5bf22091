"""Terms at work on claims priced by hand: who pays, who never does and why, what each rule makes of a line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.codes import CodeRange
from evenhand.contracts import (
    Bound,
    Condition,
    Contract,
    Escalator,
    FeeSchedule,
    MultipleProcedures,
    Parties,
    Rate,
    Rules,
    Selector,
    Term,
    Version,
)
from evenhand.contracts.methods import Amount, Excluded, PaidBySchedule, PercentOfCharges
from evenhand.contracts.stoploss import StopLoss, StopLossPay, Trigger
from evenhand.errors import SelectionError
from evenhand.performance import Basis, Choices, TermsQuestion, terms
from evenhand.periods import Period

D = Decimal
YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
RATES = FeeSchedule(
    "fees", (Rate("99213", D(100)), Rate("29881", D(1000)), Rate("29877", D(400)), Rate("73721", D(300)))
)


def _codes(*codes: str, **more: Any) -> Selector:
    return Selector((Condition("codes", tuple(CodeRange(code, code) for code in codes)),), **more)


def _contract(*listed: Term, id: str = "c1", payer: str = "Summit Health", **rules: Any) -> Contract:
    version = Version(YEAR, listed, Rules(**rules), {"fees": RATES}, ())
    return Contract(id, id, Parties("Cedar Ridge", payer), YEAR, (version,))


SCHEDULE = Term("Schedule", PaidBySchedule("fees"), Selector(on_schedule=True))
REST = Term("Anything else", PercentOfCharges(D("0.40")))


def _basis(book: Any, *contracts: Contract) -> Basis:
    laid: Basis = book.basis()
    return replace(laid, contracts=contracts)


def _line(code: str, charge: str = "5000.00", **more: Any) -> dict[str, Any]:
    return {"code": code, "charge": charge, "expected": None, **more}


def test_what_each_term_pays(book: Any) -> None:
    book.claim("Summit Health", [_line("99213", "200.00"), _line("99213", "150.00"), _line("J9999", "80.00")])
    book.claim("Summit Health", [_line("29881", "4000.00")])
    book.claim("Nobody", [_line("99213", "60.00")])

    report = terms(_basis(book, _contract(SCHEDULE, REST)))

    keys = ("term", "pays", "lines", "claims", "charges", "expected", "share", "percent_of_charges")
    assert [tuple(row[key] for key in keys) for row in report.fired] == [
        ("Schedule", "the rate in fees", 3, 2, D("4350.00"), D("1200.00"), D("0.974026"), D("0.275862")),
        ("Anything else", "40% of charges", 1, 1, D("80.00"), D("32.00"), D("0.025974"), D("0.400000")),
    ]
    assert report.expected == D("1232.00")
    assert report.silent.rows() == report.rules.rows() == []
    assert [(r["reason"], r["contract_id"], r["lines"], r["claims"], r["charges"]) for r in report.unpriced] == [
        ("no contract fits the claim", None, 1, 1, D("60.00"))
    ]


def test_each_rule_by_itself(book: Any) -> None:
    # 1,000 escalated by 3 % is 1,030, on both sides (150 %) 1,545; the second, 412, at half 206, held to 200.
    rules: dict[str, Any] = {
        "lesser_of": "line",
        "multiple_procedures": (MultipleProcedures((D(1), D("0.5")), Selector()),),
        "modifiers": {"50": D("1.5")},
        "escalator": (Escalator(date(2024, 1, 1), 12, D("1.03"), ("fee_schedule",)),),
    }
    book.claim("Summit Health", [_line("29881", modifiers="50"), _line("29877", "200.00")])

    report = terms(_basis(book, _contract(SCHEDULE, **rules)))

    keys = ("rule", "lines", "without_amount", "with_amount", "effect")
    assert [tuple(row[key] for key in keys) for row in report.rules] == [
        ("escalator", 2, D("1700.00"), D("1751.00"), D("51.00")),  # 1500 + 200 → 1545 + 206
        ("lesser-of", 1, D("206.00"), D("200.00"), D("-6.00")),
        ("modifiers", 1, D("1030.00"), D("1545.00"), D("515.00")),
        ("multiple procedures", 1, D("412.00"), D("206.00"), D("-206.00")),
    ]
    assert report.expected == D("1745.00")
    assert [row["effect_percent"] for row in report.rules if row["rule"] == "multiple procedures"] == [D("-0.500000")]


@pytest.mark.parametrize(
    ("charges", "over"),
    [("8999.99", None), ("9000.00", "-1000.00"), ("10000.00", "0.00"), ("11000.00", "1000.00"), ("11000.01", None)],
)
def test_claims_near_a_stop_loss_threshold(book: Any, charges: str, over: str | None) -> None:
    dear = StopLoss("Dear cases", (Trigger(charges_over=D(10000)),), StopLossPay(percent=D("0.5")), "instead")
    book.claim("Summit Health", [_line("99213", charges)])

    report = terms(_basis(book, _contract(Term("Stay", Amount(D(900)), Selector(), "case"), stop_loss=(dear,))))

    assert [(row["rule"], row["charges"], row["threshold"], row["over"]) for row in report.thresholds] == (
        [] if over is None else [("Dear cases", D(charges), D(10000), D(over))]
    )


def test_without_stop_loss_no_claim_is_near_one(book: Any) -> None:
    book.claim("Summit Health", [_line("99213", "10000.00")])
    assert terms(_basis(book, _contract(SCHEDULE))).thresholds.rows() == []


def test_a_rule_per_unit_counts_the_units(book: Any) -> None:
    book.claim("Summit Health", [_line("99213", modifiers="80", units="3")])

    report = terms(_basis(book, _contract(SCHEDULE, modifiers={"80": D("0.2")})))

    assert [(row["without_amount"], row["with_amount"]) for row in report.rules] == [(D("300.00"), D("60.00"))]


def test_lesser_of_on_a_price_for_the_claim(book: Any) -> None:
    case = Term("Stay", Amount(D(900)), Selector(), "case")
    book.claim("Summit Health", [_line("99213", "300.00"), _line("73721", "400.00")])

    report = terms(_basis(book, _contract(case, lesser_of="line")))

    assert [(row["term"], row["lines"], row["effect"]) for row in report.rules] == [("Stay", 1, D("-200.00"))]
    assert [(row["term"], row["lines"], row["expected"]) for row in report.fired] == [("Stay", 2, D("700.00"))]


@pytest.mark.parametrize(
    ("silent", "why"),
    [
        (Term("X", Amount(D(1)), _codes("J0001", "J0002")), "the book has no codes J0001 or J0002 under the contract"),
        (
            Term("X", Amount(D(1)), Selector((Condition("modifiers", (CodeRange("50", "50"),)),))),
            "the book has no modifier 50 under the contract",
        ),
        (
            Term("X", Amount(D(1)), Selector(bounds=(Bound("charge", D(9000), above=True),))),
            "nothing asked about has a charge over $9,000.00",
        ),
        (
            Term("X", Amount(D(1)), _codes("99213", bounds=(Bound("charge", D(9000)),))),
            "nothing asked about is all of: code 99213, charge from $9,000.00",
        ),
        (
            Term("X", PaidBySchedule("fees"), _codes("J9999")),
            "its schedule lists no rate for what it covers, on the days of service",
        ),
    ],
)
def test_why_a_term_pays_nothing(book: Any, silent: Term, why: str) -> None:
    book.claim("Summit Health", [_line("99213"), _line("J9999")])

    report = terms(_basis(book, _contract(silent, SCHEDULE, REST)))

    assert [(row["term"], row["why"]) for row in report.silent] == [("X", why)]


def test_a_term_that_another_always_beats(book: Any) -> None:
    visits = Term("Visits", Amount(D(90)), _codes("99213", "99214"))
    book.claim("Summit Health", [_line("99213"), _line("99213"), _line("29881")])

    report = terms(_basis(book, _contract(SCHEDULE, visits, REST)))

    assert [(row["term"], row["why"], row["covered_lines"]) for row in report.silent] == [
        ("Visits", "always won by another: “Schedule”, which stands earlier", 2),
        ("Anything else", "always won by another: “Schedule”, which stands earlier", 3),
    ]


def test_terms_of_another_time_and_contracts_without_claims(book: Any) -> None:
    book.claim("Summit Health", [_line("99213")], day=date(2025, 3, 1))
    made = _contract(SCHEDULE)
    later = replace(
        made.versions[0], period=Period(date(2025, 7, 1), YEAR.end), terms=(replace(SCHEDULE, name="New schedule"),)
    )
    early = replace(made.versions[0], period=Period(YEAR.start, date(2025, 7, 1)))
    amended = replace(made, versions=(early, later))

    report = terms(_basis(book, amended, _contract(SCHEDULE, id="c2", payer="Prairie")))

    assert [(row["contract_id"], row["term"], row["why"]) for row in report.silent] == [
        ("c1", "New schedule", "in the contract only from 2025-07-01 to 2025-12-31, when no claim asked about begins"),
        ("c2", "all terms", "no claim asked about is priced under the contract"),
    ]


def test_who_wins_a_line_several_terms_cover(book: Any) -> None:
    implants = Term("Implants", PercentOfCharges(D("0.5")), _codes("C1776"), carve_out=True)
    case = Term("Knee", Amount(D(9000)), _codes("29881"), "case", excepts=("Implants",))
    stay = Term("Stay", Amount(D(5000)), Selector(), "case")
    book.claim("Summit Health", [_line("29881", "7000.00"), _line("C1776", "800.00"), _line("99213", "200.00")])
    book.claim("Summit Health", [_line("99213", "200.00")])

    report = terms(_basis(book, _contract(implants, case, stay, SCHEDULE)))

    contests = {(r["winner"], r["loser"]): (r["why"], r["lines"], r["charges"], r["expected"]) for r in report.contests}
    one = "pays the claim as one"
    assert contests == {
        ("Knee", "Stay"): ("stands earlier", 2, D("7200.00"), D("9000.00")),
        ("Knee", "Schedule"): (one, 2, D("7200.00"), D("9000.00")),
        ("Implants", "Knee"): ("is paid apart from the claim", 1, D("800.00"), D("400.00")),
        ("Stay", "Schedule"): (one, 1, D("200.00"), D("5000.00")),
    }
    assert report.expected == D("14400.00")


def test_one_payer_one_contract_some_days(book: Any) -> None:
    book.claim("Summit Health", [_line("99213")], day=date(2025, 2, 1))
    book.claim("Summit Health", [_line("29881")], day=date(2025, 8, 1))
    book.claim("Prairie", [_line("99213")], day=date(2025, 2, 1))
    basis = _basis(book, _contract(SCHEDULE), _contract(SCHEDULE, id="c2", payer="Prairie"))

    def fired(question: TermsQuestion) -> list[Any]:
        return [(row["contract_id"], row["expected"]) for row in terms(basis, question).fired]

    assert fired(TermsQuestion()) == [("c1", D("1100.00")), ("c2", D("100.00"))]
    assert fired(TermsQuestion(payer="summit")) == [("c1", D("1100.00"))]
    assert fired(TermsQuestion(contract_id="c2")) == [("c2", D("100.00"))]
    assert fired(TermsQuestion(choices=Choices(date(2025, 7, 1)))) == [("c1", D("1000.00"))]
    with pytest.raises(SelectionError, match="the book has no contract 'c9'; contracts in the book: c1, c2"):
        terms(basis, TermsQuestion(contract_id="c9"))


LISTED = [
    Term("Nothing", Excluded(), _codes("99070")),
    Term("Visits", Amount(D(90)), _codes("99213", "99214")),
    Term("Dear", PercentOfCharges(D("0.3")), Selector(bounds=(Bound("charge", D(600)),))),
    Term("Knee", Amount(D(700)), _codes("29881"), "case"),
    SCHEDULE,
    REST,
]
CLAIMS = st.lists(
    st.lists(
        st.builds(
            lambda code, charge, units: _line(code, charge, units=units),
            st.sampled_from(["99213", "29881", "29877", "99070", "J9999"]),
            st.sampled_from(["50.00", "350.00", "900.00"]),
            st.sampled_from(["1", "2"]),
        ),
        min_size=1,
        max_size=3,
    ),
    max_size=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=CLAIMS, order=st.permutations(LISTED), kept=st.integers(1, 6), lesser_of=st.sampled_from([None, "line"]))
def test_the_report_equals_a_plain_recount(book: Any, claims: Any, order: Any, kept: int, lesser_of: Any) -> None:
    fresh = type(book)()
    for lines in claims:
        fresh.claim("Summit Health", lines)
    basis = _basis(fresh, _contract(*order[:kept], lesser_of=lesser_of))

    report = terms(basis)

    priced = basis.engine.arrow("select * from priced_lines").to_pylist()
    sums: dict[str, Any] = defaultdict(D)
    taken: dict[str, Any] = defaultdict(D)
    for line in priced:
        if line["term"] is not None:
            sums[line["term"]] += line["expected_amount"]
        if line["lesser_of"] is not None:
            taken[line["term"]] += line["expected_amount"] - line["fee_amount"]
    assert {row["term"]: row["expected"] for row in report.fired} == sums
    assert report.expected == sum((line["expected_amount"] or D(0) for line in priced), D(0))
    assert {row["term"]: row["effect"] for row in report.rules} == taken
    assert sum(row["lines"] for row in report.fired) + sum(row["lines"] for row in report.unpriced) == len(priced)
    if report.fired.rows():
        assert {r["term"] for r in report.silent} == {t.name for t in order[:kept]} - sums.keys()
    assert {(r["winner"], r["loser"]): r["lines"] for r in report.contests} == _contests(claims, order[:kept])


def _covers(term: Term, line: dict[str, Any]) -> bool:
    codes = [each.low for condition in term.covers.conditions for each in condition.ranges]
    listed = {rate.code for rate in RATES.rates}
    return (
        (not codes or line["code"] in codes)
        and (not term.covers.on_schedule or line["code"] in listed)
        and all(D(line["charge"]) >= (bound.low or 0) for bound in term.covers.bounds)
    )


def _contests(claims: Any, listed: list[Term]) -> dict[tuple[str, str], int]:
    """For each line the term that pays it, and every other that covers it."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for lines in claims:
        whole = [t for t in listed if t.claim_level and any(_covers(t, line) for line in lines)]
        for line in lines:
            mine = [term for term in listed if not term.claim_level and _covers(term, line)]
            first = mine[0] if mine else None
            apart = not whole or (first is not None and isinstance(first.pay, Excluded))
            winner = first if apart else whole[0]
            if winner is not None:
                losers = [*mine, *whole[:1]] if apart else [*mine, *whole]
                for loser in losers:
                    found[winner.name, loser.name] += loser is not winner
    return {pair: lines for pair, lines in found.items() if lines}
