"""Any table by a mapping: delimiters, encodings, money, days, broken rows, amounts of the claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.claims.draft import draft_mapping
from evenhand.claims.mapping import MappingError, read_mapping
from evenhand.claims.recognise import recognise
from evenhand.errors import ReadError

Read = Callable[..., dict[str, list[dict[str, Any]]]]

MAPPING = """
mapping: clinic
money: {money}
dates: "%m/%d/%Y"
columns:
  claim_id: Claim No
  claim_line_start_date: DOS
  hcpcs_code: CPT
  charge_amount: {{column: Billed, level: {level}}}
  paid_amount: {{column: Paid, level: {level}}}
  payer: {{column: Plan, values: {{BCBS: Blue Cross}}}}
  claim_type: {{value: professional}}
"""
HEAD = ["Claim No", "DOS", "CPT", "Billed", "Paid", "Plan"]


def written(folder: Path, rows: list[list[str]], *, by: str = ",", encoding: str = "utf-8", head: str = "") -> Path:
    """A table in a file."""
    path = folder / "export"
    text = head + "\n".join(by.join(row) for row in [HEAD, *rows]) + "\n"
    path.write_bytes(text.encode(encoding))
    return path


def mapping(folder: Path, text: str = MAPPING, **said: str) -> Any:
    """A mapping read from its file."""
    path = folder / "map.yaml"
    path.write_text(text.format(**({"money": "us", "level": "line"} | said)) if "{money}" in text else text)
    return read_mapping(path)


def rules(tables: dict[str, list[dict[str, Any]]]) -> list[tuple[str, str | None]]:
    """Rule and element of each finding, in order."""
    return sorted((f["rule"], f["element"]) for f in tables["findings"] if f["rule"] != "columns-not-used")


@pytest.mark.parametrize("by", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_delimiters_and_encodings_are_found_out(tmp_path: Path, read: Read, by: str, encoding: str) -> None:
    rows = [["A", "03/01/2025", "99213", "150.00", "80", "Santé"], ["A", "03/01/2025", "20610", "50", "0", "Santé"]]
    tables = read(written(tmp_path, rows, by=by, encoding=encoding), mapping(tmp_path))
    (claim,) = tables["claims"]
    assert (claim["payer"], claim["charge_amount"], claim["claim_type"]) == ("Santé", Decimal("200.00"), "professional")
    assert [line["claim_line_number"] for line in tables["lines"]] == [1, 2]
    assert tables["lines"][0]["claim_line_start_date"] == date(2025, 3, 1)
    assert rules(tables) == []


def test_what_is_no_amount_or_day_is_left_empty_with_a_finding(tmp_path: Path, read: Read) -> None:
    rows = [
        ["A", "03/01/2025", "1", "n/a", "5", "X"],
        ["B", "13/45/2025", "1", "10", "five dollars", "X"],
        ["C", "03/01/2025", "1", '"12,34"', "5", "X"],
        ["D", "03/01/2025", "1", "", "5", "X"],
        ["", "03/01/2025", "1", "7", "1.005", "X"],
    ]
    tables = read(written(tmp_path, rows), mapping(tmp_path))
    assert rules(tables) == [
        ("no-charge", "charge_amount"),
        ("no-claim-number", "claim_id"),
        ("not-a-day", "claim_line_start_date"),
        ("not-an-amount", "charge_amount"),
        ("not-an-amount", "charge_amount"),
        ("not-an-amount", "paid_amount"),
        ("part-of-a-cent", "paid_amount"),
    ]
    lines = sorted(tables["lines"], key=lambda row: row["line_key"])
    assert [line["charge_amount"] for line in lines] == [None, Decimal("10.00"), None, None, Decimal("7.00")]
    assert lines[4]["paid_amount"] == Decimal("1.01")
    shown = {f["found"] for f in tables["findings"] if f["rule"] == "not-an-amount"}
    assert shown == {"n/a", "12,34", "text of 12 characters"}
    assert "row 3: claim_line_start_date is not a day" in " ".join(f["message"] for f in tables["findings"])


def test_values_are_replaced_by_what_is_meant(tmp_path: Path, read: Read) -> None:
    rows = [["A", "03/01/2025", "1", "1", "1", "BCBS"], ["B", "03/01/2025", "1", "1", "1", "Other"]]
    claims = read(written(tmp_path, rows), mapping(tmp_path))["claims"]
    assert sorted(claim["payer"] for claim in claims) == ["Blue Cross", "Other"]


def test_an_amount_of_the_claim_repeated_on_its_lines_counts_once(tmp_path: Path, read: Read) -> None:
    rows = [["A", "03/01/2025", str(n), "900", "300", "X"] for n in (1, 2, 3)] + [
        ["B", "03/01/2025", "1", "50", "9", "X"]
    ]
    tables = read(written(tmp_path, rows), mapping(tmp_path, level="claim"))
    charges = {claim["claim_id"]: claim["charge_amount"] for claim in tables["claims"]}
    assert charges == {"A": Decimal("900.00"), "B": Decimal("50.00")}
    lines = sorted(tables["lines"], key=lambda row: row["line_key"])
    assert [line["charge_amount"] for line in lines] == [None, None, None, Decimal("50.00")]
    assert [line["paid_amount"] for line in lines] == [Decimal("300.00"), None, None, Decimal("9.00")]
    assert tables["said"][0]["charge_amount"] == Decimal("950.00")


def test_a_claim_amount_that_differs_between_lines_is_doubted(tmp_path: Path, read: Read) -> None:
    rows = [["A", "03/01/2025", "1", "900", "300", "X"], ["A", "03/01/2025", "2", "800", "300", "X"]]
    tables = read(written(tmp_path, rows), mapping(tmp_path, level="claim"))
    assert rules(tables) == [("claim-lines-differ", "charge_amount")]


def test_rows_that_do_not_fit_are_mended_or_noted_never_dropped(tmp_path: Path, read: Read) -> None:
    rows = [
        ["A", "03/01/2025", "1", "10"],
        ["B", "03/01/2025", "1", "20", "1", "X", "", ""],
        ["C", "03/01/2025", "1", "30", "1", "X", "surplus"],
        ["D", "03/01/2025", "1", "40", "1", "X"],
    ]
    tables = read(written(tmp_path, rows), mapping(tmp_path))
    assert {row["line_key"]: row["charge_amount"] for row in tables["lines"]} == {
        2: Decimal("10.00"),
        3: Decimal("20.00"),
        5: Decimal("40.00"),
    }
    assert [f["message"] for f in tables["findings"] if f["rule"] == "row-misfit"] == [
        "row 4: 7 cells where the header has 6; it is not loaded"
    ]
    assert tables["said"][0]["rows"] == len(tables["lines"]) + 1


def test_rows_are_numbered_from_a_header_below_a_title(tmp_path: Path, read: Read) -> None:
    rows = [["A", "03/01/2025", "1", "10", "1", "X"], ["B", "03/01/2025", "1", "x", "1", "X"], ["C", "03/01/2025", "1"]]
    path = written(tmp_path, rows, head="Billing export\nMarch\n")
    tables = read(path, mapping(tmp_path, MAPPING.format(money="us", level="line") + "header_row: 3\n"))
    assert sorted(line["line_key"] for line in tables["lines"]) == [4, 5, 6]
    messages = " ".join(f["message"] for f in tables["findings"])
    assert "row 5: charge_amount is not an amount" in messages
    assert "row 6: 3 cells where the header has 6" in messages


def test_a_stray_quote_spoils_no_more_than_its_row(tmp_path: Path, read: Read) -> None:
    rows = [["A", "03/01/2025", "1", "10", "1", 'X "the'], ["B", "03/01/2025", "1", "20", "1", "X"]]
    tables = read(written(tmp_path, rows), mapping(tmp_path))
    assert sorted(line["charge_amount"] for line in tables["lines"]) == [Decimal("10.00"), Decimal("20.00")]


def test_excel_sheets_are_read_with_their_codes_and_days(tmp_path: Path, read: Read) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append([1001, date(2025, 3, 1), 99213, 0.1 + 0.2, 150, "BCBS"])
    sheet.append([1001, "03/02/2025", "0275T", "$1,200.50", None, "BCBS"])
    workbook.save(tmp_path / "book.bin")
    text = MAPPING.format(money="us", level="line").replace('dates: "%m/%d/%Y"', 'dates: ["%Y-%m-%d", "%m/%d/%Y"]')
    tables = read(tmp_path / "book.bin", mapping(tmp_path, text))
    lines = sorted(tables["lines"], key=lambda row: row["line_key"])
    assert [line["hcpcs_code"] for line in lines] == ["99213", "0275T"]
    assert [line["charge_amount"] for line in lines] == [Decimal("0.30"), Decimal("1200.50")]
    assert [line["claim_line_start_date"] for line in lines] == [date(2025, 3, 1), date(2025, 3, 2)]
    assert tables["claims"][0]["claim_id"] == "1001"


@pytest.mark.parametrize(("style", "text"), [("us", "1,234.50"), ("european", "1.234,50"), ("cents", "123450")])
def test_money_is_read_in_the_style_that_is_said(tmp_path: Path, read: Read, style: str, text: str) -> None:
    rows = [["A", "03/01/2025", "1", f'"{text}"', "1", "X"]]
    tables = read(written(tmp_path, rows), mapping(tmp_path, money=style))
    assert tables["lines"][0]["charge_amount"] == Decimal("1234.50")


def test_all_problems_of_a_mapping_come_at_once(tmp_path: Path) -> None:
    text = """mapping: x
