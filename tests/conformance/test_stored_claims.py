"""Claims that are stored already, priced by Spark where they lie: the answer is DuckDB's, in every column."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyiceberg.catalog.sql import SqlCatalog

from evenhand.contracts import Contract, read_contract
from evenhand.engines import DuckDB
from evenhand.engines.iceberg import IcebergTable
from evenhand.engines.spark import Spark
from evenhand.errors import EngineError
from evenhand.pricing.conformance import drawn_claims
from evenhand.pricing.conformance.suite import service_tables
from evenhand.pricing.elsewhere import SERVICES, price_stored
from evenhand.pricing.plan import PRICED, price

#: A contract that runs few steps: Spark plans each anew, and what every rule gives on it is another test's question.
CONTRACT = """
contract: A plain one
parties: {provider: Cedar Ridge Orthopaedics, payer: Plain Health}
effective: 2024-01-01
terms:
  - name: Visits
    for: {codes: on schedule}
    pay: {fee_schedule: visits.csv}
  - name: Anything else
    pay: {percent_of_charges: 45}
rules:
  lesser_of: {level: line}
  modifiers: {"50": 150%}
"""
VISITS = "code,amount\n99213,118.52\n99214,167.10\n29881,1250.00\n"
#: How far the keys of claims are moved that are not to be priced.
MOVED = 1_000_000
#: What tells the rows of each table apart.
KEYS = ("claim_key", "line_key", "position", "kind", "name")
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    folder = tmp_path_factory.mktemp("plain")
    (folder / "contract.yaml").write_text(CONTRACT, encoding="utf-8")
    (folder / "visits.csv").write_text(VISITS, encoding="utf-8")
    return read_contract(folder)


@pytest.fixture(scope="module")
def claims(contract: Contract) -> dict[str, pa.Table]:
    """Claims drawn for the contract, as the tables pricing reads."""
    drawn = enumerate(drawn_claims(contract, 60, seed=7), start=1)
    return service_tables(
        [
            replace(
                claim,
                claim_key=key,
                payer=contract.parties.payer,
                lines=tuple(replace(line, line_key=key * 100 + at) for at, line in enumerate(claim.lines)),
            )
            for key, claim in drawn
        ]
    )


@pytest.fixture(scope="module")
def expected(contract: Contract, claims: dict[str, pa.Table]) -> Rows:
    """DuckDB's answer."""
    engine = DuckDB()
    for name, table in claims.items():
        engine.put(name, table)
    price(engine, [contract])
    return {name: in_order(engine.arrow(f"select * from {name}")) for name in PRICED}


def in_order(table: pa.Table) -> list[dict[str, Any]]:
    """Every value of every row, the rows in one order."""
    return sorted(table.to_pylist(), key=lambda row: [(row.get(key) is None, row.get(key)) for key in KEYS])


def written(folder: Path) -> Rows:
    """The priced tables as anybody finds them: Parquet."""
    return {name: in_order(pq.read_table(folder / name)) for name in PRICED}


