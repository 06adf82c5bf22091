"""How pricing grows: professional, inpatient and mixed books of 1, 10 and 100 million lines, in bounded memory.

Professional claims have three lines under a dated schedule of 10,000 codes, with ranking and lesser-of by line.
Inpatient claims have eight lines under case rates for 600 DRGs, a per diem for the rest, implants on top, lesser-of by
claim and a stop-loss. A mixed book has as many lines of each, under both contracts. Each book is priced from Parquet
to Parquet, in parts of some 5 million lines, by a fresh process; the clock starts when contracts are read.

    python benchmarks/growth.py            # up to 100,000,000 lines; some minutes, some 15 GB of disk
    python benchmarks/growth.py --quick    # 1,000,000 lines, under 50 s

The last line is JSON: ``lines_per_s_core_professional``, ``…_inpatient``, ``…_mixed`` (lines by second of processor
time at the first size), ``seconds_mixed_1m``, and ``growth``: for each size of the mixed book seconds and peak memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from evenhand.contracts import Contract, read_contract
from evenhand.engines import DuckDB
from evenhand.pricing.parts import price_in_parts
from pricing import CLAIMS_SQL, LINES_SQL, SCHEDULE_SQL, _contract  # type: ignore[import-not-found]

KINDS = ("professional", "inpatient", "mixed")
SIZES, QUICK_SIZES = (1_000_000, 10_000_000, 100_000_000), (1_000_000,)
#: Inpatient keys begin here, so that a mixed book has no key twice.
INPATIENT_KEYS = 10**12

STAYS_SQL = """
select
    {first} + i as claim_key, 'claim' as origin, 'H' || i as claim_id, 'institutional' as claim_type,
    'Harbor Mutual' as payer, cast(null as varchar) as payer_id, cast(null as varchar) as product,
    '1000000004' as billing_npi, '360000000' as billing_tin,
    date '2025-01-01' + cast(hash(i, 3) % 360 as integer) as claim_start_date,
    claim_start_date + cast(1 + hash(i, 7) % 9 as integer) as claim_end_date,
    claim_start_date as admission_date, claim_end_date as discharge_date,
    '111' as bill_type_code, lpad(cast(1 + hash(i, 8) % 700 as varchar), 3, '0') as drg_code, 40 as age,
    cast(null as varchar) as plan, cast(null as varchar) as group_number, cast(null as varchar) as network,
    cast(null as varchar) as site_npi, cast(null as varchar) as place_of_service_code,
    cast(null as varchar) as member_id,
    cast(null as varchar) as patient_sex, cast(null as varchar) as discharge_status,
    cast(null as decimal(18, 2)) as charge_amount
