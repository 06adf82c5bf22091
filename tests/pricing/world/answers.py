"""What the engine says of claims, beside what the oracle says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

import duckdb
import pytest
from tests.pricing.world.tables import service_tables

from evenhand.contracts.model import Contract
from evenhand.engines import DuckDB
from evenhand.engines.duckdb import CAREFUL
from evenhand.errors import PlanError
from evenhand.pricing import price
from evenhand.pricing.oracle import OracleClaim, PricedClaim, PricedLine


@dataclass(frozen=True)
class Answer:
    """What the engine said: rows by key; the adjustments of a claim in order."""

    lines: dict[int, dict[str, Any]]
    claims: dict[int, dict[str, Any]]
    adjustments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)


def engine_answer(contracts: Sequence[Contract], claims: Sequence[OracleClaim]) -> Answer:
    """Price on DuckDB, once more where it fails on its own plan, as the command line does; rows by key."""
    try:
        return _answer(contracts, claims)
    except PlanError:
        with pytest.MonkeyPatch.context() as careful:
            careful.setenv(CAREFUL, "1")
            return _answer(contracts, claims)


def _answer(contracts: Sequence[Contract], claims: Sequence[OracleClaim]) -> Answer:
    engine = DuckDB(duckdb.connect(config={"threads": 1}))  # many small questions: threads only wait for each other
    for name, table in service_tables(claims).items():
        engine.put(name, table)
    price(engine, contracts)
    lines = engine.arrow("select * from priced_lines").to_pylist()
    adjusted: dict[int, list[dict[str, Any]]] = {}
    for row in engine.arrow("select * from priced_adjustments order by claim_key, position, line_key").to_pylist():
        adjusted.setdefault(row.pop("claim_key"), []).append(row)
    answer = Answer(
        {row["line_key"]: row for row in lines},
        {row["claim_key"]: row for row in engine.arrow("select * from priced_claims").to_pylist()},
        adjusted,
    )
    assert len(lines) == len(answer.lines) == sum(len(claim.lines) for claim in claims)
    assert len(answer.claims) == len(claims)
    return answer


def known(claims: Sequence[OracleClaim]) -> list[OracleClaim]:
    """Each claim with the others there are."""
    return [replace(claim, others=tuple(claims)) for claim in claims]


def differences(answer: Answer, priced: PricedClaim) -> list[str]:
    """Where the engine says anything else than the oracle, column by column."""
    found = _compare("claim", answer.claims[priced.claim_key], priced, PricedClaim, {"lines", "adjustments"})
    rows, told = answer.adjustments.get(priced.claim_key, []), [asdict(each) for each in priced.adjustments]
    if rows != told:
        found.append(f"claim {priced.claim_key}, adjustments: engine {rows!r}, oracle {told!r}")
    for line in priced.lines:
        found += _compare("line", answer.lines[line.line_key], line, PricedLine, set())
    return found


def _compare(what: str, row: dict[str, Any], told: object, kind: type[Any], skip: set[str]) -> list[str]:
    names = [field.name for field in fields(kind) if field.name not in skip]
    return [
        f"{what} {row.get('line_key', row['claim_key'])}, {name}: engine {row[name]!r}, oracle {getattr(told, name)!r}"
        for name in names
        if row[name] != getattr(told, name)
    ]
