"""The best ask over 10,000 codes: ladders and caps, the whole frontier, at most 200 codes; each with its gap.

Volumes are made up and heavy-tailed (lognormal, sigma 2): the shape of the times, not of any payer. ``ask_s`` is the
linear programme with a budget, caps on ten of forty service lines and 1,300 ladders; ``frontier_ms`` the frontier at
all its points; ``mip_s`` at most 200 of the codes, each by 2 % or more, search, bound and mixed-integer programme
together. Each time is the least of a few runs, from the problem as data to an answer with its gap. A gap is worked out
from the ask and the prices of its limits, and is what is left between the ask and that bound.

    python benchmarks/ask.py            # three runs of each, with the shaped and the robust ask
    python benchmarks/ask.py --quick    # one run of each of the three, under 50 s

The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from evenhand.negotiation.ask import AskProblem, Doubt, Limits, RateRoom, Shape, best_ask, frontier

Found = TypeVar("Found")
CODES, LINES, LADDERS, SEED = 10_000, 40, 1_300, 1


def rooms() -> list[RateRoom]:
    """Ten thousand rates."""
    draw = np.random.default_rng(SEED)
    volume, rate = np.exp(draw.normal(2, 2, CODES)), np.exp(draw.normal(4.7, 1, CODES))
    rise, worth, share = draw.uniform(0.05, 0.3, CODES), draw.uniform(0.7, 0.98, CODES), draw.uniform(0.6, 1, CODES)
    return [
        RateRoom(
            f"C{at}",
            float(rate[at]),
            float(volume[at]),
            float(rate[at] * (1 + rise[at])),
            float(worth[at]),
            float(share[at]),
            f"Line {at % LINES}",
        )
        for at in range(CODES)
    ]


def limits(made: list[RateRoom], **more: Any) -> Limits:
    """A budget of 3 % of what is paid today."""
    return Limits.of(0.03 * spend(made), **more)


def spend(made: list[RateRoom]) -> float:
    return sum(room.payer_share * room.volume * room.rate for room in made)


def tied(made: list[RateRoom]) -> Limits:
    """With caps and ladders: neighbours, the lower rate first."""
    pairs = []
    for at in range(0, 2 * LADDERS, 2):
        low, high = sorted((made[at], made[at + 1]), key=lambda room: room.rate)
        pairs.append((low.code, high.code))
    caps = {f"Line {line}": 0.05 * spend(made) / LINES for line in range(0, LINES, 4)}
    return limits(made, ladders=tuple(pairs), line_caps=caps)


def least(runs: int, work: Callable[[], Found]) -> tuple[float, Found]:
    """The least time of some runs, and what the last one found."""
    times, found = [], None
    for _ in range(runs):
        start = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - start)
    assert found is not None
    return min(times), found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="one run of each, without the shaped and the robust ask")
    quick = parser.parse_args().quick
    runs, made = (1 if quick else 3), rooms()
    best_ask(AskProblem(made[:50], limits(made[:50], at_most=5)))  # scipy is imported once, before any clock runs

    ask_s, asked = least(runs, lambda: best_ask(AskProblem(made, tied(made))))
    print(f"ask: {CODES:,} codes, {LADDERS:,} ladders: {ask_s:.2f} s, gap {asked.gap:.1e}")
    plain = AskProblem(made, limits(made))
    frontier_s, edge = least(max(runs, 3), lambda: frontier(plain))
    print(f"frontier: {len(edge.spend):,} points: {1000 * frontier_s:.2f} ms")
    free = best_ask(plain)
    mip_s, few = least(runs, lambda: best_ask(AskProblem(made, limits(made, at_most=200))))
    share = few.gain / free.gain
    print(f"at most 200: {mip_s:.2f} s, gap {few.gap:.1e}, {share:.1%} of the unlimited ask")
    if not quick:
        shaped_s, shaped = least(1, lambda: best_ask(plain, shape=Shape()))
        print(f"shaped: {shaped_s:.2f} s, gap {shaped.gap:.1e}, {shaped.gain / free.gain:.1%} of the unlimited ask")
        doubt_s, doubtful = least(1, lambda: best_ask(plain, doubt=Doubt()))
        print(f"robust: {doubt_s:.2f} s, gap {doubtful.gap:.1e}, {doubtful.gain / free.gain:.1%} of the plain ask")
    told = {"ask_s": round(ask_s, 3), "frontier_ms": round(1000 * frontier_s, 2), "mip_s": round(mip_s, 3)}
    gaps = {"ask_gap": asked.gap, "mip_gap": few.gap, "mip_share_of_unlimited": round(share, 4)}
    print(json.dumps(told | gaps))


if __name__ == "__main__":
    main()
