"""R26: floors and caps as shares of charges or in dollars, and the most a day is paid.

Vector: pay 900, charges 1,000, floor 40 %, cap 80 % → 800.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CONTRACT = """
terms:
  - {{name: Service, for: {{codes: "11111"}}, pay: {{amount: {rate}}}}}
  - {{name: Case, for: {{drg: 470}}, per: case, pay: {{amount: {rate}}}}}
rules:
  limits:
    - {limit}
cases:
  - {{claim: {claim}, lines: {lines}, allowed: {allowed}}}
"""
CLAMP = "{name: Clamp, level: claim, at_least: {percent_of_charges: 40}, at_most: {percent_of_charges: 80}}"
LINE = '[{code: "11111", charge: 1000}]'


@pytest.mark.parametrize(
    ("rate", "kinds", "allowed"),
    [
        (900, ["cap"], 800),
        ("800.01", ["cap"], 800),
        (800, [], 800),
        (400, [], 400),
        ("399.99", ["floor"], 400),
        (100, ["floor"], 400),
    ],
)
def test_a_claim_is_held_between_shares_of_its_charges(
    worked: Callable[..., Any], rate: Any, kinds: list[str], allowed: int
) -> None:
    (priced,) = worked(CONTRACT.format(rate=rate, limit=CLAMP, claim="{}", lines=LINE, allowed=allowed))

    assert [row.kind for row in priced.adjustments] == kinds


@pytest.mark.parametrize(
    ("limit", "allowed"),
    [
        ("{name: Both, level: claim, at_most: {percent_of_charges: 80, amount: 500}}", 500),
        ("{name: Both, level: claim, at_most: {percent_of_charges: 30, amount: 500}}", 300),
        ("{name: Both, level: claim, at_least: {percent_of_charges: 95, amount: 940}}", 950),
        ("{name: Both, level: claim, at_least: {percent_of_charges: 10, amount: 940}}", 940),
        ("{name: Against, level: claim, at_least: {amount: 950}, at_most: {amount: 500}}", 500),
        ("{name: Others, level: claim, for: {drg: 470}, at_most: {amount: 500}}", 900),
    ],
)
def test_dollars_and_shares(worked: Callable[..., Any], limit: str, allowed: int) -> None:
    worked(CONTRACT.format(rate=900, limit=limit, claim="{}", lines=LINE, allowed=allowed))


def test_the_most_a_day_is_paid(worked: Callable[..., Any]) -> None:
    """Two services of one day at 900 are held to 1,200; the one of the next day stands."""
    lines = ", ".join(f'{{code: "11111", charge: 1000, date: 2025-03-0{day}}}' for day in (1, 1, 2))
    limit = "{name: Daily, level: day, at_most: {amount: 1200}}"

    (priced,) = worked(CONTRACT.format(rate=900, limit=limit, claim="{}", lines=f"[{lines}]", allowed=2100))

    assert [(row.kind, row.amount) for row in priced.adjustments] == [("daily maximum", -600)]
    assert [line.expected_amount for line in priced.lines] == [300, 900, 900]


def test_a_day_s_most_leaves_a_case_alone(worked: Callable[..., Any]) -> None:
    limit = "{name: Daily, level: day, at_most: {amount: 200}}"
    claim = '{claim_type: institutional, drg: "470"}'
    worked(CONTRACT.format(rate=900, limit=limit, claim=claim, lines=LINE, allowed=900))


def test_a_case_is_held_to_the_charges_of_all_it_takes_in(worked: Callable[..., Any]) -> None:
    lines = '[{code: "22222", charge: 300}, {code: "33333", charge: 400}]'
    limit = "{name: Lines, level: line, at_most: {percent_of_charges: 100}}"
    claim = '{claim_type: institutional, drg: "470"}'
    worked(CONTRACT.format(rate=900, limit=limit, claim=claim, lines=lines, allowed=700))


def test_the_clamp_comes_after_stop_loss(worked: Callable[..., Any]) -> None:
    """100 and 80 % of 1,000 are 900; the cap holds them to 800."""
    rule = (
        f"{CLAMP}\n  stop_loss: [{{name: High, when: {{charges_over: 500}}, pay: {{percent: 80, of: charges}}, "
        "effect: in addition}]"
    )
    (priced,) = worked(CONTRACT.format(rate=100, limit=rule, claim="{}", lines=LINE, allowed=800))

    assert [(row.kind, row.amount) for row in priced.adjustments] == [("stop-loss", 800), ("cap", -100)]
