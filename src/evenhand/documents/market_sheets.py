"""Diversion, willingness to pay and concentration as sheets; few patients stay inside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.small_cells import gathered
from evenhand.errors import Problem
from evenhand.market import Cells, Concentration, Discharges, Diversion, Flag, Merger, Willingness
from evenhand.market.tables import told
from evenhand.results import Result

#: Rows with fewer patients never stand alone.
FEWEST_PATIENTS = 11

_DIVERSION = (
    Field("name", "Without"),
    Field("provider", "They would go to"),
    Field("system", "of"),
    Field("patients", "Has now", "count"),
    Field("share", "Share of those leaving", "percent"),
    Field("arriving", "Patients", "number"),
)
_WORTH = (
    Field("system", "System"),
    Field("patients", "Patients in cells", "count"),
    Field("value", "Willingness to pay", "number"),
    Field("each", "for each patient", "number"),
    Field("weighted", "by weight", "number"),
    Field("captive", "No other choice", "count"),
    Field("capped", "Above the cap", "count"),
)
_MERGERS = (
    Field("name", "Together"),
    Field("cells", "Cells"),
    Field("apart", "Apart", "number"),
    Field("together", "Together", "number"),
    Field("change", "Change", "rate"),
    Field("weighted_change", "by weight", "rate"),
)
_SHARES = (
    Field("system", "System"),
    Field("patients", "Patients", "count"),
    Field("share", "Share", "percent"),
)
_INDEX = (Field("what", "What"), Field("value", "Figure", "number"))
_FLAGS = (
    Field("edition", "Guidelines of"),
    Field("says", "Says"),
    Field("source", "Source"),
)
_HOSPITALS = (
    Field("provider", "Hospital"),
    Field("system", "System"),
    Field("patients", "Patients", "count"),
    Field("places", "ZIP codes", "count"),
    Field("km", "Kessler–McClellan", "number"),
    Field("jc", "Pooled places", "number"),
)
_BASIS = (Field("what", "What"), Field("said", "Basis"))
_PROBLEMS = (Field("where", "Where"), Field("what", "What is wrong"))
NOT_ADVICE = "Thresholds of published guidelines: a flag for a person to look at, not a conclusion of law."
_WORTH_NOTE = (
    "In units of patients: Σ patients of a cell × ln(1 ÷ (1 − share)); by weight: with the weights of these patients. "
    "Shares above {cap:.0%} count as {cap:.0%}. It compares systems; it is no price."
)


def figure(value: float | None, places: int = 1) -> Decimal | None:
    """A float to so many decimals; ``None`` for what is no number."""
    return None if value is None or not np.isfinite(value) else round(Decimal(repr(float(value))), places)


def share(value: float | None) -> Decimal | None:
    """A share to six decimals; ``None`` for what is no number."""
    return figure(value, 6)


def diversion_sheets(found: Diversion, systems: Sequence[int]) -> list[Sheet]:
    """Where the patients of systems would go, most first."""
    rows = [row for system in systems for row in _leaving(found, system)]
    out = "each whole system is out" if found.out == "system" else "one hospital at a time is out"
    note = (
        f"Shares of the patients in cells with another choice when {out}; within a cell patients go to the others in "
        "proportion to these hospitals' shares of it."
    )
    return [Sheet("diversion", "Where patients would go", _DIVERSION, rows, note, "No system has patients in cells.")]


def _leaving(found: Diversion, system: int) -> list[dict[str, Any]]:
    own = found.system_of == system
    leaving = float(found.patients[own].sum())
    name = found.systems[system]
    if leaving < FEWEST_PATIENTS:
        return [{"name": name, "provider": f"fewer than {FEWEST_PATIENTS} patients of cells with another choice"}]
    shares = found.of_system(system)
    now = found.patients + found.captive
    rows = [
        {
            "name": name,
            "provider": found.providers[to],
            "system": found.systems[found.system_of[to]],
            "patients": int(now[to]),
            "share": share(shares[to]),
            "arriving": _enough(shares[to] * leaving),
        }
        for to in np.argsort(-np.nan_to_num(shares), kind="stable")
        if np.isfinite(shares[to]) and shares[to] > 0
    ]
    kept = gathered(rows, "patients", fewest=FEWEST_PATIENTS, name=("provider", "hospital"), sums=("share", "arriving"))
    return [{"name": name, **row} if "patients" in row else {**row, "name": name} for row in _worded(kept)]


def _enough(patients: float) -> Decimal | None:
    """An expected number of patients; nothing where it is of a few."""
    return None if patients < FEWEST_PATIENTS else figure(patients)


def _worded(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The gathered row speaks of patients here."""
    return [
        {key: value.replace("claims", "patients") if isinstance(value, str) and "patients" not in row else value
         for key, value in row.items()}
        for row in rows
    ]  # fmt: skip


def worth_sheets(discharges: Discharges, found: Sequence[Willingness], mergers: Sequence[Merger]) -> list[Sheet]:
    """Willingness to pay by system under each definition of cells, and of mergers under each."""
    sheets = []
    for number, worth in enumerate(found, start=1):
        title = "Willingness to pay" + (f", cells {number}: {worth.cells.definition}" if len(found) > 1 else "")
        name = "wtp" if number == 1 else f"wtp-{number}"
        note = _WORTH_NOTE.format(cap=worth.share_cap)
        sheets.append(Sheet(name, title, _WORTH, _worths(worth), note, "No patient is in a cell."))
    if mergers:
        sheets.append(Sheet("mergers", "Under one owner", _MERGERS, _merged(found, mergers), _MERGER_NOTE))
    return sheets


