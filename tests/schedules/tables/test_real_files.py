"""CMS's own files: what each is, from which day it holds, how many rows it has, and one row that is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.errors import Log
from evenhand.schedules.tables.reading import PublishedTable, read_published
from evenhand.sheets import read_sheets, tidy

Reader = Callable[..., tuple[list[PublishedTable], Log]]

JAN, APR, JUL, OCT = (date(2025, month, 1) for month in (1, 4, 7, 10))
OPPS = "opps2025/2025_NFRM_Addendum_"
AA25 = {"code": "0102T", "multiple": True, "indicator": "G2", "weight": "28.767", "rate": "1579.16"}
B_ROW = {"code": "27447", "status": "J1", "apc": "5115", "rate": "12866.82"}
#: File, kind, first day, last day, rows, and some cells of one row.
FILES: list[tuple[str, str, date, date, int, dict[str, Any]]] = [
    ("asc/2024/20241001/AA.csv", "asc-procedures", date(2024, 10, 1), date(2024, 12, 31), 4122,
     {"code": "0102T", "multiple": True, "indicator": "G2", "weight": "28.3804", "rate": "1518.75"}),
    ("asc/2025/20250101/AA.csv", "asc-procedures", JAN, date(2025, 3, 31), 4183, AA25),
    # three new codes have a weight that is not their rate's, and are left out
    ("asc/2025/20251001/AA.csv", "asc-procedures", OCT, date(2025, 12, 31), 4198, AA25),
    ("asc/2024/20241001/BB.csv", "asc-ancillaries", date(2024, 10, 1), date(2024, 12, 31), 2407,
     {"code": "0331T", "indicator": "Z2", "weight": "13.7628", "rate": "736.50"}),
    ("asc/2025/20250101/BB.csv", "asc-ancillaries", JAN, date(2025, 3, 31), 2454,
     {"code": "0331T", "indicator": "Z2", "weight": "12.983", "rate": "712.70"}),
    ("asc/2025/20251001/BB.csv", "asc-ancillaries", OCT, date(2025, 12, 31), 2534, {"code": "0394T", "rate": "141.20"}),
    ("asc/2024/20241001/EE.csv", "asc-excluded", date(2024, 10, 1), date(2024, 12, 31), 2123, {"code": "G0415"}),
    ("asc/2025/20250101/EE.csv", "asc-excluded", JAN, date(2025, 3, 31), 2108, {"code": "00176"}),
    ("asc/2025/20251001/EE.csv", "asc-excluded", OCT, date(2025, 12, 31), 2109, {"code": "00176"}),
    ("asc/2024/20241001/FF.csv", "asc-offsets", date(2024, 10, 1), date(2024, 12, 31), 4122,
     {"code": "0201T", "apc": "5114", "apc_share": None, "share": "0.2307", "offset": "782.66"}),
    ("asc/2025/20250101/FF.csv", "asc-offsets", JAN, date(2025, 3, 31), 4183,
     {"code": "0102T", "apc_share": "0.0498", "rate": "2941.66", "share": "0"}),
    ("asc/2025/20251001/FF.csv", "asc-offsets", OCT, date(2025, 12, 31), 4201, {"code": "0102T", "rate": "2941.66"}),
    ("asc/wage/wage_index_2024.txt", "asc-wages", date(2024, 1, 1), date(2024, 12, 31), 462,
     {"cbsa": "49740", "index": "0.9903"}),
    ("asc/wage/wage_index_2025.txt", "asc-wages", JAN, date(2025, 12, 31), 503, {"cbsa": "49740", "index": "0.9715"}),
    ("asc/wage/wage_index_2026.csv", "asc-wages", date(2026, 1, 1), date(2026, 12, 31), 486,
     {"cbsa": "50025", "index": "0.3571"}),
    ("clfs/CLFS_2025_Q2V1.csv", "clfs-rates", APR, date(2025, 6, 30), 2105,
     {"code": "U0002", "modifier": "QW", "indicator": "N", "effective": JAN, "rate": "51.31"}),
    ("ipps_fy2021/ms_drg_weights.csv", "ipps-drg", date(2020, 10, 1), date(2021, 9, 30), 767,
     {"drg": "001", "weight": "28.9651", "gmlos": "30.2", "amlos": "39.2", "post_acute": False}),
    ("ipps_fy2026/drgstable-2026.csv", "ipps-drg", OCT, date(2026, 9, 30), 772,
     {"drg": "003", "weight": "21.2252", "gmlos": "22.9", "amlos": "33", "post_acute": True, "special_pay": False}),
    ("ipps_fy2021/national_rates.csv", "ipps-rates", date(2020, 10, 1), date(2021, 9, 30), 8,
     {"table": 5, "quality": True, "ehr_reduced": True, "wage_above_1": True, "labor": "4000", "nonlabor": "1856.52"}),
    ("ipps_fy2026/ratex-2025.csv", "ipps-rates", date(2024, 10, 1), date(2025, 9, 30), 10,
     {"table": 1, "quality": None, "labor": "4478.09", "nonlabor": "2146.30"}),
    ("ipps_fy2026/ratex-2026.csv", "ipps-rates", OCT, date(2026, 9, 30), 10,
     {"table": 3, "labor": "4186.62", "nonlabor": "2565.99"}),
    *((f"{OPPS}A.11122024.{end}", "opps-apc", JAN, date(2025, 12, 31), 994,
       {"apc": "0701", "status": "K", "weight": None, "rate": "1740.72",
        "least_copay": "348.15", "adjusted_share": "0.2"})
      for end in ("txt", "xlsx")),
    *((f"{OPPS}B.11122024.{end}", "opps-rates", JAN, date(2025, 12, 31), 18682, B_ROW) for end in ("txt", "xlsx")),
    *((f"{OPPS}C.11122024.{end}", "opps-members", JAN, date(2025, 12, 31), 7535,
       {"apc": "9541", "code": "P9027", "rate": None}) for end in ("txt", "xlsx")),
    *((f"{OPPS}D1.10242024.{end}", "opps-status", JAN, date(2025, 12, 31), 28, {"status": "J1"})
      for end in ("txt", "xlsx")),
    (f"{OPPS}J_-_Rank_for_Primary_Assignment.11132024.txt", "opps-ranks", JAN, date(2025, 12, 31), 3236,
     {"code": "69930", "status": "J1", "apc": "5166", "rank": 2}),
    (f"{OPPS}J_-_Complxity_Adjustments.11132024.txt", "opps-complexity", JAN, date(2025, 12, 31), 432,
     {"code": "11044", "second_code": "20220", "apc": "5072", "adjusted_code": "1104D", "adjusted_apc": "5073"}),
    *((f"{OPPS}L.10212024.{end}", "opps-outmigration", JAN, date(2025, 12, 31), 431,
       {"hospital": "010022", "cbsa": "01", "reclassified": True, "adjustment": "0.1017", "county": "01019"})
      for end in ("txt", "xlsx")),
    *((f"{OPPS}M.10102024.{end}", "opps-composites", JAN, date(2025, 12, 31), 183,
       {"code": "71046", "status": "Q3", "apc": "5521", "composites": "5041, 5045"}) for end in ("txt", "xlsx")),
    (f"{OPPS}P_-_Device_Intensive_List.11142024.txt", "opps-devices", JAN, date(2025, 12, 31), 535,
     {"code": "0200T", "apc": "5114", "apc_share": "0.2507", "share": "0.3386", "offset": "2418.87"}),
    (f"{OPPS}P_-_HCPCS_Offsets.11142024.txt", "opps-offsets", JAN, date(2025, 12, 31), 5121,
     {"code": "P9100", "rate": "59.40", "share": "0.0016", "offset": "0.10"}),
    ("pfs/rvu22a/PPRRVU22_JAN.csv", "pfs-rvu", date(2022, 1, 1), date(2022, 3, 31), 17600,
     {"code": "99213", "modifier": None, "status": "A", "work": "1.30", "conversion_factor": "34.6062"}),
    ("pfs/rvu25d/PPRRVU2025_Oct.csv", "pfs-rvu", OCT, date(2025, 12, 31), 19090,
     {"code": "99213", "status": "A", "work": "1.30", "conversion_factor": "32.3465"}),
    ("pfs/rvu25d/GPCI2025.csv", "pfs-gpci", JAN, date(2025, 12, 31), 109,
     {"carrier": "10112", "locality": "00", "work": "1", "pe": "0.869", "mp": "0.575"}),
    ("pfs/rvu25d/25LOCCO.csv", "pfs-counties", JAN, date(2025, 12, 31), 109,
     {"carrier": "02102", "locality": "01", "state": "ALASKA"}),
    ("pfs/rvu25d/OPPSCAP_Oct.csv", "pfs-oppscap", OCT, date(2025, 12, 31), 16100,
     {"code": "0633T", "carrier": "01112", "locality": "09", "facility": "152.38", "office": "152.38"}),
    ("pfs/rvu25d/ANES2025.csv", "anesthesia-factors", JAN, date(2025, 12, 31), 109,
     {"carrier": "10112", "locality": "00", "conversion_factor": "19.31"}),
    ("pfs/pfrev/PFREV25C.txt", "pfs-amounts", JUL, date(2025, 9, 30), 109,
     {"carrier": "01112", "locality": "05", "code": "76145", "office": "1339.81"}),
    ("pfs/zip5/ZIP5_OCT2025.txt", "pfs-zip", OCT, date(2025, 12, 31), 42956,
     {"zip": "99501", "carrier": "02102", "locality": "01"}),
    ("anesthesia/CY_2022_Anesthesia_Base_Units_110921.xlsx", "anesthesia-units", date(2022, 1, 1), date(2022, 12, 31),
     276, {"code": "00104", "base_units": "4"}),
]  # fmt: skip


def _same(value: Any, expected: Any) -> bool:
    return bool(value == (Decimal(expected) if isinstance(value, Decimal) else expected))


@pytest.mark.parametrize(("name", "kind", "first", "last", "count", "known"), FILES, ids=[row[0] for row in FILES])
def test_file(
    name: str, kind: str, first: date, last: date, count: int, known: dict[str, Any], medicare: Path, read: Reader
) -> None:
    found, log = read(name, (medicare / name).read_bytes(), part=False)
    assert [str(p) for p in log.problems if p.severity == "error"] == []
    assert [table.kind.name for table in found] == [kind]
    assert (found[0].period.start, found[0].period.last) == (first, last)
    assert found[0].table.num_rows == count
    rows = found[0].table.select(list(known)).to_pylist()
    assert any(all(_same(row[key], value) for key, value in known.items()) for row in rows)


def test_contradictions_of_the_publisher_are_left_out_by_name(medicare: Path, read: Reader) -> None:
    found, log = read("asc/AA.csv", (medicare / "asc/2025/20251001/AA.csv").read_bytes(), part=False)
    assert [str(problem).split(":")[1].strip() for problem in log.problems] == ["0973T", "0975T", "0981T"]
    assert not {"0973T", "0975T", "0981T"} & set(found[0].table["code"].to_pylist())


def test_one_area_has_two_wage_indices(medicare: Path, read: Reader) -> None:
    found, _ = read("wage_index_2025.txt", (medicare / "asc/wage/wage_index_2025.txt").read_bytes())
    rows = found[0].table.to_pylist()
    assert [str(row["index"].normalize()) for row in rows if row["cbsa"] == "01"] == ["0.6471", "0.7158"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        (f"{OPPS.replace('Addendum_', '')}Data_AddB.11072024.txt", "Data Addendum B"),
        (f"{OPPS}N.103029924.txt", "Addendum N"),
        (f"{OPPS}O.11012024.txt", "Addendum O"),
        (f"{OPPS}J_-_Complexity_Adj._Evaluation.11132024.txt", "statistics"),
        ("pfs/rvu25d/PPRRVU2025_Oct.txt", "fixed width"),
        ("pfs/rvu25d/GPCI2025.txt", "fixed width"),
    ],
)
def test_what_is_published_beside_tables_is_named_and_not_taken(
    name: str, what: str, medicare: Path, read: Reader
) -> None:
    found, log = read(name, (medicare / name).read_bytes(), part=False)
    assert found == []
    assert [what in str(problem) for problem in log.problems] == [True]


def _descriptions(path: Path) -> set[str]:
    """Cells under headings that describe codes, of four letters and more."""
    cells: set[str] = set()
    for sheet in read_sheets(path.name, path.read_bytes(), Log(path.name)):
        at: set[int] = set()
        for row in sheet.rows:
            named = {i for i, cell in enumerate(row.cells) if _describes(tidy(cell))}
            at = at or named
            cells |= {row.cells[i].strip().lower() for i in at if i < len(row.cells)}
    return {cell for cell in cells if len(cell) > 3 and not _describes(tidy(cell))}


def _describes(heading: str) -> bool:
    return len(heading) < 40 and bool(
        {"descriptor", "description", "shortdesc", "longdesc", "title"} & {*heading.split()}
    )


def test_no_description_of_a_code_is_kept(medicare: Path) -> None:
    seen = 0
    for name in dict.fromkeys(row[0] for row in FILES):
        if name.endswith(".xlsx") and any(other.suffix == ".txt" for other in (medicare / name).parent.glob("*.txt")):
            continue  # the same rows stand in text files beside it, which are read ten times faster
        path = medicare / name
        descriptions = _descriptions(path)
        seen += len(descriptions)
        for found in read_published(name, path.read_bytes(), Log(name)):
            for column in found.table.columns:
                kept = {str(value).lower() for value in column.unique().to_pylist() if value is not None}
                assert not kept & descriptions, name
    assert seen > 10_000
