"""Which contract, and which version of it, a claim falls under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from evenhand.contracts.model import ChosenBy, Contract, Version
from evenhand.pricing.choosing import LAST, NO_NETWORK, digits, plain, rented
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

    @property
    def chosen_by(self) -> ChosenBy:
        """The day the contract chosen goes by."""
        return "admission" if self.contract is None else self.contract.chosen_by


@dataclass(frozen=True, slots=True)
class _Considered:
    """A contract with why it does not fit; or with what is not known, and whether the contract must know it."""

    contract: Contract
    why_not: str | None = None
    doubt: str | None = None
    must_know: bool = False

    @property
    def precedence(self) -> int:
        stated = self.contract.precedence
        return LAST if stated is None else stated

    def told(self, *, chosen: bool) -> str:
        fits = f"might fit ({self.doubt})" if self.doubt else "fits as well"
        return f"{self.contract.name}: {self.why_not or fits + (', later in precedence' if chosen else '')}"


def choose(contracts: Sequence[Contract], claim: OracleClaim) -> Choice:
    """The one contract that fits payer, provider, day, product, network, plan and site; else why there is none."""
    considered = [_consider(contract, _by(contract, claim)) for contract in contracts if _named(contract, claim)]
    if not considered:
        return Choice("no contract", runners_up="no contract names this payer")
    fitting = [one for one in considered if one.why_not is None]
    chosen = _first(fitting)
    told = [one.told(chosen=chosen is not None) for one in considered if one is not chosen]
    losers = "; ".join(told) or None
    if chosen is not None:
        day = _by(chosen.contract, claim).day
        return Choice(None, chosen.contract, _version_no(chosen.contract, day), losers)
    dateless = any(one.why_not == "the claim has no date" for one in considered)
    outcome = "ambiguous contract" if len(fitting) > 1 else "undecided contract" if fitting else None
    return Choice(outcome or ("no date" if dateless else "no contract"), runners_up=losers)


def _first(fitting: Sequence[_Considered]) -> _Considered | None:
    """The only one that fits; of several the only one that comes first, if nothing about it is in doubt."""
    if len(fitting) == 1 and not fitting[0].must_know:
        return fitting[0]
    best = min((one.precedence for one in fitting), default=LAST)
    leading = [one for one in fitting if one.precedence == best]
    return leading[0] if len(leading) == 1 and leading[0].doubt is None else None


def _by(contract: Contract, claim: OracleClaim) -> OracleClaim:
    return replace(claim, chosen_by=contract.chosen_by)


def _consider(contract: Contract, claim: OracleClaim) -> _Considered:
    provider = _provider_fits(contract, claim)
    if provider is False:
        return _Considered(contract, "not its provider")
    if claim.day is None:
        return _Considered(contract, "the claim has no date")
    number = _version_no(contract, claim.day)
    if number is None:
        return _Considered(contract, f"not in force on {claim.day.isoformat()}")
    version = contract.versions[number - 1]
    product = _product_fits(version, claim)
    if product is False:
        return _Considered(contract, f"does not cover {claim.product}")
    answers = list(_scope_answers(version, claim))
    missed = next((no for fits, no, _ in answers if fits is False), None)
    if missed is not None:
        return _Considered(contract, missed)
    unknown = next((doubt for fits, _, doubt in answers if fits is None), None)
    if unknown is not None:
        return _Considered(contract, doubt=unknown, must_know=True)
    if product is None:
        return _Considered(contract, doubt="the claim names no product")
    return _Considered(contract, doubt="the claim has no number of its provider" if provider is None else None)


def _scope_answers(version: Version, claim: OracleClaim) -> Iterator[tuple[bool | None, str, str]]:
    """Whether network, plan and site fit (``None``: not known), with the words for no and for not known."""
    scope = version.scope
    networks = {plain(name) for name in scope.networks}
    yield (
        True if not plain(claim.network or "") and NO_NETWORK in networks else _among(networks, [claim.network]),
        f"does not cover the network {claim.network}",
        "the claim names no network",
    )
    plans = {plain(name) for name in scope.plans}
    yield _among(plans, [claim.plan, claim.group_number]), "does not cover its plan", "the claim names no plan"
    known = [claim.site_npi if any(len(site) == 10 for site in scope.sites) else None]
    known += [claim.place_of_service_code if any(len(site) == 2 for site in scope.sites) else None]
    yield _among(set(scope.sites), known), "does not cover its site", "the claim names no site"


def _among(listed: set[str], said: Sequence[str | None]) -> bool | None:
    """Whether any of what is said is listed; nothing listed covers all, nothing said leaves it open."""
    if not listed:
        return True
    known = [plain(each) for each in said if each and plain(each)]
    return any(each in listed for each in known) if known else None


def _named(contract: Contract, claim: OracleClaim) -> bool:
    """Whether the contract names the claim's payer, or is of the rental network it went through."""
    parties = contract.parties
    names = {plain(name) for name in (parties.payer, *parties.payer_aliases)}
    by_name = bool(claim.payer) and plain(claim.payer or "") in names
    by_network = bool(claim.network) and plain(claim.network or "") in rented(contract)
    return by_name or by_network or (bool(claim.payer_id) and claim.payer_id in parties.payer_ids)


def _provider_fits(contract: Contract, claim: OracleClaim) -> bool | None:
    """A number the contract lists and the claim lacks proves nothing; one that both have decides."""
    parties, verdicts = contract.parties, []
    if parties.provider_tins and claim.billing_tin:
        verdicts.append(digits(claim.billing_tin) in {digits(tin) for tin in parties.provider_tins})
    if parties.provider_npis and claim.billing_npi:
        verdicts.append(claim.billing_npi in parties.provider_npis)
    if not verdicts:
        return None if parties.provider_tins or parties.provider_npis else True
    return any(verdicts)


def _product_fits(version: Version, claim: OracleClaim) -> bool | None:
    if not version.products:
        return True
    if not claim.product:
        return None
    return plain(claim.product) in {plain(product) for product in version.products}


def _version_no(contract: Contract, day: date | None) -> int | None:
    numbered = enumerate(contract.versions, start=1)
    return next((number for number, version in numbered if day is not None and day in version.period), None)
