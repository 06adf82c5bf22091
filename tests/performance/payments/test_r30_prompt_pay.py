"""R30: what late payment costs, by the shapes contracts and states give it. All figures reckoned by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import check

D = Decimal
RECEIVED = date(2025, 3, 3)  # a Monday; thirty days on is 2 April
FED = "month,value\n2025-01,4.5\n2025-05,4.25\n"


def _claim(day: date | None, amount: Any = 1000, **about: Any) -> dict[str, Any]:
    return {"allowed": 1000, "charge": 2000, "received": RECEIVED, "paid": [(day, amount)]} | about


def _interest(report: Any) -> list[tuple[int | None, Decimal | None]]:
    return [(row["days_late"], row["interest_owed"]) for row in report.expected]


SIMPLE = "rules: {prompt_pay: {days: 30, percent: 12}}"
LATE = [
    (SIMPLE, date(2025, 4, 2), 0, "0.00"),
    (SIMPLE, date(2025, 4, 3), 1, "0.33"),  # 1,000 × 12 % × 1/365
    (SIMPLE, date(2025, 5, 2), 30, "9.86"),
    ("rules: {prompt_pay: {days: 30, percent: 12, year_days: 360}}", date(2025, 5, 2), 30, "10.00"),
    ("provisions: {payment_days: 30, interest: 12}", date(2025, 5, 2), 30, "9.86"),
    ("rules: {prompt_pay: {percent: 12}}\nprovisions: {payment_days: 45}", date(2025, 5, 2), 15, "4.93"),
    (
        "rules: {prompt_pay: {days: {electronic: 30, paper: 45}, percent: 12, claims: paper}}",
        date(2025, 5, 2),
        15,
        "4.93",
    ),
    # thirty working days from Monday 3 March end on Monday 14 April
    ("rules: {prompt_pay: {days: 30, count: working, percent: 15}}", date(2025, 4, 15), 1, "0.41"),
    ("rules: {prompt_pay: {days: 30, count: working, percent: 15}}", date(2025, 4, 14), 0, "0.00"),
    # forty-five days late are one month and a half
    ("rules: {prompt_pay: {days: 30, percent: 1.5, per: month}}", date(2025, 5, 17), 45, "22.50"),
    ("rules: {prompt_pay: {days: 30, percent: 1.5, per: month, months: begun}}", date(2025, 5, 17), 45, "30.00"),
    ("rules: {prompt_pay: {days: 30, percent: 1.5, per: month, months: whole}}", date(2025, 5, 17), 45, "15.00"),
    ("rules: {prompt_pay: {state: AL}}", date(2025, 5, 17), 45, "22.50"),
    # the District: 1.5 % for the first thirty days late, 2 % a month for the next sixty, then 2.5 %
    ("rules: {prompt_pay: {state: DC}}", date(2025, 5, 2), 30, "15.00"),
    ("rules: {prompt_pay: {state: DC}}", date(2025, 7, 1), 90, "55.00"),
    ("rules: {prompt_pay: {state: DC}}", date(2025, 7, 31), 120, "80.00"),
    # Delaware: the index of April, published for January, plus five points
    ("rules: {prompt_pay: {state: DE, index: fed.csv}}", date(2025, 5, 2), 30, "7.81"),
    ("rules: {prompt_pay: {days: 90, index: fed.csv, margin: 5}}", date(2025, 7, 1), 30, "7.60"),  # that of May
    ("rules: {prompt_pay: {state: NY, index: fed.csv}}", date(2025, 5, 2), 30, "9.86"),  # at least 12 %
    ("rules: {prompt_pay: {days: 30, index: fed.csv, margin: 5, at_least: 11}}", date(2025, 5, 2), 30, "9.04"),
    # Texas: a share of charges less allowed, by days late
    ("rules: {prompt_pay: {state: TX}}", date(2025, 5, 17), 45, "500.00"),
    ("rules: {prompt_pay: {state: TX}}", date(2025, 5, 18), 46, "1000.00"),
    ("rules: {prompt_pay: {state: TX}}", date(2025, 7, 1), 90, "1000.00"),
    ("rules: {prompt_pay: {state: TX}}", date(2025, 7, 2), 91, "1044.88"),  # and 18 % on it for 91 days
    ("rules: {prompt_pay: {state: tx, claims: paper}}", date(2025, 5, 17), 30, "500.00"),
]


@pytest.mark.parametrize(("rules", "paid", "late", "owed"), LATE)
def test_shape(agreed: Any, reported: Callable[..., Any], rules: str, paid: date, late: int, owed: str) -> None:
    contract = agreed(rules, {"fed.csv": FED} if "fed.csv" in rules else {})

    assert _interest(reported(contract, [_claim(paid)])) == [(late, D(owed))]


def test_the_penalty_has_a_most(agreed: Any, reported: Callable[..., Any]) -> None:
    dear = {"charge": 900_000, "allowed": 100_000}
    days = [date(2025, 5, 17), date(2025, 5, 18), date(2025, 7, 2)]

    report = reported(agreed("rules: {prompt_pay: {state: TX}}"), [_claim(day, 100_000, **dear) for day in days])

    assert [owed for _, owed in _interest(report)] == [D("100000.00"), D("200000.00"), D("208975.34")]


def test_a_part_paid_in_time_lowers_the_penalty(agreed: Any, reported: Callable[..., Any]) -> None:
    """200 of a rate of 1,000 come late, a fifth: the penalty is half of a fifth of 500."""
    claim = _claim(None, charge=1500, patient=200, paid=[(date(2025, 4, 1), 600), (date(2025, 5, 2), 200)])

    assert _interest(reported(agreed("rules: {prompt_pay: {state: TX}}"), [claim])) == [(30, D("50.00"))]


def test_only_what_was_late_bears_interest(agreed: Any, reported: Callable[..., Any]) -> None:
    """What was taken back and paid again is not paid anew, and nothing is owed on more than was due."""
    first, later = date(2025, 4, 1), date(2025, 5, 2)
    claims = [
        _claim(None, paid=[(first, 600), (later, 400)]),
        _claim(None, paid=[(first, 1000), (later, -1000), (later, 1000)]),
        _claim(None, paid=[(first, -500), (later, 800)]),
        _claim(None, paid=[(later, 5000)]),
        _claim(None, paid=[(None, 1000)]),
        _claim(None, paid=[]),
    ]

    owed = _interest(reported(agreed(SIMPLE), claims))

    assert owed == [(30, D("3.95")), (0, D("0.00")), (30, D("2.96")), (30, D("9.86")), (0, D("0.00")), (0, D("0.00"))]


def test_what_is_not_known_is_not_nothing(agreed: Any, reported: Callable[..., Any]) -> None:
    """No receipt; no rule; a state whose rate has no table; a half-year Medicare's rate is not known for."""
    late = date(2025, 5, 2)

    assert _interest(reported(agreed(SIMPLE), [_claim(late, received=None)])) == [(None, None)]


