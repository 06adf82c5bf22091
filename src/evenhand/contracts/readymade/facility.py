"""What Medicare pays hospitals for outpatients, surgery centres and laboratories, as parts of the ready contract.

This is the *schedule view* of the outpatient system: rates by line, the discount of a second procedure, packaging by
status indicator, a comprehensive service that takes its claim. What the claims editor (IOCE) does beyond it, as
complexity adjustments, composites and ranks of comprehensive services among each other, is not done: of several
comprehensive services the one with the highest rate is paid.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files

from evenhand.schedules import Library, Release
from evenhand.schedules.coded import Coded

#: Code set → status indicators (Addendum D1) of its codes.
_SETS = {
    "comprehensive": ("J1",),
    "apart from comprehensive": ("F", "G", "H", "L", "U"),
    "surgery visits and services": ("S", "T", "V"),
    "outpatient surgery": ("T",),
    "always packaged": ("N",),
    "packaged with services": ("Q1",),
    "packaged with surgery": ("Q2",),
    "laboratory": ("Q4",),
    "paid by another schedule": ("A",),
    "any service": ("J1", "J2", "S", "T", "V", "Q1", "Q2", "Q3"),
}
#: Schedule → kind of its releases, in the order of their terms.
_KINDS = {
    "opps": "opps-rates",
    "asc": "asc-procedures",
    "clfs": "clfs-rates",
    "dmepos": "dmepos-fees",
    "asp": "asp-limits",
    "drugs": "opps-rates",
}


def facility_parts(
    library: Library, locality: str, day: date | None, wage_index: Decimal, inpatient: Mapping[date, str]
) -> dict[str, str]:
    """Schedules, code sets and terms for the schedules a library has; empty texts for those it lacks.

    Args:
        library: The library.
        locality: Contractor and locality, or ``national``; fees of equipment are those of a state, the nation has none.
        day: The day that is pinned: each schedule by its release in force then, else by the nearest of the year.
            Without it, each day by its own release.
        wage_index: Local wages against the nation's.
        inpatient: First day → name of the file of each fiscal year's amounts by DRG.
    """
    kinds = {name: kind for name, kind in _KINDS.items() if name != "dmepos" or locality != "national"}
    times = {name: time for name, kind in kinds.items() if (time := _time(library, kind, day))}
    moved = {"opps": f", wage_index: {wage_index}", "asc": f", wage_index: {wage_index}"}
    moved["dmepos"] = f', locality: "{locality}"'
    schedules = "".join(
        f"  medicare-{name}: {{medicare: {name}, {time}, sequestration: before{moved.get(name, '')}}}\n"
        for name, time in times.items()
    )
    if inpatient:
        schedules += f"  medicare-ipps: {_inpatient(inpatient, pinned=day is not None)}\n"
    names = (["ipps"] if inpatient else []) + list(times)
    folder = files("evenhand.contracts.readymade")
    terms = "".join((folder / f"terms-{name}.yaml").read_text(encoding="utf-8") for name in names)
    return {"schedules": schedules, "code_sets": _code_sets(library, day) if "opps" in times else "", "terms": terms}


def _inpatient(tables: Mapping[date, str], *, pinned: bool) -> str:
    if pinned:
        return next(iter(tables.values()))
    dated = ", ".join(f"{first}: {name}" for first, name in tables.items())
    return f"{{files: {{{dated}}}, rolling: yes}}"


def _time(library: Library, kind: str, day: date | None) -> str:
    """The keys that say which releases of a kind; empty where there are none."""
    release = _release(library, kind, day)
    if release is None or day is None:
        return "rolling: nearest" if release else ""
    quarter = day if day in release.period else release.first_day
    return f"year: {quarter.year}, quarter: {(quarter.month + 2) // 3}"


def _release(library: Library, kind: str, day: date | None) -> Release | None:
    """The release in force on the day that is pinned, else the nearest of its year; without a day the last one."""
    if day is not None:
        return library.nearest_of_year(kind, day)
    return next(reversed(library.of_kind(kind)), None)


def _code_sets(library: Library, day: date | None) -> str:
    """The codes of each status."""
    release = _release(library, "opps-rates", day)
    assert release is not None
    codes_of = Coded(library, "opps").codes_by_status(release)
    lines = ["code_sets:"]
    for name, statuses in _SETS.items():
        codes = ", ".join(f'"{code}"' for status in statuses for code in codes_of.get(status, ()))
        lines += [f"  {name}:", *textwrap.wrap(f"[{codes}]", 110, initial_indent="    ", subsequent_indent="     ")]
    return "\n".join(lines) + "\n"
