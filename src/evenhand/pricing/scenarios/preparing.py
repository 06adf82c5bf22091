"""From priced lines to exposures, once for all scenarios."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa

from evenhand.contracts.methods import PaidBySchedule, PercentOf, PercentOfCharges
from evenhand.contracts.model import Contract, Version
from evenhand.engines import DuckDB, Step, read_steps
from evenhand.pricing.plan import days_priced
from evenhand.pricing.scenarios.cents import Whole, times
from evenhand.pricing.scenarios.changes import Scenario
from evenhand.pricing.scenarios.exposed import ExposedVersion
from evenhand.pricing.scenarios.exposures import Cells, Exposure, exposure
from evenhand.pricing.scenarios.knots import Knots
from evenhand.pricing.scenarios.known import knows_rules, knows_term, ranking_of
from evenhand.pricing.scenarios.rates import Pieces, Reader

VERSIONS = pa.schema(
    [
        ("version_id", pa.int64()),
        ("contract_id", pa.string()),
        ("version_no", pa.int32()),
        ("known", pa.bool_()),
        ("lesser_of", pa.string()),
        ("multiplies", pa.bool_()),
    ]
)
APART = pa.schema([("version_id", pa.int64()), ("modifier", pa.string())])
TERMS = pa.schema(
    [
        ("term_id", pa.int64()),
        ("version_id", pa.int64()),
        ("term_no", pa.int32()),
        ("known", pa.bool_()),
        ("claim_level", pa.bool_()),
        ("by_schedule", pa.bool_()),
        ("of_charges", pa.bool_()),
    ]
)


@cache
def collapsing_steps() -> tuple[Step, ...]:
    """The steps from priced lines to exposures."""
    return tuple(read_steps(files("evenhand.pricing.scenarios") / "steps"))


def exposed_versions(engine: DuckDB, contract: Contract) -> list[ExposedVersion]:
    """The versions of a contract with what its priced lines come down to.

    A version whose lines do not come to what pricing gave them, line by line, says something that is not known
    here: its claims are all left to the long way. Afterwards the engine has ``scenario_claims``, where ``is_strange``
    marks those.
    """
    doubted: frozenset[int] = frozenset()
    while True:
        versions, unlike = _collapsed(engine, contract, doubted)
        if not unlike:
            return versions
        doubted |= unlike


def _collapsed(
    engine: DuckDB, contract: Contract, doubted: frozenset[int]
) -> tuple[list[ExposedVersion], frozenset[int]]:
    """The versions without the lines of those doubted, and the versions that do not come to what they should."""
    engine.put("scenario_versions", pa.Table.from_pylist(list(_version_rows(contract, doubted)), VERSIONS))
    engine.put("scenario_terms", pa.Table.from_pylist(list(_term_rows(contract)), TERMS))
    engine.put("scenario_apart", pa.Table.from_pylist(list(_apart_rows(contract)), APART))
    engine.run(collapsing_steps())
    until = days_priced(engine)[1] + timedelta(days=1)
    columns = {name: columns_of(table) for name, table in collapsed_tables(engine).items()}
    versions = placed(contract, columns, until)
    return versions, frozenset(each.number for each in versions if not fits(each, contract, columns))


_ORDERS = {
    "scenario_pieces": "term_id, piece_key",
    "scenario_cells": "term_id, ranks, units <> floor(units), piece_key, units, charge_amount",
    "scenario_knots": "version_id, claim_key, line_no, line_key",
}
#: Decimals of what is held as whole numbers.
_PLACES = {
    "basis": 4,
    "escalation": 8,
    "modifier_factor": 6,
    "units": 3,
    "charge_amount": 2,
    "expected_amount": 2,
    "lowest": 2,
    "highest": 2,
}
_MOST_TERMS = 1_000_000


def _version_rows(contract: Contract, doubted: frozenset[int]) -> Iterator[dict[str, Any]]:
    for number, version in enumerate(contract.versions, start=1):
        yield {
            "version_id": number,
            "contract_id": contract.id,
            "version_no": number,
            "known": number not in doubted and knows_rules(version),
            "lesser_of": version.rules.lesser_of if knows_rules(version) else None,
            "multiplies": bool(version.rules.multiple_procedures),
        }


def _apart_rows(contract: Contract) -> Iterator[dict[str, Any]]:
    for number, version in enumerate(contract.versions, start=1):
        ranking = ranking_of(version.rules)
        yield from ({"version_id": number, "modifier": name.upper()} for name in (ranking.apart if ranking else ()))


def _term_rows(contract: Contract) -> Iterator[dict[str, Any]]:
    for number, version in enumerate(contract.versions, start=1):
        for term_no, term in enumerate(version.terms, start=1):
            yield {
                "term_id": number * _MOST_TERMS + term_no,
                "version_id": number,
                "term_no": term_no,
                "known": knows_term(version, term),
                "claim_level": term.claim_level,
                "by_schedule": isinstance(term.pay, PaidBySchedule | PercentOf),
                "of_charges": isinstance(term.pay, PercentOfCharges),
            }


def collapsed_tables(engine: DuckDB) -> dict[str, pa.Table]:
    """What priced lines have been collapsed to, by :func:`exposed_versions`, in order."""
    return {name: engine.arrow(f"select * from {name} order by {order}") for name, order in _ORDERS.items()}


def columns_of(table: pa.Table) -> dict[str, Any]:
    """The columns of such a table, decimals as counts of their last place."""
    return {column: _whole(table[column], _PLACES.get(column, 0)) for column in table.column_names}


def placed(contract: Contract, columns: dict[str, Any], until: date) -> list[ExposedVersion]:
    """The versions of a contract with their exposures; pieces in ``columns`` are named by their places from then on."""
    _place_pieces(columns)
    return [_exposed(contract, number, columns, until) for number in range(1, len(contract.versions) + 1)]


def _place_pieces(columns: dict[str, Any]) -> None:
    """Name pieces by their places in the list of all, instead of by their first lines."""
    keys = columns["scenario_pieces"]["piece_key"]
    order = np.argsort(keys)
    for name in ("scenario_cells", "scenario_knots"):
        columns[name]["piece_key"] = order[np.searchsorted(keys[order], columns[name]["piece_key"])]


def _whole(column: pa.ChunkedArray, places: int) -> Any:
    """A column as whole numbers of so many decimals; others as they are."""
    if not pa.types.is_decimal(column.type):
        return column.to_numpy()
    array = column.cast(pa.decimal128(38, places)).combine_chunks()
    words = np.frombuffer(array.buffers()[1], dtype="<i8").reshape(-1, 2)
    return words[array.offset : array.offset + len(array), 0].copy()


def _exposed(contract: Contract, number: int, columns: dict[str, Any], until: date) -> ExposedVersion:
    version = contract.versions[number - 1]
    reader = Reader(contract, version, until)
    pieces, first_keys = _pieces(version, number, columns["scenario_pieces"])
    exposures = [
        _exposures(version, (number, place), columns["scenario_cells"], first)
        for place, first in enumerate(first_keys[:-1])
    ]
    knots = _knots(version, number, columns["scenario_knots"], first_keys[0])
    dormant = _dormant(version, reader, pieces)
    return ExposedVersion(number, reader, pieces, first_keys, dormant, exposures, knots)


def _pieces(version: Version, number: int, told: dict[str, Any]) -> tuple[list[Pieces], list[int]]:
    """The pieces of each term, and the key its first one has; at the end the key after the last."""
    ids = number * _MOST_TERMS + np.arange(1, len(version.terms) + 2)
    bounds = [int(each) for each in np.searchsorted(told["term_id"], ids)]
    pieces = []
    for low, high in itertools.pairwise(bounds):
        columns = {name: told[name][low:high] for name in ("code", "basis", "escalation", "modifier_factor")}
        pieces.append(Pieces(**columns))
    return pieces, bounds


def _dormant(version: Version, reader: Reader, pieces: Sequence[Pieces]) -> list[Whole]:
    """The pieces without a price where procedures are ranked."""
    told = reader.read(Scenario(""))
    assert told is not None
    found = []
    for term, each, rates in zip(version.terms, pieces, told.terms, strict=True):
        now = each.rates(rates)
        ranks = bool(version.rules.multiple_procedures) and not term.claim_level
        assert now is not None
        found.append(np.flatnonzero(now == 0) if ranks else np.empty(0, dtype=np.int64))
    return found


def _exposures(version: Version, key: tuple[int, int], told: dict[str, Any], first: int) -> list[Exposure]:
    """The exposures of one term: lines not ranked, and lines ranked alone."""
    number, place = key
    term_id = number * _MOST_TERMS + place + 1
    low, high = np.searchsorted(told["term_id"], [term_id, term_id + 1])
    split = low + int(np.searchsorted(told["ranks"][low:high], True))
    found = []
    for alone, start, end in ((False, low, split), (True, split, high)):
        if end > start:
            rows = slice(start, end)
            cells = Cells(
                told["piece_key"][rows] - first, told["units"][rows], told["charge_amount"][rows], told["lines"][rows]
            )
            of_charges = isinstance(version.terms[place].pay, PercentOfCharges)
            limited = version.rules.lesser_of is not None
            found.append(exposure((place, alone), cells, of_charges=of_charges, limited=limited))
    return found


def _knots(version: Version, number: int, told: dict[str, Any], first: int) -> Knots | None:
    low, high = np.searchsorted(told["version_id"], [number, number + 1])
    if low == high:
        return None
    rows = {name: column[low:high] for name, column in told.items()}
    terms = rows["term_id"] - number * _MOST_TERMS - 1
    of_charges = np.array([isinstance(term.pay, PercentOfCharges) for term in version.terms])
    claims = rows["claim_key"]
    return Knots(
        piece=rows["piece_key"] - first,
        term=terms,
        units=rows["units"],
        charge=rows["charge_amount"],
        share=of_charges[terms],
        counts=rows["counts"].astype(np.int64),
        ranked=_ranked(rows),
        start=np.flatnonzero(np.append(True, claims[1:] != claims[:-1])),
        level=version.rules.lesser_of,
        terms_in_order=_terms_in_order(terms),
    )


def _terms_in_order(terms: Whole) -> tuple[Any, Whole, Any]:
    order = np.argsort(terms, kind="stable")
    present, start = np.unique(terms[order], return_index=True)
    return order, present, start


def _ranked(rows: dict[str, Any]) -> tuple[Any, ...]:
    """The places of the lines ranked together, by how many they are."""
    places = np.flatnonzero(rows["ranks"])
    if not places.size:
        return ()
    claims, days = rows["claim_key"][places], _days_as_numbers(rows["service_day"][places])
    days = days * 2 + rows["apart"][places]  # assistants are ranked by themselves
    order = np.lexsort((places, days, claims))
    places, claims, days = places[order], claims[order], days[order]
    new = np.append(True, (claims[1:] != claims[:-1]) | (days[1:] != days[:-1]))
    start = np.flatnonzero(new)
    size = np.diff(np.append(start, len(places)))
    return tuple(
        places[start[size == width][:, None] + np.arange(width)[None, :]] for width in np.unique(size).tolist()
    )


def _days_as_numbers(days: Any) -> Whole:
    """Days that can be compared; an unknown day is like another unknown one."""
    numbers: Whole = days.astype("datetime64[D]").astype(np.int64)
    return numbers


def fits(exposed: ExposedVersion, contract: Contract, columns: dict[str, Any]) -> bool:
    """Whether every line of a version comes to what pricing gave it."""
    version, number = contract.versions[exposed.number - 1], exposed.number
    knots, cells = columns["scenario_knots"], columns["scenario_cells"]
    if not exposed.fits(knots["expected_amount"][knots["version_id"] == number]):
        return False
    ids = cells["term_id"]
    for place in range(len(version.terms)):
        low, high = np.searchsorted(ids, [number * _MOST_TERMS + place + 1, number * _MOST_TERMS + place + 2])
        rows = {name: column[low:high] for name, column in cells.items()}
        if low < high and not _cells_fit(exposed, version, place, rows):
            return False
    return True


def _cells_fit(exposed: ExposedVersion, version: Version, place: int, rows: dict[str, Any]) -> bool:
    """Whether the fee of each cell, held to its charge, is what pricing gave every one of its lines."""
    told, first = exposed.base.terms[place], (exposed.base.ranking or (10**6,))[0]
    if isinstance(version.terms[place].pay, PercentOfCharges):
        fee = times(rows["charge_amount"], told.percent or 0, 10**6)
    else:
        rates = exposed.rates(place, told)
        fee = times(rates[rows["piece_key"] - exposed.first_keys[place]], rows["units"], 1000)
        fee = np.where(rows["ranks"] & (fee > 0), times(fee, first, 10**6), fee)
    if version.rules.lesser_of is not None:
        fee = np.minimum(fee, rows["charge_amount"])
    return bool((fee == rows["lowest"]).all() and (fee == rows["highest"]).all())
