"""Terms and rules as one would say them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.contracts import read_contract
from evenhand.contracts.words import rules_words, term_words

Folder = Callable[..., Path]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "for: {codes: 99202-99215, not: {modifiers: GT}}, pay: {percent_of: rates.csv, year: 2024, percent: 128}",
            "codes 99202–99215, not modifier GT: 128% of rates.csv, rates of 2024-01-01",
        ),
        (
            "pay: {percent_of: rates.csv, rates_of: date of service, percent: 97.5}",
            "everything: 97.5% of rates.csv, rates of the day of service",
        ),
        ("for: {codes: on schedule}, pay: {fee_schedule: rates.csv}", "codes on the schedule: the rate in rates.csv"),
        (
            "for: {drg: [469, 470, 521-522]}, per: case, pay: {amount: 24500}, except: Visits",
            "DRGs 469, 470 or 521–522: $24,500.00 per case; Visits paid in addition",
        ),
        (
            "for: {revenue_codes: 0275-0278, charge_over: 1000}, pay: {percent_of_charges: 38}, carve_out: yes",
            "revenue codes 0275–0278, charge over $1,000.00: 38% of charges; in addition to any case or day rate",
        ),
        (
            "for: {bill_type: 11x, age: 0-17, length_of_stay: 3-}, per: case, pay: {percent_of_charges: 60}",
            "type of bill 11x, age 0–17, length of stay 3 or more: 60% of charges of the whole claim",
        ),
        (
            "for: {diagnosis: [M17, S72.0], setting: facility, charge_at_least: 5, charge_up_to: 9}, pay: nothing",
            "diagnoses M17 or S720, setting facility, charge from $5.00 up to $9.00: nothing",
        ),
        ("for: {not: {product: EPO}}, per: line, pay: {amount: 12}", "everything, not product EPO: $12.00 per line"),
    ],
)
def test_a_term_in_words(folder: Folder, base: str, said: str, words: str) -> None:
    text = base + f"  - {{name: Said, {said}}}\n"

    assert term_words(read_contract(folder(text)).versions[0].terms[3]) == words


def test_rules_in_words(folder: Folder, base: str) -> None:
    rules = """\
rules:
  lesser_of: line
  multiple_procedures: {percent: [100, 50, 25]}
  modifiers: {"50": 150%, AS: 13.6}
  escalator: {every: 18 months, percent: 2.5, applies_to: [fee_schedule, case, day]}
"""
    version = read_contract(folder(base + rules)).versions[0]

    assert rules_words(version.rules) == {
        "lesser_of": "never more than the charge, line by line",
        "multiple_procedures": ("codes 10004–69990, ranked by fee within claim and day: 100%, 50%, 25% from then on"),
        "modifiers": "50 at 150%, AS at 13.6%",
        "escalator": "2.5% every 18 months from 2025-01-01, on fee schedules, case rates and day rates",
    }


def test_rules_that_do_not_hold_say_so(folder: Folder) -> None:
    assert list(rules_words(read_contract(folder()).versions[0].rules).values()) == [
        "none: the rate is paid even above the charge",
        "none: each procedure is paid in full",
        "none",
        "none",
    ]


def test_several_rankings_in_words(folder: Folder, base: str) -> None:
    first = '{name: Scopes, for: {codes: 45378-45398}, percent: [100, 50], families: {"45378": 45379-45398}}'
    said = f"rules: {{multiple_procedures: [{first}, {{indicator: 2, percent: 100, families: endo_base}}]}}\n"
    words = rules_words(read_contract(folder(base + said)).versions[0].rules)["multiple_procedures"]
    assert words == (
        "Scopes: codes 45378–45398, ranked by fee within claim and day: 100%, 50% from then on; "
        "endoscopies in families (45378: 45379-45398), each ranked as one · "
        "everything whose multiple indicator is 2, ranked by fee within claim and day: 100% from then on; "
        "endoscopies in families (by the base code in the table), each ranked as one"
    )


def test_rankings_of_parts_in_words(folder: Folder, base: str) -> None:
    parts = "{technical: [100, 50], practice_expense: reduced}"
    said = f"rules: {{multiple_procedures: {{name: Imaging, indicator: 4, parts: {parts}}}}}\n"
    words = rules_words(read_contract(folder(base + said)).versions[0].rules)["multiple_procedures"]
    assert words == (
        "Imaging: everything whose multiple indicator is 4, ranked by technical and practice expense part each by "
        "itself within claim and day: technical 100%, 50% from then on; "
        "practice expense in full once, else at the reduced amount"
    )


def test_stop_loss_in_words(folder: Folder, base: str) -> None:
    rule = (
        "{name: High cost, for: {drg: 470}, when: {any: [{charges_over: 150000}, {days_over: 20}]}, "
        "pay: {percent: 60, of: charges, lesser_with: {per_day: 1200, of: all days}, maximum: 90000}, effect: instead, "
        "carve_outs: {count: no, replaced: yes}, escalates: no, maximum: {percent_of_charges: 80}}"
    )
    rules = read_contract(folder(f"{base}rules: {{stop_loss: [{rule}]}}")).versions[0].rules
    assert rules_words(rules)["stop_loss"] == (
        "High cost (DRG 470): when charges exceed $150,000.00, or the stay exceeds 20 days, the lesser of 60% of "
        "charges and $1,200.00 for each day (at most $90,000.00) instead of the rate; "
        "charges of carve-outs do not count; "
        "carve-outs not paid besides; its dollars do not rise with the escalator; "
        "the claim is paid at most 80% of charges"
    )
