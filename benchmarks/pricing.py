"""Price 5,000,000 lines under a dated 10,000-code schedule: this engine, one hand-written SQL query, and pandas.

The contract: a fee schedule of 10,000 codes in four half-open periods, multiple-procedure ranking over four in
ten of them, lesser-of by line. Four claims in five fall under it; the others have no contract. Each contestant runs in
a fresh process, from Parquet to Parquet, and every answer is compared to the cent. The clock starts when modules are
imported and the contract is read (as the query is written), and stops when the answer is on disk; laying the contract
out as tables is counted, giving memory back afterwards is not.

    python benchmarks/pricing.py            # 5,000,000 lines
    python benchmarks/pricing.py --quick    # fewer lines, under 50 s

A full run goes on with ``growth.py``, ``scenarios.py`` and ``spark.py`` and gathers what they say.

The last line is JSON: ``lines_per_s``, ``ratio_to_sql``, ``ratio_to_pandas``, ``equal``; of a full run also
``lines_per_s_core_professional``, ``…_inpatient``, ``…_mixed``, ``seconds_mixed_1m``, ``scenario_s_1000`` and
``spark_equal``.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from _beside import gathered  # type: ignore[import-not-found]
from evenhand.codes import CodeRange
from evenhand.contracts.methods import PaidBySchedule
from evenhand.contracts.model import (
    Condition,
    Contract,
    FeeSchedule,
    MultipleProcedures,
    Parties,
    Rate,
    Rules,
    Selector,
    Term,
    Version,
)
from evenhand.engines import DuckDB
from evenhand.periods import Period
from evenhand.pricing import price

FULL, QUICK = 5_000_000, 2_500_000
CUTS = ("2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01", "2026-01-01")
FACTORS = (Decimal("1"), Decimal("0.5"), Decimal("0.5"), Decimal("0.25"))
OUTPUT = (
    "line_key, claim_key, outcome, term, unit_rate, procedure_rank, procedure_factor, fee_amount, lesser_of, "
    "expected_amount"
)

CLAIMS_SQL = """
select
    i as claim_key, 'claim' as origin, 'C' || i as claim_id, 'professional' as claim_type,
    case when hash(i, 1) % 5 = 0 then 'Lakeside Mutual' else 'Summit Health' end as payer,
    cast(null as varchar) as payer_id,
    case hash(i, 2) % 3 when 0 then 'PPO' when 1 then 'EPO' end as product,
    '1234567893' as billing_npi, '840000000' as billing_tin,
    date '2024-01-01' + cast(hash(i, 3) % 731 as integer) as claim_start_date, claim_start_date as claim_end_date,
    cast(null as date) as admission_date, cast(null as date) as discharge_date,
    cast(null as varchar) as bill_type_code, cast(null as varchar) as drg_code, 40 as age,
    cast(null as varchar) as network, cast(null as varchar) as plan, cast(null as varchar) as group_number,
    '1234567893' as site_npi, '11' as place_of_service_code,
    cast(null as varchar) as member_id, cast(null as varchar) as patient_sex,
    cast(null as varchar) as discharge_status,
    cast(1000 as decimal(18, 2)) as charge_amount
