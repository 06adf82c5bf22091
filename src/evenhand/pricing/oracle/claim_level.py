"""Prices for the claim as a whole: per case, per day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from evenhand.contracts.methods import Capitated, Excluded, PercentOfCharges
from evenhand.contracts.model import Term, Version
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle import rates
from evenhand.pricing.oracle.charge_limit import limited_share
from evenhand.pricing.oracle.claim import BEYOND_MONEY, OracleClaim
from evenhand.pricing.oracle.escalation import escalation
from evenhand.pricing.oracle.priced import PricedLine, named, share
from evenhand.pricing.oracle.selection import covers

#: Days that no stay has, whatever they are paid.
BEYOND_DAYS = Decimal(999_999_999_999_999)


def claim_term(version: Version, claim: OracleClaim) -> tuple[int, Term] | None:
    """The first claim-level term whose conditions the claim, and at least one of its lines, meets."""
    for number, term in enumerate(version.terms, start=1):
        if term.claim_level and any(covers(term.covers, claim, line) for line in claim.lines):
            return number, term
    return None


def is_included(version: Version, term: Term, priced: PricedLine) -> bool:
    """Whether a claim-level price takes the place of a line's own: not for carve-outs, exceptions, exclusions."""
    if priced.term_no is None:
        return True
    own = version.terms[priced.term_no - 1]
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
            rest = named(PricedLine(line.line_key, "included", units=line.units, fee_amount=ZERO), *chosen)
            failed = price.outcome != "priced"
            answer.append(replace(rest, outcome=price.outcome, fee_amount=None) if failed else rest)
    return answer


def _claim_price(version: Version, claim: OracleClaim, term: Term, inside: list[bool]) -> PricedLine:
    charges = [line.charge_amount for line, included in zip(claim.lines, inside, strict=True) if included]
    total = None if None in charges else sum((charge for charge in charges if charge is not None), ZERO)
    priced = PricedLine(0, "priced", units=Decimal(1))
    if isinstance(term.pay, PercentOfCharges):
        limited, cut = limited_share(version, term, claim.day)
        priced = share(replace(priced, escalation=cut), limited, total)
    else:
        amount, percent = rates.basis(term, None)
        grown = escalation(version, term, claim.day)
        rate = rates.unit_rate(amount, percent, grown)
        days = Decimal(1) if term.per == "case" else _days(term, claim)
        fee = None if days is None or rate is None else to_cents(rate * days)
        priced = replace(priced, basis_amount=amount, escalation=grown, unit_rate=rate, units=days, fee_amount=fee)
        if days is None:
            return replace(priced, outcome="no date")
        if rate is None and abs(days) < BEYOND_DAYS:
            return replace(priced, outcome="no index")
    if abs(priced.fee_amount or ZERO) >= BEYOND_MONEY or abs(priced.units or ZERO) >= BEYOND_DAYS:
        return replace(priced, outcome="out of range", units=None, fee_amount=None)
    if version.rules.lesser_of is not None and total is None:
        return replace(priced, outcome="no charge", fee_amount=None)
    return priced


def _days(term: Term, claim: OracleClaim) -> Decimal | None:
    """Units of the lines the term names by revenue code, else the length of stay."""
    if any(each.attribute == "revenue_codes" and not each.negated for each in term.covers.conditions):
        return sum((line.units for line in claim.lines if covers(term.covers, claim, line)), Decimal(0))
    return None if claim.length_of_stay is None else Decimal(claim.length_of_stay)
