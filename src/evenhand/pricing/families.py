"""Families of endoscopies laid out: each code that belongs to one with the base it begins with."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.codes import CodeRange
from evenhand.contracts.model import MultipleProcedures


def families(ranking_key: int, ranking: MultipleProcedures) -> Iterator[tuple[int, bool]]:
    """``contract_families``: the ranking, where it has families, and whether the table's column names them."""
    if ranking.families:
        yield ranking_key, ranking.families == "endo_base"


def family_codes(ranking_key: int, ranking: MultipleProcedures) -> Iterator[tuple[int, str, str, str, int]]:
    """``contract_family_codes``: the families that are stated; a base is of its own."""
    if ranking.families == "endo_base":
        return
    for family in ranking.families:
        for each in (CodeRange(family.base, family.base), *family.codes):
            yield ranking_key, family.base.upper(), each.low.upper(), each.high.upper(), len(each.low)
