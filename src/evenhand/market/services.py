"""Services only we give, and our share of a plan's network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from evenhand.errors import Log, Problem, SelectionError
from evenhand.market.adequacy import Providers, miles_between
from evenhand.market.keys import Floats
from evenhand.market.tables import Heading, read_table
from evenhand.results import Result

_HEADINGS = (
    Heading(
        "provider", ("organisation", "organization", "hospital", "group", "practice", "system", "name"), needed=True
    ),
    Heading("code", ("hcpcs", "cpt", "procedure", "drg", "service", "hcpcs code"), needed=True),
    Heading("patients", ("cases", "claims", "count", "volume"), needed=True),
    Heading("latitude", ("lat",)),
    Heading("longitude", ("lon", "lng", "long")),
)
_UNIQUE = pa.schema(
    [
        ("code", pa.string()),
        ("patients", pa.float64()),
        ("others", pa.int64()),
        ("nearest_miles", pa.float64()),
    ]
)
_NETWORK = pa.schema(
    [("specialty", pa.string()), ("ours", pa.int64()), ("network", pa.int64()), ("share", pa.float64())]
)


@dataclass(frozen=True, slots=True)
class Services:
    """Who bills what: provider, code, patients, and where, row by row; NaN for a place not given."""

    source: str
    provider: tuple[str, ...]
    code: tuple[str, ...]
    patients: Floats
    at: Floats
    problems: tuple[Problem, ...] = ()


def read_services(path: Path | str) -> Services:
    """Services from a table; rows that cannot be used are left out and listed.

    Raises:
        ReadError: the file is no table, or lacks a column.
    """
    table = read_table(path, _HEADINGS, "a table of services")
    log = Log(table.path.name)
    patients = table.numbers("patients", log)
    at = np.column_stack([table.numbers("latitude", log, least=-90), table.numbers("longitude", log, least=-180)])
    names, codes = table.texts("provider"), table.texts("code")
    kept = [n for n in range(len(table)) if names[n] and codes[n] and np.isfinite(patients[n])]
    for n in range(len(table)):
        if not (names[n] and codes[n] and table.texts("patients")[n]):
            log.error(int(table.lines[n]), "a provider, a code or a number of patients is missing", "give all three")
    return Services(
        f"{table.path.name}, {len(kept):,} of {len(table):,} rows",
        tuple(names[n] for n in kept),
        tuple(codes[n] for n in kept),
        patients[kept],
        at[kept],
        (*table.problems, *sorted(log.problems, key=lambda one: one.line or 0)),
    )


def unique_services(services: Services, ours: Sequence[str], *, within: float | None = None) -> Result:
    """Codes that nobody else bills, or nobody else within so many miles of us; the most patients first.

    ``others`` is how many others bill the code anywhere in the table, ``nearest_miles`` how far the nearest of them is
    in a straight line; null where none is, or its place is not given.

    Raises:
        SelectionError: nobody in the table is ours.
    """
    mine = np.array([any(one.casefold() in name.casefold() for one in ours if one) for name in services.provider])
    if not mine.any():
        raise SelectionError(
            f"nobody in the table of services is named {', '.join(ours)}; name the provider as it does"
        )
    codes, rows = np.array(services.code), []
    for code in dict.fromkeys(codes[mine].tolist()):
        our, their = mine & (codes == code), ~mine & (codes == code)
        nearest = _nearest(services.at[our], services.at[their])
        far = within is not None and their.any() and nearest is not None and nearest > within
        if not their.any() or far:
            others = len({services.provider[n] for n in np.flatnonzero(their)})
            patients = float(services.patients[our].sum())
            rows.append({"code": code, "patients": patients, "others": others, "nearest_miles": nearest})
    rows.sort(key=lambda row: (-float(row["patients"] or 0), str(row["code"])))
    return Result.of(rows, _UNIQUE)


def _nearest(ours: Floats, theirs: Floats) -> float | None:
    """Miles to the nearest; ``None`` unless every place is known."""
    if not len(theirs) or not np.isfinite(ours).all() or not np.isfinite(theirs).all():
        return None
    return float(miles_between(ours, theirs).min())


def network_share(providers: Providers, ours: Sequence[str]) -> Result:
    """Our share of a network's providers (by NPI), specialty by specialty, for those we have."""
    rows: dict[str, tuple[set[str], set[str]]] = {}
    for npi, name, specialty in zip(providers.npi, providers.provider, providers.specialty, strict=True):
        mine, every = rows.setdefault(specialty, (set(), set()))
        every.add(npi)
        if any(one.casefold() in name.casefold() or one == npi for one in ours if one):
            mine.add(npi)
    found = (
        {"specialty": specialty, "ours": len(mine), "network": len(every), "share": len(mine) / len(every)}
        for specialty, (mine, every) in rows.items()
        if mine
    )
    return Result.of(sorted(found, key=lambda row: (-row["share"], row["specialty"])), _NETWORK)
