"""What pricing refuses to start on, because it could only guess."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from evenhand.contracts.methods import (
    Amount,
    Anesthesia,
    ByCode,
    ByTable,
    Levels,
    PercentOf,
    PercentOfCharges,
    PercentOfInvoice,
    wanted_of,
)
from evenhand.contracts.model import Contract, Term, Version
from evenhand.errors import PricingError
from evenhand.pricing.inpatient import stated
from evenhand.pricing.protection import require_protection

#: What a contract may say at most, so that no price outgrows its column.
MOST_DOLLARS, MOST_TIMES, MOST_BY_MODIFIER = 10**9, 1000, 10


def require_priceable(contracts: Sequence[Contract]) -> None:
    """Refuse contracts that cannot be priced as they stand.

    Raises:
        PricingError: Two contracts share an id; a term names a schedule its version does not have;
            a claim-level term pays by anything but an amount or a percentage of charges.
    """
    ids = [contract.id for contract in contracts]
    for name in sorted({each for each in ids if ids.count(each) > 1}):
        raise PricingError(f"two contracts have the id '{name}': give one of them another `id:`")
    for contract in contracts:
        for version in contract.versions:
            for term in version.terms:
                _require_term(contract, version, term)
            _require_factors(contract, version)
            require_protection(contract, version, MOST_DOLLARS)


def _require_term(contract: Contract, version: Version, term: Term) -> None:
    where = f"contract '{contract.name}', term '{term.name}'"
    if isinstance(term.pay, ByTable):
        _require_table(where, version, term, term.pay)
    if term.claim_level and isinstance(term.pay, Anesthesia | PercentOf | PercentOfInvoice):
        raise PricingError(
            f"{where}: a percentage of a schedule or an invoice, or anesthesia, does not pay per {term.per}"
        )
    if isinstance(term.pay, Anesthesia) and any(units >= MOST_TIMES for _, units in term.pay.physical_status):
        raise PricingError(f"{where}: a physical status of {MOST_TIMES} units or more is none")
    if term.per == "day" and not isinstance(term.pay, Amount | Levels | PercentOfCharges):
        raise PricingError(f"{where}: per day is paid by an amount")
    dollars = stated(term.pay)
    if dollars is not None and abs(dollars) >= MOST_DOLLARS:
        raise PricingError(f"{where}: {dollars:,} dollars is more than any service is paid")
    if isinstance(term.pay, PercentOf | PercentOfCharges | PercentOfInvoice) and abs(term.pay.factor) >= MOST_TIMES:
        raise PricingError(f"{where}: {term.pay.factor:%} is more than any share; write 45 for 45 %")
    if term.covers.on_schedule and not isinstance(term.pay, ByCode):
        raise PricingError(f"{where}: 'on schedule' needs a term that pays by a schedule")


def _require_table(where: str, version: Version, term: Term, pay: ByTable) -> None:
    schedule = pay.schedule
    table = version.schedules.get(schedule)
    if table is None:
        raise PricingError(f"{where}: there is no schedule '{schedule}'")
    if table.rates and ((table.by == "drg") is not term.claim_level or table.holds != wanted_of(pay)):
        raise PricingError(
            f"{where}: '{schedule}' gives {table.holds}s by {table.by}, which is not what the term pays by"
        )
    if table.holds != "amount" and any(rate.amount >= MOST_TIMES for rate in table.rates):
        raise PricingError(f"{where}: '{schedule}' has a {table.holds} of {MOST_TIMES} or more")


def _require_factors(contract: Contract, version: Version) -> None:
    for ranking in version.rules.multiple_procedures:
        if any(abs(factor) >= MOST_TIMES for factor in chain(ranking.factors, *ranking.parts.values())):
            raise PricingError(f"contract '{contract.name}', {ranking.name}: a percent is more than any share")
    for tier in version.rules.tiers:
        if abs(tier.factor) >= MOST_BY_MODIFIER:
            raise PricingError(
                f"contract '{contract.name}', tier '{tier.name}': {tier.factor:%} is more than any share"
            )
    by_code = version.rules.modifiers_by_code
    for modifier, factor in [
        *version.rules.modifiers.items(),
        *((name, factor) for name, rule in by_code.items() for factor in rule.factors.values()),
    ]:
        if abs(factor) >= MOST_BY_MODIFIER:
            raise PricingError(f"contract '{contract.name}', modifier {modifier}: {factor:%} is more than any share")
