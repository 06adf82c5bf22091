"""What changes each fiscal year: the national rates, the labor shares, the capital rate, the fixed loss.

One CSV file a year, with where each figure is from and how sure it is: ``verified`` (against payments CMS's own pricer
worked out), ``stated`` (read in CMS's publication) or ``from memory``. A fiscal year begins on 1 October of the year
before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from evenhand.errors import PricingError
from evenhand.schedules.ipps.columns import Cells, Column, read_table, refuse

_NAME = re.compile(r"fy(\d{4})\.csv", re.IGNORECASE)
_FLAGS = ("quality", "ehr_reduction", "wage_index_above_1")
_COLUMNS = (
    Column("constant", needed=True),
    *map(Column, _FLAGS),
    Column("value", needed=True),
    Column("sure", needed=True),
    Column("source", needed=True),
)
#: Constant → the flags it depends on. All their combinations must be there.
_CONSTANTS = {
    "labor amount": _FLAGS,
    "nonlabor amount": _FLAGS,
    "labor share": ("wage_index_above_1",),
    "capital rate": (),
    "fixed loss": (),
}
_SURE = ("verified", "stated", "from memory")

Key = tuple[str, tuple[bool, ...]]


@dataclass(frozen=True, slots=True)
class Constant:
    """One figure of a year: dollars, or a share; how sure it is; where it is from."""

    value: Decimal
    sure: str
    source: str


@dataclass(frozen=True, slots=True)
class Year:
    """The constants of one fiscal year."""

    year: int
    constants: Mapping[Key, Constant]

    def labor_amount(self, *, quality: bool, ehr_reduction: bool, above_1: bool) -> Decimal:
        """The part of the national amount that the wage index moves, in dollars."""
        return self._value("labor amount", quality, ehr_reduction, above_1)

    def nonlabor_amount(self, *, quality: bool, ehr_reduction: bool, above_1: bool) -> Decimal:
        """The part of the national amount that the wage index does not move, in dollars."""
        return self._value("nonlabor amount", quality, ehr_reduction, above_1)

    def labor_share(self, *, above_1: bool) -> Decimal:
        """The share of the fixed loss that the wage index moves."""
        return self._value("labor share", above_1)

    @property
    def capital_rate(self) -> Decimal:
        """The capital standard federal rate, in dollars."""
        return self._value("capital rate")

    @property
    def fixed_loss(self) -> Decimal:
        """The loss beyond its payment that a hospital bears itself before an outlier is paid, in dollars."""
        return self._value("fixed loss")

    @property
    def sure(self) -> str:
        """How sure the least sure figure is."""
        return max((one.sure for one in self.constants.values()), key=_SURE.index)

    def _value(self, name: str, *flags: bool) -> Decimal:
        return self.constants[name, flags].value


@cache
def known_years() -> tuple[int, ...]:
    """The fiscal years whose constants come with this package."""
    names = (entry.name for entry in (files(__package__) / "years").iterdir())
    return tuple(sorted(int(found[1]) for name in names if (found := _NAME.fullmatch(name))))


def constants_of(year: int | Path) -> Year:
    """The constants of a fiscal year, or those of a file laid out like the ones of this package.

    Raises:
        PricingError: Nothing is known of the year, or the file's name does not say which year it is (``fy2020.csv``).
        ReadError: The file cannot be read, or a figure is missing from it.
    """
    if isinstance(year, Path):
        return _read(year)
    if year not in known_years():
        here = ", ".join(map(str, known_years()))
        raise PricingError(
            f"there are no inpatient constants for fiscal year {year}, only for {here}; "
            f"give a file fy{year}.csv with the same columns as theirs"
        )
    with as_file(files(__package__) / "years" / f"fy{year}.csv") as path:
        return _read(path)


def _read(path: Path) -> Year:
    named = _NAME.fullmatch(path.name)
    if named is None:
        raise PricingError(f"{path}: the name does not say the fiscal year; call the file fy2020.csv, for instance")
    rows, log = read_table(path, _COLUMNS)
    constants: dict[Key, Constant] = {}
    for cells in rows:
        key = _key(cells)
        if key in constants:
            log.error(cells.line, f"{key[0]} stands here twice")
        constants[key] = _constant(cells)
    for key in _all_keys():
        if key not in constants:
            flags = ", ".join(
                f"{flag} {'yes' if on else 'no'}" for flag, on in zip(_CONSTANTS[key[0]], key[1], strict=True)
            )
            log.error(None, f"{key[0]}{f' ({flags})' if flags else ''} is missing")
    refuse(log)
    return Year(int(named[1]), constants)


def _key(cells: Cells) -> Key:
    name = cells.choice("constant", {name: name for name in _CONSTANTS})
    return name, tuple(cells.flag(flag, False) for flag in _CONSTANTS.get(name, ()))


def _constant(cells: Cells) -> Constant:
    sure = cells.choice("sure", {each: each for each in _SURE})
    share = cells.text("constant") == "labor share"
    value = cells.number("value", "0.01", "1" if share else "1000000", 4 if share else 2)
    return Constant(value, sure, cells.text("source"))


def _all_keys() -> list[Key]:
    keys: list[Key] = []
    for name, flags in _CONSTANTS.items():
        keys += [(name, tuple(bool(at >> bit & 1) for bit in range(len(flags)))) for at in range(2 ** len(flags))]
    return keys
