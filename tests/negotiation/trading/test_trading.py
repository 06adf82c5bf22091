"""Trading against the 567-outcome domain and slow oracles; packages, picks, concessions and counters by hand."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.errors import ContractError, ReadError, UsageError
from evenhand.negotiation.ask import AskProblem, Limits, RateRoom, best_ask
from evenhand.negotiation.trading import (
    Domain,
    Issue,
    Option,
    Outcomes,
    ladder,
    logrolling,
    packages,
    points,
    revealed,
    seen_weights,
    style_of,
)

TRUTH = Path(__file__).resolve().parents[3] / "../shared/data/market/negmas_5issue_truth.json"


def five_issues() -> Domain:
    """A payer and a provider over five issues, 567 outcomes."""
    rates = tuple(Option(f"+{rise}%", rise / 6, 1 - rise / 6) for rise in range(7))
    return Domain(
        "five issues",
        (
            Issue("rate", rates, 0.45, 0.5),
            Issue("term", _options("3y 1 1", "2y .6 .8", "1y 0 0"), 0.1, 0.2),
            Issue("termination", _options("90d .2 0", "120d 1 .7", "180d .6 1"), 0.05, 0.05),
            Issue("escalator", _options("none 0 1", "cpi .6 .5", "3% 1 0"), 0.15, 0.15),
            Issue("gold card", _options("full 1 0", "limited .5 .8", "none 0 1"), 0.25, 0.1),
        ),
        0.30,
        0.35,
    )


def _options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(name, float(ours), float(theirs)) for name, ours, theirs in (text.split() for text in texts))


def by_name(domain: Domain) -> dict[str, Any]:
    return {point.name: point.deal for point in points(Outcomes(domain))}


def test_the_five_issue_domain_has_its_known_frontier_and_points() -> None:
    outcomes, found = Outcomes(five_issues()), by_name(five_issues())

    assert len(outcomes) == 567
    assert len(outcomes.frontier) == 36
    assert len(outcomes.agreeable) == 26
    assert (found["Nash"].ours, found["Nash"].theirs) == pytest.approx((0.565, 0.726666666667))
    assert found["Nash"].options == ("+1%", "3y", "120d", "cpi", "full")
    assert (found["Kalai"].ours, found["Kalai"].theirs) == pytest.approx((0.62, 0.658333333333))
    smorodinsky = found["Kalai-Smorodinsky"]
    assert (smorodinsky.ours, smorodinsky.theirs) == pytest.approx((0.62, 0.658333333333))


@pytest.mark.skipif(not TRUTH.is_file(), reason="the market truth sets stand beside the repository; they are not there")
def test_the_five_issue_domain_agrees_with_the_truth_set() -> None:
    truth = json.loads(TRUTH.read_text())
    outcomes, found = Outcomes(five_issues()), by_name(five_issues())

    assert outcomes.scores[outcomes.agreeable] == pytest.approx(np.array(sorted(truth["pareto"])), abs=1e-9)
    assert len(outcomes.frontier) == truth["pareto_all_count"]
    assert [found["Nash"].ours, found["Nash"].theirs] == pytest.approx(truth["nash"][0], abs=1e-9)
    assert [found["Kalai"].ours, found["Kalai"].theirs] == pytest.approx(truth["kalai"][0], abs=1e-9)
    textbook = found["Kalai-Smorodinsky"]
    assert [textbook.ours, textbook.theirs] == pytest.approx(truth["ks_textbook"], abs=1e-9)
    assert [textbook.ours, textbook.theirs] != pytest.approx(truth["ks"][0], abs=1e-9)  # normalised over all outcomes


@st.composite
def domains(draw: st.DrawFn) -> Domain:
    """Up to four issues of up to four options, with many ties."""
    worth = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
    issues = []
    for place in range(draw(st.integers(1, 4))):
        options = draw(st.lists(st.tuples(worth, worth), min_size=2, max_size=4))
        named = tuple(Option(f"o{at}", *one) for at, one in enumerate(options))
        issues.append(Issue(f"i{place}", named, draw(st.integers(1, 4)), draw(st.integers(1, 4))))
    walks = draw(st.tuples(st.sampled_from([0.0, 0.3, 0.6]), st.sampled_from([0.0, 0.3, 0.6])))
    return Domain("drawn", tuple(issues), *walks)


def slow_scores(domain: Domain) -> list[tuple[float, float]]:
    scores = []
    for chosen in product(*(issue.options for issue in domain.issues)):
        ours = sum(w * o.ours for w, o in zip(domain.our_weights, chosen, strict=True))
        theirs = sum(w * o.theirs for w, o in zip(domain.their_weights, chosen, strict=True))
        scores.append((round(ours, 9), round(theirs, 9)))
    return scores


@settings(max_examples=80, deadline=None)
@given(domains())
def test_frontier_and_points_are_what_looking_at_every_pair_gives(domain: Domain) -> None:
    outcomes, scores = Outcomes(domain), slow_scores(domain)
    best = {
        place
        for place, one in enumerate(scores)
        if not any(other[0] >= one[0] and other[1] >= one[1] and other != one for other in scores)
    }

    assert set(map(int, outcomes.frontier)) == best
    can = [one for one in scores if one[0] >= domain.our_walk_away and one[1] >= domain.their_walk_away]
    found = {point.name: point.deal for point in points(outcomes)}
    assert bool(found) == bool(can)
    if can:
        gains = [(one[0] - domain.our_walk_away, one[1] - domain.their_walk_away) for one in can]
        nash, kalai, most = (found[name] for name in ("Nash", "Kalai", "greatest sum"))

        def gained(deal: Any) -> tuple[float, float]:
            return max(deal.ours - domain.our_walk_away, 0.0), max(deal.theirs - domain.their_walk_away, 0.0)

        assert np.prod(gained(nash)) == pytest.approx(max(one[0] * one[1] for one in gains), abs=1e-6)
        assert min(gained(kalai)) == pytest.approx(max(min(one) for one in gains), abs=1e-6)
        assert sum(gained(most)) == pytest.approx(max(sum(one) for one in gains), abs=1e-6)


def test_who_gives_what() -> None:
    trades = {trade.issue: trade for trade in logrolling(five_issues())}

    assert trades["gold card"].who == "they give"
    assert trades["gold card"].ratio == pytest.approx(2.5)
    assert trades["term"].who == "we give"
    assert trades["escalator"].who == "even"


def a_problem(seed: int = 3, count: int = 40) -> AskProblem:
    draw = np.random.default_rng(seed)
    rooms = [
        RateRoom(
            f"C{place}",
            100.0,
            float(draw.integers(10, 400)),
            115.0,
            float(draw.uniform(0.85, 1)),
            float(draw.uniform(0.8, 0.95)),
            f"Line {place % 5}",
        )
        for place in range(count)
    ]
    full = sum(room.payer_share * room.volume * 15 for room in rooms)
    return AskProblem(rooms, Limits.of(0.5 * full))


def test_packages_are_worth_the_same_to_us_and_differ_to_them() -> None:
    problem = a_problem()
    best = best_ask(problem)

    found = packages(problem)

    assert all(one.gain >= 0.97 * best.gain * (1 - 1e-6) for one in found)
    assert all(one.cost <= problem.limits.budgets[""] * (1 + 1e-6) for one in found)
    assert found[0].cost == min(one.cost for one in found)
    assert found[0].overlap is None
    assert all(one.overlap is not None and one.overlap < 0.95 for one in found[1:])


def test_a_pick_bounds_the_weights_and_they_explain_it() -> None:
    offered = packages(a_problem())

    found = revealed(offered, 2)

    def minded(place: int) -> float:
        return sum(one.weight * offered[place].spend[one.line] for one in found)

    assert all(minded(1) <= minded(place) + 1e-6 for place in range(len(offered)))
    assert all(one.low - 1e-9 <= one.weight <= one.high + 1e-9 for one in found)
    assert any(one.high < 4.0 or one.low > 0.25 for one in found)


def test_the_next_round_spends_less_where_it_weighs_more() -> None:
    problem = a_problem()
    dear = max(packages(problem)[0].spend, key=lambda line: packages(problem)[0].spend[line])

    again = packages(problem, weights={dear: 4.0})

    assert again[0].spend[dear] < packages(problem)[0].spend[dear]


def test_a_ladder_by_hand() -> None:
    assert ladder(8, 3, rounds=2, beta=1.0) == [8.0, 5.5, 3.0]
    assert ladder(8, 3, rounds=2, beta=0.5) == pytest.approx([8.0, 8 - 5 * 0.25, 3.0])
    assert ladder(0, 4, rounds=2, beta=2.0, first=0.1) == pytest.approx([0.4, 4 * (0.1 + 0.9 * 0.5**0.5), 4.0])


@settings(max_examples=60, deadline=None)
@given(st.floats(0.2, 5.0), st.integers(4, 10))
def test_the_style_of_a_planned_ladder_is_read_back(beta: float, rounds: int) -> None:
    seen = ladder(8, 3, rounds=rounds, beta=beta)[:rounds]

    found = style_of(seen, 3, rounds=rounds)

    assert found.beta == pytest.approx(beta, rel=0.05)
    assert found.low <= found.beta <= found.high


def test_styles_are_named_or_left_unclear() -> None:
    late, early = ladder(8, 3, rounds=6, beta=0.3), ladder(8, 3, rounds=6, beta=4.0)

    assert style_of(late, 3, rounds=6).name == "holds out until late"
    assert style_of(early, 3, rounds=6).name == "concedes early"
    assert style_of([8, 7.95, 5.5], 3, rounds=4).name == "unclear"


def test_what_they_hold_weighs_more_with_a_wide_interval() -> None:
    counters = [
        ("+0%", "3y", "180d", "none", "none"),
        ("+0%", "2y", "180d", "none", "limited"),
        ("+0%", "1y", "180d", "none", "full"),
    ]

    found = {one.issue: one for one in seen_weights(five_issues(), counters)}

    assert found["rate"].weight > found["gold card"].weight
    assert sum(one.weight for one in found.values()) == pytest.approx(1.0)
    assert found["rate"].high - found["rate"].low > 0.1
    assert (found["rate"].kept, found["gold card"].kept, found["rate"].rounds) == (2, 0, 2)
    assert seen_weights(five_issues(), counters) == seen_weights(five_issues(), counters)


DOMAIN = """
domain: Summit 2027
walk_away: {ours: 0.3, theirs: 0.35}
issues:
  - name: Rate
    weights: {ours: 60, theirs: 70}
    options: [{name: +2%, ours: 0, theirs: 1}, {name: +5%, ours: 1, theirs: 0}]
  - name: Term
    weights: {ours: 40, theirs: 30}
    options: [{name: 1 year, ours: 1, theirs: 0}, {name: 3 years, ours: 0, theirs: 1}]
