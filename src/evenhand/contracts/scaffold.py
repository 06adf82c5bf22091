"""A first contract.yaml to edit: commented, with a rate table, and in order from the start."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from evenhand.contracts.ratetable import read_rate_table
from evenhand.contracts.reader import CONTRACT_FILE
from evenhand.errors import ContractError, Log, UsageError
from evenhand.money import to_cents

_RATES = """Exhibit A: fee schedule,,,
Code,Modifier,Setting,Rate
99213,,,100.00
99214,,,145.00
73721,,,380.00
73721,26,,90.00
20610,,office,85.00
20610,,facility,60.00
"""

_CONTRACT = """\
# A contract as data. Write what the signed document says, then run: evenhand contract check
# The language is described in the manual under «The contract language».
contract: Your practice with a payer       # as you would call it
parties:
  provider: {{name: Your practice, tin: ["12-3456789"]}}   # tax numbers claims are billed under; NPIs as npi: [...]
  payer: {{name: A payer, ids: [PAYER1]}}                  # ids as in claim and remittance files
# products: [PPO, HMO]                     # without this line: all products
effective: {year}-01-01                       # first day
ends: {end}-12-31                            # last day, inclusive
renewal: {{evergreen: 1 year, notice: 120 days}}

# Terms are ranked: the first that covers a line pays it.
terms:
  # - name: Implants                       # paid in addition to any case or day rate
  #   for: {{revenue_codes: 0275-0278}}
  #   pay: {{percent_of_charges: 40}}
  #   carve_out: yes
  # - name: Joint replacement              # one price for the whole claim
  #   for: {{drg: [469, 470]}}
  #   per: case
  #   pay: {{amount: 24500}}
  - name: Everything on the fee schedule
    for: {{codes: on schedule}}
    pay: {{fee_schedule: {table}}}
    cite: Exhibit A
  - name: Anything else                    # drop this term if the contract has no default
    pay: {{percent_of_charges: 40}}
    cite: Article 4

rules:
  lesser_of: {{level: line}}                 # or claim, or: lesser_of: none
  multiple_procedures: {{order: fee, percent: [100, 50, 50]}}
  modifiers: {{"50": 150%, "80": 20%}}
  escalator: none                          # or: {{every: 1 year, percent: 3, applies_to: [fee_schedule, case]}}

provisions:                                # what is not about rates
  payment_days: 30
  timely_filing: 180 days
  termination: {{without_cause: 90 days}}

# Claims whose price you know. The check prices them; they must come out exactly.
{cases}
"""


def start_contract(folder: Path, *, rates: Path | None = None, today: date | None = None) -> list[Path]:
    """Write a contract to edit into a folder.

    Args:
        folder: Where to write; made if it is not there.
        rates: A fee schedule to copy and name, instead of the sample.
        today: The contract begins with this day's year; without it, the current day.

    Raises:
        UsageError: There is a contract already.
        ContractError: The fee schedule cannot be read.
    """
    file = folder / CONTRACT_FILE
    if file.exists():
        raise UsageError(f"{file} is already there; choose another folder")
    first_day = date((today or date.today()).year, 1, 1)
    cases = _cases(rates, first_day)
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / ("exhibit-a.csv" if rates is None else rates.name)
    if rates is None:
        table.write_text(_RATES, encoding="utf-8")
    elif rates.resolve() != table.resolve():
        shutil.copyfile(rates, table)
    named = {"year": first_day.year, "end": first_day.year + 2, "table": f'"{table.name}"', "cases": cases}
    file.write_text(_CONTRACT.format(**named), encoding="utf-8")
    return [file, table]


def _cases(rates: Path | None, first_day: date) -> str:
    """A worked case that holds: the first rate of the table that the first day and no modifier pick."""
    if rates is None:
        return "cases:\n  - {code: 99213, allowed: 100.00}"
    log = Log(rates.name)
    schedule = read_rate_table(rates.name, rates.read_bytes(), log)
    if log.failed:
        raise ContractError(problem for problem in log.problems if problem.severity == "error")
    plain = (rate for rate in schedule.rates if not rate.modifier and len(rate.code) == 5 and first_day in rate.period)
    first = next(plain, None)
    if first is None:
        return "# cases:\n#   - {code: 99213, allowed: 100.00}"
    setting = first.setting or "office"
    return f'cases:\n  - {{code: "{first.code}", setting: {setting}, allowed: {to_cents(first.amount)}}}'