_MERGER_NOTE = "Change is (together − apart) ÷ apart. Two mergers of one change in HHI can differ here many times over."


def _worths(worth: Willingness) -> list[Any]:
    each = worth.per_patient()
    rows: list[dict[str, Any]] = [
        {
            "system": name,
            "patients": int(worth.patients[place]),
            "value": figure(worth.value[place], 3),
            "each": figure(each[place], 4),
            "weighted": None if worth.weighted is None else figure(worth.weighted[place], 3),
            "captive": _few(worth.captive[place]),
            "capped": _few(worth.capped[place]),
        }
        for place, name in enumerate(worth.systems)
        if worth.patients[place] > 0
    ]
    rows.sort(key=lambda row: (-(row["value"] or 0), row["system"]))
    return _worded(gathered(rows, "patients", fewest=FEWEST_PATIENTS, name=("system", "system"), sums=("value",)))


def _few(patients: float) -> int | None:
    """A count of patients; nothing where it is of a few."""
    return None if 0 < patients < FEWEST_PATIENTS else int(patients)


def _merged(found: Sequence[Willingness], mergers: Sequence[Merger]) -> list[dict[str, Any]]:
    return [
        {
            "name": merger.name,
            "cells": str(worth.cells.definition),
            "apart": figure(merger.apart, 3),
            "together": figure(merger.together, 3),
            "change": share(merger.change),
            "weighted_change": share(merger.weighted_change),
        }
        for worth, merger in zip(found, mergers, strict=True)
    ]


def concentration_sheets(market: Concentration, flags: Sequence[Flag], hospitals: Result | None = None) -> list[Sheet]:
    """Shares, the index and what the guidelines say of it; with ``hospitals``, each one's own index."""
    whole = f"Of {market.patients.sum():,.0f} patients, by the hospital they went to."
    sheets = [
        Sheet("shares", "Shares", _SHARES, _shares(market), whole),
        Sheet("hhi", "Concentration", _INDEX, _indices(market), "HHI: the sum of squared shares, 0 to 10,000."),
        Sheet("flags", "What the merger guidelines say", _FLAGS, [_flag(one) for one in flags], NOT_ADVICE),
    ]
    if hospitals is not None:
        rows = [
            {**row, "km": figure(row["km"]), "jc": figure(row["jc"]), "patients": _told(row, hospitals)}
            for row in hospitals
            if row["patients"] >= FEWEST_PATIENTS
        ]
        sheets.append(Sheet("hospitals", "Where each hospital's patients live", _HOSPITALS, rows, _HOSPITALS_NOTE))
    return sheets


_HOSPITALS_NOTE = (
    "Kessler–McClellan: the mean of its ZIP codes' indices, weighed by its patients. Pooled: the index of shares over "
    f"all its ZIP codes together. Hospitals with fewer than {FEWEST_PATIENTS} patients are not shown, nor the patients "
    "of the smallest beside them in a system."
)


def _told(row: Any, hospitals: Result) -> int | None:
    """A hospital's patients, unless they would give away those of a hidden one of its system."""
    system = [one["patients"] for one in hospitals if one["system"] == row["system"]]
    shown = [patients for patients in system if patients >= FEWEST_PATIENTS]
    given_away = len(shown) < len(system) and row["patients"] == min(shown)
    return None if given_away else int(row["patients"])


def _shares(market: Concentration) -> list[Any]:
    order = np.argsort(-market.share, kind="stable")
    rows = [
        {"system": market.systems[n], "patients": int(market.patients[n]), "share": share(market.share[n])}
        for n in order
    ]
    return _worded(gathered(rows, "patients", fewest=FEWEST_PATIENTS, name=("system", "system"), sums=("share",)))


def _indices(market: Concentration) -> list[dict[str, Any]]:
    rows = [{"what": "HHI", "value": figure(market.index)}]
    if market.merged:
        rows.append({"what": f"HHI with {market.merged}", "value": figure(market.index_after)})
        rows.append({"what": "Change", "value": figure(market.change)})
        rows.append({"what": "Their share together, per cent", "value": figure((market.merged_share or 0) * 100)})
    return rows


def _flag(one: Flag) -> dict[str, Any]:
    return {"edition": one.edition, "says": one.says, "source": one.source}


def basis_sheets(discharges: Discharges, cells: Sequence[Cells] = ()) -> list[Sheet]:
    """What the figures are of: the source, the cells, who is in none; and the rows left out."""
    rows = [{"what": "Discharges", "said": f"{discharges.patients:,.0f} patients: {discharges.source}"}]
    for one in cells:
        inside = f"{len(one):,} cells with {one.patients:,.0f} patients; {one.outside:,.0f} in none and in no figure"
        rows.append({"what": "Cells", "said": f"{one.definition}: {inside}"})
    sheets = [Sheet("basis", "What the figures are of", _BASIS, rows)]
    return [*sheets, problems_sheet(discharges.problems)] if discharges.problems else sheets


def problems_sheet(problems: Iterable[Problem]) -> Sheet:
    """Rows left out, with line and reason."""
    rows = [
        {
            "where": one.file if one.line is None else f"{one.file}:{one.line}",
            "what": f"{one.what}; {one.right}" if one.right else one.what,
        }
        for one in told(problems)
    ]
    return Sheet("problems", "Rows to look at", _PROBLEMS, rows)
