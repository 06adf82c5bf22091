"""The leverage report: every figure has a denominator, a source and how sure it is; what is absent is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.demo.region import write_region
from evenhand.documents.leverage_sheets import leverage_sheets
from evenhand.market import (
    Definition,
    Discharges,
    Evidence,
    leverage,
    network_share,
    read_discharges,
    read_services,
    unique_services,
)
from evenhand.market.adequacy import adequacy, read_beneficiaries, read_providers
from evenhand.market.bargaining import read_rates


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    write_region(folder, 7)
    return folder


@pytest.fixture(scope="module")
def evidence(region: Path) -> Evidence:
    providers = read_providers(region / "providers.csv")
    return Evidence(
        rates=read_rates(region / "rates.csv", read_discharges(region / "discharges.csv")),
        screen=adequacy(providers, read_beneficiaries(region / "beneficiaries.csv"), ["Cedar Ridge"]),
        unique=unique_services(read_services(region / "services.csv"), ["Cedar Ridge"]),
        network=network_share(providers, ["Cedar Ridge"]),
    )


def test_every_figure_stands_on_something(region: Path, evidence: Evidence) -> None:
    found = leverage(read_discharges(region / "discharges.csv"), "Cedar Ridge", plan="Summit", evidence=evidence)
    assert len(found.figures) > 12
    for figure in found.figures:
        assert all((figure.of, figure.source, figure.sure, figure.provider, figure.plan)), figure.name
    assert not any("Prairie" in figure.name for figure in found.figures)
    assert found.missing == ("no book: nothing on how much of our own volume the plan is",)


def test_the_model_and_the_table_say_the_same(region: Path, evidence: Evidence) -> None:
    found = leverage(read_discharges(region / "discharges.csv"), "Cedar Ridge", plan="Summit", evidence=evidence)
    values = {figure.name: figure for figure in found.figures}
    weight = values["Our bargaining weight with Summit Health"]
    assert weight.value is not None
    assert weight.least is not None
    assert weight.most is not None
    assert weight.least < weight.value < weight.most
    step = values["The plan's walk-away $100 a patient better, Summit Health"].value
    assert step == pytest.approx(-100 * weight.value)
    yearly = values["The plan's walk-away $100 a patient better, Summit Health, a year"].value
    assert yearly == pytest.approx((step or 0) * 320)


def test_discharges_alone_are_enough_and_the_rest_is_said_to_be_missing(region: Path) -> None:
    found = leverage(read_discharges(region / "discharges.csv"), "Juniper Valley")
    assert found.us == "Juniper Health"
    assert len(found.missing) == 4
    assert [figure.name for figure in found.figures][:2] == [
        "Share of the region's patients",
        "Willingness to pay for a patient, against the region's mean",
    ]


def test_no_weight_is_said_not_guessed(region: Path, evidence: Evidence) -> None:
    found = leverage(read_discharges(region / "discharges.csv"), "Kestrel", plan="Summit", evidence=evidence)
    (weight,) = (figure for figure in found.figures if figure.name.startswith("Our bargaining weight"))
    assert weight.value is None
    assert "no weight explains today's rate" in weight.provider


def test_few_patients_do_not_leave() -> None:
    hospitals = ["Large"] * 40 + ["Small"] * 4
    found = leverage(Discharges.of(hospitals, {"zip5": ["80401"] * 44, "zip3": ["804"] * 44}), "Small")
    sheet = leverage_sheets(found, "provider")[0]
    shown = {row["name"]: row["value"] for row in sheet.rows}
    assert shown["Share of the region's patients"] == "fewer than 11 patients"
    assert "9.1" not in str([row for one in leverage_sheets(found, "plan") for row in one.rows])


def test_either_side_reads_its_own_sentence(region: Path, evidence: Evidence) -> None:
    found = leverage(read_discharges(region / "discharges.csv"), "Cedar Ridge", evidence=evidence)
    provider, plan = (leverage_sheets(found, side)[0] for side in ("provider", "plan"))
    assert provider.title.endswith("as the provider reads it")
    assert [row["value"] for row in provider.rows] == [row["value"] for row in plan.rows]
    assert all(a["means"] != b["means"] for a, b in zip(provider.rows, plan.rows, strict=True) if a["value"] != "–")


def test_without_cells_nothing_is_claimed_of_them(region: Path) -> None:
    discharges = read_discharges(region / "discharges.csv")
    found = leverage(discharges, "Cedar Ridge", definition=Definition.usual(discharges, 100_000))
    worth = next(figure for figure in found.figures if figure.name.startswith("Willingness"))
    assert worth.value is None
    assert worth.provider == "not known: none of our patients is in a cell; make coarser cells"
    assert not any(figure.name.startswith(("Patients in cells", "Patients who would")) for figure in found.figures)
