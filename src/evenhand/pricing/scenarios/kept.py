"""Prepared claims written to a folder and read back: scenarios are then valued without book, engine or claims."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather as feather

from evenhand.contracts.model import Contract
from evenhand.engines import DuckDB
from evenhand.pricing.plan import days_priced
from evenhand.pricing.scenarios.cents import BeyondCentsError
from evenhand.pricing.scenarios.changes import Scenario
from evenhand.pricing.scenarios.exact import Totals, plus
from evenhand.pricing.scenarios.exposed import ExposedVersion
from evenhand.pricing.scenarios.prepared import Prepared, touches
from evenhand.pricing.scenarios.preparing import collapsed_tables, columns_of, placed

_TOLD = "told.json"


@dataclass(frozen=True, slots=True)
class Known:
    """What scenarios of a contract are worth, as far as it can be told without pricing any claim again.

    Attributes:
        contract: as the claims were priced under it.
        base: cents by version and term as it stands.
        versions: what needs no pricing again.
        strange: cents, by version and term, of the claims that a change of their contract prices again.
        strange_claims: how many those are.
        claims: how many claims the contract is for.
        uncharged: lines without a charge, which have no price only because of lesser-of.
    """

    contract: Contract
    base: Totals
    versions: Sequence[ExposedVersion]
    strange: Totals
    strange_claims: int
    claims: int
    uncharged: int

    def totals(self, scenario: Scenario) -> Totals | None:
        """Cents by version and term under a scenario; ``None`` when that takes pricing the claims again.

        Strange claims are counted as they stand; :meth:`exact` says whether that is what they come to.
        """
        told = [each.reader.read(scenario) for each in self.versions]
        found: Totals = {}
        try:
            for version, rates in zip(self.versions, told, strict=True):
                if rates is None:
                    return None
                found |= version.totals(rates)
        except BeyondCentsError:
            return None
        return plus(found, self.strange)

    def exact(self, scenario: Scenario) -> bool:
        """Whether no claim that must be priced again is touched."""
        changes = scenario.changes
        return not self.strange_claims or not any(touches(one, v) for one in changes for v in self.contract.versions)


def write_known(prepared: Prepared, engine: DuckDB, folder: Path) -> None:
    """Write what is known of prepared claims into an empty folder.

    Args:
        prepared: the claims, from :func:`evenhand.pricing.scenarios.prepare`, the last that was prepared there.
        engine: where they were prepared.
        folder: made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in collapsed_tables(engine).items():
        feather.write_feather(table, folder / f"{name}.arrow", compression="zstd")
    (counted,) = engine.arrow(
        "select count(case when is_strange then 1 end) as strange_claims from scenario_claims"
    ).to_pylist()
    (left,) = engine.arrow("select count(*) as uncharged from scenario_lines where outcome = 'no charge'").to_pylist()
    told = {
        "digest": prepared.contract.digest,
        "until": (days_priced(engine)[1] + timedelta(days=1)).isoformat(),
        "claims": prepared.claims,
        "base": _listed(prepared.base),
        "strange": _listed(prepared.strange.totals(Scenario(""))),
        **counted,
        **left,
    }
    (folder / _TOLD).write_text(json.dumps(told), encoding="utf-8")


def read_known(folder: Path, contract: Contract) -> tuple[Known, Known | None]:
    """What was written, as the contract stands; and without lesser-of, where it has that.

    Args:
        folder: as :func:`write_known` left it.
        contract: the very contract the claims were priced under.

    Raises:
        ValueError: it is another contract.
    """
    told = json.loads((folder / _TOLD).read_text("utf-8"))
    if told["digest"] != contract.digest:
        raise ValueError(f"{folder.name} was prepared for another state of {contract.name}")
    free = _free(contract)
    return _known(folder, contract, told), None if free is contract else _known(folder, free, told)


def _known(folder: Path, contract: Contract, told: dict[str, Any]) -> Known:
    names = ("scenario_pieces", "scenario_cells", "scenario_knots")
    columns = {name: columns_of(_table(folder / f"{name}.arrow")) for name in names}
    return Known(
        contract,
        _totals(told["base"]),
        placed(contract, columns, date.fromisoformat(told["until"])),
        _totals(told["strange"]),
        told["strange_claims"],
        told["claims"],
        told["uncharged"],
    )


def _table(file: Path) -> pa.Table:
    return feather.read_table(file)


def _free(contract: Contract) -> Contract:
    """The contract without lesser-of."""
    if all(version.rules.lesser_of is None for version in contract.versions):
        return contract
    free = (replace(each, rules=replace(each.rules, lesser_of=None)) for each in contract.versions)
    return replace(contract, versions=tuple(free))


def _listed(totals: Totals) -> list[list[int]]:
    return [[version, term, cents] for (version, term), cents in totals.items()]


def _totals(listed: list[list[int]]) -> Totals:
    return {(version, term): cents for version, term, cents in listed}