@pytest.fixture(scope="module")
def namespace(spark: Spark, claims: dict[str, pa.Table], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of the session's own catalogue with the claims as its tables."""
    spark.session.sql(f"create database lake location '{tmp_path_factory.mktemp('lake')}'")
    for name, table in claims.items():
        spark.put("arrived", table)
        spark.session.table("arrived").write.saveAsTable(f"lake.{name}")
    yield "lake"
    spark.session.sql("drop database lake cascade")


def test_a_namespace_is_read_with_its_catalogue_or_without(
    spark: Spark, namespace: str, claims: dict[str, pa.Table]
) -> None:
    for place in (namespace, f"spark_catalog.{namespace}"):
        for name, table in claims.items():
            spark.read("read", f"{place}.{name}")
            assert in_order(spark.arrow("select * from read")) == in_order(table), f"{place}.{name}"


def test_a_table_the_catalogue_has_not_is_named(spark: Spark, namespace: str, contract: Contract) -> None:
    with pytest.raises(
        EngineError, match=r"cannot read service_claims from sea\.service_claims: \[TABLE_OR_VIEW_NOT_FOUND\].*as \./"
    ):
        price_stored(spark, "sea", [contract], "/nowhere")


@pytest.fixture
def lake(catalogue: SqlCatalog, claims: dict[str, pa.Table], tmp_path: Path) -> Path:
    """The claims as Iceberg tables that have a past: rows taken back, a column that once had another name."""
    bills, lines, diagnoses = (claims[name] for name in SERVICES)
    made = catalogue.create_table("lake.service_claims", schema=bills.schema)
    for part in (bills.slice(0, 20), bills.slice(20), with_keys_moved(bills)):
        made.append(part)
    made.delete(f"claim_key > {MOVED}")
    older = lines.rename_columns(["cpt" if name == "hcpcs_code" else name for name in lines.column_names])
    made = catalogue.create_table("lake.service_lines", schema=older.schema)
    made.append(older.slice(0, 50))
    with made.update_schema() as change:
        change.rename_column("cpt", "hcpcs_code")
    made.append(lines.slice(50))
    catalogue.create_table("lake.diagnoses", schema=diagnoses.schema).append(diagnoses)
    return tmp_path / "warehouse" / "lake"


def with_keys_moved(bills: pa.Table) -> pa.Table:
    """Claims that should not be there."""
    keys = pa.array([key + MOVED for key in bills["claim_key"].to_pylist()], pa.int64())
    return bills.set_column(bills.column_names.index("claim_key"), "claim_key", keys)


def test_iceberg_tables_of_a_folder(lake: Path, contract: Contract, expected: Rows, tmp_path: Path) -> None:
    where = ["--claims", str(lake), "--into", str(tmp_path / "priced")]

    shown = run_price(tmp_path, "--engine", "spark", *where, "--contract", str(contract.folder), "--json")

    assert json.loads(shown)["priced"][0]["claims"] > 0
    assert written(tmp_path / "priced") == expected


def run_price(folder: Path, *arguments: str) -> str:
    """The real command, on Spark settled for few rows; what it printed."""
    settings = {
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    lines = [f"{name} {value}\n" for name, value in settings.items()]
    (folder / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-c", "from evenhand.cli import main; main()", "price", *arguments]
    known = {**os.environ, "SPARK_CONF_DIR": str(folder), "SPARK_LOCAL_IP": "127.0.0.1"}
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=known)
    assert finished.returncode == 0, finished.stdout[-2000:] + finished.stderr[-2000:]
    return finished.stdout


@pytest.mark.parametrize("form", ["{}", "file://{}", "{}/", "{metadata}"])
def test_each_way_to_name_an_iceberg_table(spark: Spark, lake: Path, claims: dict[str, pa.Table], form: str) -> None:
    name = "service_claims"
    newest = max((lake / name / "metadata").glob("*.metadata.json"))

    spark.read(name, form.format(lake / name, metadata=newest))

    assert in_order(spark.arrow(f"select * from {name}")) == in_order(claims[name])


def test_a_partitioned_table_is_read_by_its_files(spark: Spark, catalogue: SqlCatalog, tmp_path: Path) -> None:
    rows = pa.table({"payer": ["Summit/One", "0275", "0275"], "line_key": pa.array([1, 2, 3], pa.int32())})
    made = catalogue.create_table("lake.bills", schema=rows.schema)
    with made.update_spec() as change:
        change.add_identity("payer")
    made.append(rows)

    spark.read("bills", str(tmp_path / "warehouse" / "lake" / "bills"))

    assert IcebergTable(made.metadata_location).files() is not None
    assert in_order(spark.arrow("select * from bills")) == in_order(rows)


def test_no_sign_in_a_path_stands_for_other_files(spark: Spark, catalogue: SqlCatalog, tmp_path: Path) -> None:
    rows = pa.table({"line_key": [1, 2]})
    counts = {"[x]": 2, "x": 1, "{x,y}*": 2}
    for number, (folder, count) in enumerate(counts.items()):
        place = f"file://{tmp_path}/{folder}"
        catalogue.create_table(f"lake.t{number}", schema=rows.schema, location=place).append(rows.slice(0, count))

    read = {}
    for folder in counts:
        spark.read("bills", str(tmp_path / folder))
        read[folder] = spark.arrow("select * from bills").num_rows

    assert read == counts


def test_an_empty_table(spark: Spark, catalogue: SqlCatalog, claims: dict[str, pa.Table], tmp_path: Path) -> None:
    catalogue.create_table("lake.diagnoses", schema=claims["diagnoses"].schema)

    spark.read("none", str(tmp_path / "warehouse" / "lake" / "diagnoses"))

    assert spark.arrow("select * from none").num_rows == 0
    assert spark.arrow("select * from none").column_names == claims["diagnoses"].column_names


def test_metadata_that_is_missing_or_broken_is_told(spark: Spark, tmp_path: Path) -> None:
    metadata = tmp_path / "bills" / "metadata"
    metadata.mkdir(parents=True)

    with pytest.raises(
        EngineError, match=r"cannot read bills from .*/bills: .*/bills/metadata has no metadata of an Ice"
    ):
        spark.read("bills", str(tmp_path / "bills"))
    (metadata / "v1.metadata.json").write_text("{", encoding="utf-8")
    with pytest.raises(
        EngineError, match=r"cannot read bills .*v1\.metadata\.json is not metadata of an Iceberg table: "
    ):
        spark.read("bills", str(tmp_path / "bills"))


def test_one_table_is_not_the_place_of_three(spark: Spark, contract: Contract) -> None:
    with pytest.raises(
        EngineError, match=r"v1\.metadata\.json is one table; .* the folder that holds service_claims, "
    ):
        price_stored(spark, "lake/service_claims/metadata/v1.metadata.json", [contract], "/nowhere")