from range(0, {claims}) as t(i)
"""
LINES_SQL = """
select
    i as line_key, i // 3 as claim_key, cast(i % 3 + 1 as integer) as claim_line_number,
    cast(null as varchar) as revenue_center_code, cast(30000 + hash(i, 4) % 10200 as varchar) as hcpcs_code,
    '' as modifiers, cast(1 + (hash(i, 5) % 8) // 6 as decimal(18, 3)) as units,
    '11' as place_of_service_code, 'office' as setting,
    date '2024-01-01' + cast(hash(i // 3, 3) % 731 as integer) as service_date,
    cast(10 + (hash(i, 6) % 90000) * 0.01::decimal(18, 2) as decimal(18, 2)) as charge_amount,
    cast(null as decimal(18, 2)) as invoice_amount, cast(null as varchar) as unit_measure,
    '1111111111' as rendering_npi
from range(0, {lines}) as t(i)
"""
SCHEDULE_SQL = """
select
    cast(30000 + c as varchar) as code, p.from_day, p.to_day,
    cast(20 + (hash(c, p.n) % 60000) * 0.01::decimal(18, 2) as decimal(18, 2)) as amount
from range(0, 10000) as t(c)
cross join (values
    (1, date '2024-01-01', date '2024-07-01'), (2, date '2024-07-01', date '2025-01-01'),
    (3, date '2025-01-01', date '2025-07-01'), (4, date '2025-07-01', date '2026-01-01')
) as p(n, from_day, to_day)
"""
BY_HAND = """
with matched as (
    select
        l.line_key, l.claim_key, l.claim_line_number, l.service_date, l.charge_amount,
        c.payer = 'Summit Health' and c.claim_start_date >= date '2024-01-01'
            and c.claim_start_date < date '2026-01-01' and (c.product is null or c.product in ('PPO', 'EPO')) as ours,
        case when ours then r.amount end as unit_rate,
        cast(round(unit_rate * l.units, 2) as decimal(18, 2)) as fee,
        l.hcpcs_code between '30000' and '33999' and fee > 0 as ranks
    from 'service_lines.parquet' as l
    join 'service_claims.parquet' as c using (claim_key)
    left join 'schedule.parquet' as r
        on r.code = l.hcpcs_code and l.service_date >= r.from_day and l.service_date < r.to_day
),
ranked as (
    select
        *,
        case when ranks then row_number() over (
            partition by claim_key, service_date, ranks order by fee desc, claim_line_number, line_key
        ) end as procedure_rank,
        case procedure_rank when 1 then 1.00 when 2 then 0.50 when 3 then 0.50 else 0.25 end as rank_factor,
        case when ranks then rank_factor end as procedure_factor,
        case when ranks then cast(round(fee * rank_factor, 2) as decimal(18, 2)) else fee end as fee_amount
    from matched
)
select
    line_key, claim_key,
    case when not ours then 'no contract' when fee is null then 'no term' else 'priced' end as outcome,
    case when fee is not null then 'Everything on the fee schedule' end as term,
    unit_rate, procedure_rank, procedure_factor, fee_amount,
    case when charge_amount < fee_amount then 'line' end as lesser_of,
    case when charge_amount < fee_amount then charge_amount else fee_amount end as expected_amount
from ranked
"""


def generate(folder: Path, lines: int) -> None:
    """Write claims, lines and schedule as Parquet."""
    connection = duckdb.connect()
    for name, sql in (
        ("service_claims", CLAIMS_SQL.format(claims=(lines + 2) // 3)),
        ("service_lines", LINES_SQL.format(lines=lines)),
        ("schedule", SCHEDULE_SQL),
    ):
        connection.execute(f"copy ({sql}) to '{folder / name}.parquet' (format parquet)")


def with_engine(folder: Path, contract: Contract) -> DuckDB:
    engine = DuckDB()
    for name in ("service_claims", "service_lines"):
        engine.connection.execute(f"create view {name} as select * from '{folder / name}.parquet'")
    engine.connection.execute("create table diagnoses(claim_key bigint, position int, kind text, code text)")
    price(engine, [contract])
    engine.connection.execute(f"copy (select {OUTPUT} from priced_lines) to '{folder}/engine.parquet' (format parquet)")
    return engine


def _contract(folder: Path) -> Contract:
    columns = "code, cast(amount as varchar), cast(from_day as varchar), cast(to_day as varchar)"
    rows = _rows(f"select {columns} from '{folder}/schedule.parquet'")
    days = {(first, last) for _, _, first, last in rows}
    periods = {first: Period(date.fromisoformat(first), date.fromisoformat(last)) for first, last in days}
    schedule = FeeSchedule(
        "exhibit-a.csv", tuple(Rate(code, Decimal(amount), period=periods[first]) for code, amount, first, _ in rows)
    )
    term = Term(
        "Everything on the fee schedule", PaidBySchedule("exhibit-a.csv"), Selector(on_schedule=True), cite="Exhibit A"
    )
    ranking = MultipleProcedures(FACTORS, Selector((Condition("codes", (CodeRange("30000", "33999"),)),)))
    period = Period(date(2024, 1, 1), date(2026, 1, 1))
    version = Version(period, (term,), Rules("line", (ranking,)), {"exhibit-a.csv": schedule}, products=("PPO", "EPO"))
    parties = Parties("Cedar Ridge", "Summit Health", provider_tins=("84-0000000",))
    return Contract("summit", "Cedar Ridge with Summit Health", parties, period, (version,))


def with_sql(folder: Path, _: Contract) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    sql = BY_HAND
    for name in ("service_lines", "service_claims", "schedule"):
        sql = sql.replace(f"'{name}.parquet'", f"'{folder / name}.parquet'")
    connection.execute(f"copy ({sql}) to '{folder}/sql.parquet' (format parquet)")
    return connection


def with_pandas(folder: Path, _: Contract) -> pd.DataFrame:
    """The same with data frames: money as whole cents in 64-bit integers, so that answers can be equal."""
    lines = pd.read_parquet(
        folder / "service_lines.parquet",
        columns=["line_key", "claim_key", "claim_line_number", "hcpcs_code", "units", "service_date", "charge_amount"],
    )
    claims = pd.read_parquet(folder / "service_claims.parquet", columns=["claim_key", "payer", "product"])
    rates = pd.read_parquet(folder / "schedule.parquet")
    cuts = np.array(CUTS, dtype="datetime64[D]")
    rates["period"] = np.searchsorted(cuts, rates["from_day"].to_numpy(dtype="datetime64[D]"), side="right")
    rates["rate"] = (rates["amount"].astype("float64") * 100).round().astype("int64")
    days = lines["service_date"].to_numpy(dtype="datetime64[D]")
    lines["period"] = np.searchsorted(cuts, days, side="right")
    lines["charge"] = (lines.pop("charge_amount").astype("float64") * 100).round().astype("int64")
    lines["units"] = lines["units"].astype("float64").astype("int64")
    lines = lines.merge(claims, on="claim_key")
    lines = lines.merge(
        rates[["code", "period", "rate"]], how="left", left_on=["hcpcs_code", "period"], right_on=["code", "period"]
    )
    ours = (lines["payer"] == "Summit Health") & (lines["period"] >= 1) & (lines["period"] <= 4)
    lines["fee"] = (lines["rate"] * lines["units"]).where(ours)
    ranks = lines["fee"].gt(0) & lines["hcpcs_code"].between("30000", "33999")
    ordered = lines[ranks].sort_values(
        ["claim_key", "service_date", "fee", "claim_line_number", "line_key"], ascending=[True, True, False, True, True]
    )
    lines["rank"] = ordered.groupby(["claim_key", "service_date"]).cumcount() + 1
    quarters = lines["rank"].map({1: 4, 2: 2, 3: 2}).where(ranks, 4).fillna(1)
    fee = (lines["fee"] * quarters + 2) // 4
    limited = lines["charge"] < fee
    answer = pd.DataFrame(
        {
            "line_key": lines["line_key"],
            "claim_key": lines["claim_key"],
            "outcome": np.where(~ours, "no contract", np.where(fee.isna(), "no term", "priced")),
            "unit_rate": lines["rate"].where(ours),
            "procedure_rank": lines["rank"],
            "fee_amount": fee,
            "lesser_of": pd.Series("line", index=lines.index).where(limited),
            "expected_amount": lines["charge"].where(limited, fee),
        }
    )
    answer.to_parquet(folder / "pandas.parquet")
    return answer


#: The other benchmarks of pricing, as they are run, and what is taken from each.
BESIDE: dict[tuple[str, ...], tuple[str, ...]] = {
    ("growth.py", "--quick"): (
        "lines_per_s_core_professional",
        "lines_per_s_core_inpatient",
        "lines_per_s_core_mixed",
        "seconds_mixed_1m",
    ),
    ("scenarios.py",): ("scenario_s_1000",),
    ("spark.py", "--quick"): ("spark_equal",),
}

CONTESTANTS: dict[str, Callable[[Path, Contract], object]] = {
    "engine": with_engine,
    "sql": with_sql,
    "pandas": with_pandas,
}


def run_one(name: str, folder: Path) -> None:
    """Run one contestant in this process and print its wall time and peak memory."""
    contract = _contract(folder)
    start = time.perf_counter()
    _kept = CONTESTANTS[name](folder, contract)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak}))


def measure(folder: Path, times: int) -> dict[str, dict[str, float]]:
    """Each contestant's middle run in fresh processes, taking turns so that a busy machine is busy for all."""
    runs = [(name, _fresh(name, folder)) for name in (*("engine", "sql") * times, "pandas")]
    return {each: _middle([run for name, run in runs if name == each]) for each in CONTESTANTS}


def _middle(runs: list[dict[str, float]]) -> dict[str, float]:
    return sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]


def _fresh(name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--run", name, "--folder", str(folder)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def equal(folder: Path) -> bool:
    """Whether every line has the same answer from all three."""
    same_as_sql = _rows(f"""
        select count(*) from '{folder}/engine.parquet' e full join '{folder}/sql.parquet' s using (line_key)
        where {
        _differ(
            (
                "outcome",
                "term",
                "unit_rate",
                "procedure_rank",
                "procedure_factor",
                "fee_amount",
                "lesser_of",
                "expected_amount",
            ),
            "s.{0}",
        )
    }
    """)
    same_as_pandas = _rows(f"""
        select count(*) from '{folder}/engine.parquet' e full join '{folder}/pandas.parquet' s using (line_key)
        where {_differ(("outcome", "lesser_of"), "s.{0}")}
            or {_differ(("unit_rate", "fee_amount", "expected_amount"), "cast(s.{0} as bigint) * 0.01::decimal(18, 2)")}
    """)
    return same_as_sql == same_as_pandas == [(0,)]


def _rows(query: str) -> list[tuple[Any, ...]]:
    return duckdb.connect().execute(query).fetchall()


def _differ(columns: tuple[str, ...], other: str) -> str:
    return " or ".join(f"e.{column} is distinct from {other.format(column)}" for column in columns)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help=f"{QUICK:,} lines instead of {FULL:,}")
    options.add_argument("--lines", type=int)
    options.add_argument("--run", choices=CONTESTANTS, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.run:
        run_one(told.run, told.folder)
        return
    lines = told.lines or (QUICK if told.quick else FULL)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, lines)
        found = measure(folder, 3 if told.quick else 9)
        for each, run in found.items():
            print(
                f"{each:8} {run['seconds']:7.2f} s  {run['peak_mb']:7.0f} MB  {lines / run['seconds']:12,.0f} lines/s"
            )
        engine = found["engine"]["seconds"]
        print(
            json.dumps(
                {
                    "lines_per_s": round(lines / engine),
                    "ratio_to_sql": round(engine / found["sql"]["seconds"], 2),
                    "ratio_to_pandas": round(engine / found["pandas"]["seconds"], 3),
                    "equal": equal(folder),
                    "lines": lines,
                    "peak_mb": round(found["engine"]["peak_mb"]),
                    **({} if told.quick or told.lines else gathered(BESIDE)),
                }
            )
        )


if __name__ == "__main__":
    main()
