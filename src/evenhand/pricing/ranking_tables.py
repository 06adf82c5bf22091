"""Rankings of procedures laid out: what each rank is paid, of lines or of their parts, and families of endoscopies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from evenhand.codes import CodeRange
from evenhand.contracts.model import MultipleProcedures
from evenhand.pricing.indicators import Profiles
from evenhand.pricing.rates import rounded

#: The rank after which nothing changes any more.
NO_LAST = 2**31 - 1
#: What a term paid once makes of its lines: the first in full, the others nothing.
_ONCE = (Decimal(1), Decimal(0))
#: The parts of a service that can be ranked by themselves.
PARTS = ("technical", "professional", "practice expense")

Rows = dict[str, list[tuple[Any, ...]]]


def add_once(rows: Rows, key: int, version_key: int, scope: str) -> None:
    """Lay out a term paid once: a ranking of its own lines."""
    rows["contract_rankings"].append((key, version_key, "once", scope == "claim", *(False,) * 4))
    rows["contract_procedures"] += [(key, *row) for row in _ranks(_ONCE)]


def add_ranking(rows: Rows, key: int, version_key: int, ranking: MultipleProcedures) -> None:
    """Lay out one ranking, all but what it covers."""
    rows["contract_rankings"].append(
        (
            key,
            version_key,
            ranking.name,
            ranking.scope == "claim",
            ranking.units == "each",
            ranking.order == "rvu",
            bool(ranking.indicators),
            bool(ranking.parts),
        )
    )
    if ranking.units == "each":
        rows["contract_unit_rankings"].append((key,))
    if ranking.families:
        rows["contract_families"].append((key, ranking.families == "endo_base"))
    rows["contract_family_codes"] += [(key, *row) for row in _family_codes(ranking)]
    rows["contract_apart"] += [(key, modifier) for modifier in sorted(set(ranking.apart))]
    rows["contract_procedures"] += [(key, *row) for row in _ranks(ranking.factors)]
    rows["contract_parts"] += [
        (key * len(PARTS) + PARTS.index(part), key, part, *row)
        for part, shares in sorted(ranking.parts.items())
        for row in _ranks(shares)
    ]


def add_ranked_profiles(rows: Rows, key: int, ranking: MultipleProcedures, profiles: Profiles) -> None:
    """Lay out the kinds of codes a ranking is for, where it goes by their indicator."""
    rows["contract_ranked_profiles"] += [
        (key, number) for number in sorted(profiles.of_kind("multiple", ranking.indicators))
    ]


def _family_codes(ranking: MultipleProcedures) -> Iterator[tuple[str, str, str, int]]:
    """The families that are stated; a base is of its own."""
    for family in () if ranking.families == "endo_base" else ranking.families:
        for each in (CodeRange(family.base, family.base), *family.codes):
            yield family.base.upper(), each.low.upper(), each.high.upper(), len(each.low)


def _ranks(factors: Sequence[Decimal]) -> Iterator[tuple[int, int, Decimal]]:
    """The ranks each share is paid to; the last repeats."""
    for rank, factor in enumerate(factors, start=1):
        yield rank, NO_LAST if rank == len(factors) else rank, rounded(factor, 6)
