"""Hospitals, DRG tables, claims and constants from files: what is read, and what is refused with its line."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest

from evenhand.errors import PricingError, ReadError
from evenhand.schedules.ipps import Drg, Hospital, constants_of, known_years, price_ipps, read_drgs, read_hospitals
from evenhand.schedules.ipps.claims import read_claims

OWN = "wage index,size,beds,oper_ccr,cap_ccr,ssi,medicaid"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_hospital_by_other_headings(tmp_path: Path) -> None:
    path = written(tmp_path / "h.csv", f"CCN,{OWN},RRC\n010001,.8612,O,331,.301,.02,.0431,.1502,Y\n")

    assert read_hospitals(path) == [
        Hospital(
            "010001", Decimal("0.8612"), "other urban", 331, Decimal("0.301"), Decimal("0.02"), Decimal("0.0431"),
            Decimal("0.1502"), referral_centre=True,
        )
    ]  # fmt: skip


def test_everything_wrong_with_hospitals_is_told_at_once(tmp_path: Path) -> None:
    good = ",.9,L,100,.3,.02,.04,.15\n"
    rows = f"a,81.2,O,331,.301,.02,.04,.15\nb,.8,X,1.5,.3012,.02,-1,2\na{good}{good}"
    path = written(tmp_path / "h.csv", f"provider,{OWN}\n{rows}")

    with pytest.raises(ReadError) as refused:
        read_hospitals(path)
    told = str(refused.value)
    for part in (
        "line 2: wage_index: '81.2' is not a number from 0.2 to 4",
        "line 3: cbsa_size: 'X' is not known here; write one of large urban, other urban, rural",
        "line 3: beds: '1.5' has more than 0 decimals",
        "line 3: operating_ccr: '.3012' has more than 3 decimals",
        "line 3: ssi_share: '-1' is not",
        "line 3: medicaid_share: '2' is not",
        "line 4: 'a' is on line 2 already",
        "line 5: provider is empty",
    ):
        assert part in told


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "h.csv", "provider,wage index,size,beds,oper_ccr,ssi,medicaid\na,1,L,1,.3,.1,.1\n")
    with pytest.raises(ReadError, match="there is no column capital_ccr"):
        read_hospitals(path)
    with pytest.raises(ReadError, match="cannot be read"):
        read_hospitals(tmp_path / "none.csv")
    with pytest.raises(ReadError, match="the table is empty"):
        read_hospitals(written(tmp_path / "empty.csv", ""))


def test_contradictions_are_refused(tmp_path: Path, hospitals: dict[str, Hospital]) -> None:
    path = written(tmp_path / "h.csv", f"provider,{OWN},vbp,quality\na,1,L,1,.3,.02,.1,.1,Y,0\n")
    with pytest.raises(ReadError, match="line 2: vbp_part is yes and quality is no"):
        read_hospitals(path)
    with pytest.raises(PricingError, match="hospital 'city': hrrp_factor"):
        replace(hospitals["city"], hrrp_factor=Decimal("0.9"))
    with pytest.raises(PricingError, match="vbp_part is yes and quality is no"):
        replace(hospitals["city"], quality=False)


def test_a_table_5_of_cms(tmp_path: Path) -> None:
    """Titles above the headings, numbers as numbers, DRGs without a weight left out."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["TABLE 5. List of MS-DRGs, relative weights, mean lengths of stay"],
        ["MS-DRG", "FY 2026 Final Post-Acute DRG", "FY 2026 Final Special Pay DRG", "MDC", "TYPE", "MS-DRG Title",
         "Weights", "Geometric mean LOS", "Arithmetic mean LOS"],
        [28, "Yes", "Yes", "01", "SURG", "title", 5.82, 9.3, 12.2],
        [470, "Yes", "No", "08", "SURG", "title", 1.8999, 1.8, 2],
        [998, "No", "No", "PRE", "**", "title", 0, 0, 0],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "table5.xlsx")

    assert read_drgs(tmp_path / "table5.xlsx") == [
        Drg("028", Decimal("5.82"), Decimal("9.3"), True, True, Decimal("12.2")),
        Drg("470", Decimal("1.8999"), Decimal("1.8"), True, False, Decimal("2")),
    ]


def test_a_table_of_another_year_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "d.csv", "drg,effective_date,weight,gmlos\n470,20251001,1.9,1.8\n")
    assert read_drgs(path, 2026) == read_drgs(path)
    with pytest.raises(ReadError, match="line 2: the weight is of fiscal year 2026, not 2021"):
        read_drgs(path, 2021)


def test_drgs_that_cannot_be_used(tmp_path: Path) -> None:
    path = written(tmp_path / "d.csv", "drg,weight,gmlos,post_acute,special_pay\nA70,1.9,1.8,,\n470,heavy,1.8,no,yes\n")
    with pytest.raises(ReadError) as refused:
        read_drgs(path)
    for part in ("'A70' is not the number", "weight: 'heavy'", "special pay without being a post-acute"):
        assert part in str(refused.value)
    with pytest.raises(ReadError, match="DRG 070 stands here twice"):
        read_drgs(written(tmp_path / "e.csv", "drg,weight,gmlos\n070,1.9,1.8\n70,1.8,1.8\n"))


