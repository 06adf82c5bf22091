"""Concentration as a hospital meets it, where its own patients live: two ways (F13)."""

from __future__ import annotations

from typing import Literal

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
    rows, counts, owner = _counted(discharges, discharges.groups[place], firms)
    by_firm = np.zeros((len(counts), int(owner.max()) + 1))
    for hospital in range(counts.shape[1]):
        by_firm[:, owner[hospital]] += counts[:, hospital]
    index = _index(by_firm)
    own = counts.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        km = (counts.T @ index) / own
        jc = _index((counts > 0).astype(np.float64).T @ by_firm)
    found = zip(discharges.providers, rows, own, (counts > 0).sum(axis=0), km, jc, strict=True)
    names = _TABLE.names
    return Result.of((dict(zip(names, row, strict=True)) for row in found if row[2] > 0), _TABLE)


def _counted(discharges: Discharges, places: Codes, firms: str) -> tuple[list[str], Floats, Ints]:
    """The systems of the hospitals, patients by place and hospital, and the firm of each hospital."""
    width = len(discharges.providers)
    rows = np.flatnonzero(places.codes >= 0)
    pairs = pair_sums(places.codes[rows], discharges.provider[rows], width, discharges.cases[rows])
    counts = np.zeros((len(places.levels), width))
    counts[pairs.first, pairs.second] = pairs.sums
    owner = discharges.system_of if firms == "system" else np.arange(width, dtype=np.int64)
    return [discharges.systems[number] for number in discharges.system_of], counts[counts.sum(axis=1) > 0], owner


def _index(patients: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = patients / patients.sum(axis=1, keepdims=True)
    return np.asarray((shares**2).sum(axis=1) * 10_000, dtype=np.float64)
