"""The DRG table of a fiscal year: weight, mean stay and transfer policy of each (Table 5 of the final rule)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.errors import Log
from evenhand.schedules.ipps.columns import Cells, Column, read_table, refuse

_COLUMNS = (
    Column("drg", ("ms drg", "msdrg"), needed=True),
    Column("weight", ("weights", "relative weight", "relative weights"), needed=True),
    Column("gmlos", ("geometric mean los", "geometric mean length of stay"), needed=True),
    Column("amlos", ("arithmetic mean los", "arithmetic mean length of stay")),
    Column("post_acute", (r"post acute transfer", r"(fy \d{4} )?(final rule |final |proposed )?post acute drg")),
    Column("effective_date", ("effective", "effective from")),
    Column("special_pay", ("special pay transfer", r"(fy \d{4} )?(final rule |final |proposed )?special pay drg")),
)
_DRG = re.compile(r"\d{1,3}", re.ASCII)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?\d{2}", re.ASCII)
#: Weights of the DRGs no claim is paid by (998, 999), as tables write them.
_NONE = re.compile(r"|\.|\*|n/a|0(\.0*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drg:
    """One MS-DRG of a fiscal year.

    Attributes:
        drg: Three digits.
        weight: Relative weight (4 decimals).
        gmlos: Geometric mean length of stay in days (1 decimal); 0 where there is none.
        post_acute: Whether a discharge to post-acute care is paid as a transfer.
        special_pay: Whether such a transfer is paid half of the DRG at once.
        amlos: Arithmetic mean length of stay in days; nothing is paid by it.
    """

    drg: str
    weight: Decimal
    gmlos: Decimal
    post_acute: bool = False
    special_pay: bool = False
    amlos: Decimal = Decimal(0)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Drg:
        """The DRG of a row of a library's table of weights that has one."""
        flags = bool(row["post_acute"]), bool(row["special_pay"])
        return cls(row["drg"], row["weight"], row["gmlos"] or Decimal(0), *flags)


def read_drgs(path: Path, year: int | None = None) -> list[Drg]:
    """The DRGs of a CSV or Excel table, columns by their headings: our own, or those of CMS's Table 5.

    DRGs without a weight, which no claim is paid by, are left out.

    Args:
        path: The file.
        year: The fiscal year it should be of; looked at where the table has a column ``effective_date``.

    Raises:
        ReadError: A cell cannot be used, a DRG stands there twice, or the table is of another year; the message tells
            all that is wrong.
    """
    rows, log = read_table(path, _COLUMNS)
    paid = [cells for cells in rows if not _NONE.fullmatch(cells.text("weight"))]
    for cells in paid:
        _check_year(cells, year)
    drgs = [_drg(cells) for cells in paid]
    refuse(log)
    _check_once(drgs, log)
    return drgs


def _drg(cells: Cells) -> Drg:
    text = cells.text("drg")
    if not _DRG.fullmatch(text):
        cells.log.error(cells.line, f"drg: '{text}' is not the number of an MS-DRG")
    post_acute, special_pay = cells.flag("post_acute", False), cells.flag("special_pay", False)
    if special_pay and not post_acute:
        cells.log.error(cells.line, f"DRG {text} has special pay without being a post-acute transfer DRG")
    return Drg(
        drg=text.zfill(3),
        weight=cells.number("weight", "0", "99.9999", 4),
        gmlos=cells.number("gmlos", "0", "99.9", 1, "0"),
        post_acute=post_acute,
        special_pay=special_pay,
        amlos=cells.number("amlos", "0", "999.9", 1, "0"),
    )


def _check_year(cells: Cells, year: int | None) -> None:
    day = _DAY.fullmatch(cells.text("effective_date"))
    if day is None or year is None:
        return
    found = int(day[1]) + (int(day[2]) >= 10)  # a fiscal year begins on 1 October of the year before
    if found != year:
        cells.log.error(cells.line, f"the weight is of fiscal year {found}, not {year}", f"give the table of {year}")


def _check_once(drgs: Sequence[Drg], log: Log) -> None:
    seen: set[str] = set()
    for one in drgs:
        if one.drg in seen:
            log.error(None, f"DRG {one.drg} stands here twice", "keep one row for each DRG")
        seen.add(one.drg)
    refuse(log)
