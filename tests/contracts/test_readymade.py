"""Medicare as a ready contract, on the fact table: facilities, anaesthesia and stays, each reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.contracts import read_contract
from evenhand.contracts.readymade import MedicareTerms, write_medicare
from evenhand.money import to_cents
from evenhand.pricing.worked import case_problems
from evenhand.schedules import Library, load
from evenhand.schedules.library.library import FACTS

#: Rates of the outpatient Addendum B and surgery-centre Addendum AA of 2025, of the laboratory schedule of its second
#: quarter; base units of 2022 and anaesthesia factors of 2025. Status: 27447, 29881, 64721 J1; 64483, 20610 T;
#: 93306 S; 96372 Q1; 20680 Q2; 80053 Q4; J7325 K; 97110 A.
OUTPATIENT = "{claim_type: institutional, bill_type: 131}"
CENTRE = "{claim_type: institutional, bill_type: 831}"
CASES = f"""
cases:
  - name: a comprehensive service takes the laboratory, the rest of its claim and lines without a code
    claim: {OUTPATIENT}
    lines: [{{code: "27447"}}, {{code: "80053"}}, {{code: "20610"}}, {{revenue_code: "0250", charge: 900}}]
    allowed: 12866.82
  - {{name: the higher of two comprehensive services, claim: {OUTPATIENT}, lines: [{{code: "64721"}}, {{code: "29881"}}], allowed: 3244.61}}
  - {{name: 890.29 and half of 295.19, claim: {OUTPATIENT}, lines: [{{code: "20610"}}, {{code: "64483"}}], allowed: 1037.89}}
  - {{name: surgery beside a scan, claim: {OUTPATIENT}, lines: [{{code: "20610"}}, {{code: "93306"}}], allowed: 843.49}}
  - {{name: both sides, claim: {OUTPATIENT}, code: "20610", modifiers: [50], allowed: 442.79}}
  - {{name: an injection by itself, claim: {OUTPATIENT}, code: "96372", allowed: 71.17}}
  - {{name: an injection beside a scan, claim: {OUTPATIENT}, lines: [{{code: "96372"}}, {{code: "93306"}}], allowed: 548.30}}
  - {{name: surgery that surgery packages, claim: {OUTPATIENT}, lines: [{{code: "20680"}}, {{code: "20610"}}], allowed: 295.19}}
  - {{name: a laboratory test by itself, claim: {OUTPATIENT}, code: "80053", allowed: 10.56}}
  - {{name: a laboratory test beside a scan, claim: {OUTPATIENT}, lines: [{{code: "80053"}}, {{code: "93306"}}], allowed: 548.30}}
  - {{name: 48 units of a drug, claim: {OUTPATIENT}, code: J7325, units: 48, allowed: 439.44}}
  - {{name: a surgery centre pays the second procedure half, claim: {CENTRE}, lines: [{{code: "29881"}}, {{code: "64721"}}], allowed: 2041.63}}
  - {{name: a laboratory test in an office, code: "80053", allowed: 10.56}}
  - {{name: (6 + 90 ÷ 15) × 20.3178, code: "00840", modifiers: AA, minutes: 90, allowed: 243.81}}
  - {{name: directed and paid half, code: "00840", modifiers: QK, minutes: 90, allowed: 121.91}}
"""  # noqa: E501


@pytest.fixture(autouse=True)
def facts(monkeypatch: pytest.MonkeyPatch) -> Library:
    """Contracts find the fact table."""
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(FACTS))
    return Library(FACTS)


def _priced(folder: Path, terms: MedicareTerms, cases: str) -> list[str]:
    file = write_medicare(folder, terms)
    file.write_text(file.read_text(encoding="utf-8") + cases, encoding="utf-8")
    contract = read_contract(file)
    assert contract.cases
    return [str(problem) for problem in case_problems(contract)]


def test_facilities_laboratory_and_anesthesia(tmp_path: Path) -> None:
    """Every case is exact."""
    assert _priced(tmp_path / "medicare", MedicareTerms("national", 2025, 4), CASES) == []


def test_wages_move_services_and_not_drugs(tmp_path: Path) -> None:
    """548.30 × (0.6 × 0.9532 + 0.4); 1,579.16 × (0.5 × 0.9532 + 0.5); drugs as they are."""
    cases = f"""