from range(0, {claims}) as t(i)
"""
STAY_LINES_SQL = """
select
    {first} + i as line_key, {first} + i // 8 as claim_key, cast(i % 8 + 1 as integer) as claim_line_number,
    case i % 8
        when 0 then '0120' when 1 then '0250' when 2 then '0270' when 3 then '0300' when 4 then '0320'
        when 5 then '0360' when 6 then '0420' else case when hash(i, 9) % 4 = 0 then '0278' else '0710' end
    end as revenue_center_code,
    cast(null as varchar) as hcpcs_code, '' as modifiers,
    cast(case when i % 8 = 0 then 1 + hash(i // 8, 7) % 9 else 1 end as decimal(18, 3)) as units,
    cast(null as varchar) as place_of_service_code, 'facility' as setting,
    date '2025-01-01' + cast(hash(i // 8, 3) % 360 as integer) as service_date,
    cast(50 + (hash(i, 6) % 3000000) * 0.01::decimal(18, 2) as decimal(18, 2)) as charge_amount,
    cast(null as decimal(18, 2)) as invoice_amount, cast(null as varchar) as unit_measure,
    cast(null as varchar) as rendering_npi
from range(0, {lines}) as t(i)
"""
HOSPITAL = """
contract: Lakeshore Hospital with Harbor Mutual
parties: {provider: Lakeshore Hospital, payer: Harbor Mutual}
effective: 2025-01-01
terms:
  - {name: Implants, for: {revenue_codes: 0275-0278}, pay: {percent_of_charges: 42}, carve_out: yes}
RATES
  - {name: Other days, for: {bill_type: 11x}, per: day, pay: {amount: 2380}}
  - {name: Anything else, pay: {percent_of_charges: 45}}
rules:
  lesser_of: {level: claim}
  multiple_procedures: none
  modifiers: none
  escalator: none
  stop_loss:
    - name: High-cost cases
      when: {charges_over: 100000}
      pay: {percent: 40, of: excess}
      effect: in addition
      carve_outs: {count: no, replaced: no}
      escalates: no
"""


def generate(folder: Path, kind: str, lines: int) -> None:
    """Write a book's claims, lines and schedule as Parquet."""
    half = lines // 2 if kind == "mixed" else lines
    parts = {"service_claims": [], "service_lines": []}  # type: dict[str, list[str]]
    if kind != "inpatient":
        parts["service_claims"].append(CLAIMS_SQL.format(claims=(half + 2) // 3))
        parts["service_lines"].append(LINES_SQL.format(lines=half))
    if kind != "professional":
        parts["service_claims"].append(STAYS_SQL.format(first=INPATIENT_KEYS, claims=(half + 7) // 8))
        parts["service_lines"].append(STAY_LINES_SQL.format(first=INPATIENT_KEYS, lines=half))
    connection = duckdb.connect()
    for name, queries in parts.items():
        query = " union all by name ".join(f"({each})" for each in queries)
        connection.execute(f"copy ({query}) to '{folder}/{name}.parquet' (format parquet)")
    connection.execute(f"copy ({SCHEDULE_SQL}) to '{folder}/schedule.parquet' (format parquet)")


def contracts_for(kind: str, folder: Path) -> list[Contract]:
    """The contracts of a book."""
    found: list[Contract] = [] if kind == "inpatient" else [_contract(folder)]
    if kind != "professional":
        place = folder / "hospital"
        place.mkdir(exist_ok=True)
        rates = "\n".join(
            f"  - {{name: DRG {drg:03}, for: {{drg: {drg:03}}}, per: case, "
            f"pay: {{amount: {Decimal(4000 + 37 * drg):.2f}}}}}"
            for drg in range(1, 601)
        )
        (place / "contract.yaml").write_text(HOSPITAL.replace("RATES", rates), encoding="utf-8")
        found.append(read_contract(place))
    return found


def run_one(kind: str, folder: Path) -> None:
    """Price one book in this process; print its wall time, processor time and peak memory."""
    contracts = contracts_for(kind, folder)

    def opened() -> DuckDB:
        engine = DuckDB()
        for name in ("service_claims", "service_lines"):
            engine.connection.execute(f"create temp view {name} as select * from '{folder}/{name}.parquet'")
        engine.connection.execute(
            "create temp view diagnoses as "
            "select cast(null as bigint) as claim_key, cast(null as integer) as position, "
            "cast(null as varchar) as kind, cast(null as varchar) as code where false"
        )
        return engine

    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    parts = price_in_parts(opened, contracts, folder)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"seconds": seconds, "cpu": used, "peak_mb": after.ru_maxrss / 1024, "parts": parts}))


def measure(kind: str, lines: int) -> dict[str, Any]:
    """A book of one kind and size, priced by a fresh process."""
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name), kind, lines)
        command = [sys.executable, __file__, "--run", kind, "--folder", name]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = {"kind": kind, "lines": lines, **json.loads(printed)}
    print(
        f"{kind:13}{lines:13,} lines  {found['seconds']:8.2f} s  {lines / found['cpu']:11,.0f} lines/CPU-s  "
        f"{found['peak_mb']:7,.0f} MB  {found['parts']} parts",
        flush=True,
    )
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="1,000,000 lines only")
    options.add_argument("--run", choices=KINDS, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.run:
        run_one(told.run, told.folder)
        return
    sizes = QUICK_SIZES if told.quick else SIZES
    first = {kind: measure(kind, sizes[0]) for kind in KINDS}
    growth = [first["mixed"], *(measure("mixed", size) for size in sizes[1:])]
    speeds = {f"lines_per_s_core_{kind}": round(run["lines"] / run["cpu"]) for kind, run in first.items()}
    told_growth = [
        {"lines": run["lines"], "seconds": round(run["seconds"], 2), "peak_mb": round(run["peak_mb"])} for run in growth
    ]
    seconds = round(first["mixed"]["seconds"], 2)
    print(json.dumps({**speeds, "seconds_mixed_1m": seconds, "growth": told_growth}))


if __name__ == "__main__":
    main()
