"""R4: endoscopies of one family: the highest in full, the others without their base, and the family ranked as one.

Amounts are those of the national Medicare fee schedule of 2025, in a facility.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from evenhand.contracts import check
from evenhand.pricing.explain import explain_line

Make = Callable[..., Any]
Price = Callable[..., Any]
CODES = ("45380", "45385", "45378")
CONTRACT = """\
terms:
  - {name: Surgery, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules:
  lesser_of: none
  escalator: none
  modifiers: {"50": 150%, "53": 50%}
  multiple_procedures: {percent: [100, 50], FAMILIES}
"""
FEES = """\
code,amount,mult proc,endo base
45385,242.92,3,45378
45380,192.79,3,45378
45378,177.26,2,
43249,147.18,3,43235
43239,132.62,3,43235
43235,118.06,2,
27447,1257.63,2,
29881,160.00,2,
"""
BY_TABLE, STATED = "families: endo_base", 'families: {"45378": 45379-45398, "43235": [43239, 43249]}'


def _lines(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code} for code in codes]


@pytest.fixture(params=[BY_TABLE, STATED], ids=["by the table", "stated"])
def contract(request: pytest.FixtureRequest, contract_of: Make) -> Any:
    return contract_of(CONTRACT.replace("FAMILIES", request.param), fees=FEES)


def test_the_highest_in_full_the_others_without_the_base(contract: Any, prices: Price) -> None:
    """242.92 + (192.79 − 177.26); the base, billed too, is part of both."""
    priced = prices(contract, *_lines("45380", "45385", "45378"))
    assert priced.amounts == ["15.53", "242.92", "0.00"]
    assert priced.total == "258.45"
    assert [line.procedure_rank for line in priced.lines] == [1, 1, 1]
    assert [str(line.reduction) for line in priced.lines] == ["family 45378", "None", "family 45378"]


def test_a_second_family_ranks_as_a_whole(contract: Any, prices: Price) -> None:
    """258.45 first; 147.18 + (132.62 − 118.06) = 161.74 at half: 73.59 + 7.28, each line rounded. 339.32 in all."""
    priced = prices(contract, *_lines("45385", "45380", "45378", "43249", "43239"))
    assert priced.amounts == ["242.92", "15.53", "0.00", "73.59", "7.28"]
    assert priced.total == "339.32"


def test_what_a_family_comes_to_competes_with_surgery(contract: Any, prices: Price) -> None:
    """161.74 of the family goes before 160.00, though its highest is 147.18; neither goes before 1,257.63."""
    priced = prices(contract, *_lines("29881", "43239", "43249", "27447"))
    assert priced.amounts == ["80.00", "7.28", "73.59", "1257.63"]
    assert [line.procedure_rank for line in priced.lines] == [3, 2, 2, 1]


def test_a_base_with_one_of_its_family(contract: Any, prices: Price) -> None:
    assert prices(contract, *_lines("45378", "45380")).amounts == ["0.00", "192.79"]


def test_a_line_alone_is_a_procedure_like_any_other(contract: Any, prices: Price) -> None:
    assert prices(contract, *_lines("45378", "43239")).amounts == ["177.26", "66.31"]
    assert prices(contract, *_lines("45378", "45378")).amounts == ["177.26", "88.63"]


def test_units_and_modifiers_take_the_base_with_them(contract: Any, prices: Price) -> None:
    """Two units of both: (192.79 − 177.26) × 2. Both sides of both: 289.19 − 265.89. Broken off: 96.40 − 88.63."""
    twice = [line | {"units": 2} for line in _lines("45385", "45380")]
    assert prices(contract, *twice).amounts == ["485.84", "31.06"]
    both = [line | {"modifiers": ["50"]} for line in _lines("45385", "45380")]
    assert prices(contract, *both).amounts == ["364.38", "23.30"]
    assert prices(contract, {"code": "45385"}, {"code": "45380", "modifiers": ["53"]}).amounts == ["242.92", "7.77"]


def test_the_highest_line_is_first_whatever_makes_it_so(contract: Any, prices: Price) -> None:
    """Two units of 192.79 are more than 242.92, of which 65.66 goes beyond the base."""
    assert prices(contract, {"code": "45385"}, {"code": "45380", "units": 2}).amounts == ["65.66", "385.58"]


def test_families_of_two_days_are_apart(contract: Any, prices: Price) -> None:
    lines = ({"code": "45385", "date": "2025-03-01"}, {"code": "45380", "date": "2025-03-02"})
    assert prices(contract, *lines).amounts == ["242.92", "192.79"]


def test_a_base_without_a_rate_takes_nothing_and_is_a_gap(contract_of: Make, prices: Price) -> None:
    fees = FEES.replace("45378,177.26,2,\n", "")
    contract = contract_of(CONTRACT.replace("FAMILIES", BY_TABLE), fees=fees)
    assert prices(contract, *_lines("45385", "45380")).amounts == ["242.92", "192.79"]
    assert _gaps(contract) == [
        "fees.csv: fees.csv has no rate for 45378, the base of 45380 and 1 more; "
        "give its rate; until then nothing is taken from its family"
    ]


def test_families_of_no_code_are_a_gap(contract_of: Make) -> None:
    contract = contract_of(CONTRACT.replace("FAMILIES", BY_TABLE), fees="code,amount\n45385,242.92\n")
    assert _gaps(contract) == [
        "contract.yaml: rules pay endoscopies in families, but no code with a rate belongs to one; "
        "give the table a column 'endo base', or name the families"
    ]


def _gaps(contract: Any) -> list[str]:
    return [str(gap) for gap in check(contract.folder)[1] if "base" in str(gap)]


SETTINGS = """\
code,setting,amount,endo base
45385,,242.92,45378
45380,,192.79,45378
45378,facility,177.26,
45378,office,327.67,
"""


def test_the_base_is_taken_at_the_share_and_setting_of_the_line(contract_of: Make, prices: Price) -> None:
    """110 % of 192.79 is 212.07, of 177.26 in a facility 194.99: 17.08 are left. In an office the base is 327.67."""
    by_share = "{percent_of: fees.csv, rates_of: date of service, percent: 110}"
    text = CONTRACT.replace("FAMILIES", BY_TABLE).replace("{fee_schedule: fees.csv}", by_share)
    contract = contract_of(text, fees=SETTINGS)
    lines = [line | {"setting": "facility"} for line in _lines("45385", "45380")]
    assert prices(contract, *lines).amounts == ["267.21", "17.08"]
    office = [line | {"setting": "office"} for line in lines]
    assert prices(contract, *office).amounts == ["267.21", "0.00"]


def test_the_price_says_what_was_taken(contract: Any, prices: Price) -> None:
    priced = prices(contract, *_lines("27447", "45380", "45385", "45378"))
    rows = [asdict(line) | {"hcpcs_code": code} for line, code in zip(priced.lines[1:], CODES, strict=True)]
    assert [explain_line(row).arithmetic for row in rows] == [
        "$192.79 × 1 unit = $192.79; $177.26 less for 45378, the base of its family = $15.53 × 50 % (2nd procedure)"
        " = $7.77",
        "$242.92 × 1 unit × 50 % (2nd procedure) = $121.46",
        "$177.26 × 1 unit = $177.26; $177.26 less, because it is part of the others of its family = $0.00",
    ]