@pytest.mark.parametrize(
    ("rules", "late"),
    [
        ("", None),
        ("provisions: {payment_days: 30}", 30),
        ("rules: {prompt_pay: {state: DE}}", 30),
        ("rules: {prompt_pay: {state: MEDICARE}}", 30),
    ],
)
def test_no_rate_no_interest(agreed: Any, reported: Callable[..., Any], rules: str, late: int | None) -> None:
    assert _interest(reported(agreed(rules), [_claim(date(2025, 5, 2))])) == [(late, None)]


def test_medicare_pays_the_rate_of_the_half_year(agreed: Any, reported: Callable[..., Any]) -> None:
    claim = _claim(date(2024, 4, 1), received=date(2024, 2, 1))  # due on 2 March, a leap year

    assert _interest(reported(agreed("rules: {prompt_pay: {state: MEDICARE}}"), [claim])) == [(30, D("4.01"))]


def test_the_contract_says_which_products_are_exempt(agreed: Any, reported: Callable[..., Any]) -> None:
    contract = agreed("rules: {prompt_pay: {state: MI, for: {not: {product: Self-funded}}}}")
    claims = [_claim(date(2025, 6, 1), product=product) for product in ("PPO", "Self-funded")]

    assert _interest(reported(contract, claims)) == [(45, D("14.79")), (None, None)]


OWN = "state,days,percent,citation,status\nTX,20,6,our counsel,checked\nOR,30,12,our counsel,checked\n"


def test_a_table_of_your_own_takes_the_place_of_the_built_in(agreed: Any, reported: Callable[..., Any]) -> None:
    contract = agreed("rules: {prompt_pay: {state: TX, table: ours.csv}}", {"ours.csv": OWN})

    assert _interest(reported(contract, [_claim(date(2025, 5, 2))])) == [(40, D("6.58"))]


def test_interest_in_the_remittance_counts(agreed: Any, reported: Callable[..., Any]) -> None:
    late = date(2025, 5, 2)
    paid = [[(late, 1000, {"interest": "9.86"})], [(late, 1000, {"interest": 5})], [(late, 1000)]]

    report = reported(agreed(SIMPLE), [_claim(None, paid=each) for each in paid])

    assert [row["interest_short"] for row in report.expected] == [D("0.00"), D("4.86"), D("9.86")]
    assert [(row["cause"], row["amount"]) for row in report.causes] == [
        ("interest missing", D("-9.86")),
        ("interest too low", D("-4.86")),
    ]
    assert report.interest_short == D("14.72")


