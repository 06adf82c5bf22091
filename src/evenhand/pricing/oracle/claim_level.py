"""Prices for the claim as a whole: per case, per day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from evenhand.contracts.methods import Capitated, Excluded, Levels, PercentOfCharges
from evenhand.contracts.model import Term, Version
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle import levels, rates, stays
from evenhand.pricing.oracle.charge_limit import limited_share
from evenhand.pricing.oracle.claim import BEYOND_MONEY, OracleClaim, OracleLine
from evenhand.pricing.oracle.escalation import escalation
from evenhand.pricing.oracle.priced import PricedLine, named, share
from evenhand.pricing.oracle.selection import covers

#: Days that no stay has, whatever they are paid.
BEYOND_DAYS = Decimal(999_999_999_999_999)


def claim_term(version: Version, claim: OracleClaim) -> tuple[int, Term] | None:
    """The first claim-level term whose conditions the claim, and at least one of its lines, meets.

    A term that goes by DRG needs the claim's DRG in its table.
    """
    for number, term in enumerate(version.terms, start=1):
        if not term.claim_level or (stays.goes_by_drg(term) and stays.drg_rate(version, term, claim) is None):
            continue
        if any(covers(term.covers, claim, line) and levels.has_level(term, line) for line in claim.lines):
            return number, term
    return None


def is_included(version: Version, term: Term, priced: PricedLine) -> bool:
    """Whether a claim-level price takes the place of a line's own: not for carve-outs, exceptions, exclusions.

    A claim that is paid nothing is paid nothing for its carve-outs either; only named exceptions stay.
    """
    if priced.term_no is None:
        return True
    own = version.terms[priced.term_no - 1]
    if isinstance(term.pay, Excluded):
        return own.name not in term.excepts
    return not (own.carve_out or own.name in term.excepts or isinstance(own.pay, Capitated | Excluded))


def with_claim_price(
    version: Version, claim: OracleClaim, chosen: tuple[int, Term], lines: list[tuple[PricedLine, bool]]
) -> list[PricedLine]:
    """The claim-level price on the first included line, zero on the others."""
    price = named(_claim_price(version, claim, chosen[1], [inside for _, inside in lines]), *chosen)
    answer, first = [], True
    for line, (priced, inside) in zip(claim.lines, lines, strict=True):
        if not inside:
            answer.append(priced)
        elif first:
            answer.append(replace(price, line_key=line.line_key))
            first = False
        else:
            answer.append(named(_rest(line, price), *chosen))
    return answer


def _rest(line: OracleLine, price: PricedLine) -> PricedLine:
    """A line whose pay stands on the first: included, or as the price itself came out."""
    rest = PricedLine(line.line_key, "included", units=line.units, fee_amount=ZERO)
    if price.outcome == "excluded":
        return replace(rest, outcome="excluded", expected_amount=ZERO)
    return rest if price.outcome == "priced" else replace(rest, outcome=price.outcome, fee_amount=None)


def _claim_price(version: Version, claim: OracleClaim, term: Term, inside: list[bool]) -> PricedLine:
    charges = [line.charge_amount for line, included in zip(claim.lines, inside, strict=True) if included]
    total = None if None in charges else sum((charge for charge in charges if charge is not None), ZERO)
    priced = PricedLine(0, "priced", units=Decimal(1))
    if isinstance(term.pay, Excluded):
        return replace(priced, outcome="excluded", fee_amount=ZERO, expected_amount=ZERO)
    if isinstance(term.pay, PercentOfCharges):
        limited, cut = limited_share(version, term, claim.day)
        priced = share(replace(priced, escalation=cut), limited, total)
    else:
        if isinstance(term.pay, Levels):
            priced = levels.by_level(version, claim, term, (inside, _days(term, claim)))
        else:
            priced = _by_rate(version, claim, term, priced)
        if priced.outcome != "priced":
            return priced
    if abs(priced.fee_amount or ZERO) >= BEYOND_MONEY or abs(priced.units or ZERO) >= BEYOND_DAYS:
        return replace(priced, outcome="out of range", units=None, fee_amount=None)
    if version.rules.lesser_of is not None and total is None:
        return replace(priced, outcome="no charge", fee_amount=None)
    return priced


def _by_rate(version: Version, claim: OracleClaim, term: Term, priced: PricedLine) -> PricedLine:
    """A stated amount, or what a table gives for the DRG; once for the case, or for each day."""
    rate = stays.drg_rate(version, term, claim) if stays.goes_by_drg(term) else None
    amount, weight = rates.basis(term, rate)
    grown = escalation(version, term, claim.day)
    unit_rate = None if grown is None else to_cents(to_cents(amount) * grown)
    if unit_rate is not None and weight is not None:
        unit_rate = to_cents(unit_rate * weight)
    share = stays.transfer_share(term, claim, rate)
    days: Decimal | None = Decimal(1) if term.per == "case" else _days(term, claim)
    if claim.length_of_stay is None and (stays.is_transfer(term, claim, rate) or stays.window(term) is not None):
        days = None
    return replace(
        priced,
        outcome=_outcome(days, unit_rate),
        schedule=getattr(term.pay, "schedule", None),
        basis_amount=amount,
        percent=weight,
        escalation=grown,
        unit_rate=unit_rate,
        units=days,
        transfer_factor=share,
        fee_amount=None
        if days is None or unit_rate is None
        else to_cents(unit_rate * days * (1 if share is None else share)) + stays.extra_days(term, claim, grown),
    )


def _outcome(days: Decimal | None, unit_rate: Decimal | None) -> str:
    if days is None:
        return "no date"
    return "no index" if unit_rate is None and abs(days) < BEYOND_DAYS else "priced"


def _days(term: Term, claim: OracleClaim) -> Decimal | None:
    """Units of the lines the term names by revenue code, else the length of stay."""
    if any(each.attribute == "revenue_codes" and not each.negated for each in term.covers.conditions):
        return sum((line.units for line in claim.lines if covers(term.covers, claim, line)), Decimal(0))
    return None if claim.length_of_stay is None else Decimal(claim.length_of_stay)
