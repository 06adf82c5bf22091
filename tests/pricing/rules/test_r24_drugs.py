"""R24: drugs by units of another size, by the quarter of their price, by fractions of a cent, by a share of charges."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.contracts.adjustments import scaled
from evenhand.contracts.ratetable import read_rate_table
from evenhand.errors import Log
from evenhand.pricing import explain_line

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
    assert str(table.rates[0].amount) == "6.666667"
    assert [problem.what for problem in log.problems] == ["2.00 for 3, billed by 10, is held to six decimals: 6.666667"]


def test_a_quantity_is_a_number(tmp_path: Path) -> None:
    log = Log("own.csv")
    read_rate_table("own", b"code,rate,per units\nJ1030,2.00,0\n", log)
    assert [problem.what for problem in log.problems] == ["'0' is not a quantity"]


FINE = """\
schedules: {own drugs: own.csv, asp: asp.csv}
terms:
  - name: Listed drugs
    for: {codes: on schedule}
    pay: {fee_schedule: own drugs}
  - name: Drugs at the price of the quarter
    for: {codes: on schedule}
    pay: {percent_of: asp, rates_of: date of service, percent: 106}
    most_units: 3000
rules:
  escalator: {every: 1 year, percent: 3, applies_to: [fee_schedule]}
  modifiers: {JG: 62.5%}
  multiple_procedures: {percent: [100, 50], units: each, for: {codes: J0000-J9999}}
"""
THIN = {
    "own.csv": "HCPCS,rate\nJ1030,0.0045\nJ2001,0.000001\nJ7799,0.10\n",
    "asp.csv": "HCPCS,price\nJ1100,0.105\nJ9035,70.00\n",
}


def test_a_rate_below_a_cent_is_rounded_with_the_line_alone(worked: Worked) -> None:
    """0.0045 × 1,000 = 4.50, never 0.00; a year later × 1.03 = 4.635; 62.5 % is 2.8125; 0.1113 × 7 = 0.7791."""
    first, *_ = worked(
        FINE
        + """\
cases:
  - {code: J1030, units: 1000, allowed: 4.50}
  - {code: J1030, units: 1000, modifiers: JG, allowed: 2.81}
  - {code: J1030, units: 1000, date: 2026-05-01, allowed: 4.64}
  - {code: J2001, units: 400000, allowed: 0.40}
  - {code: J1100, units: 7, allowed: 0.78}
  - {code: J1100, units: 100000, allowed: 333.90}
  - {code: J9035, units: 1, allowed: 74.20}
""",
        THIN,
    )
    line = first.lines[0]
    assert (line.basis_amount, line.unit_rate) == (Decimal("0.0045"), None)
    told = {name: getattr(line, name) for name in line.__dataclass_fields__}
    assert explain_line(told).arithmetic == "$0.0045 × 1000 units = $4.50"


def test_ranked_it_takes_one_rank_with_all_its_units(worked: Worked) -> None:
    """Two units at 0.10 take a rank each: 0.10 + 0.05; a line by fractions of a cent one, whole and first."""
    worked(
        FINE
        + """\
cases:
  - {lines: [{code: J1030, units: 1000}, {code: J7799, units: 2}], allowed: 4.60}
""",
        THIN,
    )


def test_rates_below_a_cent_rise_without_becoming_nothing() -> None:
    read = read_rate_table("own", b"code,rate\nJ1030,0.0045\nJ7799,0.10\n", Log("own.csv"))
    assert [str(rate.amount) for rate in scaled(read, "own", Decimal("1.04")).rates] == ["0.004680", "0.10"]


def test_more_than_six_decimals_are_refused() -> None:
    log = Log("own.csv")
    read_rate_table("own", b"code,rate\nJ1030,0.0000045\n", log)
    assert [problem.what for problem in log.problems] == ["J1030: 0.0000045 has more than six decimals"]