WARNED = [
    ("{state: CT}", "prompt pay in CT: sources conflict. Another source: 20 days.; check the statute"),
    ("{state: IL}", "prompt pay in IL: single source"),
    ("{state: HI}", "self-funded plans are usually exempt"),
    ("{state: DE}", "no table of it is named: none is reckoned"),
    ("{percent: 12}", "prompt_pay does not say within how many days payment is due"),
]


@pytest.mark.parametrize(("rule", "warning"), WARNED)
def test_what_to_look_up_is_said(agreed: Any, tmp_path: Path, rule: str, warning: str) -> None:
    agreed(f"rules: {{prompt_pay: {rule}}}")

    _, problems = check(tmp_path / "contract")

    assert warning in "; ".join(str(problem) for problem in problems if problem.severity == "warning")


def test_an_offer_is_warned_about_what_it_states_itself(agreed: Any, tmp_path: Path) -> None:
    agreed("rules: {prompt_pay: {state: CT}}")
    head = "amends: contract\neffective: 2026-01-01\n"
    for name, rules in (("silent", "lesser_of: none"), ("outspoken", "prompt_pay: {state: CA}")):
        (tmp_path / f"{name}.yaml").write_text(f"offer: {name}\n{head}rules: {{{rules}}}\n", encoding="utf-8")

    said = {name: "; ".join(map(str, check(tmp_path / f"{name}.yaml")[1])) for name in ("silent", "outspoken")}

    assert "check the statute" not in said["silent"]
    assert "prompt pay in CA: sources conflict" in said["outspoken"]


WRONG = [
    ("{state: OR}", "there are no terms of OR"),
    ("{state: TX, days: 20}", "state and days both stand here"),
    ("{state: TX, index: fed.csv}", "TX has no rate that follows an index"),
    ("{days: 30}", "prompt_pay says nothing about what is owed"),
    ("{percent: 12, steps: [{percent: 1}]}", "percent and steps both stand here"),
    ("{percent: 12, margin: 2}", "margin belongs to an index"),
    ("{percent: 50, of: charges less allowed}", "a share of charges less allowed is owed once"),
    ("{steps: [{percent: 1}, {percent: 2}]}", "the last step, and only that"),
    ("{steps: [{to_day: 9, percent: 1}, {to_day: 9, percent: 2}, {percent: 3}]}", "do not go up"),
    ("{steps: [{percent: 1, at_most: 5}]}", "at_most and interest belong to what is owed once"),
    ("{percent: 12, months: begun}", "months belongs to a rate per month"),
    ("{percent: 12, table: ours.csv}", "a table of states goes with state"),
]


@pytest.mark.parametrize(("rule", "problem"), WRONG)
def test_what_does_not_go_together_is_refused(tmp_path: Path, rule: str, problem: str) -> None:
    head = "contract: C\nparties: {provider: P, payer: Q}\neffective: 2025-01-01\nterms: [{name: T, pay: nothing}]\n"
    (tmp_path / "contract.yaml").write_text(f"{head}rules: {{prompt_pay: {rule}}}\n", encoding="utf-8")
    (tmp_path / "fed.csv").write_text(FED, encoding="utf-8")
    (tmp_path / "ours.csv").write_text(OWN, encoding="utf-8")

    contract, problems = check(tmp_path)

    assert contract is None
    assert problem in "; ".join(map(str, problems))


def test_a_bad_table_of_states_is_refused_by_line(tmp_path: Path) -> None:
    head = "contract: C\nparties: {provider: P, payer: Q}\neffective: 2025-01-01\nterms: [{name: T, pay: nothing}]\n"
    (tmp_path / "contract.yaml").write_text(f"{head}rules: {{prompt_pay: {{state: TX, table: o.csv}}}}\n", "utf-8")
    (tmp_path / "o.csv").write_text("state,days,percent,per\nTX,thirty,12,week\nTX,30,,\n", encoding="utf-8")

    _, problems = check(tmp_path)

    said = [str(problem) for problem in problems if problem.file == "o.csv"]
    assert said == [
        "o.csv:2: days: 'thirty' is not a whole number; correct the cell",
        "o.csv:2: per: 'week' is not year or month or once; correct the cell",
        "o.csv:3: percent: '' is not a percentage, or empty where an index is named; correct the cell",
    ]
