"""The generator's own prices: each claim's allowed amount under a :class:`~evenhand.demo.deals.Deal`, in whole cents.

Written for the demo's few contracts and in integer arithmetic, apart from :mod:`evenhand.pricing`
on purpose: where the two agree on sixty thousand lines, both are likely right.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.demo.claims import Claim, Line
from evenhand.demo.deals import UNESCALATED, WHOLE, CaseRate, Deal


@dataclass(frozen=True, slots=True)
class Priced:
    """Allowed cents per line; ``included`` marks the lines one sum pays together, ``cut`` what ranking took."""

    allowed: tuple[int, ...]
    included: tuple[bool, ...]
    cut: tuple[int, ...]

    @property
    def total(self) -> int:
        """Allowed for the claim."""
        return sum(self.allowed)

    @property
    def by_claim(self) -> bool:
        """Whether a case or day rate paid the claim."""
        return any(self.included)


def part(amount: int, share: int, whole: int = WHOLE) -> int:
    """A share of an amount, half a cent rounded up.

    >>> part(1001, 500_000)
    501
    """
    return (2 * amount * share + whole) // (2 * whole)


def price(claim: Claim, deal: Deal) -> Priced:
    """Price a claim."""
    case = _case(claim, deal)
    if case is not None:
        return _priced_by_case(claim, deal, case)
    fees, ranked = [], []
    for line in claim.lines:
        fee, ranks = _fee(claim, line, deal)
        fees.append(fee)
        ranked.append(ranks)
    after = _rank(claim, fees, ranked, deal)
    cut = tuple(before - now for before, now in zip(fees, after, strict=True))
    none = (False,) * len(fees)
    return Priced(_hold(claim, after, none, deal), none, cut)


def rate(line: Line, setting: str, deal: Deal) -> tuple[int, str] | None:
    """The unit rate in cents and the modifier that chose it, or ``None`` where no schedule names the code."""
    for section in deal.sections:
        if section.low <= line.code <= section.high:
            for modifier in (*line.modifiers, ""):
                for place in (setting, ""):
                    amount = section.rates.get((line.code, modifier, place))
                    if amount is not None:
                        scaled = part(amount, section.share)
                        return part(scaled, deal.escalation, UNESCALATED), modifier
    return None


def _fee(claim: Claim, line: Line, deal: Deal) -> tuple[int, bool]:
    """A line's fee before limits, and whether it takes part in ranking."""
    if line.code in deal.never:
        return 0, False
    if claim.kind == "I":
        return part(line.charge, _facility_share(line, deal)), False
    found = rate(line, claim.setting, deal)
    if found is None:
        return part(line.charge, deal.otherwise), False
    amount, chosen_by = found
    factor = WHOLE
    for modifier in set(line.modifiers) - {chosen_by}:
        factor = part(factor, deal.modifiers.get(modifier, WHOLE))
    return part(amount, factor) * line.units, "10004" <= line.code <= "69990"


def _facility_share(line: Line, deal: Deal) -> int:
    return deal.implants[1] if _is_implant(line, deal) and deal.implants else deal.facility


def _is_implant(line: Line, deal: Deal) -> bool:
    return deal.implants is not None and line.revenue_code == "0278" and line.charge > deal.implants[0]


def _rank(claim: Claim, fees: list[int], ranked: list[bool], deal: Deal) -> list[int]:
    order = sorted((-fee, number) for number, fee in enumerate(fees) if ranked[number] and fee > 0)
    after = list(fees)
    for rank, (_, number) in enumerate(order):
        after[number] = part(fees[number], deal.ranking[min(rank, len(deal.ranking) - 1)])
    return after


def _hold(claim: Claim, fees: list[int], included: tuple[bool, ...], deal: Deal) -> tuple[int, ...]:
    """Lesser-of, by line or over the claim in line order; included lines stand aside."""
    if deal.lesser_of == "line":
        return tuple(
            fee if inside else min(fee, part(line.charge, deal.cap))
            for fee, line, inside in zip(fees, claim.lines, included, strict=True)
        )
    limit = sum(line.charge for line in claim.lines if line.code not in deal.never)
    running, held = 0, []
    for fee in fees:
        held.append(min(running + fee, limit) - min(running, limit))
        running += fee
    return tuple(held)


def _case(claim: Claim, deal: Deal) -> CaseRate | None:
    """The first case or day rate that covers the claim."""
    if claim.kind != "I":
        return None
    codes = [line.code for line in claim.lines if line.code]
    for case in deal.cases:
        if case.bill_type != claim.bill_type or (case.drgs and claim.drg not in case.drgs):
            continue
        if case.codes and not set(case.codes) & set(codes):
            continue
        if any(code.startswith(case.code_prefix) for code in codes) or not case.code_prefix:
            return case
    return None


def _priced_by_case(claim: Claim, deal: Deal, case: CaseRate) -> Priced:
    """The sum stands on the first included line; implants are paid beside it."""
    apart = [_is_implant(line, deal) for line in claim.lines]
    included = tuple(not own for own in apart)
    first = included.index(True)
    charges = sum(line.charge for line, inside in zip(claim.lines, included, strict=True) if inside)
    amount = part(case.amount * (claim.nights if case.nightly else 1), deal.case_escalation, UNESCALATED)
    fees = [
        part(line.charge, deal.implants[1]) if own and deal.implants else 0
        for line, own in zip(claim.lines, apart, strict=True)
    ]
    fees[first] = min(amount, charges) if deal.lesser_of == "line" else amount
    return Priced(_hold(claim, fees, included, deal), included, (0,) * len(fees))
