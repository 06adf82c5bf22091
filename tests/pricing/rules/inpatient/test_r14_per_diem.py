"""Hospital days paid by level of care and by their place in the stay."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evenhand.contracts.words import term_words
from evenhand.errors import ContractError
from evenhand.pricing import explain_line

TERMS = """
terms:
  - name: Inpatient days
    for: {{bill_type: 11x}}
    per: day
    pay:
      levels:
        - {{name: Intensive care, revenue_codes: 020x, amount: 3100}}
        - {{name: Medical and surgical, revenue_codes: [011x, 012x], days: 1-3, amount: 2100}}
        - {{name: Medical and surgical, revenue_codes: [011x, 012x], days: 4-, amount: 1650}}
        - {{name: Step-down, revenue_codes: 0206, amount: 2500}}
      count: {count}
    except: Drugs
  - {{name: Drugs, for: {{revenue_codes: 0636}}, pay: {{percent_of_charges: 30}}}}
  - {{name: Anything else, pay: {{percent_of_charges: 45}}}}
rules: {{lesser_of: none}}
"""


def days(code: str, units: int, charge: str = "5000.00") -> dict[str, Any]:
    return {"revenue_center_code": code, "units": units, "charge_amount": Decimal(charge)}


STAY = (days("0200", 2), days("0120", 5), days("0250", 40), days("0636", 1, "1000.00"))


@pytest.mark.parametrize(
    ("count", "price"),
    [
        # 2 × 3,100 + 3 × 2,100 + 2 × 1,650
        ("level", "15800.00"),
        # the ward's days are the 3rd to the 7th of the stay: 2 × 3,100 + 1 × 2,100 + 4 × 1,650
        ("stay", "14900.00"),
    ],
)
def test_days_by_level(written: Any, claim: Any, both: Any, count: str, price: str) -> None:
    priced = both(written(TERMS.format(count=count)), claim(*STAY, bill_type_code="111"))
    assert [str(line.expected_amount) for line in priced.lines] == [price, "0.00", "0.00", "300.00"]
    assert priced.lines[0].units == 7
    row = {name: getattr(priced.lines[0], name) for name in priced.lines[0].__dataclass_fields__}
    assert explain_line(row).arithmetic == f"7 days by level of care = ${Decimal(price):,}"


def test_the_first_level_that_names_a_code_pays_it(written: Any, claim: Any, both: Any) -> None:
    priced = both(written(TERMS.format(count="level")), claim(days("0206", 1), days("0120", 1), bill_type_code="111"))
    assert str(priced.expected_amount) == "5200.00"


def test_a_room_no_level_names_goes_to_the_terms_by_line(written: Any, claim: Any, both: Any) -> None:
    priced = both(
        written(TERMS.format(count="level")), claim(*STAY, days("0128", 3), days("0183", 1), bill_type_code="111")
    )
    # rehabilitation is inside 012x; leave of absence is named by no level: 45 % of 5,000.00
    assert [line.term for line in priced.lines][-2:] == ["Inpatient days", "Anything else"]
    assert str(priced.lines[-1].expected_amount) == "2250.00"


def test_a_claim_without_a_day_of_any_level_is_not_covered(written: Any, claim: Any, both: Any) -> None:
    priced = both(written(TERMS.format(count="level")), claim(days("0250", 1), bill_type_code="111"))
    assert (priced.claim_term, str(priced.expected_amount)) == (None, "2250.00")


def test_tiers_of_the_stay_without_revenue_codes(written: Any, claim: Any, both: Any) -> None:
    text = """
    terms:
      - name: Days
        per: day
        pay: {levels: [{days: 1, amount: 3000}, {days: 2-3, amount: 2000}, {days: 4-, amount: 1200.50}]}
      - {name: Anything else, pay: {percent_of_charges: 45}}
    rules: {escalator: {every: 1 year, percent: 10, applies_to: day, from: 2024-01-01}}
    """
    stay = claim(days("0120", 1), admission_date="2025-03-01", discharge_date="2025-03-07")
    # 3,300 + 2 × 2,200 + 3 × 1,320.55
    assert str(both(written(text), stay).expected_amount) == "11661.65"


def test_the_levels_in_words(written: Any) -> None:
    (term, *_) = written(TERMS.format(count="stay")).versions[0].terms
    assert term_words(term) == (
        "type of bill 11x: per day, Intensive care at $3,100.00; Medical and surgical, days 1–3 at $2,100.00; "
        "Medical and surgical, from day 4 at $1,650.00; Step-down at $2,500.00; days counted by stay; "
        "Drugs paid in addition"
    )


@pytest.mark.parametrize(
    ("levels", "count", "told"),
    [
        (
            "[{revenue_codes: 0120, days: 1-3, amount: 1}]",
            "level",
            "no level pays day 4 and later of revenue code 0120",
        ),
        ("[{days: 3-, amount: 1}, {days: 1, amount: 2}]", "level", "no level pays days 2 to 2"),
        ("[{revenue_codes: 0120, amount: 1}, {amount: 2}]", "level", "only some levels name revenue codes"),
        ("[]", "level", "levels lists nothing"),
        ("[{days: 3-1, amount: 1}]", "level", "days: '3-1' is no range of days"),
    ],
)
def test_what_is_refused(written: Any, levels: str, count: str, told: str) -> None:
    with pytest.raises(ContractError, match=told):
        written(f"terms: [{{name: Days, per: day, pay: {{levels: {levels}, count: {count}}}}}]")


def test_what_days_are_counted_within_must_be_said(written: Any) -> None:
    text = "[{revenue_codes: 0120, days: 1-3, amount: 2}, {revenue_codes: 0120, days: 4-, amount: 1}]"
    with pytest.raises(ContractError, match="add 'count: stay' or 'count: level'"):
        written(f"terms: [{{name: Days, per: day, pay: {{levels: {text}}}}}]")
