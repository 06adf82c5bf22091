"""Leverage from today's rates: the bargaining weights they imply, and what a better walk-away is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenhand.market.bargaining import Bargains
from evenhand.market.leverage.figure import MODEL, Figure, Leverage


def bargaining(found: Leverage) -> Iterator[Figure]:
    """How well each side bargains today, and what a better walk-away is worth."""
    if found.bargains is None:
        return
    for row in found.bargains.contracts:
        mine = row["system"] == found.us
        if mine and (found.plan is None or found.plan.casefold() in row["plan"].casefold()):
            yield from _contract(row, found.bargains)


def _contract(row: dict[str, Any], found: Bargains) -> Iterator[Figure]:
    sure = f"{MODEL}: Nash-in-Nash; {found.leaving.value:.0%} change plan rather than hospital ({found.leaving.sure})"
    of = f"the average patient at ${row['price']:,.0f}"
    if row["weight"] is None:
        why = "no weight explains today's rate: one side would be better off without the contract, on these figures"
        yield Figure(f"Our bargaining weight with {row['plan']}", None, "share", of, found.rates.source, sure, why, why)
        return
    most = None if row["weight_least"] is None else 1 - row["weight_least"]
    least = None if row["weight_most"] is None else 1 - row["weight_most"]
    yield Figure(
        f"Our bargaining weight with {row['plan']}",
        1 - row["weight"],
        "share",
        of,
        found.rates.source,
        sure,
        f"of the way from our least, ${row['low']:,.0f}, to their most, ${row['high']:,.0f}",
        "the rest is the plan's",
        least,
        most,
    )
    for key, name, ours, theirs in _STEPS:
        yield Figure(
            f"{name}, {row['plan']}",
            row[key],
            "dollars a patient",
            of,
            found.rates.source,
            sure,
            ours,
            theirs,
        )
        if row["cases"] is not None:
            of_year = f"{row['cases']:,.0f} patients a year"
            yearly = row[key] * row["cases"]
            yield Figure(
                f"{name}, {row['plan']}, a year",
                yearly,
                "dollars a year",
                of_year,
                found.rates.source,
                sure,
                ours,
                theirs,
            )


_STEPS = (
    (
        "hospital_step",
        "Our walk-away $100 a patient better",
        "what preparing to be out of network earns at the table",
        "what their preparation costs",
    ),
    (
        "plan_step",
        "The plan's walk-away $100 a patient better",
        "what a cheaper substitute for us costs us",
        "what building an alternative earns",
    ),
    (
        "leaving_step",
        "One more patient in a hundred changes plan",
        "what members' loyalty to us is worth",
        "what members' loyalty to the plan is worth, the other way round",
    ),
)
