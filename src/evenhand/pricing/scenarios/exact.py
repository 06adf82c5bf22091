"""The long way: the changed contract laid over the claims it is for, and the steps it touches run again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from evenhand.contracts.model import Contract
from evenhand.engines import DuckDB, Engine
from evenhand.pricing.plan import Repricing
from evenhand.pricing.scenarios.changes import Change, Scenario
from evenhand.pricing.scenarios.changing import changed

#: Cents by version number and term number of one contract.
Totals = dict[tuple[int, int], int]

TABLES = ("service_claims", "service_lines", "diagnoses")
_SUMS = """
select p.version_no, p.term_no, cast(sum(p.expected_amount) * 100 as bigint) as cents
from priced_lines as p
inner join ({asked}) as a on a.claim_key = p.claim_key
where p.contract_id = '{contract}' and p.expected_amount is not null
group by p.version_no, p.term_no
"""


@dataclass(slots=True)
class ExactPricing:
    """Some claims of one contract, to be priced under changed versions of it.

    Attributes:
        engine: where the claims are.
        contract: as the claims were priced under it.
        asked: a query of the keys of the claims.
    """

    engine: DuckDB
    contract: Contract
    asked: str
    local: Repricing | None = None
    known: dict[tuple[Change, ...], Totals] = field(default_factory=dict)
    runs: int = 0
    turn: Lock = field(default_factory=Lock)

    def totals(self, scenario: Scenario, relevant: tuple[Change, ...] | None = None) -> Totals:
        """The claims' cents under a scenario, priced once for equal changes."""
        changes = scenario.ordered() if relevant is None else relevant
        with self.turn:
            return self._totals(changes, scenario.name)

    def _totals(self, changes: tuple[Change, ...], name: str) -> Totals:
        if not changes:
            return self._as_it_stands()
        if changes not in self.known:
            self.runs += 1
            local = self._local()
            local.under([changed(self.contract, Scenario(name, changes))])
            self.known[changes] = sums(local.engine, self.contract.id, "select claim_key from claims_asked")
        return self.known[changes]

    def _as_it_stands(self) -> Totals:
        if () not in self.known:
            self.known[()] = sums(self.engine, self.contract.id, self.asked)
        return self.known[()]

    def _local(self) -> Repricing:
        """The claims by themselves, with all other claims of their members: some rules look back."""
        if self.local is None:
            local = DuckDB()
            columns = self.engine.arrow("select * from service_claims limit 0").column_names
            same = f"claim_key in ({self.asked})"
            if "member_id" in columns:
                members = f"select member_id from service_claims where {same} and member_id is not null"
                same = f"({same} or member_id in ({members}))"
            for name in TABLES:
                chosen = f"select claim_key from service_claims where {same}"
                local.put(name, self.engine.arrow(f"select * from {name} where claim_key in ({chosen})"))
            local.put("claims_asked", self.engine.arrow(self.asked))
            self.local = Repricing(local)
        return self.local


def sums(engine: Engine, contract_id: str, asked: str) -> Totals:
    """Cents by version and term of the claims a query asks for."""
    rows = engine.arrow(_SUMS.format(contract=contract_id.replace("'", "''"), asked=asked)).to_pylist()
    return {(row["version_no"], row["term_no"]): row["cents"] for row in rows}


def plus(one: Totals, other: Mapping[tuple[int, int], int]) -> Totals:
    """Two totals added up."""
    return {key: one.get(key, 0) + other.get(key, 0) for key in one.keys() | other.keys()}
