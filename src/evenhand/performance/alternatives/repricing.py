"""Price the claims with a variance under every other reading of their contract, in one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import pyarrow as pa

from evenhand.contracts.model import Contract, FeeSchedule, Version
from evenhand.engines import DuckDB, Engine, Step, read_steps
from evenhand.performance.alternatives.readings import Reading
from evenhand.performance.basis import query
from evenhand.pricing import price

#: Claims priced again at a time; each is priced once for every reading.
BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Fit:
    """A reading whose price for a comparison is what was allowed."""

    comparison_key: int
    reading: int


def fits(engine: Engine, numbered: Sequence[tuple[str, Reading]]) -> list[Fit]:
    """Every (comparison, reading) whose price is the allowed amount, within the tolerance.

    Args:
        engine: where this room's steps have been run.
        numbered: the readings, each with the id of the contract it is a reading of; a fit gives its place here.
    """
    claims = engine.arrow(query("variant_claims"))
    found: list[Fit] = []
    for start in range(0, claims.num_rows, BATCH):
        found += _fits_of(engine, claims.slice(start, BATCH), numbered)
    return found


def _fits_of(engine: Engine, claims: pa.Table, numbered: Sequence[tuple[str, Reading]]) -> list[Fit]:
    local = DuckDB()
    local.put("variant_claims", claims)
    local.put("variant_lines", engine.arrow(query("variant_lines")))
    local.put("diagnoses_of_variants", engine.arrow(query("variant_diagnoses")))
    local.put("compared_lines", engine.arrow(query("variant_comparisons")))
    local.put("alternatives", _alternatives(numbered))
    local.run(_steps())
    for name, text in _TABLES.items():
        local.put(name, local.arrow(text))
    codes = _codes(local)
    price(local, [_told_apart(reading.contract, place, codes) for place, (_, reading) in enumerate(numbered)])
    rows = local.arrow(query("fits")).to_pylist()
    return [Fit(row["comparison_key"], row["alternative"]) for row in rows]


_TABLES = {
    "service_claims": "select * exclude (first_claim_key, alternative, way) from alternative_claims",
    "service_lines": "select * exclude (first_line_key, alternative) from alternative_lines",
    "diagnoses": "select c.claim_key, d.* exclude (claim_key) from diagnoses_of_variants as d "
    "inner join alternative_claims as c on c.first_claim_key = d.claim_key",
}


@cache
def _steps() -> list[Step]:
    return read_steps(files("evenhand.performance.alternatives") / "steps")


def _alternatives(numbered: Sequence[tuple[str, Reading]]) -> pa.Table:
    places = range(len(numbered))
    return pa.table(
        {
            "alternative": pa.array(places, pa.int32()),
            "contract_id": pa.array([contract_id for contract_id, _ in numbered], pa.string()),
            "way": pa.array([reading.way for _, reading in numbered], pa.string()),
            "payer": pa.array([_payer(place) for place in places], pa.string()),
            "payer_id": pa.array([_payer(place) for place in places], pa.string()),
        }
    )


def _payer(place: int) -> str:
    return f"reading {place}"


def _codes(local: DuckDB) -> frozenset[str]:
    rows = local.arrow("select distinct hcpcs_code as code from alternative_lines where hcpcs_code is not null")
    revenue = local.arrow("select distinct revenue_center_code as code from alternative_lines")
    return frozenset(row["code"] for row in rows.to_pylist() + revenue.to_pylist())


def _told_apart(contract: Contract, place: int, codes: frozenset[str]) -> Contract:
    """A reading under an identifier of its own, with only the rates its claims can need."""
    parties = replace(contract.parties, payer=_payer(place), payer_ids=(_payer(place),), payer_aliases=())
    versions = tuple(_with_rates_for(version, codes) for version in contract.versions)
    name = f"{contract.id} #{place}"
    digest = f"{contract.digest}#{place}"
    return replace(contract, id=name, parties=parties, versions=versions, cases=(), digest=digest, rental=False)


def _with_rates_for(version: Version, codes: frozenset[str]) -> Version:
    return replace(version, schedules={name: _only(schedule, codes) for name, schedule in version.schedules.items()})


def _only(schedule: FeeSchedule, codes: frozenset[str]) -> FeeSchedule:
    return replace(schedule, rates=tuple(rate for rate in schedule.rates if rate.code in codes))
