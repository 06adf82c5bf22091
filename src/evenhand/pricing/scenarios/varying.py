"""Scenarios over ranges of values: every combination, or so many drawn at random."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from math import prod

from evenhand.contracts.model import Contract
from evenhand.errors import UsageError
from evenhand.pricing.scenarios.changes import Scenario, change_to, place_of

#: A grid of more scenarios than this is a mistake.
MOST = 100_000
_RANGE = re.compile(
    r"\s*(?P<low>[\d.,]+)\s*\.\.\s*(?P<high>[\d.,]+)\s*(?P<percent>%?)\s*(?:step\s+(?P<step>[\d.,]+)\s*%?)?\s*"
)


def varied(contract: Contract, ranges: Sequence[str], *, draws: int | None = None, seed: int = 1) -> list[Scenario]:
    """Scenarios over ranges such as ``Office visits=90..120%`` or ``Fee schedule=95..110% step 5``.

    Every combination of the ranges' values is one (eleven values each unless a step is given); with ``draws``, so many
    are drawn at random instead, each value in hundredths from its range.

    Raises:
        UsageError: a range cannot be understood, or the combinations are too many.
    """
    spans = [_span(contract, text) for text in ranges]
    if draws is not None:
        drawn = random.Random(seed)  # noqa: S311 - scenarios are drawn, nothing is kept secret
        rows = [tuple(_drawn(drawn, *span[1:3]) for span in spans) for _ in range(draws)]
    else:
        values = [_steps(*span[1:4]) for span in spans]
        count = prod(map(len, values))
        if count > MOST:
            raise UsageError(f"{count:,} combinations are more than {MOST:,}; give a step, or --draws 1000")
        rows = list(itertools.product(*values))
    return [_scenario(contract, spans, row) for row in rows]


_Span = tuple[str, Decimal, Decimal, Decimal | None, str]


def _span(contract: Contract, text: str) -> _Span:
    target, _, value = text.rpartition("=")
    said = _RANGE.fullmatch(value)
    if not target or said is None:
        raise UsageError(f"'{text}': write a range such as 'Office visits=90..120%' or '... step 5'")
    place_of(contract, target)
    low, high, step = (_number(said[part], text) for part in ("low", "high", "step"))
    assert low is not None
    assert high is not None
    if high < low or (step is not None and step <= 0):
        raise UsageError(f"'{text}': a range runs from low to high, in steps above zero")
    return target.strip(), low, high, step, said["percent"]


def _number(said: str | None, text: str) -> Decimal | None:
    try:
        return None if said is None else Decimal(said.replace(",", ""))
    except InvalidOperation:
        raise UsageError(f"'{text}': '{said}' is no number") from None


def _steps(low: Decimal, high: Decimal, step: Decimal | None) -> list[Decimal]:
    if step is None:
        step = ((high - low) / 10).quantize(Decimal("0.01")) or Decimal("0.01")
    count = int((high - low) / step) + 1
    if count > MOST:
        raise UsageError(f"{count:,} steps are more than {MOST:,}; take larger ones")
    return [low + step * place for place in range(count)]


def _drawn(drawn: random.Random, low: Decimal, high: Decimal) -> Decimal:
    return low + Decimal(drawn.randint(0, int((high - low) * 100))).scaleb(-2)


def _scenario(contract: Contract, spans: Sequence[_Span], values: Sequence[Decimal]) -> Scenario:
    said = [f"{value.normalize():f}{span[4]}" for span, value in zip(spans, values, strict=True)]
    name = ", ".join(f"{span[0]} {text}" for span, text in zip(spans, said, strict=True))
    return Scenario(name, tuple(change_to(contract, span[0], text) for span, text in zip(spans, said, strict=True)))
