"""Tuva's medical_claim: recognised by its columns, one claim for each number and source."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest

from evenhand.claims.recognise import recognise

Read = Callable[..., dict[str, list[dict[str, Any]]]]

_REAL = Path(__file__).resolve().parents[3] / "../shared/data/claims/tuva"

HEADER = (
    "claim_id,claim_line_number,claim_type,payer,claim_start_date,place_of_service_code,revenue_center_code,bill_type_code,"
    "hcpcs_code,hcpcs_modifier_1,service_unit_quantity,billing_tin,charge_amount,allowed_amount,paid_amount,"
    "diagnosis_code_type,diagnosis_code_1,diagnosis_code_2,data_source,{drg}"
)
ROWS = [
    "A,1,professional,Summit,2025-01-02,11,,,99213,25,1,84-0000000,150.00,118.52,94.82,icd-10-cm,M54.5,E11.9,x,",
    "B,1,institutional,Summit,2025-01-03,,275,0111,,,2,84-0000000,1000.00,,,icd-10-cm,M17.11,,x,70",
    "A,2,professional,Summit,2025-01-02,11,,,20610,,1,84-0000000,300.10,,,icd-10-cm,M54.5,I10,x,",
    "A,1,professional,Summit,2025-01-09,5,,,99214,,1,84-0000000,20.00,,,icd-10-cm,,,y,",
]


def table(path: Path, drg: str = "drg_code", rows: list[str] | None = None) -> Path:
    """A small Tuva table."""
    path.write_text("\n".join([HEADER.format(drg=drg), *(ROWS if rows is None else rows)]) + "\n")
    return path


def test_lines_of_one_number_and_source_are_one_claim(tmp_path: Path, read: Read) -> None:
    tables = read(table(tmp_path / "any.name"))
    claims = sorted(tables["claims"], key=lambda row: row["claim_key"])
    assert [(c["claim_key"], c["claim_id"], c["charge_amount"]) for c in claims] == [
        (2, "A", Decimal("450.10")),
        (3, "B", Decimal("1000.00")),
        (5, "A", Decimal("20.00")),
    ]
    lines = sorted(tables["lines"], key=lambda row: row["line_key"])
    assert [(line["line_key"], line["claim_key"], line["claim_line_number"]) for line in lines] == [
        (2, 2, 1),
        (3, 3, 1),
        (4, 2, 2),
        (5, 5, 1),
    ]


def test_codes_come_out_as_everybody_writes_them(tmp_path: Path, read: Read) -> None:
    tables = read(table(tmp_path / "t"))
    claim = next(row for row in tables["claims"] if row["claim_id"] == "B")
    line = next(row for row in tables["lines"] if row["claim_key"] == claim["claim_key"])
    assert (claim["bill_type_code"], claim["drg_code"], claim["billing_tin"]) == ("111", "070", "840000000")
    assert line["revenue_center_code"] == "0275"
    assert {row["place_of_service_code"] for row in tables["lines"]} == {"11", None, "05"}


def test_diagnoses_of_all_lines_are_kept_once(tmp_path: Path, read: Read) -> None:
    tables = read(table(tmp_path / "t"))
    found = sorted((d["claim_key"], d["position"], d["code"]) for d in tables["diagnoses"])
    assert found == [(2, 1, "M545"), (2, 2, "E119"), (2, 3, "I10"), (3, 1, "M1711")]


@pytest.mark.parametrize(("column", "kind"), [("ms_drg_code", "ms-drg"), ("apr_drg_code", "apr-drg")])
def test_both_generations_of_drg_columns_are_read(tmp_path: Path, read: Read, column: str, kind: str) -> None:
    claims = read(table(tmp_path / "t", drg=column))["claims"]
    assert [(c["drg_code_type"], c["drg_code"]) for c in claims if c["drg_code"]] == [(kind, "070")]


def test_parquet_gives_the_same_rows_as_csv(tmp_path: Path, read: Read) -> None:
    path = table(tmp_path / "t.csv")
    pq.write_table(pcsv.read_csv(path), tmp_path / "t.parquet")
    plain, packed = read(path), read(tmp_path / "t.parquet")
    for name in ("claims", "lines", "diagnoses"):
        without = [{k: v for k, v in row.items() if k != "file_id"} for row in plain[name]]
        same = [{k: v for k, v in row.items() if k != "file_id"} for row in packed[name]]
        assert sorted(map(str, without)) == sorted(map(str, same))


def test_parquet_with_decimals_and_days_is_exact(tmp_path: Path, read: Read) -> None:
    typed = pcsv.read_csv(table(tmp_path / "t.csv"))
    money = typed["charge_amount"].cast(pa.decimal128(18, 2))
    typed = typed.set_column(typed.schema.get_field_index("charge_amount"), "charge_amount", money)
    pq.write_table(typed, tmp_path / "t.parquet")
    assert sum(line["charge_amount"] for line in read(tmp_path / "t.parquet")["lines"]) == Decimal("1470.10")


def test_a_pharmacy_table_is_not_taken_for_medical_claims(tmp_path: Path) -> None:
    path = tmp_path / "medical_claim.csv"
    path.write_text("claim_id,claim_line_number,ndc_code,charge_amount\n1,1,0002,5\n")
    found = recognise(path)
    assert found.kind == "unknown"
    assert "needs a mapping" in found.what


def test_the_same_amount_on_all_lines_is_doubted(tmp_path: Path, read: Read) -> None:
    row = "{},{},professional,P,2025-01-02,11,,,99213,,1,1,150.00,,80.00,,,,x,"
    rows = [row.format(claim, line) for claim in range(6) for line in (1, 2, 3)]
    findings = read(table(tmp_path / "t", rows=rows))["findings"]
    repeated = [f for f in findings if f["rule"] == "header-amount-repeated"]
    assert {f["element"] for f in repeated} == {"charge_amount", "paid_amount"}
    assert "6 of 6 claims" in repeated[0]["message"]


def test_the_real_demo_rows_load(read: Read) -> None:
    path = _REAL / "demo_seeds_ravindra/medical_claim.csv"
    if not path.exists():
        pytest.skip("the shared sample tables are not beside this repository")
    tables = read(path)
    assert len(tables["lines"]) == 37
    assert tables["said"] == [
        {
            "rows": 37,
            "charge_amount": sum(line["charge_amount"] for line in tables["lines"]),
            "allowed_amount": sum(line["allowed_amount"] for line in tables["lines"]),
            "paid_amount": sum(line["paid_amount"] for line in tables["lines"]),
        }
    ]
