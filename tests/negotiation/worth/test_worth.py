"""Worth over years by hand: escalators, days within a year, lesser-of, collection, discounts, both sides, refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import Escalator
from evenhand.errors import ContractError, ReadError, SelectionError, UsageError
from evenhand.negotiation import offer_value
from evenhand.negotiation.worth import WorthQuestion, worth

D = Decimal
#: The days valued are the 365 up to the last claim; a year has 365.25.
ANNUAL = 365.25 / 365


def forty(**line: Any) -> list[dict[str, Any]]:
    return [{"code": "99213", **line} for _ in range(40)]


def asked(plain: dict[str, float], years: int = 3, **given: float) -> WorthQuestion:
    return WorthQuestion(years=years, draws=200, given={**plain, **given})


def test_years_of_the_same_claims(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    found = worth(
        settled(forty()),
        contract(fees(c99213="100.00")),
        [contract(fees(c99213="110.00"), offer="Round 1")],
        asked(plain),
    )

    rows = found.years.rows()
    assert [row["year"] for row in rows] == ["1", "2", "3", "in all"]
    assert [row["first_day"] for row in rows[:3]] == [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]
    assert [row["change"] for row in rows] == pytest.approx([400 * ANNUAL] * 3 + [1200 * ANNUAL])
    assert [row["change_percent"] for row in rows] == pytest.approx([0.1] * 4)
    assert all(row["p10"] <= row["p50"] <= row["p90"] and row["p_gain"] == 1.0 for row in rows)
    assert (found.claims, found.patients, found.strength) == (40, 40, "weak")


def test_draws_lie_around_the_figure_by_every_method(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    """Forty patients of $10 each: the Poisson spread is $63, the bootstrap has none."""
    offer = contract(fees(c99213="110.00"), offer="Round 1")

    found = worth(settled(forty()), contract(fees(c99213="100.00")), [offer], asked(plain, 1))

    told = {row["method"]: row for row in found.methods if row["year"] == "1"}
    assert len(told) == 4
    for method, row in told.items():
        assert row["mean"] == pytest.approx(400 * ANNUAL, rel=0.05), method
        spread = 0 if method.startswith("bootstrap") else 2 * 1.2816 * 10 * 40**0.5
        assert row["p90"] - row["p10"] == pytest.approx(spread, rel=0.25, abs=1e-6), method


def test_the_contract_escalates_and_the_offer_does_not(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    rises = Escalator(date(2025, 1, 1), 12, D("1.03"), ("fee_schedule",))
    current = contract(fees(c99213="100.00"), escalator=(rises,))

    found = worth(settled(forty()), current, [contract(fees(c99213="105.00"), offer="Round 1")], asked(plain))

    # 103.00, 106.09, 109.27 against 105.00
    assert [row["change"] for row in found.years][:3] == pytest.approx([80 * ANNUAL, -43.6 * ANNUAL, -170.8 * ANNUAL])


def test_a_step_within_the_year_counts_for_its_days(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    rises = Escalator(date(2025, 7, 2), 12, D("1.10"), ("fee_schedule",))
    current = contract(fees(c99213="100.00"), escalator=(rises,))

    found = worth(settled(forty()), current, [contract(fees(c99213="100.00"), offer="Round 1")], asked(plain, 1))

    later = 183 / 365  # from 2 July to the end of 2026
    assert found.years.rows()[0]["contract"] == pytest.approx(40 * ANNUAL * (100 + 10 * later))


def test_charges_grow_against_lesser_of(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    current = contract(fees(c99213="100.00"), lesser_of="line")
    offer = contract(fees(c99213="120.00"), offer="Round 1", lesser_of="line")
    engine = settled(forty(charge="105.00"))

    flat = worth(engine, current, [offer], asked(plain, 2)).years.rows()
    grown = worth(engine, current, [offer], asked(plain, 2, charge_growth=0.05)).years.rows()

    assert [row["change"] for row in flat][:2] == pytest.approx([200 * ANNUAL] * 2)
    # from the middle of the claims' days, 2024-12-01, to that of 2026 are 1.58 years: 105 × 1.05^1.58 = 113.41
    assert grown[0]["offered"] == pytest.approx(40 * ANNUAL * 113.41, rel=2e-4)
    assert grown[1]["offered"] == pytest.approx(40 * ANNUAL * 119.08, rel=2e-4)
    assert grown[0]["offer_limited"] == pytest.approx(40 * ANNUAL * (120 - 113.41), rel=5e-3)


def test_what_becomes_of_an_allowed_dollar(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    given = {"paid_as_agreed": 0.9, "patient_share": 0.2, "patient_collected": 0.5, "days_to_pay": 365.25}
    given |= {"cost_of_capital": 0.25, "discount_rate": 0.21}

    found = worth(
        settled(forty()),
        contract(fees(c99213="100.00")),
        [contract(fees(c99213="110.00"), offer="Round 1")],
        asked(plain, 1, **given),
    )

    net = 400 * ANNUAL * 0.9 * (0.8 / 1.25 + 0.2 * 0.5)
    first, in_all = found.years.rows()
    assert first["change"] == pytest.approx(net)
    assert in_all["change"] == pytest.approx(net / 1.1)


def test_volume_grows_from_the_middle_of_the_claims(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    engine, current = settled(forty()), contract(fees(c99213="100.00"))
    offer = contract(fees(c99213="110.00"), offer="Round 1")

    found = worth(engine, current, [offer], asked(plain, 1, volume_growth=0.1))

    apart = (date(2026, 7, 2) - date(2024, 11, 30)).days / 365.25
    assert found.years.rows()[0]["change"] == pytest.approx(400 * ANNUAL * 1.1**apart, rel=1e-3)


def test_both_sides(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    given = {"cost_to_charge": 0.09, "cost_growth": 0.0, "members": 100, "premium_pmpm": 50, "loss_ratio_floor": 0.8}
    offer = contract(fees(c99213="110.00"), offer="Round 1")

    found = worth(settled(forty()), contract(fees(c99213="100.00")), [offer], asked(plain, 1, **given))

    first = next(row for row in found.sides if row["side"] == "Round 1")
    assert (first["revenue"], first["cost"]) == pytest.approx((4400 * ANNUAL, 3600 * ANNUAL))
    assert (first["margin"], first["margin_change"]) == pytest.approx((800 * ANNUAL, 400 * ANNUAL))
    assert first["plan_change_pmpm"] == pytest.approx(400 * ANNUAL / 1200)
    assert first["loss_ratio_points"] == pytest.approx(400 * ANNUAL / 1200 / 50)
    assert first["premium_change"] == pytest.approx(400 * ANNUAL / 1200 / 0.8)


def test_what_nobody_gave_is_not_told(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    offer = contract(fees(c99213="110.00"), offer="Round 1")
    found = worth(settled(forty()), contract(fees(c99213="100.00")), [offer], asked(plain, 1))

    row = found.sides.rows()[0]
    assert [row[key] for key in ("cost", "margin", "plan_change_pmpm", "premium_change", "loss_ratio_points")] == [
        None
    ] * 5
    assert found.costs == ""


def test_costs_of_a_file(settled: Any, fees: Any, contract: Any, plain: Any, tmp_path: Path) -> None:
    file = tmp_path / "costs.csv"
    file.write_text("code,cost\n99213,61.50\n", encoding="utf-8")
    offer = contract(fees(c99213="110.00"), offer="Round 1")
    question = WorthQuestion(years=1, draws=200, given={**plain, "cost_growth": 0.0}, costs=file)

    found = worth(settled(forty(units=2)), contract(fees(c99213="100.00")), [offer], question)

    assert found.sides.rows()[0]["cost"] == pytest.approx(40 * 2 * 61.5 * ANNUAL)
    assert found.costs == "costs.csv, which covers 100.0% of charges"


def test_a_broken_file_of_costs_is_refused_whole(
    settled: Any, fees: Any, contract: Any, plain: Any, tmp_path: Path
) -> None:
    file = tmp_path / "costs.csv"
    file.write_text("code,cost\n99213,much\n,5\n", encoding="utf-8")
    question = WorthQuestion(years=1, draws=200, given=plain, costs=file)
    offer = contract(fees(c99213="110.00"), offer="Round 1")

    with pytest.raises(
        ContractError, match=r"costs.csv:2: 'much' is no cost of a code; write it like 99213,61.50"
    ) as no:
        worth(settled(forty()), contract(fees(c99213="100.00")), [offer], question)
    assert len(no.value.problems) == 2
    with pytest.raises(ReadError, match="cannot be read"):
        worth(
            settled(forty()),
            contract(fees(c99213="100.00")),
            [offer],
            WorthQuestion(years=1, draws=200, given=plain, costs=tmp_path / "none.csv"),
        )


def test_the_book_states_denials_collection_and_days(settled: Any, fees: Any, contract: Any) -> None:
    """Of 50 claims ten are denied; the others are allowed 90 of 100, a third the patient's, paid after 30 days."""
    paid = forty(allowed="90.00", patient="30.00", paid="60.00", days=30, received=5)
    lines = [*paid, *({"code": "99213", "state": "denied"} for _ in range(10))]
    offer = contract(fees(c99213="110.00"), offer="Round 1")

    found = worth(settled(lines), contract(fees(c99213="100.00")), [offer], WorthQuestion(draws=200))

    said = {name: found.assumed[name] for name in ("denied_share", "paid_as_agreed", "patient_share", "days_to_pay")}
    assert {name: one.value for name, one in said.items()} == pytest.approx(
        {"denied_share": 0.2, "paid_as_agreed": 0.9, "patient_share": 1 / 3, "days_to_pay": 30.0}, abs=1e-6
    )
    assert {one.sure for one in said.values()} == {"your book"}
    assert found.assumed["volume_growth"].sure == "our judgement"
    assert any("no whole year before" in note for note in found.notes)


