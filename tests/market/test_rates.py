"""Today's rates as bargains: what is read, what is refused, what each change of the walk-away moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evenhand.errors import ContractError, ReadError, UsageError
from evenhand.market import Definition, Discharges, Diversion, assign, diversion
from evenhand.market.bargaining import Leaving, bargains, read_rates

HEAD = "system,plan,price,cost,revenue,cases\n"


@pytest.fixture
def discharges() -> Discharges:
    return Discharges.of(["A", "A", "B", "C"], {"zip5": ["80401"] * 4})


@pytest.fixture
def moved(discharges: Discharges) -> Diversion:
    return diversion(discharges, assign(discharges, Definition.read("zip5", 1)))


def table(folder: Path, rows: str, head: str = HEAD) -> Path:
    path = folder / "rates.csv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_one_plan_by_hand(tmp_path: Path, discharges: Discharges, moved: Diversion) -> None:
    """A's patients go half to B and half to C; a tenth would rather change plan, and bring this plan nothing."""
    rates = read_rates(
        table(tmp_path, "A,Summit,200,100,300,50\nB,Summit,180,120,300,50\nC,Summit,220,120,300,50\n"), discharges
    )
    found = bargains(rates, moved, leaving=Leaving.given(0.1), weight=0.5)
    row = next(one for one in found.contracts if one["system"] == "A")
    assert (row["low"], row["high"]) == (100, pytest.approx(300 - 0.9 * (0.5 * 120 + 0.5 * 80)))
    weight = (row["high"] - 200) / (row["high"] - 100)
    assert row["weight"] == row["weight_least"] == row["weight_most"] == pytest.approx(weight)
    assert row["hospital_step"] == pytest.approx(100 * weight)
    assert row["plan_step"] == pytest.approx(-100 * (1 - weight))
    assert row["leaving_step"] == pytest.approx((1 - weight) * 0.01 * 100)
    assert row["cap"] is None
    assert row["forward"] is not None


def test_patients_who_change_plan_stay_with_the_system(
    tmp_path: Path, discharges: Discharges, moved: Diversion
) -> None:
    text = "A,Summit,200,100,300,50\nB,Summit,180,120,300,50\nA,Prairie,260,100,300,30\nA,Lakeshore,140,100,300,10\n"
    found = bargains(read_rates(table(tmp_path, text), discharges), moved, leaving=Leaving.given(0.2))
    row = found.contracts.rows()[0]
    assert row["low"] == pytest.approx(100 + 0.2 * (0.75 * 160 + 0.25 * 40))
    assert row["high"] == pytest.approx(300 - 0.8 * 0.5 * 120)  # C has no contract: those who go there bring nothing


def test_a_system_outside_the_network_caps_the_price(tmp_path: Path, discharges: Discharges, moved: Diversion) -> None:
    text = "A,Summit,200,100,300,50\nB,Summit,180,120,300,50\nC,Summit,,120,280,\n"
    found = bargains(read_rates(table(tmp_path, text), discharges), moved)
    rows = {row["system"]: row for row in found.contracts}
    assert set(rows) == {"A", "B"}
    assert rows["A"]["cap"] == 120 + 300 - 280


def test_the_range_of_members_leaving_is_carried(tmp_path: Path, discharges: Discharges, moved: Diversion) -> None:
    text = "A,Summit,200,100,300,50\nB,Summit,180,120,300,50\nC,Summit,220,120,300,50\n"
    row = bargains(read_rates(table(tmp_path, text), discharges), moved).contracts.rows()[0]
    assert row["weight_least"] < row["weight"] < row["weight_most"]


def test_bad_rows_are_told_all_at_once(tmp_path: Path, discharges: Discharges) -> None:
    text = (
        "A,Summit,200,100,300,1\nA,Summit,210,100,300,1\nZ,Summit,200,100,300,1\nB,,200,x,300,1\nC,Summit,200,,300,1\n"
    )
    with pytest.raises(ContractError) as refused:
        read_rates(table(tmp_path, text), discharges)
    said = [str(problem).split(";")[0] for problem in refused.value.problems]
    assert said == [
        "rates.csv:5: cost 'x' is not a number of at least 0",
        "rates.csv:4: 'Z' is no one system or hospital of the discharges",
        "rates.csv:3: A with Summit is on line 2 already",
        "rates.csv:5: no plan stands in the row",
        "rates.csv:6: no cost stands in the row",
    ]
    with pytest.raises(ReadError, match="has no column headed 'cost'"):
        read_rates(table(tmp_path, "A,Summit,1\n", "system,plan,price\n"), discharges)
    with pytest.raises(ContractError, match="there is no row under the headings"):
        read_rates(table(tmp_path, ""), discharges)


def test_questions_that_make_no_sense(tmp_path: Path, discharges: Discharges) -> None:
    alone = diversion(discharges, assign(discharges, Definition.read("zip5", 1)), out="provider")
    rates = read_rates(table(tmp_path, "A,Summit,200,100,300,1\n"), discharges)
    with pytest.raises(UsageError, match="bargains are of whole systems"):
        bargains(rates, alone)
    with pytest.raises(UsageError, match="0 ≤ low ≤ value ≤ high < 1"):
        Leaving.given(1.0)


def test_unknown_diversion_is_not_taken_for_none(tmp_path: Path, discharges: Discharges) -> None:
    empty = diversion(discharges, assign(discharges, Definition.read("zip5", 99)))
    assert np.isnan(empty.share).all()
    rates = read_rates(table(tmp_path, "A,Summit,200,100,300,1\n"), discharges)
    with pytest.raises(UsageError, match="not known where the patients of A would go: none is in a cell"):
        bargains(rates, empty)
