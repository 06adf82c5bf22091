"""Discharges from files: columns by heading, what is wrong said with its line, what is withheld never zero."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evenhand.errors import ReadError, SelectionError, UsageError
from evenhand.market import Definition, Discharges, assign, read_discharges


def written(folder: Path, text: str) -> Path:
    path = folder / "discharges.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_bad_rows_are_left_out_with_line_and_reason(tmp_path: Path) -> None:
    text = "Hospital,Owner,ZIP Code,DRG,Cases\nA,North,80401,470,3\n,North,80401,470,1\nA,North,8040X,470,1\n"
    text += "B,,80402-1234,871,-2\nB,,80402-1234,871,2\n"
    found = read_discharges(written(tmp_path, text))
    assert found.patients == 5
    assert [str(problem) for problem in found.problems] == [
        "discharges.csv:3: no hospital stands in the row; name it",
        "discharges.csv:4: ZIP code '8040X' is not five or nine digits; give the patient's ZIP",
        "discharges.csv:5: the number of cases is no number above zero; give a count, or *",
    ]
    assert found.systems == ("North", "B")
    assert found.groups["zip5"].levels == ("80401", "80402")
    assert "2 of 5 rows" in found.source


def test_cms_service_areas(tmp_path: Path) -> None:
    text = "MEDICARE_PROV_NUM,ZIP_CD_OF_RESIDENCE,TOTAL_DAYS_OF_CARE,TOTAL_CHARGES,TOTAL_CASES\n"
    text += '060001,80401,250,"1,250,000",40\n060001,80402,*,*,*\n060002,80401,99,500000,20\n'
    systems = tmp_path / "systems.csv"
    systems.write_text("CCN,System\n060001,North\n060002,North\n", encoding="utf-8")
    found = read_discharges(written(tmp_path, text), systems)
    assert (found.patients, found.suppressed, found.problems) == (60, 1, ())
    assert "rows with a withheld count, in no figure: 1" in found.source
    assert found.systems == ("North",)


def test_excel_and_parquet_give_the_same(tmp_path: Path) -> None:
    rows = [("hospital", "zip", "age group"), ("A", "02138", "65+"), ("B", "02139", "0-64")]
    book = openpyxl.Workbook()
    for hospital, code, group in rows:
        assert book.active is not None
        book.active.append([hospital, int(code) if code.isdigit() else code, group])
    book.save(tmp_path / "d.xlsx")
    columns = dict(zip(rows[0], zip(*rows[1:], strict=True), strict=True))
    pq.write_table(pa.table({name: list(column) for name, column in columns.items()}), tmp_path / "d.parquet")
    for name in ("d.xlsx", "d.parquet"):
        found = read_discharges(tmp_path / name)
        assert found.groups["zip5"].levels == ("02138", "02139"), name
        assert found.groups["age group"].levels == ("65+", "0-64")
        assert found.providers == ("A", "B")


def test_weights_and_hospitals_of_one_name(tmp_path: Path) -> None:
    text = "npi,provider,zip,drg weight,count\n1,St Mary,80401,2.5,2\n2,St Mary,80401,1,1\n"
    found = read_discharges(written(tmp_path, text))
    assert found.providers == ("St Mary (1)", "St Mary (2)")
    assert found.weight is not None
    assert list(found.weight) == [5.0, 1.0]


def test_a_hospital_under_two_systems_counts_to_the_first(tmp_path: Path) -> None:
    found = read_discharges(written(tmp_path, "hospital,system,zip\nA,North,80401\nA,South,80401\n"))
    assert found.systems == ("North",)
    (problem,) = found.problems
    assert str(problem) == (
        "discharges.csv:3: A stands under 'South' here and under 'North' above; it counts to the first"
    )
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("zip,drg\n80401,470\n", "no column says which hospital"),
        ("hospital,drg\nA,470\n", "has no column headed 'zip', 'zip code'.*it has 'hospital', 'drg'"),
        ("hospital,zip\nA,Denver\n", "none of its 1 rows can be used: discharges.csv:2: ZIP code 'Denver'"),
        ("hospital,zip\n", "none of its 0 rows can be used"),
        ("one column\n", "there is no table in it"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_discharges(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        read_discharges(tmp_path / "absent.csv")


def test_systems_by_name() -> None:
    found = Discharges.of(["A1", "A2", "B"], {"zip5": ["1", "1", "1"]}, system=["Alder", "Alder", "Birch"])
    assert found.systems[found.system("alder")] == "Alder"
    assert found.systems[found.system("A2")] == "Alder"
    with pytest.raises(SelectionError, match="'Cedar' is no one system or hospital"):
        found.system("Cedar")
    with pytest.raises(UsageError, match="a merger takes two systems"):
        found.merged(["Alder", "A1"])


def test_layers_name_columns_that_are_there() -> None:
    found = Discharges.of(["A"], {"zip5": ["80401"]})
    with pytest.raises(UsageError, match="no column 'zip4'; did you mean 'zip5'"):
        assign(found, Definition.read("zip4"))
    with pytest.raises(UsageError, match="at least one layer"):
        Definition.read(",")


def test_columns_given_need_a_hospital_in_every_row() -> None:
    for provider in ([], ["A", None]):
        with pytest.raises(UsageError, match="every row needs a hospital"):
            Discharges.of(provider, {"zip5": ["80401"] * len(provider)})


def test_a_system_named_only_further_down() -> None:
    found = Discharges.of(["A", "A", "B"], {"zip5": ["80401"] * 3}, system=[None, "Alder", None])
    assert found.systems == ("Alder", "B")
    assert found.groups["zip3"].levels == ("804",)


def test_a_region_of_a_larger_file() -> None:
    columns = {"zip5": ["80401", "80401", "10001", "80123"], "drg": ["1", "2", "1", "1"]}
    found = Discharges.of(
        ["A", "B", "C", "B"], columns, system=["North", "South", "East", "South"], weight=[1, 2, 3, 4]
    )
    near = found.living_in(["801", "804"])
    assert (near.patients, near.providers, near.systems) == (3, ("A", "B"), ("North", "South"))
    assert [near.systems[near.system_of[number]] for number in near.provider] == ["North", "South", "South"]
    assert near.weight is not None
    assert near.weight.tolist() == [1, 2, 4]
    assert "patients in ZIP codes 801…, 804…" in near.source
    with pytest.raises(SelectionError, match="no patient's ZIP code begins with 9"):
        found.living_in(["9"])
