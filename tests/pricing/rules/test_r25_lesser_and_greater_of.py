"""R25: the lesser and the greater of rate and charge by line, by a group of named terms, and by claim.

Vector: rates and charges (100, 80), (50, 90): by line 80 + 50 = 130; by claim min(150, 170) = 150.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

TERMS = """
terms:
  - {name: First, for: {codes: "11111"}, pay: {amount: 100}}
  - {name: Second, for: {codes: "22222"}, pay: {amount: 50}}
  - {name: Third, for: {codes: "33333"}, pay: {amount: 70}}
rules:
"""
TWO = '[{code: "11111", charge: 80}, {code: "22222", charge: 90}]'
THREE = '[{code: "11111", charge: 80}, {code: "22222", charge: 30}, {code: "33333", charge: 500}]'
CASE = "cases:\n  - {{lines: {lines}, allowed: {allowed}}}\n"


def _limit(level: str, side: str, scope: str = "") -> str:
    return f"  limits: [{{name: Charges, level: {level}, {side}: {{percent_of_charges: 100}}{scope}}}]\n"


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ("  lesser_of: {level: line}\n", 130),
        ("  lesser_of: {level: claim}\n", 150),
        (_limit("line", "at_most"), 130),
        (_limit("claim", "at_most"), 150),
        (_limit("line", "at_least"), 190),  # 100 + 90
        (_limit("claim", "at_least"), 170),
    ],
)
def test_by_line_and_by_claim(worked: Callable[..., Any], rule: str, allowed: int) -> None:
    worked(TERMS + rule + CASE.format(lines=TWO, allowed=allowed))


@pytest.mark.parametrize(
    ("rule", "kinds", "allowed"),
    [
        # rates 100 + 50 against charges 80 + 30; the third term's 70 stand
        (_limit("group", "at_most", ", terms: [First, Second]"), ["lesser of"], 180),
        # 50 + 70 against 30 + 500
        (_limit("group", "at_least", ", terms: [Second, Third]"), ["greater of"], 630),
        (_limit("group", "at_most", ", for: {codes: 11111-22222}"), ["lesser of"], 180),
    ],
)
def test_by_group(worked: Callable[..., Any], rule: str, kinds: list[str], allowed: int) -> None:
    (priced,) = worked(TERMS + rule + CASE.format(lines=THREE, allowed=allowed))

    assert [row.kind for row in priced.adjustments] == kinds


def test_the_first_limit_that_covers_a_line_holds_it(worked: Callable[..., Any]) -> None:
    rule = """
  limits:
    - {name: Narrow, level: line, terms: First, at_most: {percent_of_charges: 50}}
    - {name: Wide, level: line, at_most: {percent_of_charges: 100}}
"""
    (priced,) = worked(TERMS + rule + CASE.format(lines=TWO, allowed=90))  # 40 + 50

    assert [(row.name, row.amount) for row in priced.adjustments] == [("Narrow", -60)]


def test_a_term_that_is_not_there_is_refused(worked: Callable[..., Any]) -> None:
    with pytest.raises(AssertionError, match="limits: there is no term 'Fist'; did you mean 'First'"):
        worked(TERMS + _limit("group", "at_most", ", terms: Fist") + CASE.format(lines=TWO, allowed=1))


def test_stop_loss_does_not_lift_a_claim_above_its_charges(worked: Callable[..., Any]) -> None:
    """Rate 150 of charges 170; the stop-loss would add 85, and the claim is held to 170."""
    rules = """
  lesser_of: {level: claim}
  stop_loss: [{name: High, when: {charges_over: 10}, pay: {percent: 50, of: charges}, effect: in addition}]
"""
    (priced,) = worked(TERMS + rules + CASE.format(lines=TWO, allowed=170))

    assert [(row.kind, row.amount) for row in priced.adjustments] == [("stop-loss", 85), ("lesser of", -65)]
