"""Where contracts ask plainly and lines are many, services are told by looks alone: no line is asked for its claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

PLAIN = frozenset(("codes", "modifiers", "product"))


def _plainly(term: Any) -> Any:
    """The term as one that asks for no more than a few things."""
    conditions = tuple(each for each in term.covers.conditions if each.attribute in PLAIN)
    covers = replace(term.covers, conditions=conditions, bounds=(), with_line=None, without_line=None, readmission=None)
    return replace(term, covers=covers)


@pytest.mark.parametrize("number", [0, 2, 3, 4])
def test_services_by_looks_alone_have_the_same_prices(
    world: Callable[[int], Any], priced_engine: Callable[..., Any], disagreements: Callable[..., list[str]], number: int
) -> None:
    drawn = world(number)
    contract = drawn.contract(1)
    versions = tuple(
        replace(
            version,
            terms=tuple(_plainly(term) for term in version.terms if term.per in ("unit", "line")),
            rules=replace(
                version.rules,
                tiers=(),
                multiple_procedures=(),
                stop_loss=(),
                limits=(),
            ),
        )
        for version in contract.versions
    )
    contract = replace(contract, versions=versions)
    claims = _copies(drawn, few=drawn.claims(12), times=250)
    engine = priced_engine([contract], claims)
    (taken,) = engine.arrow("select bool_or(takes_all) as yes from claim_classes").to_pylist()
    assert taken["yes"], "the path under test was not taken"
    assert disagreements([contract], claims) == []


def _copies(drawn: Any, few: list[Any], times: int) -> list[Any]:
    """The claims again and again under new keys, with lines of a few looks only."""
    looks = [(drawn.pick("29881", "99213", "27447"), drawn.pick((), ("50",), ("RT",), ("LT",))) for _ in range(5)]
    found = []
    for copy in range(times):
        for claim in few:
            key = claim.claim_key * times + copy
            lines = []
            for line in claim.lines:
                code, modifiers = drawn.pick(*looks)
                again = {"line_key": line.line_key * times + copy, "hcpcs_code": code, "modifiers": modifiers}
                lines.append(replace(line, **again))
            found.append(replace(claim, claim_key=key, lines=tuple(lines)))
    return found
