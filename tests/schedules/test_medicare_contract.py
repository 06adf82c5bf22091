"""Medicare as a contract: the worked examples of 2025, and what a contract that names Medicare pins."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.contracts import check, read_contract
from evenhand.contracts.readymade import MedicareTerms, medicare_contract, write_medicare
from evenhand.errors import ContractError, UsageError
from evenhand.pricing.worked import case_problems
from evenhand.schedules import Library

#: Worked examples with the nation's amounts of the fourth quarter of 2025. Each is made of published relative values.
CASES = """
cases:
  - {name: a visit in the office, code: "99213", setting: office, allowed: 88.95}
  - {name: a visit in a hospital, code: "99213", setting: facility, allowed: 63.72}
  - {name: both knees, code: "27447", modifiers: [50], setting: facility, allowed: 1886.45}
  - name: surgery by rank
    lines:
      - {code: "20680", setting: facility}
      - {code: "27447", setting: facility}
      - {code: "11012", setting: facility}
    allowed: 1666.33
  - name: a family of endoscopies with its base
    lines: [{code: "45385", setting: facility}, {code: "45380", setting: facility}, {code: "45378", setting: facility}]
    allowed: 258.45
  - name: two families
    lines:
      - {code: "45385", setting: facility}
      - {code: "45380", setting: facility}
      - {code: "45378", setting: facility}
      - {code: "43249", setting: facility}
      - {code: "43239", setting: facility}
    allowed: 339.32
  - {name: two scans, lines: [{code: "74177"}, {code: "71260"}], allowed: 403.30}
  - {name: three units of therapy, lines: [{code: "97110", units: 2}, {code: "97140"}], allowed: 71.32}
  - {name: an assistant who is a physician, code: "27447", modifiers: [80], setting: facility, allowed: 201.22}
  - {name: two surgeons, code: "27447", modifiers: [62], setting: facility, allowed: 786.02}
"""


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch, published: Library) -> None:
    """Contracts find the whole releases."""
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(published.path))


def _contract(folder: Path, schedule: str, *, terms: str = "") -> Path:
    (folder / "contract.yaml").write_text(
        "contract: A share of Medicare\n"
        "parties: {provider: Cedar Ridge, payer: Summit Health}\n"
        "effective: 2025-01-01\n"
        f"schedules:\n  medicare-pfs: {{{schedule}}}\n"
        "terms:\n"
        "  - {name: Share, for: {codes: on schedule}, pay: {percent_of: medicare-pfs, year: 2025, percent: 120}}\n"
        f"{terms}",
        encoding="utf-8",
    )
    return folder


def test_worked_examples(tmp_path: Path) -> None:
    """Every worked example is exact under the ready contract."""
    file = write_medicare(tmp_path / "medicare", MedicareTerms("national", 2025, 4))
    file.write_text(file.read_text(encoding="utf-8") + CASES, encoding="utf-8")
    contract = read_contract(file)
    assert [str(problem) for problem in case_problems(contract)] == []
    assert len(contract.cases) == len(re.findall(r"name:", CASES))


def test_a_contract_is_not_written_over_another(tmp_path: Path) -> None:
    """A folder that has a contract keeps it."""
    write_medicare(tmp_path, MedicareTerms("national"))
    with pytest.raises(UsageError, match="is there already"):
        write_medicare(tmp_path, MedicareTerms("10112-00"))


def test_pinned(tmp_path: Path) -> None:
    """A year and a quarter hold for all days, in the one setting the contract pays."""
    said = 'medicare: pfs, locality: "10112-00", year: 2025, quarter: 4, site_of_service: office'
    contract = read_contract(_contract(tmp_path, said))
    (version,) = contract.versions
    rates = {(one.code, one.modifier): one for one in version.schedules["medicare-pfs"].rates}
    assert rates["99213", ""].amount == Decimal("81.86")
    assert rates["99213", ""].setting == ""


def test_after_sequestration(tmp_path: Path) -> None:
    """2 % of Medicare's 80 % are taken off each amount: 81.86 × 0.984."""
    said = 'medicare: pfs, locality: "10112-00", year: 2025, quarter: 4, sequestration: after'
    (version,) = read_contract(_contract(tmp_path, said)).versions
    amounts = {one.amount for one in version.schedules["medicare-pfs"].rates if one.code == "99213"}
    assert amounts == {Decimal("80.55"), Decimal("58.97")}


def test_a_factor_of_the_contracts_own(tmp_path: Path) -> None:
    """A conversion factor the contract pins stands in place of the published one."""
    said = "medicare: pfs, locality: national, year: 2025, quarter: 4, conversion_factor: 40"
    (version,) = read_contract(_contract(tmp_path, said.replace("locality: national, ", ""))).versions
    (office,) = [
        one.amount
        for one in version.schedules["medicare-pfs"].rates
        if (one.code, one.modifier, one.setting) == ("99213", "", "office")
    ]
    assert office == Decimal("110.00")  # 2.75 relative values


def test_a_release_is_part_of_the_contract(tmp_path: Path) -> None:
    """The same words with another release are another contract."""
    one = read_contract(_contract(tmp_path, "medicare: pfs, year: 2025, quarter: 4"))
    two = read_contract(_contract(tmp_path, "medicare: pfs, year: 2022, quarter: 1"))
    assert one.digest != two.digest


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('medicare: pfs, locality: "10112-00", year: 2024', "no relative values for 2024-01-01"),
        ('medicare: pfs, locality: "99999-00", year: 2025, quarter: 4', "locality 99999-00 is not in"),
        ('medicare: pfs, locality: "10112-00"', "says either rolling or year"),
        ('medicare: pfs, locality: "10112-00", year: 2025, rolling: yes', "says either rolling or year"),
        ('medicare: opps-of-old, locality: "10112-00", year: 2025', "opps-of-old"),
    ],
)
def test_what_cannot_be_had(tmp_path: Path, said: str, words: str) -> None:
    """A release, a locality or a time the library lacks is an error, and never another price."""
    with pytest.raises(ContractError, match=words):
        read_contract(_contract(tmp_path, said))


def test_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is named and is not there is an error: the fact table does not stand in for it."""
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(tmp_path / "nowhere"))
    with pytest.raises(ContractError, match="no library of schedules"):
        read_contract(_contract(tmp_path, "medicare: pfs, year: 2025"))


def test_what_is_left_open_is_warned_of(tmp_path: Path) -> None:
    """Each pin that moves the amount and is not said is one warning; a contract that says all has none."""
    _, open_ones = check(_contract(tmp_path, "medicare: pfs, year: 2025, quarter: 4"))
    left = {word for problem in open_ones for word in re.findall(r"leaves (\w+) open", problem.what)}
    assert left == {"locality", "opps_cap", "sequestration", "site_of_service"}
    pins = (
        'medicare: pfs, locality: "10112-00", year: 2025, quarter: 4, opps_cap: yes, sequestration: before, '
        "site_of_service: as billed, qp: no"
    )
    _, closed = check(_contract(tmp_path, pins))
    assert not [problem for problem in closed if "leaves" in problem.what]


def test_rolling_by_the_nearest_release_of_the_year() -> None:
    """With October's release alone, all days of 2025 have its amounts; days of 2026 have none."""
    contract = medicare_contract(MedicareTerms("10112-00"))
    (version,) = contract.versions
    periods = {one.period for one in version.schedules["medicare-pfs"].rates}
    assert {(str(one.start), str(one.last)) for one in periods} == {("2025-01-01", "2025-12-31")}
