"""Services whose parts are ranked each by itself: the technical, the professional, the practice expense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evenhand.contracts.model import MultipleProcedures
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle import rates
from evenhand.pricing.oracle.indicators import by_setting
from evenhand.pricing.oracle.procedure import Procedure, place


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line: how many ranks it takes, and the amount of each."""

    one: Procedure
    entries: int
    amount: Decimal


def cut_parts(rule: MultipleProcedures, group: Sequence[Procedure]) -> Iterator[Procedure]:
    """What is ranked together, each line less what the ranks of its parts take from it."""
    cuts: dict[int, list[tuple[str, Decimal]]] = {}
    for name, shares in sorted(rule.parts.items()):
        parts = [part for one in group if (part := _part(name, rule, one)).amount > 0]
        for nth, part, cut in _cuts(shares, parts):
            if cut:
                cuts.setdefault(part.one.index, []).append((f"{name} {nth}", cut))
    return (_less(one, cuts.get(one.index, ())) for one in group)


def _less(one: Procedure, cuts: Iterable[tuple[str, Decimal]]) -> Procedure:
    if not cuts:
        return one
    less = sum((cut for _, cut in cuts), ZERO)
    told = ", ".join(name for name, _ in cuts)
    return replace(one, priced=replace(one.priced, fee_amount=one.fee + less, reduction_amount=less, reduction=told))


def _cuts(shares: Sequence[Decimal], parts: Iterable[Part]) -> Iterator[tuple[int, Part, Decimal]]:
    """Each part with its place, the highest first, and what its ranks take from it."""
    first = 1
    for nth, part in enumerate(sorted(parts, key=lambda each: (-each.amount, *place(each.one.line))), start=1):
        ranks = range(first, first + part.entries)
        factors = (rates.places(shares[min(rank, len(shares)) - 1], 6) for rank in ranks)
        yield nth, part, sum((to_cents(part.amount * factor) - part.amount for factor in factors), ZERO)
        first += part.entries


def _part(name: str, rule: MultipleProcedures, one: Procedure) -> Part:
    entries = one.whole_units if rule.units == "each" else 1
    fee = one.own_unit_fee if entries > 1 else one.fee

    def paid(amount: Decimal | None) -> Decimal | None:
        """What an entry would be paid by another amount; never more than it is paid."""
        if amount is None:
            return None
        unit = one.unit_fee(amount)
        return min(fee, to_cents(unit) if entries > 1 else one.counted(unit))

    if name == "practice expense":
        reduced = paid(_reduced(one))
        return Part(one, entries, ZERO if reduced is None else fee - reduced)
    return Part(one, entries, _share_of(name, fee, _kind(one), (paid(_rate(one, "TC")), paid(_rate(one, "26")))))


def _share_of(name: str, fee: Decimal, kind: str, known: tuple[Decimal | None, Decimal | None]) -> Decimal:
    """The part of a fee: all of it, nothing, or what the rates of the two parts make of a whole."""
    if kind:
        return fee if kind == name else ZERO
    technical, professional = known
    if technical is None and professional is None:
        return ZERO
    technical = fee - (professional or ZERO) if technical is None else technical
    return technical if name == "technical" else fee - technical


def _kind(one: Procedure) -> str:
    """The part a line is; empty where it is the whole."""
    if "26" in one.modifiers or one.values.get("pctc") == "2":
        return "professional"
    return "technical" if "TC" in one.modifiers or one.values.get("pctc") == "3" else ""


def _rate(one: Procedure, modifier: str) -> Decimal | None:
    rate = one.other_rate(one.code, modifier)
    return None if rate is None else rate.amount


def _reduced(one: Procedure) -> Decimal | None:
    said = by_setting(one.values, "reduced", one.line.setting)
    return None if said is None else Decimal(said)
