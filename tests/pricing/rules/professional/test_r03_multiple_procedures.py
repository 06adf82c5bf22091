"""R3: several procedures of one day, ranked and cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TERMS = """\
terms:
  - {name: Surgery, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules: {lesser_of: none, modifiers: {"80": 20%}, escalator: none, multiple_procedures: RANKING}
"""
FEES = "code,amount\n27447,1257.63\n20680,414.04\n11012,403.36\n29880,100.00\n29881,50.00\n"
Make = Callable[..., Any]
Price = Callable[..., Any]


def _ranked(ranking: str) -> str:
    return TERMS.replace("RANKING", ranking)


def test_three_surgeries_at_100_50_50(contract_of: Make, prices: Price) -> None:
    """1,257.63 + 207.02 + 201.68 = 1,666.33, each line rounded before summing."""
    contract = contract_of(_ranked("{percent: [100, 50, 50]}"), fees=FEES)
    priced = prices(contract, {"code": "20680"}, {"code": "11012"}, {"code": "27447"})
    assert priced.amounts == ["207.02", "201.68", "1257.63"]
    assert priced.total == "1666.33"


def test_the_last_percentage_repeats(contract_of: Make, prices: Price) -> None:
    """100/50/25, the commercial variant: a fourth procedure is paid at 25 % as well."""
    contract = contract_of(_ranked("{percent: [100, 50, 25]}"), fees=FEES)
    priced = prices(contract, *({"code": code} for code in ("27447", "20680", "29880", "29881")))
    assert priced.amounts == ["1257.63", "207.02", "25.00", "12.50"]


def test_a_single_procedure_is_not_cut(contract_of: Make, prices: Price) -> None:
    contract = contract_of(_ranked("{percent: [100, 50]}"), fees=FEES)
    assert prices(contract, {"code": "20680"}).amounts == ["414.04"]


def test_units_are_cut_from_the_second_where_each_takes_a_rank(contract_of: Make, prices: Price) -> None:
    """Three units of 100.00 beside 1,257.63: second, third and fourth rank. 50.00 + 25.00 + 25.00."""
    contract = contract_of(_ranked("{percent: [100, 50, 25], units: each}"), fees=FEES)
    priced = prices(contract, {"code": "29880", "units": 3}, {"code": "27447"})
    assert priced.amounts == ["100.00", "1257.63"]
    assert str(priced.lines[0].reduction_amount) == "-200.00"
    alone = prices(contract, {"code": "29880", "units": 3})
    assert alone.amounts == ["175.00"]


def test_a_line_is_one_procedure_whatever_its_units_unless_stated(contract_of: Make, prices: Price) -> None:
    contract = contract_of(_ranked("{percent: [100, 50]}"), fees=FEES)
    assert prices(contract, {"code": "29880", "units": 3}).amounts == ["300.00"]


def test_a_claim_of_two_days_is_ranked_by_day_or_as_a_whole(contract_of: Make, prices: Price) -> None:
    lines = ({"code": "27447", "date": "2025-03-01"}, {"code": "29880", "date": "2025-03-02"})
    by_day = contract_of(_ranked("{percent: [100, 50]}"), fees=FEES)
    assert prices(by_day, *lines).total == "1357.63"
    by_claim = contract_of(_ranked("{percent: [100, 50], scope: claim}"), fees=FEES)
    assert prices(by_claim, *lines).total == "1307.63"


def test_assistants_are_ranked_apart_from_the_surgeon(contract_of: Make, prices: Price) -> None:
    """The assistant's 20 % of 1,257.63 is 251.53 and first of its own; among the surgeon's it would be second."""
    lines = ({"code": "20680"}, {"code": "27447", "modifiers": ["80"]})
    apart = contract_of(_ranked("{percent: [100, 50]}"), fees=FEES)
    assert prices(apart, *lines).amounts == ["414.04", "251.53"]
    together = contract_of(_ranked("{percent: [100, 50], apart: none}"), fees=FEES)
    assert prices(together, *lines).amounts == ["414.04", "125.77"]


def test_codes_are_ranked_by_their_indicator_and_relative_value(contract_of: Make, prices: Price) -> None:
    """Values 30.00 before 20.00, whatever the fees; a code of indicator 0 and one of none are not ranked."""
    fees = (
        "code,amount,mult proc,facility rvu,office rvu\n"
        "27447,1257.63,2,20.00,45.00\n20680,414.04,3,30.00,40.00\n11012,403.36,0,50,50\n29880,100.00,,,\n"
    )
    contract = contract_of(_ranked("{percent: [100, 50], indicator: [2, 3], order: rvu}"), fees=fees)
    lines = [{"code": code, "setting": "facility"} for code in ("27447", "20680", "11012", "29880")]
    assert prices(contract, *lines).amounts == ["628.82", "414.04", "403.36", "100.00"]
    office = [line | {"setting": "office"} for line in lines]
    assert prices(contract, *office).amounts == ["1257.63", "207.02", "403.36", "100.00"]


def test_a_line_falls_under_the_first_of_several_rankings(contract_of: Make, prices: Price) -> None:
    """29880 and 29881 rank among themselves at 100/25; the others at 100/50."""
    first = "{name: Knees, for: {codes: 29880-29881}, percent: [100, 25]}"
    contract = contract_of(_ranked(f"[{first}, {{percent: [100, 50]}}]"), fees=FEES)
    priced = prices(contract, *({"code": code} for code in ("27447", "20680", "29880", "29881")))
    assert priced.amounts == ["1257.63", "207.02", "100.00", "12.50"]
