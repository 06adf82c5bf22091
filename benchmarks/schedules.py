"""Price professional claims as Medicare does, beside a bare join of the same lines with the same rate table.

Lines of the codes of one release of relative values: half of the claims are visits, the others imaging
(with 26 and TC), therapy in units, surgery of three procedures (with 50 and 59) and endoscopies of one family. The
engine prices them under the ready Medicare contract, with ranking, families, both sides, imaging's and therapy's
reductions and the cap; the join looks the rate up by code, modifier and setting, multiplies by units, and does
nothing else. Each runs in a fresh process, from Parquet to Parquet; the clock starts when modules are imported and
the contract is read.

    python benchmarks/schedules.py            # 5,000,000 and 20,000,000 lines
    python benchmarks/schedules.py --quick    # 1,000,000 lines, under 50 s

The release is that of the library ``EVENHAND_SCHEDULES`` names, else of CMS's files in ``../shared`` beside the
project, else the fact table of the package. The last line is JSON: ``pfs_lines_per_s`` and ``ratio_to_join`` of the
largest number of lines (laying out the contract is a fixed half second and more, so the number counts), the speed at
each number of lines, and ``load_s``: seconds to load the files of a quarter's RVU archive (null where they are not
there).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.contracts import Contract
from evenhand.contracts.readymade import MedicareTerms, medicare_contract
from evenhand.engines import DuckDB
from evenhand.pricing import price
from evenhand.schedules import Library, load
from pricing import CLAIMS_SQL  # type: ignore[import-not-found]

FULL, QUICK = (5_000_000, 20_000_000), (1_000_000,)
DAY, TERMS = date(2025, 10, 1), MedicareTerms("national", 2025, 4, facilities=False)
ARCHIVE = Path(__file__).resolve().parents[2] / "shared" / "data" / "medicare" / "pfs" / "rvu25d"
OUTPUT = "line_key, outcome, unit_rate, modifier_factor, procedure_rank, procedure_factor, expected_amount"

#: Of 20 claims, the kind of each; all three lines of a claim are of its kind, endoscopies of one family.
KINDS_SQL = """
case when hash(i // 3, 1) % 20 < 10 then 'visit' when hash(i // 3, 1) % 20 < 13 then 'imaging'
    when hash(i // 3, 1) % 20 < 16 then 'therapy' when hash(i // 3, 1) % 20 < 19 then 'surgery' else 'endoscopy' end
"""
LINES_SQL = """
with kinds as (select i, {kind} as kind, hash(i, 2) % 100 as chance from range(0, {lines}) as t(i)),
drawn as (
    select k.*,
        hash(case when k.kind = 'endoscopy' then i // 3 else i end, 4) % s.places as place,
        case when k.kind = 'endoscopy' then i % 3 else 0 end as nth
    from kinds as k
    inner join (select kind, max(place) + 1 as places from codes group by kind) as s on s.kind = k.kind
)
select
    d.i as line_key, d.i // 3 as claim_key, cast(d.i % 3 + 1 as integer) as claim_line_number,
    cast(null as varchar) as revenue_center_code, c.code as hcpcs_code,
    case
        when d.kind = 'imaging' and d.chance < 40 then '26' when d.kind = 'imaging' and d.chance < 50 then 'TC'
        when d.kind = 'surgery' and d.i % 3 = 0 and d.chance < 10 then '50'
        when d.kind = 'surgery' and d.i % 3 > 0 and d.chance < 30 then '59' else ''
    end as modifiers,
    cast(case when d.kind = 'therapy' then 1 + hash(d.i, 5) % 3 else 1 end as decimal(18, 3)) as units,
    case
        when d.kind = 'imaging' and d.chance < 40 then 'facility'
        when d.kind in ('surgery', 'endoscopy') and hash(d.i // 3, 6) % 4 > 0 then 'facility' else 'office'
    end as setting,
    case when setting = 'facility' then '22' else '11' end as place_of_service_code,
    date '2025-01-01' + cast(hash(d.i // 3, 3) % 365 as integer) as service_date,
    cast(10 + (hash(d.i, 7) % 90000) * 0.01::decimal(18, 2) as decimal(18, 2)) as charge_amount,
    cast(null as decimal(18, 2)) as invoice_amount, cast(null as varchar) as unit_measure,
    '1111111111' as rendering_npi
from drawn as d
inner join codes as c on c.kind = d.kind and c.place = d.place and c.nth = d.nth
"""
JOIN_SQL = """
select l.line_key, r.amount as unit_rate, cast(round(r.amount * l.units, 2) as decimal(18, 2)) as expected_amount
from '{folder}/service_lines.parquet' as l
left join '{folder}/rates.parquet' as r
    on r.code = l.hcpcs_code and r.setting = l.setting
    and r.modifier = case when l.modifiers in ('26', 'TC') then l.modifiers else '' end
"""


def codes(library: Library) -> pa.Table:
    """The release's payable codes by kind: one a place, or three of a family."""
    release = library.in_force("pfs-rvu", DAY)
    assert release is not None, "the library has no relative values of the fourth quarter of 2025"
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    families: dict[str, list[str]] = defaultdict(list)
    for row in library.table(release).to_pylist():
        if row["status"] != "A" or row["modifier"] or not row["total_facility"]:
            continue
        if row["multiple"] == "3" and row["endo_base"]:
            families[row["endo_base"]].append(row["code"])
        elif kind := _kind(row):
            found[kind].append((row["code"],))
    found["endoscopy"] = [tuple(members[:3]) for members in families.values() if len(members) > 2]
    return pa.Table.from_pylist(
        [
            {"kind": kind, "place": place, "nth": nth, "code": code}
            for kind, places in found.items()
            for place, members in enumerate(places)
            for nth, code in enumerate(members)
        ]
    )


def _kind(row: dict[str, Any]) -> str | None:
    if "99202" <= row["code"] <= "99499":
        return "visit"
    if "70010" <= row["code"] <= "79999":
        return "imaging"
    if row["multiple"] == "5":
        return "therapy"
    return "surgery" if row["global_days"] in ("010", "090") and row["multiple"] == "2" else None


def generate(folder: Path, library: Library, lines: int) -> None:
    """Write claims and lines as Parquet."""
    connection = duckdb.connect()
    connection.register("codes", codes(library))
    claims = CLAIMS_SQL.format(claims=(lines + 2) // 3)
    in_network = f"select * replace ('Medicare' as payer, 'national' as network, null as product) from ({claims})"
    for name, query in (
        ("service_claims", in_network),
        ("service_lines", LINES_SQL.format(kind=KINDS_SQL, lines=lines)),
    ):
        connection.execute(f"copy ({query}) to '{folder}/{name}.parquet' (format parquet)")


def write_rates(folder: Path, contract: Contract) -> None:
    """The contract's own rate table as the join takes it: a row for each code, modifier and setting."""
    (version,) = contract.versions
    rows = [
        {"code": rate.code, "modifier": rate.modifier or "", "setting": setting, "amount": rate.amount}
        for rate in version.schedules["medicare-pfs"].rates
        for setting in ([rate.setting] if rate.setting else ["facility", "office"])
    ]
    pq.write_table(pa.Table.from_pylist(rows), folder / "rates.parquet")


def with_engine(folder: Path, contract: Contract) -> object:
    engine = DuckDB()
    for name in ("service_claims", "service_lines"):
        engine.connection.execute(f"create view {name} as select * from '{folder / name}.parquet'")
    engine.connection.execute("create table diagnoses(claim_key bigint, position int, kind text, code text)")
    price(engine, [contract])
    engine.connection.execute(f"copy (select {OUTPUT} from priced_lines) to '{folder}/engine.parquet' (format parquet)")
    return engine


def with_join(folder: Path, _: Contract) -> object:
    connection = duckdb.connect()
    connection.execute(f"copy ({JOIN_SQL.format(folder=folder)}) to '{folder}/join.parquet' (format parquet)")
    return connection


CONTESTANTS: dict[str, Callable[[Path, Contract], object]] = {"engine": with_engine, "join": with_join}


def run_one(name: str, folder: Path) -> None:
    """Run one contestant in this process and print its wall time and peak memory."""
    contract = medicare_contract(TERMS)
    write_rates(folder, contract)
    start = time.perf_counter()
    _kept = CONTESTANTS[name](folder, contract)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak}))


def measure(folder: Path, times: int) -> dict[str, dict[str, float]]:
    """Each contestant's middle run in fresh processes, taking turns."""
    runs: dict[str, list[dict[str, float]]] = defaultdict(list)
    for name in [*CONTESTANTS] * times:
        command = [sys.executable, __file__, "--run", name, "--folder", str(folder)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        runs[name].append(json.loads(printed))
    return {name: sorted(ran, key=lambda run: run["seconds"])[len(ran) // 2] for name, ran in runs.items()}


def timed_load(folder: Path) -> tuple[Library | None, float | None]:
    """CMS's own files of a quarter loaded, and the seconds it took; neither where they are not there."""
    if not ARCHIVE.is_dir():
        return None, None
    library, start = Library.create(folder / "library"), time.perf_counter()
    load(library, [ARCHIVE])
    return library, time.perf_counter() - start


def plain(folder: Path) -> Iterable[tuple[Any, ...]]:
    """Lines by outcome, and those that come out as the bare rate times units."""
    query = f"""
        select e.outcome, count(*), count(case when e.expected_amount = j.expected_amount then 1 end)
        from '{folder}/engine.parquet' as e join '{folder}/join.parquet' as j using (line_key)
        group by e.outcome order by e.outcome
    """
    return duckdb.connect().execute(query).fetchall()


def compared(folder: Path, library: Library, lines: int) -> dict[str, float]:
    """The contestants on so many lines, printed, and the figures of the engine beside the join."""
    generate(folder, library, lines)
    found = measure(folder, 3)
    for each, run in found.items():
        speed = lines / run["seconds"]
        print(f"{lines:,} lines, {each:8} {run['seconds']:7.2f} s  {run['peak_mb']:7.0f} MB  {speed:12,.0f} lines/s")
    for outcome, count, same in plain(folder):
        print(f"{outcome}: {count:,} lines, {same:,} of them the bare rate times units")
    engine = found["engine"]["seconds"]
    return {
        "pfs_lines_per_s": round(lines / engine),
        "ratio_to_join": round(engine / found["join"]["seconds"], 2),
        "peak_mb": round(found["engine"]["peak_mb"]),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help=f"{QUICK[0]:,} lines only")
    options.add_argument("--run", choices=CONTESTANTS, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.run:
        run_one(told.run, told.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        loaded, load_s = timed_load(folder)
        if loaded and "EVENHAND_SCHEDULES" not in os.environ:
            os.environ["EVENHAND_SCHEDULES"] = str(loaded.path)
        each = {lines: compared(folder, Library.open(), lines) for lines in (QUICK if told.quick else FULL)}
        figures = {
            **each[max(each)],
            "load_s": None if load_s is None else round(load_s, 2),
            "lines": max(each),
            "lines_per_s_by_lines": {f"{lines:,}": one["pfs_lines_per_s"] for lines, one in each.items()},
        }
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
