"""`evenhand market`: what a person reads, and what never leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evenhand.cli.main import cli
from evenhand.demo.region import write_region
from evenhand.errors import SelectionError, UsageError


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    write_region(folder, 7)
    return folder


def ask(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["market", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def asked(*arguments: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(ask(*arguments, "--json"))
    return found


def test_the_region_is_the_same_for_the_same_seed(region: Path, tmp_path: Path) -> None:
    write_region(tmp_path, 7)
    names = sorted(path.name for path in region.iterdir())
    assert names == ["beneficiaries.csv", "discharges.csv", "providers.csv", "rates.csv", "services.csv"]
    assert all((tmp_path / name).read_bytes() == (region / name).read_bytes() for name in names)


def test_diversion_adds_up(region: Path) -> None:
    found = asked("diversion", str(region / "discharges.csv"), "--of", "Cedar Ridge")
    shares = [float(row["share"]) for row in found["diversion"]]
    assert sum(shares) == pytest.approx(1, abs=1e-5)
    assert "4,000 patients: discharges.csv" in found["basis"][0]["said"]


def test_several_definitions_side_by_side(region: Path) -> None:
    found = asked("wtp", str(region / "discharges.csv"), "--layers", "drg+zip5", "--layers", "zip3", "--min-cell", "30")
    assert {"wtp", "wtp-2"} <= set(found)
    assert [row["said"].split(";")[0] for row in found["basis"][1:]] == ["drg × zip5", "zip3"]


def test_concentration_flags_a_merger_with_source(region: Path) -> None:
    shown = ask("hhi", str(region / "discharges.csv"), "--merge", "Cedar Ridge,Alder", "--by-hospital")
    assert "presumed to" in shown
    assert "Merger Guidelines (2023)" in shown
    assert "not a conclusion of law" in shown


def test_few_patients_never_stand_alone(tmp_path: Path) -> None:
    rows = ["hospital,zip", *["Large,80401"] * 40, *["Middle,80401"] * 20, *["Small,80401"] * 3, *["Tiny,80401"] * 2]
    path = tmp_path / "few.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    for command in (["wtp"], ["hhi", "--by-hospital"], ["diversion", "--of", "Large"]):
        shown = ask(command[0], str(path), *command[1:])
        assert "Tiny" not in shown, command
        assert "with fewer than 11 patients" in " ".join(shown.split())
    (row,) = asked("diversion", str(path), "--of", "Tiny")["diversion"]
    assert row["share"] is row["patients"] is row["arriving"] is None


def test_a_name_that_is_not_there(region: Path) -> None:
    with pytest.raises(SelectionError, match="'Nowhere' is no one system or hospital of these discharges"):
        ask("diversion", str(region / "discharges.csv"), "--of", "Nowhere")


def test_leverage_in_one_list(region: Path, practice: Path) -> None:
    arguments = [str(region / "discharges.csv"), "--us", "Cedar Ridge", "--plan", "Summit"]
    for option in ("rates", "providers", "beneficiaries", "services"):
        arguments += [f"--{option}", str(region / f"{option}.csv")]
    found = asked("leverage", *arguments, "--book", str(practice / "book"), "--for", "plan")
    names = [row["name"] for row in found["leverage"]]
    assert "Summit Health's share of our charges" in names
    assert "Codes only we bill" in names
    assert "missing" not in found
    assert {"diversion", "bargains", "adequacy", "assumptions", "basis"} <= set(found)


def test_leverage_takes_both_tables_of_a_network(region: Path) -> None:
    arguments = ["--us", "Cedar Ridge", "--providers", str(region / "providers.csv")]
    with pytest.raises(UsageError, match="takes both --providers and --beneficiaries"):
        ask("leverage", str(region / "discharges.csv"), *arguments)


def test_bargain_forward(region: Path) -> None:
    rates = ["--rates", str(region / "rates.csv"), "--weight", "0.4", "--leaving", "0.15", "--of", "Alder"]
    found = asked("bargain", str(region / "discharges.csv"), *rates)
    assert {row["system"] for row in found["forward"]} == {"Alder"}
    assert any("15.0%" in row["said"] for row in found["assumptions"])


def test_adequacy_is_called_a_screen(region: Path) -> None:
    shown = ask("adequacy", str(region / "providers.csv"), str(region / "beneficiaries.csv"), "--ours", "Cedar Ridge")
    assert "A screen: straight lines" in shown
    assert "unverified" in shown
    assert "below the required share without us" in " ".join(shown.split())


def test_services_with_few_patients_are_gathered(region: Path) -> None:
    found = asked("services", str(region / "services.csv"), "--ours", "Cedar Ridge")
    assert [row["code"] for row in found["unique"]] == ["27446", "25447", "1 more, with fewer than 11 patients each"]


def test_a_book_says_what_it_cannot(practice: Path) -> None:
    shown = ask("own", "--book", str(practice / "book"))
    assert "Summit Health" in shown
    assert "A book knows its own patients only, and keeps no patient's ZIP code" in shown


def test_a_hidden_hospital_is_not_given_away_by_its_system(tmp_path: Path) -> None:
    rows = ["hospital,system,zip", *["Large,North,80401"] * 40, *["Small,North,80401"] * 4, *["Other,South,80401"] * 30]
    path = tmp_path / "system.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = asked("hhi", str(path), "--by-hospital")["hospitals"]
    assert [(row["provider"], row["patients"]) for row in found] == [("Large", None), ("Other", 30)]


def test_only_patients_of_a_region(region: Path) -> None:
    found = asked("hhi", str(region / "discharges.csv"), "--zip", "804")
    assert sum(row["patients"] for row in found["shares"]) < 4000
    assert "patients in ZIP codes 804…" in found["basis"][0]["said"]
