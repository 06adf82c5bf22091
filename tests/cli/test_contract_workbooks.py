"""`evenhand contract export` and `import`, as typed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from evenhand.cli.contract import contract
from evenhand.errors import UsageError

CEDAR = Path(__file__).resolve().parents[2] / "examples" / "cedar-ridge-summit"


def _run(*words: str) -> str:
    result = CliRunner().invoke(contract, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_out_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert _run("export", str(CEDAR), "--out", "cedar.xlsx") == "Wrote cedar.xlsx\n"
    assert _run("import", "cedar.xlsx", "--out", str(CEDAR), "--dry-run") == f"The workbook says what {CEDAR} says.\n"
    assert _run("import", "cedar.xlsx", "--out", "back") == (
        "Wrote back: Cedar Ridge Orthopaedics with Summit Health\nCheck it with: evenhand contract check back\n"
    )
    assert _run("check", "back").startswith("back: in order")


def test_an_offer_is_compared_with_the_same_offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _run("export", str(CEDAR / "offers" / "summit-2027.yaml"), "--out", "offer.xlsx")
    book = openpyxl.load_workbook("offer.xlsx")
    row = next(r for r in book["Amendments"].iter_rows() if r[1].value == "adjust › #1 › percent")
    row[2].value = "5"
    book.save("offer.xlsx")

    told = _run("import", "offer.xlsx", "--out", str(CEDAR), "--dry-run").splitlines()

    assert told[0].startswith(f"The workbook differs from {CEDAR} in ")
    assert "  from 2027-01-01: Implants pays 39.9% of charges, was 39.52% of charges" in told


def test_an_id_is_looked_for_in_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _run("add", str(CEDAR), "--book", "book")

    assert _run("export", CEDAR.name, "--book", "book", "--out", "cedar.xlsx") == "Wrote cedar.xlsx\n"


def test_options_that_do_not_go_together(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--dry-run, --map-from and --map do not go together; give one of them"):
        _run("import", "x.xlsx", "--out", str(tmp_path / "y"), "--dry-run", "--map-from")
    export = tmp_path / "c.xlsx"
    _run("export", str(CEDAR), "--out", str(export))
    with pytest.raises(UsageError, match="to compare with; leave out --dry-run to write it"):
        _run("import", str(export), "--out", str(tmp_path / "nothing"), "--dry-run")
