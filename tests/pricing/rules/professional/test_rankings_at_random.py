"""Several rankings, families among them, under one table that covers nearly everything: so that lines meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from evenhand.contracts import Contract, Parties, Rules, Selector, Term, Version
from evenhand.contracts.methods import PaidBySchedule, PercentOf
from evenhand.periods import ALWAYS
from evenhand.pricing.oracle import OracleClaim, price_claim

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
        bilateral_lines=drawn.bilateral_lines,
        bilateral_units=drawn.bilateral_units,
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


def _claims(world: Any) -> list[OracleClaim]:
    """Claims drawn at random, some with a line billed once for each side."""
    return [replace(_sided(world, claim), payer="Summit Health") for claim in world.claims(120)]


def _sided(world: Any, claim: OracleClaim) -> OracleClaim:
    lines = list(claim.lines)
    for line in lines[:2] if world.maybe(0.5) else ():
        others = tuple(modifier for modifier in line.modifiers[:2] if modifier not in ("50", "RT", "LT"))
        first, second = world.pick(("RT", "LT"), ("LT", "RT"))
        lines[lines.index(line)] = replace(line, modifiers=(*others, first))
        twin = replace(line, modifiers=world.pick((second, *others), (*others, "59", second)))
        number, setting = world.pick(line.claim_line_number, 9, None), world.pick(line.setting, "office")
        lines.append(replace(twin, line_key=line.line_key + 10**9, claim_line_number=number, setting=setting))
    return replace(claim, lines=tuple(lines))


@pytest.mark.parametrize("seed", SEEDS)
def test_engine_and_plain_reading_agree(
    world: Callable[[int], Any], disagreements: Callable[..., list[str]], seed: int
) -> None:
    drawn = world(seed)
    contract = _contract(drawn)
    assert disagreements([contract], _claims(drawn)) == []


def test_what_is_drawn_is_cut_in_every_way(world: Callable[[int], Any]) -> None:
    kinds, bundled, sides, both = set(), 0, set(), 0
    for seed in SEEDS:
        drawn = world(seed)
        contract = _contract(drawn)
        for claim in _claims(drawn):
            lines = price_claim(contract, claim).lines
            kinds |= {(line.reduction or "").split(" ")[0] for line in lines if line.reduction_amount}
            bundled += sum(line.outcome == "included" for line in lines)
            sides |= {line.procedure_factor for line in lines if line.reduction == "second side"}
            both += sum(line.reduction == "both sides" for line in lines)
    assert bundled
    assert both > 2, "both sides by two units"
    assert len(sides) > 2, "second sides at several ranks"
    assert kinds == {"", "family", "technical", "professional", "practice"}
