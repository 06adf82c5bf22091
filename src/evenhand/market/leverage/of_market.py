"""Leverage from where patients go: share, willingness to pay, concentration, the nearest substitute."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evenhand.market.leverage.figure import COUNTED, MODEL, Figure, Leverage


def share(found: Leverage) -> Iterator[Figure]:
    """Our share of the region."""
    value = float(found.market.share[found.system])
    yield Figure(
        "Share of the region's patients",
        value,
        "share",
        f"{found.discharges.patients:,.0f} patients of all hospitals",
        found.discharges.source,
        COUNTED,
        "what a plan's members use us for today",
        "what must find another hospital if they leave the network",
        patients=float(found.market.patients[found.system]),
    )


def worth(found: Leverage) -> Iterator[Figure]:
    """How hard we are to replace, for each patient."""
    all_of_them, each = found.worth, found.worth.per_patient()
    patients = all_of_them.patients.sum()
    whole = float(all_of_them.value.sum() / patients) if patients else float("nan")
    value = float(each[found.system] / whole) if whole else float("nan")
    ours, theirs = _replaced(value)
    yield Figure(
        "Willingness to pay for a patient, against the region's mean",
        value if np.isfinite(value) else None,
        "times",
        f"{all_of_them.patients[found.system]:,.0f} of our patients in {len(found.cells):,} cells",
        str(found.cells.definition),
        f"{MODEL}: shares above {all_of_them.share_cap:.0%} of a cell count as that",
        ours,
        theirs,
        patients=float(all_of_them.patients[found.system]),
    )


def _replaced(value: float) -> tuple[str, str]:
    """What willingness to pay against the mean means for either side."""
    if not np.isfinite(value):
        return ("not known: none of our patients is in a cell; make coarser cells",) * 2
    if value > 1:
        return "harder to replace than the mean system", "losing them costs members more than their size says"
    return "easier to replace than the mean system", "others stand in well"


def captive(found: Leverage) -> Iterator[Figure]:
    """Patients without another choice."""
    patients = float(found.worth.patients[found.system])
    if not patients:
        return
    value = float(found.worth.captive[found.system])
    yield Figure(
        "Patients in cells where nobody else is chosen",
        value,
        "patients",
        f"{patients:,.0f} of our patients in cells",
        str(found.cells.definition),
        COUNTED,
        "these have no other choice in the data",
        "no diversion is known for these: look at them one by one",
        patients=value,
    )


def index(found: Leverage) -> Iterator[Figure]:
    """How concentrated the hospitals are."""
    yield Figure(
        "Concentration of hospitals (HHI)",
        found.market.index,
        "index",
        f"{found.discharges.patients:,.0f} patients of all hospitals",
        found.flags[-1].source,
        COUNTED,
        f"{found.flags[-1].says} by the {found.flags[-1].edition} guidelines",
        f"{found.flags[-1].says}: the fewer they are, the less there is to steer to",
    )


def rival(found: Leverage) -> Iterator[Figure]:
    """Who would get the most of our patients."""
    shares = found.diversion.of_system(found.system)
    if not np.isfinite(shares).any():
        return
    best = int(np.nanargmax(shares))
    leaving = float(found.diversion.patients[found.diversion.system_of == found.system].sum())
    yield Figure(
        f"Patients who would go to {found.diversion.providers[best]}",
        float(shares[best]),
        "share",
        f"{leaving:,.0f} of our patients with another choice",
        str(found.cells.definition),
        f"{MODEL}: in proportion to shares within a cell",
        "our nearest substitute: what it is paid, and whether it has room, is our ceiling",
        "the hospital the network leans on without them",
        patients=leaving,
    )
