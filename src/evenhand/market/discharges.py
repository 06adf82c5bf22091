"""Discharges by hospital and ZIP code: what every figure of a market is counted from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evenhand.contracts.shapes import suggest
from evenhand.errors import Problem, SelectionError, UsageError
from evenhand.market.keys import Codes, Floats, Ints, added, as_arrow, encoded

#: Group columns taken without being asked for, the ones that split patients most first.
GROUPS = ("drg", "age group", "age", "service line", "sex")


@dataclass(frozen=True, slots=True)
class Discharges:
    """Discharges, or claims, one row for one patient or for several alike.

    Attributes:
        source: where they come from, in words.
        providers: the hospitals.
        systems: the systems that own them; a hospital of no system is its own.
        system_of: the system of each hospital.
        provider: the hospital of each row.
        groups: patient groups and places (``zip5``, ``zip3``) of each row.
        cases: patients of each row.
        weight: weight of each row's patients together, such as DRG weights; ``None`` when each counts the same.
        suppressed: rows whose count the publisher withheld: in no figure, and never zero.
        problems: rows left out, each with its line and reason.
    """

    source: str
    providers: tuple[str, ...]
    systems: tuple[str, ...]
    system_of: Ints
    provider: Ints
    groups: Mapping[str, Codes]
    cases: Floats
    weight: Floats | None = None
    suppressed: int = 0
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(
        cls,
        provider: Sequence[object] | npt.NDArray[np.generic],
        groups: Mapping[str, Any],
        *,
        system: Any = None,
        cases: Any = None,
        weight: Any = None,
    ) -> Discharges:
        """Discharges from columns, every row of which is good.

        Args:
            provider: the hospital of each row.
            groups: columns of patient groups and places, by name; ``zip3`` follows from ``zip5`` where it is not given.
            system: the system of each row's hospital; each hospital its own when absent.
            cases: patients a row stands for; one each when absent.
            weight: weight of one patient of the row.

        Raises:
            UsageError: there is no row, or one without a hospital.

        >>> few = Discharges.of(["A", "A", "B"], {"zip5": ["80401", "80401", "80402"]})
        >>> few.patients, few.providers
        (3.0, ('A', 'B'))
        """
        hospital = encoded(provider)
        if hospital.gaps or not len(hospital.codes):
            raise UsageError("every row needs a hospital, and there must be a row")
        columns = {name: encoded(column) for name, column in groups.items()}
        if "zip5" in columns and "zip3" not in columns:
            columns["zip3"] = columns["zip5"].mapped([level[:3] for level in columns["zip5"].levels])
        number = len(hospital.codes)
        counted = np.ones(number) if cases is None else np.asarray(cases, dtype=np.float64)
        systems, system_of = _owned(hospital, provider if system is None else system)
        return cls(
            "columns given",
            hospital.levels,
            systems,
            system_of,
            hospital.codes,
            columns,
            counted,
            None if weight is None else np.asarray(weight, dtype=np.float64) * counted,
        )

    @property
    def patients(self) -> float:
        """Patients in all."""
        return float(self.cases.sum())

    @property
    def by_provider(self) -> Floats:
        """Patients of each hospital."""
        return added(self.provider, self.cases, len(self.providers))

    @property
    def by_system(self) -> Floats:
        """Patients of each system."""
        return added(self.system_of, self.by_provider, len(self.systems))

    def living_in(self, begins: Sequence[str]) -> Discharges:
        """Only patients whose ZIP code begins in one of these ways, with the hospitals they went to.

        Raises:
            SelectionError: nobody lives there.
        """
        places = self.groups["zip5"]
        chosen = np.array([*(level.startswith(tuple(begins)) for level in places.levels), False])
        rows = chosen[places.codes]
        if not rows.any():
            raise SelectionError(f"no patient's ZIP code begins with {' or '.join(begins)}; give its first digits")
        seen = np.unique(self.provider[rows])
        owners_seen, system_of = np.unique(self.system_of[seen], return_inverse=True)
        return replace(
            self,
            source=f"{self.source}; of these, patients in ZIP codes {', '.join(f'{one}…' for one in begins)}",
            providers=tuple(self.providers[n] for n in seen),
            systems=tuple(self.systems[n] for n in owners_seen),
            system_of=system_of.astype(np.int64),
            provider=np.searchsorted(seen, self.provider[rows]),
            groups={name: column.taken(rows) for name, column in self.groups.items()},
            cases=self.cases[rows],
            weight=None if self.weight is None else self.weight[rows],
        )

    def system(self, name: str) -> int:
        """The number of a system by its name, or part of it; a hospital's name stands for its system.

        Raises:
            SelectionError: no system, or more than one, is meant.
        """
        for exact in (True, False):
            hits = {n for n, said in enumerate(self.systems) if _meant(name, said, exact=exact)}
            hits = hits or {
                int(self.system_of[n]) for n, s in enumerate(self.providers) if _meant(name, s, exact=exact)
            }
            if len(hits) == 1:
                return hits.pop()
        known = suggest(name, [*self.systems, *self.providers])
        raise SelectionError(f"'{name}' is no one system or hospital of these discharges; {known}")

    def merged(self, names: Sequence[str]) -> tuple[Discharges, int]:
        """The same with some systems under one owner, and the number of that owner.

        Raises:
            SelectionError: a name is not known.
            UsageError: the names mean one system only.
        """
        parts = list(dict.fromkeys(self.system(name) for name in names))
        if len(parts) < 2:
            raise UsageError(f"a merger takes two systems; {', '.join(names)} is one")
        moved = np.arange(len(self.systems))
        moved[parts] = parts[0]
        systems = list(self.systems)
        systems[parts[0]] = " + ".join(self.systems[part] for part in parts)
        return replace(self, systems=tuple(systems), system_of=moved[self.system_of]), parts[0]


def _meant(name: str, said: str, *, exact: bool) -> bool:
    return said.casefold() == name.casefold() if exact else name.casefold() in said.casefold()


def _owned(hospital: Codes, system: Any) -> tuple[tuple[str, ...], Ints]:
    """The systems, and the system of each hospital; read off one row of each where that row names it."""
    first = np.zeros(len(hospital.levels), dtype=np.int64)
    first[hospital.codes[::-1]] = np.arange(len(hospital.codes) - 1, -1, -1)
    column = as_arrow(system)
    one = encoded(column.take(pa.array(first)))
    if one.gaps:
        return owners(hospital, encoded(column))
    return owners(Codes(np.arange(len(first)), hospital.levels), one)


def owners(hospital: Codes, owner: Codes) -> tuple[tuple[str, ...], Ints]:
    """The systems, and the system of each hospital: that of its first row which names one, else the hospital itself."""
    named = np.flatnonzero(owner.codes >= 0)
    first = np.full(len(hospital.levels), -1, dtype=np.int64)
    first[hospital.codes[named][::-1]] = owner.codes[named][::-1]
    said = [owner.levels[code] if code >= 0 else hospital.levels[place] for place, code in enumerate(first)]
    systems = tuple(dict.fromkeys(said))
    number = {system: place for place, system in enumerate(systems)}
    return systems, np.array([number[system] for system in said], dtype=np.int64)
