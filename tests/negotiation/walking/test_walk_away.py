"""The whole answer: draws, tornado, switching, the book's own figures, and refusals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evenhand.errors import ContractError, UsageError
from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.walking import (
    Basis,
    LineOfBusiness,
    WalkQuestion,
    batna_sheet,
    stated,
    switching,
    switching_calendar,
    values,
    walk_away,
)
from evenhand.negotiation.walking.from_book import _lines

BASIS = Basis(units=5000, price=800, emergency=0.25, patients=2000, daily_income=25_000, source="5,000 claims of 2025")
FEW = 4000


def asked(**more: object) -> WalkQuestion:
    return WalkQuestion(draws=FEW, **more)  # type: ignore[arg-type]


def test_retention_follows_the_emergency_share() -> None:
    one = stated(BASIS)["retained"]
    assert one.value == pytest.approx(0.25 * 0.9 + 0.75 * 0.12)
    assert [one.low, one.high] == pytest.approx([0.25, 0.3875])
    assert one.sure == "from memory"
    assert "AJMC 2020;26(3):105–110" in one.source
    assert "emergency share 25.0%: 5,000 claims of 2025" in one.source


def test_every_assumption_says_where_it_comes_from_and_how_sure() -> None:
    for one in walk_away(stated(BASIS), question=asked()).assumptions.values():
        assert one.source
        assert one.meaning
        assert one.sure in ("read", "from memory", "our judgement", "your book")


def test_the_same_seed_gives_the_same_answer_and_another_nearly() -> None:
    first, again = (walk_away(stated(BASIS), question=asked()) for _ in range(2))
    other = walk_away(stated(BASIS), question=asked(seed=7))
    assert first.spread.rows() == again.spread.rows()
    assert first.spread.rows() != other.spread.rows()
    assert first.exists == pytest.approx(other.exists, abs=0.03)


def test_percentiles_are_in_order_and_of_the_draws_themselves() -> None:
    these = Assumptions([*stated(BASIS).values(), *switching().values()])
    found = walk_away(these, question=asked())
    draws = values(these.drawn(np.random.default_rng(found.seed), FEW))
    rows = {row["figure"]: row for row in found.spread}
    for row in rows.values():
        assert row["p10"] <= row["p50"] <= row["p90"]
    assert rows["ours_min"]["p50"] == pytest.approx(float(np.median(draws.ours_min)))
    assert found.exists == pytest.approx(float(np.mean(draws.zone > 0)))


def test_where_no_zone_exists_it_is_said_and_leverage_is_left_out() -> None:
    none = stated(BASIS).given(cost=750, elsewhere_price=300, members_lost=0, oon_price=760, refilled=0, retained=0)
    found = walk_away(none, question=asked())
    assert found.values.zone < 0
    assert found.exists < 0.01
    (leverage,) = [row for row in found.spread if row["figure"] == "leverage"]
    assert leverage["without_figure"] > 0.99


def test_tornado_moves_one_at_a_time_and_puts_the_widest_first() -> None:
    found = walk_away(stated(BASIS), question=asked(figure="ours_min"))
    swings = [row["swing"] for row in found.tornado]
    assert swings == sorted(swings, reverse=True)
    at = {name: one.value for name, one in found.assumptions.items()}
    (cost,) = [row for row in found.tornado if row["name"] == "cost"]
    assert cost["at_low"] == pytest.approx(values({**at, "cost": found.assumptions["cost"].low}).ours_min)
    assert {row["name"] for row in found.tornado} == {
        "cost",
        "retained",
        "oon_price",
        "oon_collected",
        "refilled",
        "refill_price",
        "spill_over",
        "transition",
    }


def test_a_file_changes_assumptions_and_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("cost: {value: 500, low: 450, high: 560}\nretained: 0.4\nswitch_january: 0.6\nswitch_july: 0.2\n")
    found = walk_away(stated(BASIS), question=asked(assumptions=file))
    assert (found.assumptions["cost"].sure, found.assumptions["cost"].source) == ("yours", "own.yaml")
    assert found.assumptions["retained"].certain
    file.write_text("retaned: 0.4\n")
    with pytest.raises(ContractError, match=r"own\.yaml:1: 'retaned' is no assumption here; did you mean 'retained'"):
        walk_away(stated(BASIS), question=asked(assumptions=file))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"retained": 1.2}, "retained runs from 1.2 to 1.2; give a share from 0 to 1"),
        ({"units": 0}, "units is 0; give a number above zero"),
        ({"years": 0}, "years is 0; give a number above zero"),
        ({"cost": -5}, "cost is -5; give a number that is not below zero"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, float], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        walk_away(stated(BASIS).given(**changed), question=asked())


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(UsageError, match="'zonee' is no figure here; known: ours_min"):
        walk_away(stated(BASIS), question=asked(figure="zonee"))


def test_switching_follows_open_enrolment() -> None:
    rows = {row["month"]: row for row in switching_calendar(switching("employer"))}
    assert rows["November"]["first_three"] == pytest.approx(0.02 + 0.02 + 0.64)
    assert rows["February"]["months_to_half"] == 12
    assert rows["December"]["months_to_half"] == 2
    assert sum(row["takes_effect"] for row in rows.values()) == pytest.approx(1)


@pytest.mark.parametrize("plan", ["employer", "individual", "medicare advantage", "medicaid"])
def test_the_months_of_a_plan_add_up(plan: str) -> None:
    assert sum(one.value for one in switching(plan).values()) == pytest.approx(1)


def test_months_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(UsageError, match=r"add up to 1\.0600; they must add up to 1"):
        switching_calendar(switching().given(switch_january=0.7))


def test_a_price_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="units and price must be above zero"):
        stated(Basis(0, 0, 0, 0, 0, ""))


def test_the_sheet_of_alternatives_by_hand() -> None:
    these = stated(BASIS).given(
        units=1000, price=800, cost=500, retained=0.4, retained_later=0.5, oon_price=750, oon_collected=0.8
    )
    these = these.given(refilled=0.25, refill_price=700, spill_over=10_000, transition=30_000)
    first, second, third = batna_sheet(these).rows()
    assert first == {
        "line": "All",
        "year": 1,
        "claims": 1000,
        "retained": 0.4,
        "contracted": 300_000,
        "kept": 40_000,  # 400 × (750 × 0.8 − 500)
        "refilled": 30_000,  # 600 × 0.25 × 200
        "spill_over": -10_000,
        "transition": -30_000,
        "alternative": 30_000,
        "difference": 270_000,
    }
    assert (second["transition"], second["alternative"]) == (0, 60_000)
    assert (third["retained"], third["kept"], third["refilled"]) == (0.2, 20_000, pytest.approx(40_000))


def test_lines_of_business_add_up_to_all() -> None:
    lines = (LineOfBusiness("PPO", 3000, 900, 0.1), LineOfBusiness("HMO", 2000, 650, 0.4))
    rows = batna_sheet(stated(BASIS), lines).rows()
    for year in (1, 2, 3):
        own = [row for row in rows if row["year"] == year and row["line"] != "All"]
        (whole,) = [row for row in rows if row["year"] == year and row["line"] == "All"]
        assert whole["difference"] == pytest.approx(sum(row["difference"] for row in own))
        assert whole["contracted"] == pytest.approx(3000 * 900 * 0.25 + 2000 * 650 * 0.25)
    assert {row["retained"] for row in rows if row["line"] == "HMO" and row["year"] == 1} == {0.4 * 0.9 + 0.6 * 0.12}


def test_lines_with_the_same_retention_are_the_whole() -> None:
    these = stated(BASIS).given(retained=0.3)
    lines = (LineOfBusiness("PPO", 3000, 900, 0.1), LineOfBusiness("HMO", 2000, 650, 0.4))
    apart = [row for row in batna_sheet(these, lines).rows() if row["line"] == "All"]
    for one, other in zip(apart, batna_sheet(these).rows(), strict=True):
        assert one["difference"] == pytest.approx(other["difference"])


def test_small_lines_are_gathered_so_that_none_can_be_had_by_subtraction() -> None:
    def row(product: str, claims: int, patients: int) -> dict[str, object]:
        return {"product": product, "claims": claims, "patients": patients, "allowed": 100.0 * claims, "emergencies": 0}

    alone = _lines([row("PPO", 900, 300), row("HMO", 400, 90), row("EPO", 40, 5)], 1.0)
    assert [(one.name, one.units) for one in alone] == [("PPO", 900), ("other products", 440)]
    several = _lines([row("PPO", 900, 300), row("HMO", 20, 9), row("EPO", 40, 8)], 1.0)
    assert [(one.name, one.units) for one in several] == [("PPO", 900), ("other products", 60)]
