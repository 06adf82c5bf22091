"""Rankings of procedures in plain English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from evenhand.contracts.model import ASSISTANTS, UNNAMED, Family, MultipleProcedures, Selector


def rankings_words(rankings: Iterable[MultipleProcedures], covered: Callable[[Selector], str]) -> str:
    """All rankings, in their order; ``covered`` says what a selector covers."""
    said = [_ranking_words(ranking, covered(ranking.covers)) for ranking in rankings]
    return " · ".join(said) or "none: each procedure is paid in full"


def _ranking_words(rule: MultipleProcedures, covered: str) -> str:
    within = "claim and day" if rule.scope == "day" else "the claim"
    units = ", each unit by itself" if rule.units == "each" else ""
    apart = f"; lines with modifier {' or '.join(rule.apart)} apart" if rule.apart not in ((), ASSISTANTS) else ""
    together = "; assistants' lines among the surgeon's" if not rule.apart else ""
    if rule.indicators:
        covered += f" whose multiple indicator is {' or '.join(rule.indicators)}"
    by = "fee" if rule.order == "fee" else "relative value"
    if rule.parts:
        by = f"{' and '.join(rule.parts)} part each by itself"
    name = "" if rule.name == UNNAMED else f"{rule.name}: "
    paid = "; ".join(f"{part} {_part(shares)}" for part, shares in rule.parts.items()) or _shares(rule.factors)
    return f"{name}{covered}, ranked by {by}{units} within {within}: {paid}{apart}{together}{_families(rule)}"


def _part(shares: Sequence[Decimal]) -> str:
    """A share of nothing is the practice expense: the table has the amount without it."""
    return "in full once, else at the reduced amount" if shares[-1] == 0 else _shares(shares)


def _shares(factors: Iterable[Decimal]) -> str:
    return ", ".join(f"{(factor * 100).normalize():f}%" for factor in factors) + " from then on"


def _families(rule: MultipleProcedures) -> str:
    if not rule.families:
        return ""
    which = "by the base code in the table" if rule.families == "endo_base" else _listed(rule.families)
    return f"; endoscopies in families ({which}), each ranked as one"


def _listed(families: Iterable[Family]) -> str:
    return ", ".join(f"{one.base}: {' or '.join(map(str, one.codes))}" for one in families)
