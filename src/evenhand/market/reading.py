"""Discharges from a file: one's own or a state's table, or CMS's Hospital Service Area File."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evenhand.errors import Problem, ReadError
from evenhand.market.discharges import Discharges, owners
from evenhand.market.keys import Codes, Floats
from evenhand.market.tables import Heading, Table, number, read_table

#: The columns of discharges that have a meaning here; any other may name patient groups.
HEADINGS = (
    Heading("provider id", ("hosp id", "hospital id", "medicare prov num", "ccn", "facility id", "npi")),
    Heading("provider", ("hospital", "hospital name", "provider name", "facility", "facility name")),
    Heading("system id", ("sys id", "owner id")),
    Heading("system", ("owner", "health system", "system name", "parent")),
    Heading(
        "zip", ("zip code", "zip5", "patient zip", "patient zip code", "zip cd of residence", "zipcode"), needed=True
    ),
    Heading("cases", ("total cases", "discharges", "patients", "count", "admissions")),
    Heading("weight", ("drg weight", "case weight", "relative weight")),
    Heading("drg", ("ms drg", "drg code", "apr drg", "diagnosis group")),
    Heading("age group", ("age band", "agegroup", "age category")),
    Heading("age"),
    Heading("service line", ("mdc", "product line")),
    Heading("sex", ("gender",)),
)
_SYSTEMS = (
    Heading("provider", ("provider id", "hospital", "medicare prov num", "ccn", "hosp id", "npi"), needed=True),
    Heading("system", ("owner", "health system", "system name", "parent"), needed=True),
    Heading("name", ("hospital name", "provider name", "facility name")),
)
_NOT_GROUPS = {"provider id", "provider", "system id", "system", "zip", "cases", "weight"}
_ZIP = re.compile(r"(\d{3,5})(?:\.0)?|(\d{5})-?\d{4}")
#: How publishers write a count they withhold.
_WITHHELD = {"*", "**", "<11", "< 11", "suppressed", "s"}


def read_discharges(path: Path | str, systems: Path | str | None = None) -> Discharges:
    """Discharges from a table, columns found by their headings.

    Needed are a hospital and the patient's ZIP code. ``systems`` names a table of hospitals and their systems, for
    files that do not say (CMS's service areas do not). Rows that cannot be used are left out and listed.

    Raises:
        ReadError: the file is no table, lacks a column that is needed, or has no good row.
    """
    table = read_table(path, HEADINGS, "a table of discharges")
    if not {"provider", "provider id"} & set(table.columns):
        headed = "'hospital', 'provider', 'hosp id' or 'MEDICARE_PROV_NUM'"
        raise ReadError(path, f"no column says which hospital ({headed})", "write that heading")
    hospital, owner = _hospitals(table), _owner(table, systems)
    zips = table.codes("zip")
    zip5 = zips.mapped([_zip5(level) for level in zips.levels])
    counts, withheld = _numbers(table, "cases", withheld=True)
    weights, _ = _numbers(table, "weight")
    reasons: list[tuple[npt.NDArray[np.bool_], Callable[[int], str], str]] = [
        (~hospital.known, lambda _: "no hospital stands in the row", "name it"),
        (
            ~zip5.known,
            lambda row: f"ZIP code '{_said(zips, row)}' is not five or nine digits",
            "give the patient's ZIP",
        ),
        (np.isnan(counts) & ~withheld, lambda _: "the number of cases is no number above zero", "give a count, or *"),
        (np.isnan(weights), lambda _: "the weight is no number above zero", "give the weight of one case"),
    ]
    bad, problems = _left_out(table, reasons)
    good = ~bad & ~withheld
    if not good.any():
        first = f": {problems[0]}" if problems else ""
        raise ReadError(path, f"none of its {len(table):,} rows can be used{first}", "mend the rows")
    names, system_of = owners(hospital.taken(good), owner.taken(good))
    return Discharges(
        source=_source(table, good, int(withheld[~bad].sum()), len(problems)),
        providers=hospital.levels,
        systems=names,
        system_of=system_of,
        provider=hospital.codes[good],
        groups=_groups(table, zip5, good),
        cases=counts[good],
        weight=(counts * weights)[good] if "weight" in table.columns else None,
        suppressed=int(withheld[~bad].sum()),
        problems=(*problems, *_moved(table, hospital, owner, good)),
    )


def _zip5(text: str) -> str | None:
    found = _ZIP.fullmatch(text)
    return (found[1] or found[2]).zfill(5) if found else None


def _said(column: Codes, row: int) -> str:
    return column.levels[column.codes[row]][:20] if column.codes[row] >= 0 else ""


def _hospitals(table: Table) -> Codes:
    """Hospitals by their number where there is one, shown by name."""
    return _named(table.codes("provider id"), table.codes("provider"))


def _named(numbered: Codes, named: Codes) -> Codes:
    """What has a number is told apart by it; a name that several numbers share is shown with the number."""
    if not numbered.levels:
        return named
    labels = _labels(numbered, named)
    shared = {name for name in labels if labels.count(name) > 1} if len(set(labels)) < len(labels) else set()
    pairs = zip(labels, numbered.levels, strict=True)
    return Codes(numbered.codes, tuple(f"{name} ({key})" if name in shared else name for name, key in pairs))


def _labels(numbered: Codes, named: Codes) -> list[str]:
    both = np.flatnonzero(numbered.known & named.known)
    first = np.full(len(numbered.levels), -1, dtype=np.int64)
    first[numbered.codes[both][::-1]] = named.codes[both][::-1]
    return [named.levels[code] if code >= 0 else numbered.levels[place] for place, code in enumerate(first)]


def _owner(table: Table, systems: Path | str | None) -> Codes:
    if systems is None:
        return _named(table.codes("system id"), table.codes("system"))
    listed = read_table(systems, _SYSTEMS, "a table of hospitals and their systems")
    owner = dict(zip(listed.texts("provider"), listed.texts("system"), strict=True))
    key = "provider id" if "provider id" in table.columns else "provider"
    hospital = table.codes(key)
    return hospital.mapped([owner.get(level) or None for level in hospital.levels])


def _numbers(table: Table, name: str, *, withheld: bool = False) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """A column of numbers above zero, NaN where there is none; ones without the column. And which rows are withheld."""
    none = np.zeros(len(table), dtype=np.bool_)
    if name not in table.columns:
        return np.ones(len(table)), none
    column = table.codes(name)
    values = [number(level) for level in column.levels]
    read = np.array([*(value if value and value > 0 else np.nan for value in values), np.nan])[column.codes]
    if not withheld:
        return read, none
    hidden = np.array([*(level.casefold() in _WITHHELD for level in column.levels), False])[column.codes]
    return read, hidden


def _left_out(
    table: Table, reasons: list[tuple[npt.NDArray[np.bool_], Callable[[int], str], str]]
) -> tuple[npt.NDArray[np.bool_], list[Problem]]:
    """Which rows are bad, and why, in the order of the lines: the first reason of each row."""
    bad = np.zeros(len(table), dtype=np.bool_)
    problems = list(table.problems)
    for wrong, says, right in reasons:
        for row in np.flatnonzero(wrong & ~bad):
            problems.append(Problem(table.path.name, int(table.lines[row]), says(int(row)), right))
        bad |= wrong
    return bad, sorted(problems, key=lambda one: one.line or 0)


def _moved(table: Table, hospital: Codes, owner: Codes, good: npt.NDArray[np.bool_]) -> list[Problem]:
    """A hospital that stands under two systems counts to the first; a person should know."""
    rows = np.flatnonzero(good & owner.known)
    first = np.full(len(hospital.levels), -1, dtype=np.int64)
    first[hospital.codes[rows][::-1]] = owner.codes[rows][::-1]
    other = rows[owner.codes[rows] != first[hospital.codes[rows]]]
    found = []
    for row in other[np.unique(hospital.codes[other], return_index=True)[1]]:
        place = int(hospital.codes[row])
        what = f"{hospital.levels[place]} stands under '{_said(owner, row)}' here"
        what += f" and under '{owner.levels[first[place]]}' above"
        found.append(Problem(table.path.name, int(table.lines[row]), what, "it counts to the first", "warning"))
    return found


def _groups(table: Table, zip5: Codes, good: npt.NDArray[np.bool_]) -> dict[str, Codes]:
    places = {"zip5": zip5, "zip3": zip5.mapped([level[:3] for level in zip5.levels])}
    named = {name: table.codes(name) for name in table.columns if name not in _NOT_GROUPS}
    return {name: column.taken(good) for name, column in (named | places).items()}


def _source(table: Table, good: npt.NDArray[np.bool_], withheld: int, left_out: int) -> str:
    said = f"{table.path.name}, {int(good.sum()):,} of {len(table):,} rows"
    said += f"; rows with a withheld count, in no figure: {withheld:,}" if withheld else ""
    return said + (f"; rows that cannot be used: {left_out:,}" if left_out else "")
