"""Price the same lines with DuckDB and with Spark on this machine, each in a fresh process, and compare every line.

The contract and the lines are those of ``benchmarks/pricing.py``. Spark's clock starts when its session is there: what
starting Java costs is printed apart. Without Java it says so in one line.

    python benchmarks/spark.py            # 1,000,000 lines
    python benchmarks/spark.py --quick    # 100,000 lines

The last line is JSON: ``ratio_to_spark`` (DuckDB's seconds over Spark's), ``spark_equal``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

import duckdb

from evenhand.engines.spark import Spark, require_java
from evenhand.errors import EngineError
from evenhand.pricing import price

FULL, QUICK = 1_000_000, 100_000


def pricing_benchmark() -> ModuleType:
    """``benchmarks/pricing.py``, for its lines and its contract."""
    spec = importlib.util.spec_from_file_location("pricing_benchmark", Path(__file__).with_name("pricing.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def on_spark(folder: Path) -> dict[str, float]:
    """Seconds to start Spark, and to price from Parquet to Parquet."""
    shared = pricing_benchmark()
    contract = shared._contract(folder)
    start = time.perf_counter()
    engine = Spark.at("local[*]", spark__driver__memory="4g")
    begun = time.perf_counter()
    for name in ("service_claims", "service_lines", "diagnoses"):
        engine.read(name, f"{folder}/{name}.parquet")
    price(engine, [contract])
    engine.write(f"select {shared.OUTPUT} from priced_lines", f"{folder}/spark")
    seconds = time.perf_counter() - begun
    engine.close()
    return {"started": begun - start, "seconds": seconds}


def on_duckdb(folder: Path) -> dict[str, float]:
    """Seconds to price from Parquet to Parquet."""
    shared = pricing_benchmark()
    contract = shared._contract(folder)
    start = time.perf_counter()
    _kept = shared.with_engine(folder, contract)
    return {"seconds": time.perf_counter() - start}


def fresh(name: str, folder: Path) -> dict[str, float]:
    """One of them in a process of its own."""
    command = [sys.executable, __file__, "--run", name, "--folder", str(folder)]
    shown = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(shown.strip().split("\n")[-1])
    return found


def equal(folder: Path) -> bool:
    """Whether both wrote the same rows."""
    here, there = f"(from '{folder}/engine.parquet')", f"(from '{folder}/spark/*.parquet')"
    query = f"select count(*) from (({here} except all {there}) union all ({there} except all {here}))"
    return duckdb.connect().execute(query).fetchone() == (0,)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help=f"{QUICK:,} lines instead of {FULL:,}")
    options.add_argument("--lines", type=int)
    options.add_argument("--run", choices=["spark", "duckdb"], help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.run:
        print(json.dumps({"spark": on_spark, "duckdb": on_duckdb}[told.run](told.folder)))
        return
    try:
        require_java()
    except EngineError as problem:
        print(f"not measured: {problem}")
        return
    lines = told.lines or (QUICK if told.quick else FULL)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pricing_benchmark().generate(folder, lines)
        duckdb.connect().execute(
            "copy (select 1::bigint as claim_key, 1 as position, '' as kind, '' as code where false) "
            f"to '{folder}/diagnoses.parquet' (format parquet)"
        )
        there, here = fresh("spark", folder), fresh("duckdb", folder)
        print(f"{lines:,} lines: DuckDB {here['seconds']:.1f} s, Spark {there['seconds']:.1f} s", end="")
        print(f" and {there['started']:.1f} s to start")
        ratio = round(here["seconds"] / there["seconds"], 3)
        print(json.dumps({"ratio_to_spark": ratio, "spark_equal": equal(folder)}))


if __name__ == "__main__":
    main()
