"""The cost outlier: what a stay of extreme cost is paid on top of its case or day rate."""

from __future__ import annotations

from decimal import Decimal

from evenhand.contracts.model import Term, Version
from evenhand.contracts.moved import threshold_movers
from evenhand.contracts.outliers import Outlier
from evenhand.money import ZERO, to_cents
from evenhand.pricing.oracle.adjusting import SettledLine
from evenhand.pricing.oracle.claim import OracleClaim
from evenhand.pricing.oracle.escalation import growth
from evenhand.pricing.oracle.priced import Adjustment
from evenhand.pricing.oracle.rates import places
from evenhand.pricing.protection import OUTLIER


def outlier(
    version: Version, claim: OracleClaim, lines: list[SettledLine], so_far: list[Adjustment]
) -> list[Adjustment]:
    """The row of the outlier of the term that pays the claim, if it has one and the cost is beyond it."""
    first = next((each for each in lines if each.inside), None)
    if first is None or first.priced.term_no is None:
        return []
    term = version.terms[first.priced.term_no - 1]
    rule = term.outlier
    if rule is None:
        return []
    counted = [each for each in lines if each.inside or (rule.carve_outs_count and each.protected)]
    charges = [each.line.charge_amount for each in counted]
    grown = growth(threshold_movers(version.rules, rises=rule.escalates), claim.day)
    if None in charges or grown is None:
        return [_row(first, term, rule)]
    cost = to_cents(sum((each or ZERO for each in charges), ZERO) * places(rule.cost_to_charge, 6))
    threshold = sum((each.amount for each in counted), ZERO) + to_cents(to_cents(rule.fixed_loss) * grown)
    if cost <= threshold:
        return []
    return [_row(first, term, rule, (cost - threshold, threshold, _share(rule, claim)))]


def _share(rule: Outlier, claim: OracleClaim) -> Decimal:
    """The share of the claim's DRG."""
    drg = (claim.drg_code or "").strip().upper()
    listed = (each.share for each in rule.by_drg if any(drg in one for one in each.drgs))
    return places(next(listed, rule.share), 6)


def _row(
    first: SettledLine, term: Term, rule: Outlier, paid: tuple[Decimal, Decimal, Decimal] | None = None
) -> Adjustment:
    """``paid``: the excess, what it is an excess over, the share; nothing where it could not be worked out."""
    excess, threshold, share = paid or (None, None, None)
    return Adjustment(
        line_key=first.line.line_key,
        position=OUTLIER,
        kind="outlier",
        name=term.name,
        cite=rule.cite or term.cite or None,
        basis_amount=excess,
        percent=share,
        units=None,
        threshold_amount=threshold,
        replaced_amount=None,
        amount=None if excess is None or share is None else to_cents(excess * share),
    )
