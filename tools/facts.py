"""Make the fact table that comes with the package: a few codes of public releases, without any description.

    python tools/facts.py LIBRARY

LIBRARY is a library of whole releases (``evenhand schedules load FILE…``). Codes are those of the examples, of the demo
and of the published examples in ``tests/schedules/truth``; tables of localities, factors and DRGs are taken whole.
"""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from evenhand.schedules.library import Library, Release
from evenhand.schedules.library.library import FACTS

ROOT = Path(__file__).parent.parent
_CODE = re.compile(r"\b(?:\d{5}|[A-Z]\d{4}|\d{4}T)\b")
#: The day releases are in force on, or nearest to; and their kinds.
DAY = date(2025, 10, 1)
KINDS = (
    "pfs-rvu", "pfs-gpci", "pfs-counties", "pfs-zip", "pfs-amounts", "anesthesia-factors", "anesthesia-units",
    "opps-rates", "asc-procedures", "asc-ancillaries", "clfs-rates", "ipps-drg",
)  # fmt: skip
#: ZIP codes of the demo and of the manual, and of states with one locality.
ZIPS = ("35203", "80202", "80203", "80401", "94105", "90012", "97201", "73301", "10001")
#: Localities amounts are kept of, where a table lists each code for each of them.
CARRIERS = ("10112", "01112", "04112")
#: Tables larger than this are cut to the codes.
WHOLE = 1_000


def main() -> None:
    """Write one release of each kind, cut to the codes, as text."""
    library = Library.open(sys.argv[1])
    shutil.rmtree(FACTS, ignore_errors=True)
    printed = [library.table(one)["code"].unique().to_pylist() for one in library.of_kind("pfs-amounts")]
    codes = sorted({*_codes(), *(code for codes in printed for code in codes)})
    for kind in KINDS:
        release = library.nearest(kind, DAY)
        assert release is not None, f"the library has no {kind}"
        _write(release, _cut(library.table(release), release, codes))


def _codes() -> list[str]:
    folders = ("examples", "src/evenhand/demo", "tests/schedules/truth")
    files = [
        file for folder in folders for file in (ROOT / folder).rglob("*") if file.suffix in (".csv", ".yaml", ".py")
    ]
    return sorted({code for file in files for code in _CODE.findall(file.read_text(encoding="utf-8"))})


def _cut(table: pa.Table, release: Release, codes: list[str]) -> pa.Table:
    if table.num_rows <= WHOLE and "code" not in table.column_names:
        return table
    if release.kind_name == "pfs-amounts":
        return table
    for column, kept in (("code", codes), ("zip", list(ZIPS)), ("carrier", list(CARRIERS))):
        if column in table.column_names and (column != "carrier" or "code" in table.column_names):
            table = table.filter(pc.is_in(table[column], pa.array(kept)))
    return table


def _write(release: Release, table: pa.Table) -> None:
    home = FACTS / "releases" / release.id
    home.mkdir(parents=True)
    pcsv.write_csv(table, home / "table.csv", pcsv.WriteOptions(quoting_style="needed"))
    cut = table.num_rows < release.rows
    fact = replace(release, rows=table.num_rows, part=cut, file=f"CMS, {release.file.split('/')[-1]}")
    (home / "release.json").write_text(fact.to_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
