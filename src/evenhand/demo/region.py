"""The made-up region around the practice: who goes to which hospital, what one plan pays, who practises where."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

#: Discharges of one year from the region's hospitals.
DISCHARGES = 4_000
_AGES = (("18-44", 22), ("45-64", 33), ("65-79", 30), ("80+", 15))


@dataclass(frozen=True, slots=True)
class Hospital:
    """A hospital: its owner, where it stands, how it draws patients for joints and spines, and for all else."""

    name: str
    system: str
    latitude: float
    longitude: float
    joints: float
    others: float | None  # None: it does nothing else
    price: int
    cost: int
    revenue: int  # what a plan takes in for such a patient as the hospital has


HOSPITALS = (
    Hospital("Cedar Ridge Surgical Hospital", "Cedar Ridge", 39.73, -105.22, 2.6, None, 21_400, 14_900, 27_800),
    Hospital("Juniper General Hospital", "Juniper Health", 39.76, -105.10, 1.9, 2.3, 22_900, 17_200, 28_900),
    Hospital("Juniper Valley Hospital", "Juniper Health", 39.60, -105.22, 0.8, 1.3, 22_900, 17_200, 28_900),
    Hospital("Alder Medical Center", "Alder", 39.66, -105.05, 1.5, 1.9, 19_800, 16_100, 25_600),
    Hospital("Foothills University Hospital", "Foothills University", 39.84, -105.02, 2.0, 2.8, 27_500, 21_800, 34_200),
    Hospital("Kestrel Memorial Hospital", "Kestrel", 39.86, -105.25, 0.9, 1.6, 18_700, 15_300, 23_900),
)
#: ZIP code, where its people live on average, and how many of them in a thousand of the region.
PLACES = (
    ("80401", 39.73, -105.21, 190), ("80403", 39.83, -105.30, 80), ("80127", 39.53, -105.15, 150),
    ("80228", 39.69, -105.15, 140), ("80033", 39.77, -105.10, 150), ("80439", 39.63, -105.35, 90),
    ("80465", 39.61, -105.22, 90), ("80007", 39.86, -105.19, 110),
)  # fmt: skip
#: DRG, its weight (made up, near what such stays weigh) and how often it occurs.
_JOINTS = (("470", 1.9, 22), ("521", 3.0, 7), ("522", 2.2, 6), ("460", 3.9, 10), ("473", 2.5, 6), ("483", 2.4, 5))
_OTHERS = (("871", 1.9, 18), ("291", 1.3, 12), ("392", 0.8, 12), ("194", 0.9, 8), ("807", 0.6, 20), ("765", 1.0, 6))
_DRAW_PER_MILE = 0.16
#: Practices of the region by specialty: ours, and others by place.
_PRACTICES = (
    ("Orthopedic Surgery", ("Cedar Ridge Orthopaedics",) * 6 + ("Alder Orthopedics",) * 2),
    ("Physical Therapy", ("Cedar Ridge Orthopaedics",) * 3 + ("Motion Works", "Juniper Rehab", "Kestrel Rehab")),
    ("Primary Care", ("Juniper Clinics",) * 8 + ("Foothills Family",) * 6 + ("Kestrel Clinics",) * 5),
)
_OFFICES = {"Cedar Ridge Orthopaedics": (39.73, -105.22), "Alder Orthopedics": (39.66, -105.05)}


def write_region(folder: Path, seed: int) -> None:
    """Write ``discharges.csv``, ``rates.csv``, ``providers.csv``, ``beneficiaries.csv`` and ``services.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = Random(f"{seed} region")
    stays = ("hospital", "system", "drg", "age_group", "zip", "drg_weight")
    _write(folder / "discharges.csv", stays, (_discharge(draw) for _ in range(DISCHARGES)))
    _write(folder / "rates.csv", ("system", "plan", "price", "cost", "revenue", "cases"), _rates())
    _write(folder / "providers.csv", ("npi", "provider", "specialty", "latitude", "longitude"), _providers(draw))
    homes = ("county", "county_type", "zip", "latitude", "longitude", "beneficiaries", "base_ratio")
    people = ((county, "Metro", code, x, y, share * 40, "0.1") for county, code, x, y, share in _homes())
    _write(folder / "beneficiaries.csv", homes, people)
    _write(folder / "services.csv", ("provider", "code", "patients"), _services(draw))


def _write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


def _discharge(draw: Random) -> tuple[object, ...]:
    joint = draw.random() < 0.4
    kinds = _JOINTS if joint else _OTHERS
    drg, weight, _ = draw.choices(kinds, [often for *_, often in kinds])[0]
    age = draw.choices([name for name, _ in _AGES], [often for _, often in _AGES])[0]
    code, x, y, _ = draw.choices(PLACES, [share for *_, share in PLACES])[0]
    chosen = draw.choices(HOSPITALS, [_pull(one, joint, (x, y)) for one in HOSPITALS])[0]
    return chosen.name, chosen.system, drg, age, code, weight


def _homes() -> Iterable[tuple[str, str, float, float, int]]:
    """Where beneficiaries live: the region's places, and a county further up the hills."""
    for place in PLACES:
        yield "Upper Ridge" if place[0] == "80439" else "Foothills", *place
    yield "Upper Ridge", "80452", 39.75, -105.51, 60


def _pull(hospital: Hospital, joint: bool, home: tuple[float, float]) -> float:
    """How strongly a hospital draws a patient, by what it is known for and how far it is."""
    known = hospital.joints if joint else hospital.others
    if known is None:
        return 0.0
    miles = math.hypot((hospital.latitude - home[0]) * 69.0, (hospital.longitude - home[1]) * 53.0)
    return math.exp(known - _DRAW_PER_MILE * miles)


def _rates() -> Iterable[tuple[object, ...]]:
    """What two plans pay each system for an average case, what it costs, and what the plan takes in for it."""
    systems = {one.system: one for one in HOSPITALS}
    cases = {"Summit Health": 320, "Prairie Mutual": 240}
    for plan, times in (("Summit Health", 1.0), ("Prairie Mutual", 1.06)):
        for name, one in systems.items():
            yield name, plan, round(one.price * times), one.cost, round(one.revenue * times), cases[plan]


def _providers(draw: Random) -> Iterable[tuple[object, ...]]:
    number = 0
    for specialty, practices in _PRACTICES:
        for practice in practices:
            number += 1
            x, y = _OFFICES.get(practice) or draw.choice(PLACES)[1:3]
            place = round(x + draw.uniform(-0.02, 0.02), 4), round(y + draw.uniform(-0.02, 0.02), 4)
            yield f"NPI{number:03d}", practice, specialty, *place


def _services(draw: Random) -> Iterable[tuple[object, ...]]:
    """Patients by provider and code; a few codes only the practice bills."""
    for code in ("27447", "27130", "29881", "97110", "20610"):
        for provider in ("Cedar Ridge Orthopaedics", "Alder Orthopedics", "Juniper Rehab"):
            if provider != "Juniper Rehab" or code in ("97110", "20610"):
                yield provider, code, draw.randint(20, 400)
    for code, patients in (("27446", 64), ("25447", 41), ("28296", 7)):
        yield "Cedar Ridge Orthopaedics", code, patients
