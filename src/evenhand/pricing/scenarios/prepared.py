"""Claims priced once, ready to be asked what they would come to under other rates."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from evenhand.contracts.model import Contract, Version
from evenhand.engines import DuckDB
from evenhand.pricing.scenarios.cents import BeyondCentsError
from evenhand.pricing.scenarios.changes import Change, Scenario
from evenhand.pricing.scenarios.changing import changed
from evenhand.pricing.scenarios.exact import ExactPricing, Totals, plus, sums
from evenhand.pricing.scenarios.exposed import ExposedVersion
from evenhand.pricing.scenarios.preparing import exposed_versions

#: Scenarios valued at a time.
THREADS = 8


@dataclass(frozen=True, slots=True)
class Prepared:
    """The claims of one contract, priced once and collapsed.

    Attributes:
        contract: as the claims were priced under it.
        base: cents by version and term as the contract stands.
        versions: what needs no pricing again.
        strange: the claims that must be priced again whenever their contract changes.
        all_claims: all claims of the contract.
        strange_versions: places of the versions that have such claims.
        claims: how many claims the contract is for.
    """

    contract: Contract
    base: Totals
    versions: Sequence[ExposedVersion]
    strange: ExactPricing
    all_claims: ExactPricing
    strange_versions: tuple[int, ...]
    claims: int

    def totals(self, scenario: Scenario) -> Totals:
        """Cents by version and term number under a scenario, exactly as pricing under the changed contract gives."""
        told = [each.reader.read(scenario) for each in self.versions]
        if None in told:
            return self.all_claims.totals(scenario)
        try:
            found: Totals = {}
            for version, rates in zip(self.versions, told, strict=True):
                assert rates is not None
                found |= version.totals(rates)
        except BeyondCentsError:
            return self.all_claims.totals(scenario)
        return plus(found, self._strange(scenario))

    def _strange(self, scenario: Scenario) -> Totals:
        versions = [self.contract.versions[place] for place in self.strange_versions]
        relevant = tuple(each for each in scenario.ordered() if any(touches(each, version) for version in versions))
        return self.strange.totals(scenario, relevant) if versions else {}

    def value(self, scenarios: Iterable[Scenario], progress: Callable[[int], None] | None = None) -> list[Totals]:
        """The totals of each scenario; ``progress`` is told how many are done."""
        found = []
        with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
            for number, totals in enumerate(pool.map(self.totals, scenarios), start=1):
                found.append(totals)
                if progress is not None:
                    progress(number)
        return found


def touches(change: Change, version: Version) -> bool:
    """Whether a version has what a change names."""
    if change.kind == "term":
        return any(term.name == change.name for term in version.terms)
    if change.kind == "schedule":
        return change.name in version.schedules
    return bool(getattr(version.rules, change.name, None))


def prepare(engine: DuckDB, contract: Contract) -> Prepared:
    """Collapse the priced claims of a contract, so that scenarios need not price them again.

    Args:
        engine: with the service tables and the priced ones, from :func:`evenhand.pricing.price`.
        contract: one of those the claims were priced under.
    """
    mine = f"select claim_key from priced_claims where contract_id = '{contract.id.replace(chr(39), chr(39) * 2)}'"
    versions = exposed_versions(engine, contract)
    strange = "select claim_key from scenario_claims where is_strange"
    numbers = engine.arrow(
        "select distinct l.version_id from scenario_lines as l inner join scenario_claims as c "
        "on c.claim_key = l.claim_key and c.is_strange order by l.version_id"
    )
    return Prepared(
        contract,
        sums(engine, contract.id, mine),
        versions,
        ExactPricing(engine, contract, strange),
        ExactPricing(engine, contract, mine),
        tuple(int(each) - 1 for each in numbers["version_id"].to_pylist()),
        engine.arrow(mine).num_rows,
    )


def require_meaning(contract: Contract, scenarios: Iterable[Scenario]) -> None:
    """Refuse scenarios that name numbers the contract does not have.

    Raises:
        UsageError: a change names a number that nothing of that name has.
    """
    for change in dict.fromkeys(change for scenario in scenarios for change in scenario.changes):
        changed(contract, Scenario("", (change,)))