def test_claims_with_their_hospitals_on_the_row(tmp_path: Path) -> None:
    """Equal hospitals are one; a claim without a charge is read, and has no price."""
    head = f"claim_id,drg,review_code,los,charges,{OWN}\n"
    one, two = "1,L,1,.3,.02,.1,.1", "2,L,1,.3,.02,.1,.1"
    rows = f'a,470,00,2,"$20,000.00",{one}\nb,470,,2,,{one}\nc,470,transfer,2,1,{two}\n'
    claims, hospitals = read_claims(written(tmp_path / "c.csv", head + rows))

    assert [one.provider for one in hospitals] == ["line 2", "line 4"]
    assert claims.column("provider").to_pylist() == ["line 2", "line 2", "line 4"]
    assert claims.column("review_code").to_pylist() == ["0", "0", "3"]
    assert claims.column("charge_amount").to_pylist() == [Decimal("20000.00"), None, Decimal("1.00")]


def test_claims_that_cannot_be_used(tmp_path: Path, hospitals: dict[str, Hospital]) -> None:
    head = f"provider,drg,review_code,los,charges,{OWN}\n"
    rows = "x,470,5,two,1,1,L,1,.3,.02,.1,.1\nx,470,0,2,1,2,L,1,.3,.02,.1,.1\n"
    path = written(tmp_path / "c.csv", head + rows)
    with pytest.raises(ReadError) as refused:
        read_claims(path)
    for part in ("review_code: '5' is not known", "length_of_stay: 'two'", "line 3: 'x' is described otherwise"):
        assert part in str(refused.value)
    with pytest.raises(ReadError, match="there is no column provider"):
        read_claims(written(tmp_path / "d.csv", "drg,los,charges\n470,1,1\n"), list(hospitals.values()))


def test_a_claims_table_that_lacks_a_column(hospitals: dict[str, Hospital], drgs: list[Drg], facts: Path) -> None:
    claims, known = read_claims(facts / "claims.csv", list(hospitals.values()))
    with pytest.raises(PricingError, match="no column charge_amount"):
        price_ipps(claims.drop_columns(["charge_amount"]), known, drgs, 2021)
    with pytest.raises(PricingError, match="hospital city is given twice"):
        price_ipps(claims, [*known, hospitals["city"]], drgs, 2021)
    with pytest.raises(PricingError, match="DRG 470 is given twice"):
        price_ipps(claims, known, [*drgs, *(one for one in drgs if one.drg == "470")], 2021)


def test_a_year_nobody_knows_has_no_price(hospitals: dict[str, Hospital], drgs: list[Drg], facts: Path) -> None:
    claims, known = read_claims(facts / "claims.csv", list(hospitals.values()))
    with pytest.raises(PricingError, match="no inpatient constants for fiscal year 2027, only for 2021, 2022"):
        price_ipps(claims, known, drgs, 2027)


def test_every_figure_says_how_sure_it_is() -> None:
    assert [(year, constants_of(year).sure) for year in known_years()] == [
        (2021, "verified"),
        *((year, "stated") for year in range(2022, 2027)),
    ]
    for year in known_years():
        assert len(constants_of(year).constants) == 20
        assert all(one.source for one in constants_of(year).constants.values())
        rate = {"quality": True, "ehr_reduction": False}
        both = [
            constants_of(year).labor_amount(**rate, above_1=on) + constants_of(year).nonlabor_amount(**rate, above_1=on)
            for on in (True, False)
        ]
        assert both[0] == both[1]
        share = constants_of(year).labor_amount(**rate, above_1=True) / both[0]
        assert round(share, 3) == constants_of(year).labor_share(above_1=True)


def test_a_year_of_ones_own(tmp_path: Path, hospitals: dict[str, Hospital], drgs: list[Drg], facts: Path) -> None:
    known = (files("evenhand.schedules.ipps") / "years" / "fy2021.csv").read_text(encoding="utf-8")
    own = written(tmp_path / "fy2020.csv", known.replace("29064.00", "31000.00"))
    claims, places = read_claims(facts / "claims.csv", list(hospitals.values()))

    assert (constants_of(own).year, constants_of(own).fixed_loss) == (2020, Decimal("31000.00"))
    assert price_ipps(claims, places, drgs, own).rows() != price_ipps(claims, places, drgs, 2021).rows()


def test_a_year_with_a_hole_is_refused(tmp_path: Path) -> None:
    known = (files("evenhand.schedules.ipps") / "years" / "fy2021.csv").read_text(encoding="utf-8")
    lines = [line for line in known.splitlines() if not line.startswith(("capital rate", "labor amount,no,yes,no"))]
    path = written(tmp_path / "fy2022.csv", "\n".join([*lines, lines[1].replace("verified", "surely")]))

    with pytest.raises(ReadError) as refused:
        constants_of(path)
    for part in (
        "labor amount (quality no, ehr_reduction yes, wage_index_above_1 no) is missing",
        "capital rate is missing",
        "labor amount stands here twice",
        "sure: 'surely' is not known here",
    ):
        assert part in str(refused.value)
    with pytest.raises(PricingError, match="the name does not say the fiscal year"):
        constants_of(written(tmp_path / "mine.csv", known))
