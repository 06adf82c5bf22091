"""R1: percentages of a schedule made of relative values, geographic factors and a conversion factor. A2: the cap."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import read_contract
from evenhand.contracts.workbook import export_workbook, import_workbook
from evenhand.errors import ContractError

Make = Callable[..., Any]
Price = Callable[..., Any]
MEDICARE = Path(__file__).resolve().parents[4] / "../shared/data/medicare/pfs"
NATIONAL = "gpci: {work: 1.0, pe: 1.0, mp: 1.0}, conversion_factor: 32.3465"
CONTRACT = """\
schedules: {medicare: {rvus: rvus.csv, FORMULA}}
terms:
  - {name: Visits, for: {codes: 99202-99215}, pay: {percent_of: medicare, year: 2025, percent: 115}}
  - {name: All else, for: {codes: on schedule}, pay: {percent_of: medicare, year: 2025, percent: 100}}
rules: {lesser_of: none, escalator: none, multiple_procedures: none, modifiers: none}
"""
RVUS = """\
HCPCS,MOD,STATUS CODE,WORK RVU,NON-FAC PE RVU,FACILITY PE RVU,MP RVU,MULT PROC
99213,,A,1.30,1.35,0.57,0.10,0
99080,,N,0.00,0.00,0.00,0.00,0
70553,,A,2.29,7.30,7.30,0.12,4
70553,TC,A,0.00,6.45,6.45,0.02,4
70553,26,A,2.29,0.85,0.85,0.10,4
"""


def _contract(formula: str = NATIONAL) -> str:
    return CONTRACT.replace("FORMULA", formula)


def test_facility_and_office_at_a_percentage_by_category(contract_of: Make, prices: Price) -> None:
    """2.75 × 32.3465 = 88.95 in an office, 1.97 × 32.3465 = 63.72 in a facility; each × 115 %."""
    contract = contract_of(_contract(), rvus=RVUS)
    visits = ({"code": "99213", "setting": setting} for setting in ("office", "facility"))
    assert prices(contract, *visits, {"code": "70553"}).amounts == ["102.29", "73.28", "314.08"]


def test_the_parts_of_imaging_make_the_whole(contract_of: Make, prices: Price) -> None:
    contract = contract_of(_contract(), rvus=RVUS)
    parts = prices(contract, *({"code": "70553", "modifiers": [one]} for one in ("26", "TC")))
    assert parts.amounts == ["104.80", "209.28"]
    assert parts.total == "314.08"


def test_geographic_factors_move_each_part(contract_of: Make, prices: Price) -> None:
    """Alabama: (1.30 × 1 + 1.35 × 0.869 + 0.10 × 0.575) × 32.3465 = 81.86, × 115 %."""
    formula = 'gpci: gpci.csv, locality: "10112-00", conversion_factor: 32.3465'
    gpci = "MAC,State,Locality,Name,PW,PE,MP\n10112,AL,00,ALABAMA,1,0.869,0.575\n"
    contract = contract_of(_contract(formula), rvus=RVUS, gpci=gpci)
    assert prices(contract, {"code": "99213", "setting": "office"}).amounts == ["94.14"]


def test_rounding_first_or_only_at_the_end(contract_of: Make, prices: Price) -> None:
    """88.952875 × 130 % is 115.64 either way it is cut; 63.722605 × 130 % is 82.84 from cents and 82.84 from more."""
    text = _contract(NATIONAL + ", rounding: none").replace("115}", "1000}")
    unrounded = contract_of(text, rvus=RVUS)
    assert prices(unrounded, {"code": "99213", "setting": "office"}).amounts == ["889.53"]
    rounded = contract_of(text.replace(", rounding: none", ""), rvus=RVUS)
    assert prices(rounded, {"code": "99213", "setting": "office"}).amounts == ["889.50"]


def test_a_code_without_a_price_is_never_zero(contract_of: Make, prices: Price) -> None:
    assert prices(contract_of(_contract(), rvus=RVUS), {"code": "99080"}).amounts == ["-"]


def test_factor_and_release_are_pinned_apart(contract_of: Make, prices: Price) -> None:
    """A factor that changes in the year, a release that changes later: each day has the pair in force."""
    formula = "gpci: {work: 1.0, pe: 1.0, mp: 1.0}, conversion_factor: [{amount: 30}, {amount: 40, from: 2025-03-09}]"
    text = _contract(formula).replace("rvus: rvus.csv", "rvus: [{file: rvus.csv}, {file: july.csv, from: 2025-07-01}]")
    text = text.replace("year: 2025, percent: 115", "rates_of: date of service, percent: 100")
    july = RVUS.replace("99213,,A,1.30", "99213,,A,1.40")
    contract = contract_of(text, rvus=RVUS, july=july)
    days = ("2025-03-08", "2025-03-09", "2025-07-01")
    lines = ({"code": "99213", "setting": "office", "date": day} for day in days)
    assert prices(contract, *lines).amounts == ["82.50", "110.00", "114.00"]


def test_a02_imaging_held_to_the_hospitals_amount(contract_of: Make, prices: Price) -> None:
    """TC 209.28 held to (5.00 + 0.02) × 32.3465 = 162.38; the whole to 162.38 + 104.80 = 267.18."""
    head, *rows = RVUS.splitlines()
    capped = [f"{head},OPPS OFFICE PE,OPPS FACILITY PE,OPPS MP", *(f"{row},0,0,0" for row in rows)]
    capped = [row.replace("6.45,6.45,0.02,4,0,0,0", "6.45,6.45,0.02,4,5.00,5.00,0.02") for row in capped]
    lines = [{"code": "70553", "modifiers": said} for said in ([], ["TC"], ["26"])]
    for cap, paid in (("yes", ["267.18", "162.38", "104.80"]), ("no", ["314.08", "209.28", "104.80"])):
        contract = contract_of(_contract(f"{NATIONAL}, opps_cap: {cap}"), rvus="\n".join(capped))
        assert prices(contract, *lines).amounts == paid


def test_what_is_missing_is_said(contract_of: Make) -> None:
    with pytest.raises(ContractError, match="needs a locality"):
        contract_of(_contract("gpci: rvus.csv, conversion_factor: 32.3465"), rvus=RVUS)
    with pytest.raises(ContractError, match="no heading names codes with their work"):
        contract_of(_contract(), rvus="code,amount\n99213,88.95\n")


def test_it_survives_a_workbook(contract_of: Make, tmp_path: Path) -> None:
    contract = contract_of(_contract(), rvus=RVUS)
    export_workbook(contract.folder, tmp_path / "contract.xlsx")
    assert import_workbook(tmp_path / "contract.xlsx", tmp_path / "after").versions == contract.versions


@pytest.mark.skipif(not MEDICARE.exists(), reason="the published Medicare files are not beside the repository")
def test_published_amounts_of_alabama(tmp_path: Path) -> None:
    """125 of 127 published amounts, both settings; two codes had their values changed after January."""
    for file in ("PPRRVU2025_Oct.csv", "GPCI2025.csv"):
        (tmp_path / file).write_bytes((MEDICARE / "rvu25d" / file).read_bytes())
    formula = 'gpci: GPCI2025.csv, locality: "10112-00", conversion_factor: 32.3465, opps_cap: yes'
    text = _contract(formula).replace("rvus.csv", "PPRRVU2025_Oct.csv")
    head = "contract: Test\nparties: {provider: A practice, payer: A payer}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(head + text)
    rates = read_contract(tmp_path).versions[0].schedules["medicare"].rates
    found = {(rate.code, rate.modifier, rate.setting): rate.amount for rate in rates}
    wrong = set()
    with (MEDICARE / "truth" / "PFAL25A_sample.csv").open() as truth:
        for row in csv.DictReader(truth):
            code, modifier = row["hcpcs"], row["mod"].strip()
            for setting, amount in (("office", row["nonfac"]), ("facility", row["fac"])):
                ours = found.get((code, modifier, setting), found.get((code, modifier, "")))
                wrong |= set() if ours == Decimal(amount) else {code}
    assert wrong == {"0446T", "0448T"}
