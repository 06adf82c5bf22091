"""Bargaining models equal to the R package antitrust 0.99.26: its logit grid, its diversion, its two levels."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evenhand.market.bargaining import (
    Contracts,
    LogitMarket,
    TwoLevelMarket,
    calibrated_alpha,
    logit_diversion,
)

WEIGHTS = ["0.05", "0.25", "0.40", "0.50", "0.60", "0.75", "0.90"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def column(listed: list[dict[str, str]], name: str) -> Any:
    return np.array([float(row[name]) for row in listed])


def owners(names: list[str]) -> Any:
    return np.unique(names, return_inverse=True)[1]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_logit_grid(truth: Path, weight: str) -> None:
    listed = [row for row in rows(truth / "antitrust_r" / "bargaining_logit_grid.csv") if row["buyer_power"] == weight]
    assert len(listed) == 4
    shares, prices = column(listed, "share"), column(listed, "price")
    market = LogitMarket.calibrated(shares, prices, known=1, margin=53.0, buyer_weight=float(weight))
    assert market.alpha == pytest.approx(float(listed[0]["alpha"]), abs=1e-12)
    assert market.meanval == pytest.approx(column(listed, "meanval"), abs=1e-9)
    assert market.cost == pytest.approx(column(listed, "mc"), abs=1e-7)
    assert market.margins(shares) == pytest.approx(column(listed, "margin_pre"), abs=1e-7)
    assert market.prices(prices * 1.1) == pytest.approx(column(listed, "price_pre_solved"), abs=1e-7)
    after = market.merged(owners([row["owner_post"] for row in listed]))
    found = after.prices(prices)
    assert found == pytest.approx(column(listed, "price_post"), abs=1e-7)
    assert found - after.cost == pytest.approx(column(listed, "margin_post"), abs=1e-7)
    assert after.shares(found) == pytest.approx(column(listed, "share_post"), abs=1e-7)


def test_logit_diversion(truth: Path) -> None:
    listed = rows(truth / "antitrust_r" / "logit_diversion.csv")
    published = np.array([[float(row[f"Prod{k}"]) for k in range(1, 5)] for row in listed])
    np.fill_diagonal(published, 0.0)
    assert logit_diversion(np.array([0.29, 0.40, 0.28, 0.03])) == pytest.approx(published, abs=1e-12)


def two_levels(listed: list[dict[str, str]]) -> TwoLevelMarket:
    """As published before any merger: hospitals 1, 2, 1, 2 in plans 1, 1, 2, 2; the outside good costs 10."""
    return TwoLevelMarket(
        float(listed[0]["alpha"]),
        column(listed, "meanval"),
        10.0,
        column(listed, "mcUp"),
        column(listed, "mcDown"),
        np.array([0, 1, 0, 1]),
        np.array([0, 0, 1, 1]),
        column(listed, "bargpower"),
    )


@pytest.fixture(scope="module")
def published(truth: Path) -> list[dict[str, str]]:
    return rows(truth / "antitrust_r" / "vertical_barg_sheu_taragin.csv")


def owned_anew(market: TwoLevelMarket, scenario: str) -> TwoLevelMarket:
    one = np.zeros(4, dtype=np.int64)
    if scenario == "vertical_merger":
        return market.merged(integrated=((0, 0),))
    return market.merged(hospital=one) if scenario == "upstream_merger" else market.merged(insurer=one)


@pytest.mark.parametrize("scenario", ["upstream_merger", "downstream_merger", "vertical_merger"])
def test_mergers_at_either_level_and_across(published: list[dict[str, str]], scenario: str) -> None:
    listed = [row for row in published if row["scenario"] == scenario]
    after = owned_anew(two_levels(listed), scenario)
    premiums, rates = after.settled(column(listed, "priceDownPre"), column(listed, "priceUpPre"))
    assert rates == pytest.approx(column(listed, "priceUpPost"), abs=1e-7)
    assert premiums == pytest.approx(column(listed, "priceDownPost"), abs=1e-7)
    assert after.shares(premiums) == pytest.approx(column(listed, "sharePost"), abs=1e-7)


@pytest.mark.parametrize("scenario", ["upstream_merger", "downstream_merger"])
def test_forward_and_backward_at_published_prices(published: list[dict[str, str]], scenario: str) -> None:
    """At the published premiums and shares the bargains alone give the published rates, and these the weight."""
    listed = [row for row in published if row["scenario"] == scenario]
    after = owned_anew(two_levels(listed), scenario)
    bargains = after.contracts(column(listed, "priceDownPost"))
    rates = column(listed, "priceUpPost")
    assert bargains.negotiated(column(listed, "bargpower")) == pytest.approx(rates, abs=1e-7)
    assert bargains.implied_weight(rates) == pytest.approx(column(listed, "bargpower"), abs=1e-7)


def test_weight_implied_by_the_rates_before(published: list[dict[str, str]]) -> None:
    listed = published[:4]
    premiums, rates = column(listed, "priceDownPre"), column(listed, "priceUpPre")
    market = two_levels(listed)
    found = Contracts(
        market.hospital,
        market.insurer,
        market.hospital_cost,
        premiums - market.insurer_cost,
        logit_diversion(column(listed, "sharePre")),
    )
    assert found.implied_weight(rates) == pytest.approx(column(listed, "bargpower"), abs=1e-6)
    assert found.negotiated(column(listed, "bargpower")) == pytest.approx(rates, abs=1e-5)


@pytest.mark.parametrize("weight", [float(weight) for weight in WEIGHTS])
def test_alpha_in_closed_form_where_the_package_gives_up(weight: float) -> None:
    """The package's search leaves most of these uncalibrated, or stops; the margin it started from comes back here."""
    alpha = calibrated_alpha(0.4, 53.0, weight)
    one = LogitMarket(alpha, np.zeros(2), np.zeros(2), np.arange(2), weight)
    assert one.margins(np.array([0.4, 0.6]))[0] == pytest.approx(53.0)
