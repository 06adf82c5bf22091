"""Which contract, and which version of it, a claim falls under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.contracts.model import Contract, Version
from evenhand.pricing.oracle.claim import OracleClaim


@dataclass(frozen=True, slots=True)
class Choice:
    """The contract chosen, or the outcome that says why none was, and who else was considered."""

    outcome: str | None = None
    contract: Contract | None = None
    version_no: int | None = None
    runners_up: str | None = None

    @property
    def version(self) -> Version | None:
        """The version chosen."""
        if self.contract is None or self.version_no is None:
            return None
        return self.contract.versions[self.version_no - 1]


def choose(contracts: Sequence[Contract], claim: OracleClaim) -> Choice:
    """The one contract that fits payer, provider, day and product; else why there is none."""
    considered = [contract for contract in contracts if _payer_fits(contract, claim)]
    if not considered:
        return Choice("no contract", runners_up="no contract names this payer")
    reasons = [(contract, _why_not(contract, claim)) for contract in considered]
    fitting = [contract for contract, why in reasons if why is None]
    if len(fitting) == 1:
        losers = "; ".join(f"{contract.name}: {why}" for contract, why in reasons if why) or None
        return Choice(None, fitting[0], _version_no(fitting[0], claim.day), losers)
    told = "; ".join(f"{contract.name}: {why or 'fits as well'}" for contract, why in reasons)
    if fitting:
        return Choice("ambiguous contract", runners_up=told)
    dateless = any(why == "the claim has no date" for _, why in reasons)
    return Choice("no date" if dateless else "no contract", runners_up=told)


def _why_not(contract: Contract, claim: OracleClaim) -> str | None:
    if not _provider_fits(contract, claim):
        return "not its provider"
    if claim.day is None:
        return "the claim has no date"
    number = _version_no(contract, claim.day)
    if number is None:
        return f"not in force on {claim.day.isoformat()}"
    products = contract.versions[number - 1].products
    if claim.product and products and _plain(claim.product) not in {_plain(product) for product in products}:
        return f"does not cover {claim.product}"
    return None


def _payer_fits(contract: Contract, claim: OracleClaim) -> bool:
    parties = contract.parties
    names = {_plain(name) for name in (parties.payer, *parties.payer_aliases)}
    by_name = bool(claim.payer) and _plain(claim.payer or "") in names
    return by_name or (bool(claim.payer_id) and claim.payer_id in parties.payer_ids)


def _provider_fits(contract: Contract, claim: OracleClaim) -> bool:
    """A number the contract lists and the claim lacks proves nothing; one that both have decides."""
    parties, verdicts = contract.parties, []
    if parties.provider_tins and claim.billing_tin:
        verdicts.append(_digits(claim.billing_tin) in {_digits(tin) for tin in parties.provider_tins})
    if parties.provider_npis and claim.billing_npi:
        verdicts.append(claim.billing_npi in parties.provider_npis)
    return any(verdicts) or not verdicts


def _version_no(contract: Contract, day: date | None) -> int | None:
    numbered = enumerate(contract.versions, start=1)
    return next((number for number, version in numbered if day is not None and day in version.period), None)


def _plain(name: str) -> str:
    return name.replace(" ", "").lower()


def _digits(number: str) -> str:
    return number.replace("-", "").replace(" ", "")
