"""The market's figures the plainest way: dictionaries and loops, one patient at a time."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Patient = Mapping[str, str]
Cell = list[Patient]


def cells(patients: Sequence[Patient], layers: Sequence[Sequence[str]], fewest: int) -> list[Cell]:
    """Patients alike in a layer's columns together; those of small cells go on to the next layer."""
    made: list[Cell] = []
    left = list(patients)
    for layer in layers:
        alike: dict[tuple[str, ...], Cell] = defaultdict(list)
        for patient in left:
            alike[tuple(patient[name] for name in layer)].append(patient)
        made += [cell for cell in alike.values() if len(cell) >= fewest]
        left = [patient for cell in alike.values() if len(cell) < fewest for patient in cell]
    return made


def willingness(made: Sequence[Cell], cap: float) -> dict[str, float]:
    """Willingness to pay for each system."""
    worth: dict[str, float] = defaultdict(float)
    for cell in made:
        for system, count in Counter(patient["system"] for patient in cell).items():
            worth[system] += len(cell) * math.log(1 / (1 - min(count / len(cell), cap)))
    return dict(worth)


def diversion(made: Sequence[Cell], leaving: str) -> dict[tuple[str, str], float]:
    """Diversion from each hospital to each other when its ``system``, or the ``provider`` alone, is out."""
    gone: Counter[tuple[str, str]] = Counter()
    moved: Counter[str] = Counter()
    for cell in made:
        for patient in cell:
            others = Counter(other["provider"] for other in cell if other[leaving] != patient[leaving])
            choices = sum(others.values())
            if choices:
                moved[patient["provider"]] += 1
                for to, count in others.items():
                    gone[patient["provider"], to] += count / choices  # type: ignore[assignment]
    return {(start, to): amount / moved[start] for (start, to), amount in gone.items()}


def hospital_index(patients: Sequence[Patient], hospital: str, firm: str) -> tuple[float, float]:
    """A hospital's index by Kessler and McClellan, and of the pooled places."""
    own = Counter(patient["zip5"] for patient in patients if patient["provider"] == hospital)
    total, mean = sum(own.values()), 0.0
    pooled: Counter[str] = Counter()
    for place, count in own.items():
        here = Counter(patient[firm] for patient in patients if patient["zip5"] == place)
        mean += count / total * index(here)
        pooled += here
    return mean, index(pooled)


def index(counts: Mapping[str, int]) -> float:
    """Ten thousand times the sum of squared shares."""
    whole = sum(counts.values())
    return 10_000 * sum((count / whole) ** 2 for count in counts.values())
