"""Concentration as a hospital meets it, where its own patients live: two ways (F13)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pyarrow as pa

from evenhand.market.discharges import Discharges
from evenhand.market.keys import Codes, Floats, Ints, pair_sums
from evenhand.results import Result

_TABLE = pa.schema(
    [
        ("provider", pa.string()),
        ("system", pa.string()),
        ("patients", pa.float64()),
        ("places", pa.int64()),
        ("km", pa.float64()),
        ("jc", pa.float64()),
    ]
)


def hospital_hhi(
    discharges: Discharges, place: str = "zip5", *, firms: Literal["system", "provider"] = "system"
) -> Result:
    """For each hospital, the index of the places its patients come from.

    ``km`` is the mean of the places' own indices, weighed by where the hospital's patients
    live (Kessler and McClellan).
    ``jc`` is the index of the shares pooled over every place that sends it a patient. ``firms`` says whose shares are
    squared: systems' or single hospitals'.
    """
    from scipy.sparse import csr_array

    counts, owner = _counted(discharges, discharges.groups[place], firms)
    whose = csr_array((np.ones(len(owner)), (np.arange(len(owner)), owner)))
    by_firm = counts @ whose
    here = np.asarray(by_firm.sum(axis=1)).ravel()
    squares = np.asarray(by_firm.multiply(by_firm).sum(axis=1)).ravel()
    with np.errstate(divide="ignore", invalid="ignore"):
        index = np.where(here > 0, squares / here**2 * 10_000, 0.0)
        own = np.asarray(counts.sum(axis=0)).ravel()
        km = (counts.T @ index) / own
    draws = (counts > 0).astype(np.float64)
    jc = _index((draws.T @ by_firm).toarray())
    systems = [discharges.systems[number] for number in discharges.system_of]
    places = np.asarray(draws.sum(axis=0)).ravel()
    found = zip(discharges.providers, systems, own, places, km, jc, strict=True)
    names = _TABLE.names
    return Result.of((dict(zip(names, row, strict=True)) for row in found if row[2] > 0), _TABLE)


def _counted(discharges: Discharges, places: Codes, firms: str) -> tuple[Any, Ints]:
    """Patients by place and hospital, and the firm of each hospital."""
    from scipy.sparse import csr_array

    width = len(discharges.providers)
    rows = np.flatnonzero(places.codes >= 0)
    pairs = pair_sums(places.codes[rows], discharges.provider[rows], width, discharges.cases[rows])
    counts = csr_array((pairs.sums, (pairs.first, pairs.second)), shape=(len(places.levels), width))
    return counts, discharges.system_of if firms == "system" else np.arange(width, dtype=np.int64)


def _index(patients: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = patients / patients.sum(axis=1, keepdims=True)
    return np.asarray((shares**2).sum(axis=1) * 10_000, dtype=np.float64)
