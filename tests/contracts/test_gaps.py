"""What a contract leaves open is said, as warnings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evenhand.contracts import check

Folder = Callable[..., Path]
TODAY = date(2025, 6, 1)
RULES = "rules: {lesser_of: none, multiple_procedures: none, modifiers: none, escalator: none}\n"


def _warnings(place: Path, today: date = TODAY) -> list[str]:
    contract, problems = check(place, today=today)
    assert contract is not None
    assert {problem.severity for problem in problems} <= {"warning"}
    return [str(problem) for problem in problems]


def test_a_contract_that_says_everything_gives_no_warning(folder: Folder, base: str) -> None:
    assert _warnings(folder(base + RULES)) == []


def test_silent_rules(folder: Folder) -> None:
    assert _warnings(folder()) == [
        "contract.yaml:1: rules do not say whether charges below the rate limit it; "
        "add 'lesser_of:' under rules, or 'lesser_of: none'",
        "contract.yaml:1: rules do not say how several procedures of one day are paid; "
        "add 'multiple_procedures:' under rules, or 'multiple_procedures: none'",
        "contract.yaml:1: rules do not say what modifiers do to a rate; "
        "add 'modifiers:' under rules, or 'modifiers: none'",
        "contract.yaml:1: rules do not say whether rates rise by themselves; "
        "add 'escalator:' under rules, or 'escalator: none'",
    ]


def test_a_rule_an_amendment_brings_is_not_silent(folder: Folder, base: str) -> None:
    amendment = "amendment: A\nsigned: 2025-01-01\neffective: 2026-01-01\nrules: {lesser_of: line}\n"
    place = folder(base + RULES.replace("lesser_of: none, ", ""), {"amendments/a.yaml": amendment})

    assert _warnings(place) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", "    for: {codes: 99213}\n"),
        ("    for: {codes: 99202-99215}\n", "    for: {codes: [99213, 99215]}\n"),
        ("    for: {codes: 99202-99215}\n", "    for: {codes: 99213, modifiers: 25}\n"),
        ("    for: {charge_over: 100}\n", "    for: {charge_over: 500}\n"),
        ("    for: {age: 65-}\n", "    for: {age: 70-80}\n"),
        ("    for: {diagnosis: M17}\n", "    for: {diagnosis: M17.11}\n"),
        ("    for: {not: {modifiers: 26}}\n", "    for: {not: {modifiers: [26, TC]}}\n"),
    ],
)
def test_a_term_that_is_never_reached(folder: Folder, base: str, first: str, second: str) -> None:
    terms = f"  - name: Wide\n{first}    pay: {{amount: 10}}\n  - name: Narrow\n{second}    pay: {{amount: 20}}\n"
    text = base.split("  - name: Visits")[0] + terms + "  - {name: Rest, pay: {percent_of_charges: 40}}\n" + RULES

    assert any(
        "'Narrow' is never reached: 'Wide' before it covers all it covers" in one for one in _warnings(folder(text))
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("    for: {codes: 99202-99215}\n", "    for: {codes: 99202-99220}\n"),
        ("    for: {codes: 99213, modifiers: 25}\n", "    for: {codes: 99213}\n"),
        ("    for: {charge_over: 500}\n", "    for: {charge_at_least: 500}\n"),
        ("    for: {not: {modifiers: [26, TC]}}\n", "    for: {not: {modifiers: 26}}\n"),
        ("    for: {drg: 470}\n    per: case\n", "    for: {drg: 470}\n"),
    ],
)
def test_a_term_that_is_reached(folder: Folder, base: str, first: str, second: str) -> None:
    terms = f"  - name: Wide\n{first}    pay: {{amount: 10}}\n  - name: Narrow\n{second}    pay: {{amount: 20}}\n"
    text = base.split("  - name: Visits")[0] + terms + "  - {name: Rest, pay: {percent_of_charges: 40}}\n" + RULES

    assert _warnings(folder(text)) == []


def test_a_schedule_wins_only_where_it_has_a_rate(folder: Folder, base: str) -> None:
    text = base.replace("    for: {codes: 99202-99215}\n", "").replace(
        "for: {drg: 470}\n    per: case", "for: {codes: 99214}"
    )

    assert _warnings(folder(text + RULES)) == []


def test_nothing_covers_the_rest(folder: Folder, base: str) -> None:
    text = base.replace("  - name: Anything else\n    pay: {percent_of_charges: 45}\n", RULES)

    assert _warnings(folder(text)) == [
        "contract.yaml: no term covers what the others leave; such lines are priced 'no term'; "
        "add a last term without 'for:' if the contract has a default"
    ]


@pytest.mark.parametrize(
    ("pay", "warning"),
    [
        (
            "{percent_of: rates.csv, percent: 120}",
            "contract.yaml:8: percent_of does not say which rates; "
            "add 'year: 2025', or 'rates_of: date of service' to roll",
        ),
        (
            "{percent_of: rates.csv, percent: 0.45, year: 2025}",
            "contract.yaml:8: 'Visits' pays less than one percent; write 45 for 45 %, not 0.45",
        ),
    ],
)
def test_what_a_percentage_leaves_open(folder: Folder, base: str, pay: str, warning: str) -> None:
    assert _warnings(folder(base.replace("{fee_schedule: rates.csv}", pay) + RULES)) == [warning]


def test_rates_that_end_too_soon_and_a_year_without_rates(folder: Folder, base: str) -> None:
    table = {"rates.csv": "code,rate,from,to\n99213,90,2025-01-01,2025-12-31\n"}
    pinned = base.replace("{fee_schedule: rates.csv}", "{percent_of: rates.csv, percent: 120, year: 2024}")

    assert _warnings(folder(base + RULES, table)) == [
        "rates.csv:2: rates of 1 code(s) end before the contract does, 99213 on 2025-12-31; "
        "the contract runs until 2026-12-31; give the later rates"
    ]
    assert _warnings(folder(pinned + RULES, table)) == [
        "contract.yaml:6: rates.csv has no rate on 2024-01-01, so 'Visits' prices nothing; "
        "check the year, or the dates in the table"
    ]


def test_a_schedule_no_term_uses(folder: Folder, base: str) -> None:
    text = base.replace("terms:", "schedules: {other: rates.csv}\nterms:").replace(
        "{fee_schedule: rates.csv}", "nothing"
    )

    assert _warnings(folder(text + RULES)) == [
        "contract.yaml: no term uses the schedule 'other'; drop it, or write the term that uses it"
    ]


@pytest.mark.parametrize(
    ("today", "dates", "warning"),
    [
        (
            date(2026, 10, 1),
            "renewal: {evergreen: 1 year, notice: 120 days}",
            "contract.yaml:5: the last day to give notice for 2026-12-31 was 2026-09-02; it renews on 2027-01-01",
        ),
        (
            date(2026, 10, 1),
            "renewal: {notice: 120 days}",
            "contract.yaml:5: the last day to give notice for 2026-12-31 was 2026-09-02; it ends on 2026-12-31",
        ),
        (
            date(2027, 2, 1),
            "products: [PPO]",
            "contract.yaml:4: the contract ended on 2026-12-31; amend it if it was extended",
        ),
    ],
)
def test_dates_gone_by(folder: Folder, base: str, today: date, dates: str, warning: str) -> None:
    assert _warnings(folder(base.replace("terms:", f"{dates}\nterms:") + RULES), today) == [warning]


def test_a_case_outside_the_contract(folder: Folder, base: str) -> None:
    cases = "cases:\n  - {code: 99213, date: 2024-12-31, allowed: 100}\n"

    assert _warnings(folder(base + RULES + cases)) == [
        "contract.yaml:17: the case of 2024-12-31 lies outside the contract and cannot be priced; "
        "the contract runs from 2025-01-01"
    ]


def test_an_offer_that_loses_what_an_escalator_added(folder: Folder, base: str) -> None:
    rules = "rules: {escalator: {every: 6 months, percent: 2, applies_to: [fee_schedule, case]}}\n"
    offer = "offer: O\neffective: 2026-01-01\nrules: {escalator: none}\n"
    place = folder(base + rules, {"offers/o.yaml": offer})

    assert _warnings(place / "offers/o.yaml") == [
        "o.yaml:3: the new escalator starts from the rates as stated: what the old one added to 'Visits', 'Stays' "
        "so far is lost; state these rates anew if that is not meant"
    ]


def test_a_provision_that_looks_misspelt_is_kept_and_doubted(folder: Folder, base: str) -> None:
    place = folder(base + RULES + "provisions: {timely_filling: 90 days, late_fee: 2%}\n")

    assert _warnings(place) == [
        "contract.yaml:16: 'timely_filling' is kept in provisions as it is; did you mean 'timely_filing'?"
    ]
