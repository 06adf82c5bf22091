"""One book of all contracts, priced on DuckDB and on the engine in question, compared row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from evenhand.claims.schema import TABLES
from evenhand.claims.settle import settle
from evenhand.contracts import read_contract
from evenhand.contracts.model import Contract
from evenhand.engines import DuckDB, Engine
from evenhand.pricing.conformance.draw import drawn_claims
from evenhand.pricing.oracle import OracleClaim
from evenhand.pricing.plan import PRICED, price

#: Differences told of one contract.
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far an engine agrees with DuckDB on one contract."""

    contract: str
    claims: int
    lines: int
    expected_amount: object
    different: int
    differences: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether every column of every row is the same."""
        return not self.different


def example_contracts() -> list[Contract]:
    """The example contracts that come with Evenhand, each with its worked cases."""
    package = Path(__file__).resolve().parents[2]
    folders = [package / "examples", package.parents[1] / "examples"]
    found = next((sorted(folder.glob("*/contract.yaml")) for folder in folders if folder.is_dir()), [])
    return [read_contract(file.parent) for file in found]


def conformance(engine: Engine, contracts: Sequence[Contract], *, claims: int = 60, seed: int = 0) -> list[Agreement]:
    """Price claims drawn for contracts on DuckDB and on another engine.

    Args:
        engine: The engine in question.
        contracts: The contracts, each of which prices the claims drawn for it.
        claims: How many claims to draw for each contract.
        seed: The same seed draws the same claims.

    Raises:
        EngineError: The engine refuses a step.
    """
    named = [_alone(contract, number) for number, contract in enumerate(contracts, start=1)]
    drawn = [
        _addressed(contract, claim, key * 1_000_000 + place)
        for key, contract in enumerate(named, start=1)
        for place, claim in enumerate(drawn_claims(contract, claims, seed), start=1)
    ]
    tables = service_tables(drawn)
    here, there = (_answers(each, tables, named) for each in (DuckDB(), engine))
    return [_agreement(contract, key, here, there) for key, contract in enumerate(named, start=1)]


def _alone(contract: Contract, number: int) -> Contract:
    """The contract between parties no other contract of the suite has."""
    payer = f"Payer {number}"
    parties = replace(contract.parties, payer=payer, payer_aliases=(), payer_ids=(), provider_tins=(), provider_npis=())
    return replace(contract, parties=parties)


def _addressed(contract: Contract, claim: OracleClaim, key: int) -> OracleClaim:
    lines = tuple(replace(line, line_key=key * 100 + place) for place, line in enumerate(claim.lines, start=1))
    return replace(claim, claim_key=key, payer=contract.parties.payer, lines=lines)


Answer = dict[str, dict[tuple[object, ...], dict[str, Any]]]


def _answers(engine: Engine, tables: dict[str, pa.Table], contracts: Sequence[Contract]) -> Answer:
    for name, table in tables.items():
        engine.put(name, table)
    price(engine, contracts)
    return {name: _by_key(engine.arrow(f"select * from {name}").to_pylist()) for name in PRICED}


def _by_key(rows: Iterable[dict[str, Any]]) -> dict[tuple[object, ...], dict[str, Any]]:
    keys = ("claim_key", "line_key", "position", "kind", "name")
    return {tuple(row.get(key) for key in keys): row for row in rows}


def _agreement(contract: Contract, key: int, here: Answer, there: Answer) -> Agreement:
    mine = {name: _of_contract(rows, key) for name, rows in here.items()}
    found = [each for name in PRICED for each in _differences(name, mine[name], _of_contract(there[name], key))]
    expected = [row["expected_amount"] for row in mine["priced_claims"].values() if row["expected_amount"] is not None]
    claims, lines = len(mine["priced_claims"]), len(mine["priced_lines"])
    return Agreement(contract.name, claims, lines, sum(expected), len(found), tuple(found[:_TOLD]))


def _of_contract(rows: dict[tuple[object, ...], dict[str, Any]], key: int) -> dict[tuple[object, ...], dict[str, Any]]:
    return {at: row for at, row in rows.items() if row["claim_key"] // 1_000_000 == key}


def _differences(name: str, here: dict[Any, dict[str, Any]], there: dict[Any, dict[str, Any]]) -> list[str]:
    found = []
    for at in sorted(here.keys() | there.keys(), key=str):
        row, other = here.get(at), there.get(at)
        if row is None or other is None:
            found.append(f"{name}: a row is on {'DuckDB' if other is None else 'the engine'} alone: {row or other}")
        elif row != other:
            columns = [
                f"{column} {row[column]} and {other.get(column)}" for column in row if row[column] != other.get(column)
            ]
            found.append(f"{name}, claim {row['claim_key']}: {', '.join(columns)}")
    return found


def service_tables(claims: Sequence[OracleClaim]) -> dict[str, pa.Table]:
    """Claims as the tables pricing reads, with every column those have; keys as the claims say."""
    lines = [(claim, line) for claim in claims for line in claim.lines]
    rows = {
        "service_claims": [_row(claim) for claim in claims],
        "service_lines": [
            {**_row(line), "claim_key": claim.claim_key, "modifiers": ",".join(line.modifiers)} for claim, line in lines
        ],
        "diagnoses": [
            {
                "claim_key": claim.claim_key,
                "position": place,
                "kind": "diagnosis",
                "code": code,
                "present_on_admission": present,
            }
            for claim in claims
            for place, (code, present) in enumerate(claim.coded, start=1)
        ],
    }
    schemas = _service_schemas()
    return {name: pa.Table.from_pylist(rows[name], schema=schemas[name]) for name in rows}


def _row(record: Any) -> dict[str, Any]:
    return {
        field.name: getattr(record, field.name) for field in fields(record) if field.name not in ("lines", "diagnoses")
    }


def _service_schemas() -> dict[str, pa.Schema]:
    """The columns of the service tables, as settling no claims at all leaves them."""
    engine = DuckDB()
    for name, table in TABLES.items():
        engine.put(name, table.empty())
    settle(engine)
    return {
        name: engine.arrow(f"select * from {name}").schema for name in ("service_claims", "service_lines", "diagnoses")
    }
