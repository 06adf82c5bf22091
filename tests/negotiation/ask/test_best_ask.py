"""The best ask: three ways agree, every gap is true, slow oracles say the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.errors import UsageError
from evenhand.negotiation.ask import (
    AskProblem,
    Doubt,
    InfeasibleError,
    Limits,
    RateRoom,
    Shape,
    ShapedAnswer,
    best_ask,
    best_by_programme,
    best_by_sorting,
    conflict,
    cost_in_doubt,
    frontier,
    nash_point,
    worth_of_limits,
)
from evenhand.negotiation.ask.answer import Multipliers
from evenhand.negotiation.ask.rows import rows_of

LINES = ("Visits", "Imaging", "Surgery")


@st.composite
def problems(draw: st.DrawFn, /, most: int = 12, **limits: st.SearchStrategy[object]) -> AskProblem:
    """Some rates of three service lines and a budget that rarely lets all of them rise to their most."""
    count = draw(st.integers(2, most))
    whole = st.integers(1, 400)
    rooms = [
        RateRoom(
            f"C{place}",
            float(rate),
            float(draw(whole)),
            rate * (1 + draw(st.integers(0, 40)) / 100),
            draw(st.sampled_from([0.5, 0.7, 0.9, 0.95, 1.0])),
            draw(st.sampled_from([0.4, 0.6, 0.8, 0.9, 1.0])),
            draw(st.sampled_from(LINES)),
        )
        for place, rate in enumerate(draw(st.lists(whole, min_size=count, max_size=count)))
    ]
    full = sum(room.payer_share * room.volume * (room.most - room.rate) for room in rooms)
    budget = full * draw(st.integers(0, 120)) / 100
    return AskProblem(rooms, Limits.of(budget, **{name: draw(values) for name, values in limits.items()}))


def with_caps(problem: AskProblem, share: float) -> AskProblem:
    caps = {
        line: share * float(problem.cost[problem.line_of == place].sum()) for place, line in enumerate(problem.lines)
    }
    return problem.with_limits(replace(problem.limits, line_caps=caps))


def close(one: float, other: float) -> bool:
    return one == pytest.approx(other, rel=1e-7, abs=1e-6)


@settings(max_examples=150, deadline=None)
@given(problems(), st.sampled_from([None, 0.2, 0.7]))
def test_sorting_equals_the_linear_programme(problem: AskProblem, caps: float | None) -> None:
    asked = problem if caps is None else with_caps(problem, caps)

    sorted_, programme = best_by_sorting(asked), best_by_programme(asked)

    assert close(sorted_.gain, programme.gain)
    assert sorted_.gap < 1e-7
    assert programme.gap < 1e-7
    assert max(sorted_.passed, programme.passed) < 1e-7
    assert close(float(frontier(asked).at([asked.limits.budgets[""]])[0]), sorted_.gain)


def few_by_trying_all(problem: AskProblem) -> float:
    """The most that any choice of so many codes brings: each choice by its own linear programme."""
    best = 0.0
    for chosen in combinations(range(len(problem)), min(problem.limits.at_most or 0, len(problem))):
        for size in range(len(chosen) + 1):
            for some in combinations(chosen, size):
                best = max(best, _with_least(problem, some))
    return best


def _with_least(problem: AskProblem, some: tuple[int, ...]) -> float:
    low = np.zeros(len(problem))
    low[list(some)] = problem.least[list(some)]
    cost = float(problem.cost @ low) if np.isfinite(low).all() else np.inf
    if not np.all(low <= 1) or cost > problem.limits.budgets[""] + 1e-9:
        return 0.0
    left, brought = problem.limits.budgets[""] - cost, float(problem.gain @ low)
    for place in sorted(some, key=lambda one: -float(problem.gain[one]) / max(float(problem.cost[one]), 1e-300)):
        part = min(1 - low[place], left / problem.cost[place] if problem.cost[place] else 1.0)
        left, brought = left - part * problem.cost[place], brought + part * problem.gain[place]
    return brought


@settings(max_examples=60, deadline=None)
@given(problems(most=7, at_most=st.integers(1, 3)))
def test_at_most_so_many_codes_is_the_best_of_all_choices(problem: AskProblem) -> None:
    found = best_ask(problem)

    truth = few_by_trying_all(problem)

    assert found.gain == pytest.approx(truth, rel=1e-6, abs=0.02)
    assert found.bound >= truth - 1e-6
    assert found.changed <= (problem.limits.at_most or 0)
    assert found.passed < 1e-7


@settings(max_examples=60, deadline=None)
@given(problems(at_most=st.integers(1, 5)), st.data())
def test_with_caps_ladders_and_a_count_the_bound_holds(problem: AskProblem, data: st.DataObject) -> None:
    codes = st.sampled_from([room.code for room in problem.rooms])
    ladders = tuple(data.draw(st.lists(st.tuples(codes, codes).filter(lambda two: two[0] != two[1]), max_size=4)))
    capped = with_caps(problem, 0.6)
    asked = capped.with_limits(replace(capped.limits, ladders=ladders))

    found, free = best_ask(asked), best_by_programme(asked.with_limits(replace(asked.limits, at_most=None)))

    assert found.passed < 1e-7
    assert found.gain <= min(found.bound, free.gain) * (1 + 1e-7) + 1e-6
    assert all(found.asked[one] <= found.asked[other] * (1 + 1e-7) for one, other in asked.steps)


@settings(max_examples=100, deadline=None)
@given(problems(), st.lists(st.floats(0, 5), min_size=1, max_size=1))
def test_any_prices_give_a_bound(problem: AskProblem, prices: list[float]) -> None:
    bound = Multipliers(np.array(prices)).bound(problem, rows_of(problem))

    assert bound >= best_by_sorting(problem).gain - 1e-6


def shaped_by_trying_all(problem: AskProblem, grid: tuple[float, ...]) -> float:
    best = 0.0
    for rises in product((0.0, *grid), repeat=len(problem.lines)):
        rise = np.array(rises)[problem.line_of] * problem.rate
        share = np.minimum(rise / np.where(problem.room > 0, problem.room, np.inf), 1.0)
        if problem.cost @ share <= problem.limits.budgets[""] * (1 + 1e-9) + 1e-9:
            best = max(best, float(problem.gain @ share))
    return best


@settings(max_examples=40, deadline=None)
@given(problems())
def test_one_rise_a_line_is_the_best_of_all_rises(problem: AskProblem) -> None:
    grid = (0.025, 0.05, 0.1, 0.2)

    found = best_ask(problem, shape=Shape(0, grid))
    freer = best_ask(problem, shape=Shape(2, grid))

    assert close(found.gain, shaped_by_trying_all(problem, grid))
    assert found.gain <= found.bound * (1 + 1e-9) + 1e-6
    assert found.gain <= freer.gain * (1 + 1e-4) + 1e-6
    assert freer.gain <= min(freer.bound, best_by_sorting(problem).gain) * (1 + 1e-6) + 1e-6
    assert isinstance(freer, ShapedAnswer)
    assert len(freer.carved_out or {}) <= 2


@settings(max_examples=40, deadline=None)
@given(problems())
def test_in_doubt_the_budget_holds_and_the_gap_is_small(problem: AskProblem) -> None:
    found = best_ask(problem, doubt=Doubt())

    assert cost_in_doubt(problem, found.share) <= problem.limits.budgets[""] * (1 + 1e-9) + 1e-6
    assert found.gain <= best_by_sorting(problem).gain + 1e-6
    assert found.gain <= found.bound * (1 + 1e-9) + 1e-6
    assert found.gap < 0.02


def test_without_doubt_the_robust_ask_is_the_plain_one() -> None:
    problem = AskProblem([RateRoom("A", 100, 10, 120, 1.0, 0.5), RateRoom("B", 100, 10, 120)], Limits.of(150.0))

    assert best_ask(problem, doubt=Doubt(0, 0, 0)).gain == pytest.approx(best_ask(problem).gain)


def two_rates(**limits: Any) -> AskProblem:
    """Worked by hand: A costs $50 for $90 a dollar of room taken, B $200 for $200."""
    return AskProblem(
        [
            RateRoom("A", 100.0, 10.0, 110.0, 0.9, 0.5, "Visits"),
            RateRoom("B", 50.0, 20.0, 60.0, 1.0, 1.0, "Imaging"),
        ],
        Limits.of(150.0, **limits),
    )


def test_an_ask_worked_by_hand() -> None:
    found = best_ask(two_rates())

    assert [found.gain, found.cost] == pytest.approx([190.0, 150.0])  # all of A, half of B
    assert list(found.asked) == pytest.approx([110.0, 55.0])
    assert found.prices == {"budget": pytest.approx(1.0)}
    assert found.gap == 0.0


def test_caps_worked_by_hand() -> None:
    found = best_ask(two_rates(line_caps={"Imaging": 40.0}))

    assert found.gain == pytest.approx(90 + 40)
    assert found.prices == {"cap Imaging": pytest.approx(1.0)}


def test_a_ladder_worked_by_hand() -> None:
    found = best_ask(two_rates(ladders=(("B", "A"),)))
    tied = AskProblem(
        [RateRoom("A", 100, 10, 120, 1.0, 0.5), RateRoom("B", 105, 10, 120, 1.0, 1.0)],
        Limits.of(1000.0, ladders=(("A", "B"),), line_caps={}, at_most=1),
    )

    assert found.gain == pytest.approx(190.0)
    assert best_ask(tied).gain == pytest.approx(150.0)  # B alone to 120; A alone could only reach 105


def test_the_worth_of_limits_is_what_a_wider_one_brings() -> None:
    (point,) = worth_of_limits(best_ask(two_rates()), best_ask, spend=1000.0)

    assert point.limit == "budget"
    assert point.brings == pytest.approx(10.0)
    assert point.words == "one more point of budget ($10) brings $10 a year"


def test_conflicting_limits_are_named_with_what_would_do() -> None:
    with pytest.raises(InfeasibleError, match=r"budget of \$150: \$200 would do.*need of \$240: \$190 would do"):
        best_ask(two_rates(need=240.0))


def test_few_codes_that_cannot_bring_enough_are_refused() -> None:
    """A or B alone brings $200; C could bring $10 more, by a rise too small to be asked for."""
    rooms = [RateRoom("A", 100.0, 10.0, 120.0), RateRoom("B", 100.0, 10.0, 120.0), RateRoom("C", 100, 10, 101)]
    enough, short = Limits.of(500.0, need=200.0, at_most=1), Limits.of(500.0, need=205.0, at_most=1)

    assert best_ask(AskProblem(rooms, enough)).gain == pytest.approx(200.0)
    with pytest.raises(InfeasibleError, match="at most 1 code: 2 codes would do"):
        best_ask(AskProblem(rooms, short))
    with pytest.raises(InfeasibleError, match="no ask was found that changes at most 2 codes, each by 2% or more"):
        best_ask(AskProblem([rooms[0], rooms[2]], Limits.of(500.0, need=205.0, at_most=2)))


def test_a_shaped_ask_prices_its_limits() -> None:
    shaped = best_ask(two_rates(), shape=Shape(1, (0.05, 0.1)))

    assert shaped.prices["budget"] > 0
    assert worth_of_limits(shaped, lambda one: best_ask(one, shape=Shape(1, (0.05, 0.1))), spend=1000.0)


def test_a_limit_that_does_not_matter_is_not_named() -> None:
    problem = two_rates(need=240.0, line_caps={"Visits": 1000.0}, ladders=(("B", "A"),), at_most=2)

    named = [clash.limit for clash in conflict(problem)]

    assert named == ["budget", "need", "the most of each rate"]


@settings(max_examples=50, deadline=None)
@given(problems(), st.integers(1, 200))
def test_each_limit_of_a_clash_is_needed_for_it(problem: AskProblem, percent: int) -> None:
    need = float(problem.gain.sum()) * percent / 100
    asked = with_caps(problem.with_limits(replace(problem.limits, need=need)), 0.5)

    clashes = conflict(asked)

    try:
        best_by_programme(asked)
        assert not clashes
    except InfeasibleError:
        assert "need" in [clash.limit for clash in clashes]


def test_budgets_of_several_plans_are_filled_apart() -> None:
    rooms = [RateRoom("A", 100, 10, 110, plan="PPO"), RateRoom("A", 100, 10, 110, 0.5, plan="HMO")]

    found = best_ask(AskProblem(rooms, Limits({"PPO": 30.0, "HMO": 60.0})))

    assert found.gain == pytest.approx(30.0 + 30.0)
    assert found.prices == {"budget PPO": pytest.approx(1.0), "budget HMO": pytest.approx(0.5)}


@settings(max_examples=60, deadline=None)
@given(problems(), st.floats(0.1, 0.9))
def test_the_nash_point_is_the_best_of_a_fine_scan(problem: AskProblem, weight: float) -> None:
    edge = frontier(problem)
    headroom = float(edge.spend[-1]) * 0.8 + 1.0

    point = nash_point(edge, headroom, weight=weight)

    spend = np.linspace(0, headroom, 2001)
    scanned = np.max(edge.at(spend) ** weight * (headroom - spend) ** (1 - weight))
    assert point.product >= scanned * (1 - 1e-9)
    assert 0 <= point.spend <= headroom


@pytest.mark.parametrize(
    ("room", "limits", "words"),
    [
        (RateRoom("A", 0.0, 1, 1), Limits.of(1), "a rate to raise is above 0"),
        (RateRoom("A", 10.0, 1, 9), Limits.of(1), "below today's"),
        (RateRoom("A", 10.0, 1, 12, 1.2), Limits.of(1), "what we keep"),
        (RateRoom("A", 10.0, 1, float("nan")), Limits.of(1), "not finite"),
        (RateRoom("A", 10.0, 1, 12), Limits({"PPO": 1.0}), "has no budget"),
        (RateRoom("A", 10.0, 1, 12), Limits.of(-1), "0 dollars or more"),
        (RateRoom("A", 10.0, 1, 12), Limits.of(1, line_caps={"Imagin": 1.0}), "names 'Imagin'"),
        (RateRoom("A", 10.0, 1, 12), Limits.of(1, at_most=0), "allow 1 or more"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(room: RateRoom, limits: Limits, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        AskProblem([room], limits)


def test_nothing_to_ask_for_is_said() -> None:
    with pytest.raises(UsageError, match="there is no rate to ask for"):
        AskProblem([], Limits.of(1))