cases:
  - {{claim: {OUTPATIENT}, code: "93306", allowed: 532.90}}
  - {{claim: {CENTRE}, code: "29881", allowed: 1542.21}}
  - {{claim: {OUTPATIENT}, code: J7325, units: 48, allowed: 439.44}}
"""
    terms = MedicareTerms("national", 2025, 4, wage_index=Decimal("0.9532"))
    assert _priced(tmp_path / "medicare", terms, cases) == []


def test_anesthesia_of_a_locality(tmp_path: Path) -> None:
    """Twelve units at Alabama's factor, 19.31."""
    cases = '\ncases:\n  - {code: "00840", minutes: 90, allowed: 231.72}\n'
    assert _priced(tmp_path / "medicare", MedicareTerms("10112-00", 2025, 4), cases) == []


def test_stays(tmp_path: Path, facts: Library) -> None:
    """A knee is its weight times the national operating and capital rates; sent on after a day, less."""
    (release,) = facts.of_kind("ipps-drg")
    (row,) = [row for row in facts.table(release).to_pylist() if row["drg"] == "470"]
    operating, capital = Decimal("4186.62") + Decimal("2565.99"), Decimal("524.15")
    whole = to_cents(operating * row["weight"]) + to_cents(capital * row["weight"])
    stay = "claim_type: institutional, bill_type: 111, drg: 470, admission: 2025-11-01, discharge: 2025-11-03"
    cases = f"""
cases:
  - claim: {{{stay}, discharge_status: "01"}}
    lines: [{{revenue_code: "0120", units: 2, charge: 40000}}]
    allowed: {whole}
"""
    assert _priced(tmp_path / "medicare", MedicareTerms("national", 2025, 4), cases) == []


def test_each_day_by_its_own_release(tmp_path: Path) -> None:
    """Without a year, schedules roll: days of years the library has nothing of have no price, whatever else it has."""
    file = write_medicare(tmp_path / "medicare", MedicareTerms("10112-00"))
    (version,) = read_contract(file).versions
    for name, schedule in version.schedules.items():
        days = {(rate.period.start.year, (rate.period.last or rate.period.start).year) for rate in schedule.rates}
        expected = {(2025, 2026)} if name == "medicare-ipps" else {(2025, 2025)}
        assert name == "anesthesia-units.csv" or days == expected, name


def test_what_the_library_lacks_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the physician fee schedule alone the contract prices that alone, and says nothing of facilities."""
    only = tmp_path / "library" / "releases"
    only.mkdir(parents=True)
    for folder in (FACTS / "releases").glob("pfs-*"):
        (only / folder.name).symlink_to(folder, target_is_directory=True)
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(only.parent))
    terms = MedicareTerms("national", 2025, 4)
    file = write_medicare(tmp_path / "medicare", terms)
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(FACTS))
    assert replace(terms, facilities=False).files() == {"contract.yaml": file.read_text(encoding="utf-8")}
    assert [one.name for one in file.parent.iterdir()] == ["contract.yaml"]
    (version,) = read_contract(file).versions
    assert set(version.schedules) == {"medicare-pfs"}
    assert [term.name for term in version.terms] == ["Physician fee schedule"]


def test_equipment_of_the_localitys_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of equipment's fees, as published: a column for each state; the locality's own is paid."""
    library = Library.create(tmp_path / "library")
    (library.path / "releases").mkdir(parents=True)
    for folder in (FACTS / "releases").glob("pfs-*"):
        (library.path / "releases" / folder.name).symlink_to(folder, target_is_directory=True)
    file = tmp_path / "DMEPOS25_OCT.csv"
    file.write_text(
        "2025 DMEPOS Fee Schedule October Release\n"
        "HCPCS,Mod,Mod2,JURIS,CATG,Ceiling,Floor,Description,AL (NR),AL (R),CO (NR),CO (R)\n"
        "E0143,NU,,D,IN,0.00,0.00,a walker,70.11,80.22,71.33,81.44\n",
        encoding="utf-8",
    )
    report = load(library, [file], part=True)
    assert [one.kind_name for one in report.taken] == ["dmepos-fees"], report.problems
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(library.path))
    cases = "\ncases:\n  - {code: E0143, modifiers: NU, allowed: 70.11}\n"
    assert _priced(tmp_path / "medicare", MedicareTerms("10112-00", 2025, 4), cases) == []
