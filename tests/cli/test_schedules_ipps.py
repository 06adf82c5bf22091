"""`evenhand schedules ipps`: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from evenhand.cli.main import cli
from evenhand.errors import PricingError, UsageError

FACTS = Path(__file__).resolve().parents[1] / "schedules" / "ipps" / "facts"


def run(*arguments: str, claims: Path = FACTS / "claims.csv") -> str:
    options = ["--drgs", str(FACTS / "drgs.csv"), "--hospitals", str(FACTS / "hospitals.csv")]
    result = CliRunner().invoke(
        cli, ["schedules", "ipps", str(claims), *options, *arguments], env={"COLUMNS": "140"}, catch_exceptions=True
    )
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_sums_are_shown() -> None:
    shown = " ".join(run("--year", "2021").split())

    assert "fiscal year 2021" in shown
    assert "constants of the year: verified" in shown
    assert "Capital outlier" in shown
    assert "F01" not in shown


def test_json_has_every_claim_and_the_tables_agree() -> None:
    told = json.loads(run("--year", "2021", "--json"))
    with (FACTS / "claims.csv").open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))

    assert [row["total_amount"] for row in told["claims"]] == [row["total_amount"] for row in facts]
    assert sum(row["claims"] for row in told["outcomes"]) == 60
    total = next(row["amount"] for row in told["components"] if row["component"] == "Total")
    assert f"{sum(float(row['total_amount']) for row in facts):.2f}" == total


def test_few_claims_are_shown_one_by_one_and_those_without_a_price_told(tmp_path: Path) -> None:
    claims = tmp_path / "claims.csv"
    claims.write_text("claim_id,provider,drg,los,charges\nA1,city,470,2,20000\nA2,city,998,2,20000\nA3,other,470,2,1\n")
    shown = run("--year", "2026", claims=claims)

    assert "constants of the year: stated" in shown
    for part in ("A1", "no such DRG", "no such hospital"):
        assert part in shown


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_every_claim_is_written(ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"priced.{ending}"
    run("--year", "2021", "--out", str(out))

    if ending == "parquet":
        rows = [str(value) for value in pq.read_table(out).column("total_amount").to_pylist()]
    elif ending == "csv":
        with out.open(encoding="utf-8", newline="") as file:
            rows = [row["total_amount"] for row in csv.DictReader(file)]
    else:
        sheet = openpyxl.load_workbook(out)["claims"]
        found = list(sheet.iter_rows(min_row=3, max_row=63, values_only=True))
        rows = [f"{row[found[0].index('total')]:.2f}" for row in found[1:]]
    assert len(rows) == 60
    assert rows[0] == "47332.46"


def test_what_it_refuses(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="say the fiscal year with --year"):
        run()
    with pytest.raises(UsageError, match=r"end the name in \.xlsx, \.csv, \.parquet"):
        run("--year", "2021", "--out", str(tmp_path / "priced.txt"))
    with pytest.raises(PricingError, match="no inpatient constants for fiscal year 2019"):
        run("--year", "2019")
