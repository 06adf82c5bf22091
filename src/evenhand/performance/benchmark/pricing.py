"""A book's claims as Medicare prices them, whoever pays them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from evenhand.contracts.model import Contract
from evenhand.contracts.readymade import MedicareTerms, medicare_contract
from evenhand.engines import DuckDB, Engine
from evenhand.periods import FOREVER
from evenhand.pricing import price

_FIRST, _LAST = 1990, 2100
_YEARS = pa.schema([("claim_type", pa.string()), ("year", pa.int64())])
#: The schedule of professional claims in the ready contract.
PHYSICIANS = "medicare-pfs"
#: Every claim is taken to Medicare; its locality chooses the contract, as a network would.
_CLAIMS = """
select c.* replace (
    'Medicare' as payer, cast(null as varchar) as payer_id, cast(null as varchar) as product,
    cast(null as varchar) as plan, cast(null as varchar) as group_number, p.locality as network
)
from service_claims as c
inner join claim_localities as p on p.claim_key = c.claim_key
"""


def contracts_of_places(engine: Engine, terms: MedicareTerms) -> tuple[Contract, ...]:
    """The ready contract of each locality in ``claim_localities``, by the terms but for their locality.

    Raises:
        ContractError: The library has no releases of the physician fee schedule, or not one of the localities.
    """
    places = engine.arrow("select distinct locality from claim_localities where locality is not null order by locality")
    return tuple(medicare_contract(replace(terms, locality=place)) for place in places["locality"].to_pylist())


def price_as_medicare(engine: Engine, contracts: Sequence[Contract]) -> None:
    """Put ``medicare_lines``, each line's price under Medicare, and ``medicare_years``, those with releases."""
    apart = DuckDB()
    apart.put("service_claims", engine.arrow(_CLAIMS))
    for name in ("service_lines", "diagnoses"):
        apart.put(name, engine.arrow(f"select * from {name}"))
    price(apart, list(contracts))
    engine.put("medicare_lines", apart.arrow("select line_key, outcome, expected_amount from priced_lines"))
    engine.put("medicare_years", pa.Table.from_pylist(list(_years(contracts)), _YEARS))


def _years(contracts: Sequence[Contract]) -> Iterator[dict[str, Any]]:
    """The years some release is for, of physicians' claims and of facilities'; a pinned one is for all there can be.

    Tables beside the contract, as base units of anaesthesia, hold for ever and tell nothing of releases.
    """
    versions = [version for contract in contracts for version in contract.versions]
    named = [one for version in versions for one in version.schedules.items() if one[0].startswith("medicare-")]
    for kind, physicians in (("professional", True), ("institutional", False)):
        rates = [rate for name, one in named if (name == PHYSICIANS) is physicians for rate in one.rates]
        ends = {(rate.period.start.year, (rate.period.last or FOREVER).year) for rate in rates}
        years = {year for first, last in ends for year in range(max(first, _FIRST), min(last, _LAST) + 1)}
        yield from ({"claim_type": kind, "year": year} for year in sorted(years))
