"""Several procedures of one claim: ranked, and cut by the factor of their rank."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from evenhand.contracts.model import MultipleProcedures, Selector, Version
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle import rates
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.indicators import indicators, relative_value
from evenhand.pricing.oracle.priced import PricedLine
from evenhand.pricing.oracle.selection import covers

LAST = 2**31 - 1  # a line without a number comes after all numbered ones
ONCE = (Decimal(1), Decimal(0))  # the first line in full, the others nothing
MOST_UNITS = 10_000  # so many units or more are never ranked one by one


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line that is ranked: where it stands in its claim, how many ranks it takes, and the fee of each."""

    index: int
    line: OracleLine
    priced: PricedLine
    entries: int
    entry_fee: Decimal
    weight: Decimal  # relative value, where that is what ranks


def place(line: OracleLine) -> tuple[int, int]:
    """The order of the lines of a claim."""
    return LAST if line.claim_line_number is None else line.claim_line_number, line.line_key


def rank(version: Version, claim: OracleClaim, lines: list[PricedLine | None]) -> list[PricedLine | None]:
    """Multiple procedures: the highest fee first, each cut by the factor of its rank."""
    answer = list(lines)
    groups: dict[Hashable, tuple[MultipleProcedures, list[Ranked]]] = {}
    for index, (line, priced) in enumerate(zip(claim.lines, lines, strict=True)):
        found = None if priced is None else _ranking(version, claim, line, priced)
        if priced is not None and found is not None:
            number, rule = found
            day = None if rule.scope == "claim" else line.service_date or claim.day
            group = groups.setdefault((number, _apart(rule, line), day), (rule, []))
            group[1].append(_entry(rule, index, line, priced, _weight(version, rule, claim, line, priced)))
    for rule, ranked in groups.values():
        first = 1
        ordered = sorted(ranked, key=lambda one: (-one.weight, -one.entry_fee, *place(one.line)))
        for nth, one in enumerate(ordered, start=1):
            answer[one.index] = _cut(rule, one, nth, first)
            first += one.entries
    return answer


def _ranking(
    version: Version, claim: OracleClaim, line: OracleLine, priced: PricedLine
) -> tuple[int, MultipleProcedures] | None:
    """The first ranking that covers a line paid by a rate."""
    if priced.method not in ("fee_schedule", "percent_of", "amount") or (priced.fee_amount or ZERO) <= 0:
        return None
    term = version.terms[(priced.term_no or 1) - 1]
    if term.once is not None:
        return -(priced.term_no or 1), MultipleProcedures(ONCE, Selector(), scope=term.once, apart=())
    for number, rule in enumerate(version.rules.rankings):
        multiple = _values(version, claim, line, priced).get("multiple", "") if rule.indicators else ""
        if covers(rule.covers, claim, line) and (not rule.indicators or multiple in rule.indicators):
            return number, rule
    return None


def _values(version: Version, claim: OracleClaim, line: OracleLine, priced: PricedLine) -> Mapping[str, str]:
    assert priced.term_no is not None
    return indicators(version, version.terms[priced.term_no - 1], claim, line)


def _weight(
    version: Version, rule: MultipleProcedures, claim: OracleClaim, line: OracleLine, priced: PricedLine
) -> Decimal:
    if rule.order == "fee":
        return ZERO
    return rates.places(relative_value(_values(version, claim, line, priced), line.setting), 4)


def _apart(rule: MultipleProcedures, line: OracleLine) -> bool:
    return any(modifier.strip().upper() in rule.apart for modifier in line.modifiers)


def _entry(rule: MultipleProcedures, index: int, line: OracleLine, priced: PricedLine, weight: Decimal) -> Ranked:
    """A line with its ranks: one, or one for each whole unit."""
    assert priced.fee_amount is not None
    assert priced.units is not None
    whole = priced.units == priced.units.to_integral_value() and 1 < priced.units < MOST_UNITS
    if rule.units == "each" and priced.per == "unit" and whole:
        assert priced.unit_rate is not None
        assert priced.modifier_factor is not None
        return Ranked(
            index, line, priced, int(priced.units), to_cents(priced.unit_rate * priced.modifier_factor), weight
        )
    return Ranked(index, line, priced, 1, priced.fee_amount, weight)


def _cut(rule: MultipleProcedures, one: Ranked, nth: int, first: int) -> PricedLine:
    factors = [
        rates.places(rule.factors[min(number, len(rule.factors)) - 1], 6)
        for number in range(first, first + one.entries)
    ]
    fee = sum((to_cents(one.entry_fee * factor) for factor in factors), ZERO)
    priced = replace(one.priced, procedure_rank=nth, fee_amount=fee)
    if one.entries == 1:
        return replace(priced, procedure_factor=factors[0])
    return replace(priced, reduction_amount=fee - (one.priced.fee_amount or ZERO))
