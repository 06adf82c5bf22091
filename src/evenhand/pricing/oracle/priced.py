"""What the oracle answers: the columns of ``priced_lines`` and ``priced_claims``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from evenhand.contracts.model import Term
from evenhand.money import to_cents


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line with its price and how it came about; names as in ``priced_lines``."""

    line_key: int
    outcome: str
    term_no: int | None = None
    term: str | None = None
    cite: str | None = None
    method: str | None = None
    per: str | None = None
    schedule: str | None = None
    basis_amount: Decimal | None = None
    percent: Decimal | None = None
    escalation: Decimal | None = None
    unit_rate: Decimal | None = None
    units: Decimal | None = None
    modifier_factor: Decimal | None = None
    procedure_rank: int | None = None
    procedure_factor: Decimal | None = None
    reduction_amount: Decimal | None = None
    reduction: str | None = None
    tier: str | None = None
    fee_amount: Decimal | None = None
    lesser_of: str | None = None
    limit_amount: Decimal | None = None
    expected_amount: Decimal | None = None
    adjustment_amount: Decimal | None = None
    transfer_factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An amount that is no line's own fee; names as in ``priced_adjustments``.

    ``amount`` is null where it could not be worked out, because a charge it needs is missing.
    """

    line_key: int
    position: int
    kind: str
    name: str
    cite: str | None
    basis_amount: Decimal | None
    percent: Decimal | None
    units: Decimal | None
    threshold_amount: Decimal | None
    replaced_amount: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class PricedClaim:
    """One claim with its price; names as in ``priced_claims``. ``lines`` are in the claim's order."""

    claim_key: int
    outcome: str
    lines: tuple[PricedLine, ...]
    contract_id: str | None = None
    version_no: int | None = None
    claim_term: str | None = None
    runners_up: str | None = None
    charge_amount: Decimal | None = None
    expected_amount: Decimal | None = None
    unpriced_lines: int = 0
    adjustments: tuple[Adjustment, ...] = ()


def named(priced: PricedLine, number: int, term: Term) -> PricedLine:
    """The line with the term that decides it written down."""
    return replace(priced, term_no=number, term=term.name, cite=term.cite or None, method=term.pay.method, per=term.per)


def share(priced: PricedLine, factor: Decimal, charge: Decimal | None) -> PricedLine:
    """A share of a charge; without a charge there is no price."""
    if charge is None:
        return replace(priced, outcome="no charge", percent=factor)
    return replace(priced, basis_amount=charge, percent=factor, fee_amount=to_cents(charge * factor))
