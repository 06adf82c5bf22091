"""What chooses contracts, as rows: parties, scopes, and what only some contracts ask about a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evenhand.contracts.model import Contract, Version

#: The precedence of a contract that states none: after all that do.
LAST = 2**31 - 1
#: What stands in a contract for claims that name no network.
NO_NETWORK = "none"


def parties_of(contract: Contract) -> Iterator[tuple[str, str]]:
    """The names and numbers a contract is recognised by, each with its kind; a rental network's own names too."""
    parties = contract.parties
    names = {("payer", plain(name)) for name in (parties.payer, *parties.payer_aliases)}
    names |= {("payer_id", each) for each in parties.payer_ids}
    names |= {("tin", digits(tin)) for tin in parties.provider_tins}
    names |= {("npi", npi) for npi in parties.provider_npis}
    names |= {("network", name) for name in rented(contract)}
    yield from sorted(names)


def rented(contract: Contract) -> set[str]:
    """The networks whose claims a contract covers, whoever pays them."""
    if not contract.rental:
        return set()
    return {plain(name) for version in contract.versions for name in version.scope.networks} - {NO_NETWORK}


def scopes_of(version: Version) -> Iterator[tuple[str, str, str]]:
    """What a version lists: scope, kind and value."""
    scope = version.scope
    values = {("network", "network", plain(name)) for name in scope.networks}
    values |= {("plan", "plan", plain(name)) for name in scope.plans}
    values |= {("site", "place" if len(each) == 2 else "npi", each) for each in scope.sites}
    yield from sorted(values)


def questions(contracts: Sequence[Contract]) -> tuple[bool, ...]:
    """Whether any contract asks for network, plan, site or other days than the usual; and whether for any of these."""
    scopes = [version.scope for contract in contracts for version in contract.versions]
    asked = (
        any(scope.networks for scope in scopes),
        any(scope.plans for scope in scopes),
        any(scope.sites for scope in scopes),
        any(contract.chosen_by != "admission" for contract in contracts),
    )
    return (*asked, any(asked))


def plain(name: str) -> str:
    """A name in the form names are compared in."""
    return name.replace(" ", "").lower()


def digits(number: str) -> str:
    """A tax number in the form they are compared in."""
    return number.replace("-", "").replace(" ", "")