"""


def test_a_domain_is_read_and_its_weights_add_up(tmp_path: Path) -> None:
    file = tmp_path / "domain.yaml"
    file.write_text(DOMAIN)

    domain = Domain.read(file)

    assert domain.our_weights == pytest.approx((0.6, 0.4))
    assert Outcomes(domain).score(["+5%", "3 years"]).ours == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ours: 1, theirs: 0}]", "ours: 2, theirs: 0}]", r"domain.yaml:\d+: a worth of 2"),
        ("name: 3 years", "name: 1 year", "two options are called '1 year'"),
        ("{ours: 40, theirs: 30}", "{ours: 40}", "weights has no 'theirs'"),
        ("weights:", "weight:", "did you mean 'weights'"),
        (", {name: +5%, ours: 1, theirs: 0}", "", "Rate has 1 options"),
    ],
)
def test_a_broken_domain_is_refused_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    file = tmp_path / "domain.yaml"
    assert old in DOMAIN
    file.write_text(DOMAIN.replace(old, new))

    with pytest.raises(ContractError, match=words):
        Domain.read(file)


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        Domain.read(tmp_path / "none.yaml")
    with pytest.raises(UsageError, match="no issue"):
        Domain("empty", ())
    with pytest.raises(UsageError, match="three or more"):
        style_of([1, 2], 3, rounds=4)
    with pytest.raises(UsageError, match="two or more"):
        seen_weights(five_issues(), [("+0%", "3y", "180d", "none", "none")])
    with pytest.raises(UsageError, match="no option of term"):
        Outcomes(five_issues()).score(("+0%", "9y", "180d", "none", "none"))
    with pytest.raises(UsageError, match="there is no package 9"):
        revealed(packages(a_problem()), 9)
    with pytest.raises(UsageError, match="between 0 and 1"):
        points(Outcomes(five_issues()), weight=1.0)
