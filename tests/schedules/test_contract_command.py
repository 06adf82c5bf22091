"""`evenhand schedules contract`: Medicare written as a contract of one's own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evenhand.cli.main import cli
from evenhand.contracts import read_contract
from evenhand.errors import ContractError, SelectionError, UsageError
from evenhand.schedules import Library


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch, facts: Library) -> None:
    """The fact table answers, whatever is loaded beside the tests."""
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(facts.path))


def _write(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["schedules", "contract", str(folder), *options])


def _amount(folder: Path, schedule: str, code: str, setting: str = "") -> Decimal:
    (version,) = read_contract(folder).versions
    (rate,) = [
        one for one in version.schedules[schedule].rates if (one.code, one.modifier, one.setting) == (code, "", setting)
    ]
    return rate.amount


def test_a_contract_of_a_place(tmp_path: Path) -> None:
    """80202 lies in Colorado's one locality; hospitals there at an index of 0.9 are paid 911.71 × 0.94."""
    told = _write(tmp_path / "ours", "--locality", "80202", "--year", "2025", "--quarter", "4", "--wage-index", "0.9")
    assert told.exit_code == 0, told.output
    assert f"Wrote {tmp_path / 'ours' / 'contract.yaml'}: " in told.output
    assert "medicare-pfs: " in told.output
    assert "rates of pfs-rvu-2025-10-01-9b50772d" in told.output
    assert read_contract(tmp_path / "ours").name == "Medicare in 04112-01"
    assert _amount(tmp_path / "ours", "medicare-pfs", "99213", "office") == Decimal("91.04")
    assert _amount(tmp_path / "ours", "medicare-opps", "45378") == Decimal("857.01")


def test_not_over_another(tmp_path: Path) -> None:
    _write(tmp_path / "ours", "--locality", "national", "--year", "2025", "--quarter", "4")
    again = _write(tmp_path / "ours", "--locality", "10112-00", "--year", "2025", "--quarter", "4")
    assert isinstance(again.exception, UsageError)
    assert read_contract(tmp_path / "ours").name == "Medicare in national"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--locality", "10112-00", "--year", "2023"), ContractError),
        (("--locality", "99999-99", "--year", "2025", "--quarter", "4"), ContractError),
        (("--locality", "Denver", "--year", "2025"), SelectionError),
    ],
)
def test_what_cannot_be_read_is_not_written(tmp_path: Path, options: tuple[str, ...], problem: type) -> None:
    """A year or a place the library lacks is refused, and leaves no folder."""
    told = _write(tmp_path / "ours", *options)
    assert isinstance(told.exception, problem)
    assert not (tmp_path / "ours").exists()