def test_nothing_is_taken_off_where_nothing_was_answered_and_it_says_so(settled: Any, fees: Any, contract: Any) -> None:
    offer = contract(fees(c99213="110.00"), offer="Round 1")
    rows = forty(state="not remitted")

    found = worth(settled(rows), contract(fees(c99213="100.00")), [offer], WorthQuestion(draws=200))

    assert any(note.startswith("Fewer than 30 claims of these days have been answered") for note in found.notes)
    assert {found.assumed[name].source for name in ("denied_share", "paid_as_agreed")} == {
        "no remittance seen in the book"
    }


def test_the_first_year_agrees_with_the_value_of_the_offer(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    codes = ["99213", "99214", "29881", "97110"]
    lines = [{"code": codes[n % 4], "units": 1 + n % 3, "charge": f"{90 + 17 * n}.00"} for n in range(60)]
    now = fees(c99213="100.00", c99214="150.00", c29881="700.00", c97110="40.00")
    then = fees(c99213="95.00", c99214="162.00", c29881="690.00", c97110="44.00")
    current, offer = contract(now, lesser_of="line"), contract(then, offer="Round 1", lesser_of="line")

    value = offer_value(settled(lines), current, offer)
    found = worth(settled(lines), current, [offer], asked(plain, 1))

    first = found.years.rows()[0]
    assert first["contract"] == pytest.approx(float(value.current) * ANNUAL)
    assert first["change"] == pytest.approx(float(value.change) * ANNUAL)
    assert sum(row["change"] for row in found.service_lines) == pytest.approx(first["change"])


def test_rounds_side_by_side(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    offers = [contract(fees(c99213=f"{rate}.00"), offer="Round") for rate in (102, 106)]

    found = worth(settled(forty()), contract(fees(c99213="100.00")), offers, asked(plain, 1))

    assert found.offers == ("Round (1)", "Round (2)")
    changes = {row["offer"]: row["change"] for row in found.years if row["year"] == "1"}
    assert changes == pytest.approx({"Round (1)": 80 * ANNUAL, "Round (2)": 240 * ANNUAL})


def test_same_seed_same_answer(settled: Any, fees: Any, contract: Any) -> None:
    current, offer = contract(fees(c99213="100.00")), contract(fees(c99213="110.00"), offer="Round 1")
    one, other = (worth(settled(forty()), current, [offer], WorthQuestion(draws=200, seed=9)) for _ in range(2))
    assert one.years.rows() == other.years.rows()
    assert one.levels.rows() == other.levels.rows()


def test_service_lines_of_few_patients_are_gathered(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    lines = [*forty(), *({"code": "29881"} for _ in range(8)), *({"code": "97110"} for _ in range(5))]
    rates = {"c99213": "100.00", "c29881": "500.00", "c97110": "40.00"}
    offer = contract(fees(**rates), offer="Round 1")

    found = worth(settled(lines), contract(fees(**rates)), [offer], asked(plain, 1))

    rows = {row["service_line"]: row for row in found.service_lines}
    assert set(rows) == {"Office visits", "2 with few patients"}
    assert rows["2 with few patients"]["contract"] == pytest.approx((8 * 500 + 5 * 40) * ANNUAL)
    assert rows["2 with few patients"]["change_percent"] is None


def test_one_small_line_takes_the_next_with_it(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    """Or the total less the others would tell it."""
    lines = [*forty(), *({"code": "29881"} for _ in range(3)), *({"code": "97110"} for _ in range(20))]
    rates = {"c99213": "100.00", "c29881": "500.00", "c97110": "40.00"}

    found = worth(settled(lines), contract(fees(**rates)), [contract(fees(**rates), offer="R")], asked(plain, 1))

    assert {row["service_line"] for row in found.service_lines} == {"Office visits", "2 with few patients"}


def test_fewer_than_eleven_patients_are_refused(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    offer = contract(fees(c99213="110.00"), offer="Round 1")
    with pytest.raises(SelectionError, match="fewer than 11 patients, which is too few to tell anything by"):
        worth(settled(forty()[:10]), contract(fees(c99213="100.00")), [offer], asked(plain, 1))


def test_fewer_than_thirty_claims_carry_no_rate(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    offer = contract(fees(c99213="110.00"), offer="Round 1")
    found = worth(settled(forty()[:29]), contract(fees(c99213="100.00")), [offer], asked(plain, 1))
    assert found.strength == "too few for a rate"
    assert {row["change_percent"] for row in found.years} == {None}


def test_nothing_priced_says_why(settled: Any, fees: Any, contract: Any, plain: Any) -> None:
    offer = contract(fees(c99213="110.00"), offer="Round 1")
    lines = [{"code": "99999"} for _ in range(12)]
    with pytest.raises(SelectionError, match=r"no claim of these days is priced .* 12 lines of 12 claims lack a price"):
        worth(settled(lines), contract(fees(c99213="100.00")), [offer], asked(plain, 1))


def test_questions_that_make_no_sense_are_refused(settled: Any, fees: Any, contract: Any) -> None:
    with pytest.raises(UsageError, match="0 years cannot be valued; say 1 to 10"):
        WorthQuestion(years=0)
    with pytest.raises(UsageError, match="5 draws are too few or too many"):
        WorthQuestion(draws=5)
    with pytest.raises(UsageError, match="run-out 'x' is not known"):
        WorthQuestion(run_out="x")  # type: ignore[arg-type]
    offer = contract(fees(c99213="110.00"), offer="Round 1")
    question = WorthQuestion(given={"volume_grwth": 0.1})
    with pytest.raises(UsageError, match="'volume_grwth' is no assumption here; did you mean 'volume_growth'"):
        worth(settled(forty()), contract(fees(c99213="100.00")), [offer], question)


def test_the_book_states_growth_of_volume_charges_and_mix(settled: Any, fees: Any, contract: Any) -> None:
    """Visits go from 10 a month at $200 to 12 at $210; therapy stays at 10 a month: the volume grows by 10 %."""
    lines: list[dict[str, Any]] = []
    for month in range(24):
        day, later = date(2024 + (month + 5) // 12, (month + 5) % 12 + 1, 2), month >= 12
        codes = ["99202", "99203", "99213", "99214", "99215", "97110"]
        visits = [
            {"code": codes[at % 5], "charge": "210.00" if later else "200.00"} for at in range(12 if later else 10)
        ]
        lines += [
            {**line, "day": day} for line in [*visits, *({"code": "97110", "charge": "100.00"} for _ in range(10))]
        ]
    rates = {f"c{code}": "100.00" for code in ("99202", "99203", "99213", "99214", "99215", "97110")}
    offer = contract(fees(**rates), offer="Round 1")
    question = WorthQuestion(date(2025, 6, 1), date(2026, 5, 31), years=1, draws=200)

    found = worth(settled(lines), contract(fees(**rates)), [offer], question)

    assert found.assumed["volume_growth"].value == pytest.approx(0.1)
    assert found.assumed["volume_growth"].source == "264 claims against 240 in the year before"
    visits_after, therapy_after = 144 * 210.0, 120 * 100.0
    growth = (visits_after + therapy_after) / (144 * 200.0 + therapy_after) - 1
    assert found.assumed["charge_growth"].value == pytest.approx(growth, abs=1e-6)
    by_line = {row["service_line"]: row["contract"] for row in found.service_lines}
    assert 1.2 < by_line["Office visits"] / by_line["Therapy"] < 1.2**2.5
    frozen = worth(
        settled(lines),
        contract(fees(**rates)),
        [offer],
        WorthQuestion(date(2025, 6, 1), date(2026, 5, 31), years=1, draws=200, given={"mix_carried": 0.0}),
    )
    still = {row["service_line"]: row["contract"] for row in frozen.service_lines}
    assert still["Office visits"] / still["Therapy"] == pytest.approx(1.2)
    assert sum(still.values()) == pytest.approx(sum(by_line.values()))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"volume_growth": -1.5}, "volume_growth: -1.5 a year cannot be; give -0.9 to 10"),
        ({"denied_share": 1.2}, "denied_share: 1.2 share cannot be; give 0 to 1"),
        ({"days_to_pay": -3.0}, "days_to_pay: -3 days cannot be; give 0 or more"),
        ({"members": float("inf")}, "members: inf members cannot be"),
        ({"discount_rate": float("nan")}, "discount_rate: nan is not from nan to nan"),
    ],
)
def test_assumptions_that_cannot_be(settled: Any, fees: Any, contract: Any, given: Any, why: str) -> None:
    offer = contract(fees(c99213="110.00"), offer="Round 1")
    with pytest.raises(UsageError, match=why):
        worth(settled(forty()), contract(fees(c99213="100.00")), [offer], WorthQuestion(given=given))
