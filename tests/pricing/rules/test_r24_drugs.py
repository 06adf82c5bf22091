"""R24: drugs by units of another size, by the quarter of their price, or by a share of charges above a threshold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from evenhand.contracts.nodes import Log
from evenhand.contracts.ratetable import read_rate_table

Worked = Callable[..., list[Any]]
TERMS = """\
schedules: {own drugs: own.csv, asp: asp.csv}
terms:
  - name: Costly drugs
    for: {revenue_codes: 0636, charge_over: 10000}
    pay: {percent_of_charges: 35}
    carve_out: yes
  - name: Listed drugs
    for: {codes: on schedule}
    pay: {fee_schedule: own drugs}
  - name: Drugs at the price of the quarter
    for: {codes: on schedule}
    pay: {percent_of: asp, rates_of: date of service, percent: 106}
"""
TABLES = {
    "own.csv": "HCPCS,rate,per units,billed quantity\nJ1030,2.00,1,10\nJ2001,9.00,3,2\n",
    "asp.csv": "HCPCS,price,from,to\nJ9035,70.00,2025-01-01,2025-03-31\nJ9035,72.50,2025-04-01,2025-06-30\n",
}


def test_a_rate_for_one_milligram_and_a_billed_unit_of_ten(worked: Worked) -> None:
    """2.00 a milligram is 20.00 a unit of 10 mg: 30 mg are 3 units and 60.00; 9.00 for 3 is 6.00 for 2."""
    worked(
        TERMS + "cases:\n  - {code: J1030, units: 3, allowed: 60.00}\n  - {code: J2001, units: 5, allowed: 30.00}\n",
        TABLES,
    )


def test_the_quarter_of_the_service_decides(worked: Worked) -> None:
    worked(
        TERMS
        + """\
cases:
  - {code: J9035, date: 2025-03-31, units: 10, allowed: 742.00}
  - {code: J9035, date: 2025-04-01, units: 10, allowed: 768.50}
""",
        TABLES,
    )


def test_above_a_charge_a_share_of_it(worked: Worked) -> None:
    worked(
        TERMS
        + """\
cases:
  - {code: J9035, revenue_code: 0636, date: 2025-04-01, units: 10, charge: 10000, allowed: 768.50}
  - {code: J9035, revenue_code: 0636, date: 2025-04-01, units: 10, charge: 10000.01, allowed: 3500.00}
""",
        TABLES,
    )


def test_a_quotient_without_end_is_told() -> None:
    log = Log("own.csv")
    table = read_rate_table("own", b"code,rate,per units,billed quantity\nJ1030,2.00,3,10\n", log)
    assert str(table.rates[0].amount) == "6.6667"
    assert [problem.what for problem in log.problems] == ["2.00 for 3, billed by 10, is held to four decimals: 6.6667"]


def test_a_quantity_is_a_number(tmp_path: Path) -> None:
    log = Log("own.csv")
    read_rate_table("own", b"code,rate,per units\nJ1030,2.00,0\n", log)
    assert [problem.what for problem in log.problems] == ["'0' is not a quantity"]
