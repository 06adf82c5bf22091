"""Several rankings, families among them, under one table that covers nearly everything: so that lines meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from evenhand.contracts import Contract, Parties, Rules, Selector, Term, Version
from evenhand.contracts.methods import PaidBySchedule, PercentOf
from evenhand.periods import ALWAYS
from evenhand.pricing.oracle import price_claim

SEEDS = range(40, 60)


def _contract(world: Any) -> Contract:
    """Rankings drawn at random, one of which covers every code."""
    drawn: Rules = world.rules()
    drawn_last = world.pick(world.ranking, world.part_ranking)()
    everything = replace(drawn_last, covers=Selector(), indicators=())
    rules = Rules(
        modifiers=drawn.modifiers,
        modifiers_by_code=drawn.modifiers_by_code,
        escalator=drawn.escalator,
        paid_alone=drawn.paid_alone,
        multiple_procedures=(*drawn.multiple_procedures, everything),
    )
    schedules = {name: world.schedule(name) for name in ("a.csv", "b.csv")}
    share = PercentOf("b.csv", world.amount(2), world.pick(None, world.day()))
    terms = (
        Term("One", PaidBySchedule("a.csv"), Selector(on_schedule=True), world.pick("unit", "line")),
        Term("Other", share, Selector(on_schedule=True)),
    )
    version = Version(ALWAYS, terms, rules, schedules, ())
    return Contract("c", "C", Parties("Cedar Ridge", "Summit Health"), ALWAYS, (version,))


@pytest.mark.parametrize("seed", SEEDS)
def test_engine_and_plain_reading_agree(
    world: Callable[[int], Any], disagreements: Callable[..., list[str]], seed: int
) -> None:
    drawn = world(seed)
    contract = _contract(drawn)
    claims = [replace(claim, payer="Summit Health") for claim in drawn.claims(120)]
    assert disagreements([contract], claims) == []


def test_what_is_drawn_is_cut_in_every_way(world: Callable[[int], Any]) -> None:
    kinds, bundled = set(), 0
    for seed in SEEDS:
        drawn = world(seed)
        contract = _contract(drawn)
        for claim in drawn.claims(120):
            lines = price_claim(contract, replace(claim, payer="Summit Health")).lines
            kinds |= {(line.reduction or "").split(" ")[0] for line in lines if line.reduction_amount}
            bundled += sum(line.outcome == "included" for line in lines)
    assert bundled
    assert kinds == {"", "family", "technical", "professional", "practice"}
