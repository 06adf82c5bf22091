"""Claims of every kind, each component to the cent: our facts, and CMS's own claims where they are at hand."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.schedules.ipps import COMPONENTS, Hospital, constants_of, price_ipps, read_drgs, read_hospitals
from evenhand.schedules.ipps.claims import read_claims
from evenhand.schedules.ipps.factors import factors_of
from evenhand.schedules.ipps.plain import Stay, pay

FY2021 = Path(__file__).resolve().parents[3] / "../shared/data/medicare/ipps_fy2021"
beside = pytest.mark.skipif(not FY2021.is_dir(), reason="the shared Medicare files are not beside the project")
#: The names of CMS's program → ours.
PRICER = {
    "oper_fsp": "operating_amount",
    "oper_dsh": "dsh_amount",
    "oper_ime": "ime_amount",
    "oper_outlier": "outlier_amount",
    "cap_fsp": "capital_amount",
    "cap_dsh": "capital_dsh_amount",
    "cap_ime": "capital_ime_amount",
    "cap_outlier": "capital_outlier_amount",
    "total": "total_amount",
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_fact_to_the_cent(facts: Path) -> None:
    claims, hospitals = read_claims(facts / "claims.csv", read_hospitals(facts / "hospitals.csv"))
    priced = price_ipps(claims, hospitals, read_drgs(facts / "drgs.csv"), 2021).rows()
    expected = rows_of(facts / "claims.csv")
    told = [name for name in expected[0] if name.endswith("_amount") or name == "transfer_fraction"]

    assert len(priced) == len(expected) == 60
    assert {"operating_amount", "capital_outlier_amount", "total_amount"} < set(told)
    for ours, fact in zip(priced, expected, strict=True):
        assert ours["outcome"] == "priced"
        assert {name: ours[name] for name in told} == {name: Decimal(fact[name]) for name in told}, fact["claim_id"]
        assert ours["return_code"] == fact["return_code"].zfill(2)


def test_facts_are_of_every_kind(facts: Path) -> None:
    rows = rows_of(facts / "claims.csv")

    assert {row["return_code"].zfill(2) for row in rows} == {"00", "02", "03", "05", "10", "12", "14", "16"}
    assert {row["drg"] for row in rows} >= {"789", "928", "480", "470", "189"}
    assert Counter(row["review_code"] for row in rows).most_common()[-1][1] >= 15


def test_components_add_up(facts: Path) -> None:
    claims, hospitals = read_claims(facts / "claims.csv", read_hospitals(facts / "hospitals.csv"))
    for row in price_ipps(claims, hospitals, read_drgs(facts / "drgs.csv"), 2021):
        assert sum(row[name] for name in COMPONENTS) == row["total_amount"]


@beside
def test_the_claims_cms_priced() -> None:
    """All 3,000 totals, all eight components of each, and how the pricer says it paid."""
    claims, hospitals = read_claims(FY2021 / "truth_3000.csv")
    priced = price_ipps(claims, hospitals, read_drgs(FY2021 / "ms_drg_weights.csv"), 2021).rows()
    truth = rows_of(FY2021 / "truth_3000.csv")

    assert len(priced) == len(truth) == 3000
    wrong: Counter[str] = Counter()
    for ours, theirs in zip(priced, truth, strict=True):
        wrong.update(name for name, here in PRICER.items() if ours[here] != Decimal(theirs[name]))
        wrong["rtc"] += int(ours["return_code"]) != int(theirs["rtc"]) % 30
    assert not any(wrong.values()), wrong


@beside
def test_the_thirty_the_pricer_adds() -> None:
    """A code of 30 and more: no outlier is paid, or none is told, and one would be with an operating CCR .2 higher."""
    claims, hospitals = read_claims(FY2021 / "truth_3000.csv")
    by_name = {one.provider: one for one in hospitals}
    drgs = {one.drg: one for one in read_drgs(FY2021 / "ms_drg_weights.csv")}
    for claim, truth in zip(claims.to_pylist(), rows_of(FY2021 / "truth_3000.csv"), strict=True):
        if truth["rtc"] in ("02", "05", "16"):
            continue
        stay = Stay(claim["review_code"], claim["length_of_stay"], claim["charge_amount"])
        paid = pay(stay, drgs[claim["drg"]], factors_of(_costlier(by_name[claim["provider"]]), constants_of(2021)))
        assert (paid.outlier + paid.capital_outlier > 0) is (int(truth["rtc"]) >= 30)


def _costlier(hospital: Hospital) -> Hospital:
    return replace(hospital, operating_ccr=hospital.operating_ccr + Decimal("0.2"))


@beside
def test_tables_of_cms_are_read() -> None:
    fy2026 = FY2021.parent / "ipps_fy2026"
    assert len(read_drgs(fy2026 / "drgstable-2026.csv", 2026)) == 770
    for year in (2025, 2026):
        constants = constants_of(year)
        keys = [(quality, above_1) for above_1 in (True, False) for quality in (True, False)]
        rows = rows_of(fy2026 / f"ratex-{year}.csv")
        for at, row in enumerate(rows[:8]):
            quality, above_1 = keys[at % 4]
            rate = {"quality": quality, "ehr_reduction": at >= 4, "above_1": above_1}
            assert constants.labor_amount(**rate) == Decimal(row["labor"])
            assert constants.nonlabor_amount(**rate) == Decimal(row["nonlabor"])