money: dollars
columns:
  claim_id: Claim
  chrge_amount: {column: Billed}
  payer: {column: A, value: B}
  paid_amount: {column: Paid, level: header}
colums: 1
"""
    with pytest.raises(MappingError) as refused:
        mapping(tmp_path, text)
    said = [str(problem).removeprefix(f"{tmp_path}/") for problem in refused.value.problems]
    assert said == [
        "map.yaml:8: 'colums' is not known here; did you mean 'columns'?",
        "map.yaml:5: 'chrge_amount' is not known here; did you mean 'charge_amount'?",
        "map.yaml:6: payer needs a column or a value; write payer: {column: …} or payer: {value: …}",
        "map.yaml:7: level is 'header'; say line or claim",
        "map.yaml:2: money is written as 'dollars'; say one of us, european, cents",
        "map.yaml:4: no column is said to be charge_amount; add charge_amount: under columns",
    ]


def test_a_table_without_the_mapped_columns_says_which(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Claim No,DOS,CPT\n1,2,3\n")
    found = recognise(path, mapping(tmp_path))
    assert found.kind == "unknown"
    assert "lacks columns of the mapping: Billed, Paid, Plan" in found.what


def test_a_draft_reads_the_table_it_was_made_from(tmp_path: Path, read: Read) -> None:
    rows = [["A", "03/01/2025", "99213", "150.00", "80", "X"]]
    path = written(tmp_path, rows, by=";", head="A title;;;;;\n")
    draft = draft_mapping(path)
    assert "header_row: 2" in draft
    assert 'dates: ["%m/%d/%Y"]' in draft
    assert "# billing_npi: COLUMN    # not found" in draft
    tables = read(path, mapping(tmp_path, draft))
    assert tables["lines"][0]["charge_amount"] == Decimal("150.00")
    assert tables["claims"][0]["claim_id"] == "A"
    assert "80" not in draft.replace("header", "")


ZIPS = """
mapping: clinic
columns: {claim_id: Claim, charge_amount: Billed, billing_zip: Billing Zip, facility_zip: POS Zip}
"""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("80401", "80401"),
        ("80401-9999", "804019999"),
        ("804019999", "804019999"),
        ("6156", "06156"),
        ("501", "00501"),
        ("61561234", "061561234"),
        ("5011234", "005011234"),
        ("", None),
    ],
)
def test_zip_codes_get_back_the_zeros_a_spreadsheet_drops(
    tmp_path: Path, read: Read, said: str, meant: str | None
) -> None:
    path = tmp_path / "export"
    path.write_text(f"Claim,Billed,Billing Zip,POS Zip\nA,1.00,{said},02108\n")
    tables = read(path, mapping(tmp_path, ZIPS))
    assert [(claim["billing_zip"], claim["facility_zip"]) for claim in tables["claims"]] == [(meant, "02108")]
    assert rules(tables) == []


@pytest.mark.parametrize("said", ["12", "123456", "8040199991", "80401-999", "80401-", "8O401", "M5V 2T6", "-6156"])
def test_what_is_no_zip_code_is_left_empty_with_a_finding(tmp_path: Path, read: Read, said: str) -> None:
    path = tmp_path / "export"
    path.write_text(f"Claim,Billed,Billing Zip,POS Zip\nA,1.00,02108,{said}\n")
    tables = read(path, mapping(tmp_path, ZIPS))
    assert [(claim["billing_zip"], claim["facility_zip"]) for claim in tables["claims"]] == [("02108", None)]
    (finding,) = [f for f in tables["findings"] if f["rule"] == "not-a-zip"]
    assert (finding["severity"], finding["element"], finding["found"]) == ("warning", "facility_zip", said)
    assert finding["message"] == "row 2: facility_zip is not a ZIP code of five or nine digits; it is left empty"


def test_zip_codes_of_a_sheet_are_numbers_and_stand_once_for_a_claim(tmp_path: Path, read: Read) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Claim", "Billed", "Billing Zip", "POS Zip"], ["A", 1, 6156, 2108], ["A", 2, 6156, 2109]):
        sheet.append(row)
    workbook.save(tmp_path / "book.bin")
    tables = read(tmp_path / "book.bin", mapping(tmp_path, ZIPS))
    assert [(claim["billing_zip"], claim["facility_zip"]) for claim in tables["claims"]] == [("06156", "02108")]
    assert rules(tables) == [("claim-lines-differ", "facility_zip")]


@pytest.mark.parametrize(
    ("billing", "facility"),
    [("Billing Provider ZIP", "Service Facility Zip Code"), ("Bill Zip", "POS ZIP"), ("billing_zip", "Zip of service")],
)
def test_a_draft_finds_zip_codes_by_their_headings(tmp_path: Path, billing: str, facility: str) -> None:
    path = tmp_path / "export"
    path.write_text(f"Claim No,Billed,{billing},{facility},Patient Zip,Zip\nA,1.00,80401,80401,80401,80401\n")
    draft = draft_mapping(path)
    assert f'billing_zip: "{billing}"' in draft
    assert f'facility_zip: "{facility}"' in draft
    assert "# Columns not used: Patient Zip, Zip" in draft, "a patient's address says nothing of the place of service"


def test_no_draft_is_made_of_what_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4 \0\0")
    with pytest.raises(ReadError, match="no table was found"):
        draft_mapping(tmp_path / "x.pdf")


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["{}", "${}", "{:,}", "${:,}", " {} "]))
def test_amounts_survive_being_written(amount: Decimal, form: str) -> None:
    assert _amount("us", form.format(amount)) == amount


@given(st.text(alphabet="0123456789.,-+()$eE %", max_size=8))
def test_what_is_read_as_an_amount_is_one(text: str) -> None:
    from evenhand.money import parse_money, to_cents

    found = _amount("us", text)
    expected = parse_money(text.replace(" ", ""))
    trailing_minus = text.replace("$", "").rstrip().endswith("-")
    assert found is None or trailing_minus or (expected is not None and to_cents(expected) == found)


def _amount(style: str, text: str) -> Decimal | None:
    from importlib.resources import files

    global _connection
    if _connection is None:
        _connection = duckdb.connect()
        _connection.execute(files("evenhand.claims.tabular").joinpath("macros.sql").read_text(encoding="utf-8"))
    query = f"select whole_cents({style}_amount(?))"
    value: Decimal | None = _connection.execute(query, [text]).fetchall()[0][0]
    return value


_connection: duckdb.DuckDBPyConnection | None = None
