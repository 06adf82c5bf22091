"""The price of one claim, stage by stage: contract, line terms, claim-level term, ranking, limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

from evenhand.contracts.methods import Anesthesia, Capitated, Excluded, Packaged, PercentOfCharges, PercentOfInvoice
from evenhand.contracts.model import Contract, Rate, Term, Version
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle import rates
from evenhand.pricing.oracle.adjustments import claim_adjustments, with_adjustments
from evenhand.pricing.oracle.anesthesia import by_anesthesia, paid_by_session
from evenhand.pricing.oracle.charge_limit import limited_share
from evenhand.pricing.oracle.choice import Choice, choose
from evenhand.pricing.oracle.claim import BEYOND_MONEY, OracleClaim, OracleLine
from evenhand.pricing.oracle.claim_level import claim_term, is_included, with_claim_price
from evenhand.pricing.oracle.escalation import escalation
from evenhand.pricing.oracle.grouping import regrouped
from evenhand.pricing.oracle.indicators import for_both_sides, indicators, modifier_factor, tier_of, with_tier
from evenhand.pricing.oracle.invoices import by_invoice
from evenhand.pricing.oracle.levels import is_unlevelled_room
from evenhand.pricing.oracle.limits import limited
from evenhand.pricing.oracle.paid_alone import bundled
from evenhand.pricing.oracle.priced import PricedClaim, PricedLine, named, share
from evenhand.pricing.oracle.procedure import place
from evenhand.pricing.oracle.procedures import rank
from evenhand.pricing.oracle.sides import is_both_sides, told_sides
from evenhand.pricing.readiness import require_priceable


def price_claim(contracts: Contract | Sequence[Contract], claim: OracleClaim) -> PricedClaim:
    """Price one claim under the contract that fits it.

    Args:
        contracts: One contract, or all that may apply.
        claim: The claim; its lines need not be in order.

    Returns:
        The claim and its lines in order of line number, each with its price or the reason for none.
    """
    several = [contracts] if isinstance(contracts, Contract) else list(contracts)
    require_priceable(several)
    ordered = replace(claim, lines=tuple(sorted(claim.lines, key=place)))
    choice = choose(several, ordered)
    ordered = replace(ordered, chosen_by=choice.chosen_by)
    with localcontext(prec=60):
        if choice.version is None:
            lines = [PricedLine(line.line_key, choice.outcome or "", units=line.units) for line in ordered.lines]
            return _summed(ordered, choice, lines, None)
        told = told_sides(choice.version, regrouped(choice.version, ordered))
        return _priced(told, choice, choice.version)


def _priced(claim: OracleClaim, choice: Choice, version: Version) -> PricedClaim:
    alone = paid_by_session(version, claim, [_line_price(version, claim, line) for line in claim.lines])
    chosen = claim_term(version, claim)
    term = None if chosen is None else chosen[1]
    inside = [
        term is not None and is_included(version, term, priced) and not is_unlevelled_room(term, line)
        for line, priced in zip(claim.lines, alone, strict=True)
    ]
    alone = bundled(version, claim, alone, inside)
    ranked = rank(
        version, claim, [None if included else priced for priced, included in zip(alone, inside, strict=True)]
    )
    lines = [priced if ranking is None else ranking for priced, ranking in zip(alone, ranked, strict=True)]
    if chosen is not None and any(inside):
        lines = with_claim_price(version, claim, chosen, list(zip(lines, inside, strict=True)))
    lines = limited(version, claim, list(zip(lines, inside, strict=True)))
    adjustments = claim_adjustments(version, claim, lines, inside)
    lines = with_adjustments(lines, adjustments)
    priced = _summed(claim, choice, lines, term.name if term is not None and any(inside) else None)
    return replace(priced, adjustments=tuple(adjustments))


def rate_based(term: Term) -> bool:
    """Whether a term pays by a rate, and not by a share of what was charged or invoiced."""
    return term.pay.method in ("fee_schedule", "percent_of", "amount")


def _line_price(version: Version, claim: OracleClaim, line: OracleLine) -> PricedLine:
    """The fee of a line by itself, before ranking and limits."""
    found = rates.line_term(version, claim, line)
    if found is None:
        return PricedLine(line.line_key, "no term", units=line.units)
    number, term, rate = found
    if isinstance(term.pay, PercentOfInvoice) and line.invoice_amount is None and term.pay.otherwise is not None:
        term = replace(term, pay=term.pay.otherwise)
    if term.most_units is not None and term.per == "unit" and rate_based(term):
        line = replace(line, units=min(line.units, rates.places(term.most_units, 3)))
    priced = named(PricedLine(line.line_key, "priced", units=line.units), number, term)
    if isinstance(term.pay, PercentOfInvoice):
        return by_invoice(priced, term.pay, line)
    if isinstance(term.pay, Excluded):
        return replace(priced, outcome="excluded", fee_amount=ZERO, expected_amount=ZERO)
    if isinstance(term.pay, Capitated):
        return replace(priced, outcome="capitated", fee_amount=ZERO, expected_amount=ZERO)
    if isinstance(term.pay, Packaged):
        return replace(priced, outcome="included", fee_amount=ZERO)
    if isinstance(term.pay, PercentOfCharges):
        limited_percent, cut = limited_share(version, term, line.service_date or claim.day)
        return share(replace(priced, escalation=cut), limited_percent, line.charge_amount)
    return _by_rate(version, claim, line, (term, rate, priced))


def _by_rate(
    version: Version, claim: OracleClaim, line: OracleLine, found: tuple[Term, Rate | None, PricedLine]
) -> PricedLine:
    """The fee of a line paid by a rate: escalated, then cut or raised by modifiers and tier."""
    term, rate, priced = found
    grown = escalation(version, term, line.service_date or claim.day)
    tier = tier_of(version.rules, claim, line)
    values = indicators(version, term, claim, line)
    factor = modifier_factor(version.rules, line, rate, values)
    both = is_both_sides(line, values) and rate_based(term)
    if both:
        factor = for_both_sides(version.rules, factor, values)
        line = replace(line, units=min(line.units, Decimal(1)) if term.per == "unit" else line.units)
    factor = with_tier(factor, tier)
    priced = replace(
        priced, units=line.units, escalation=grown, modifier_factor=factor, tier=None if tier is None else tier.name
    )
    if isinstance(term.pay, Anesthesia):
        assert rate is not None
        return by_anesthesia(priced, term.pay, (line,), rate.amount)
    amount, percent = rates.basis(term, rate)
    fine = rates.is_fine(term, amount)
    unit_rate = None if fine else rates.unit_rate(amount, percent, grown)
    paid = rates.unit_fee(amount, percent, grown, factor, fine=fine)
    outcome, fee = _fee_alone(term, line, paid)
    return replace(
        priced,
        outcome=outcome,
        schedule=getattr(term.pay, "schedule", None),
        basis_amount=amount,
        percent=percent,
        unit_rate=unit_rate,
        reduction="both sides" if both else None if line.second_side_of is None else "second side",
        fee_amount=fee,
    )


def _fee_alone(term: Term, line: OracleLine, modified: Decimal | None) -> tuple[str, Decimal | None]:
    """The outcome and the fee of a line from its rate after modifiers."""
    if modified is None:
        return "no index", None
    if term.per == "line":
        return "priced", modified
    if abs(modified * line.units) >= BEYOND_MONEY:
        return "out of range", None
    return "priced", to_cents(modified * line.units)


def _summed(claim: OracleClaim, choice: Choice, lines: list[PricedLine], claim_term: str | None) -> PricedClaim:
    known = [line.expected_amount for line in lines if line.expected_amount is not None]
    outcome = choice.outcome
    if outcome is None:
        outcome = "no term" if not known else "priced" if len(known) == len(lines) else "partly priced"
    return PricedClaim(
        claim.claim_key,
        outcome,
        tuple(lines),
        contract_id=choice.contract.id if choice.contract else None,
        version_no=choice.version_no,
        claim_term=claim_term,
        runners_up=choice.runners_up,
        charge_amount=claim.total_charge,
        expected_amount=sum(known, ZERO) if known else None,
        unpriced_lines=len(lines) - len(known),
    )
