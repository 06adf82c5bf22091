"""A file cut off, corrupted, reordered or renamed is refused, or gives no row that the file did not have.

What cannot be noticed is a change to a cell that nothing else in its file repeats: at most that one cell differs, as
the page on files of fee schedules says. Cells that others bear out differ by no more than their rounding.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.errors import Log
from evenhand.schedules.tables.reading import PublishedTable

Reader = Callable[..., tuple[list[PublishedTable], Log]]
Row = dict[str, Any]
_PLAIN: dict[int, tuple[list[Row], Any]] = {}
#: A night's run takes more: EVENHAND_EXAMPLES=500.
EXAMPLES = int(os.environ.get("EVENHAND_EXAMPLES", "10"))
SLOW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_TOTALS = {
    name: Decimal(0)
    for name in (
        "work", "pe_office", "pe_facility", "mp", "total_office", "total_facility", "pre", "intra", "post",
        "conversion_factor", "opps_pe_office", "opps_pe_facility",
    )
}  # fmt: skip
_WEIGHED = {"rate": Decimal("0.08"), "weight": Decimal("0.0004"), "least_copay": Decimal("0.02")}
_SHARED = {"rate": Decimal("0.2"), "share": Decimal("0.0001"), "offset": Decimal("0.08")}
#: By kind: how far a changed cell may be off what the file had, where other cells bear it out.
BORNE_OUT: dict[str, dict[str, Decimal]] = {
    "pfs-rvu": _TOTALS,
    "pfs-oppscap": {"facility": Decimal(0), "office": Decimal(0)},
    "opps-apc": _WEIGHED,
    "opps-rates": _WEIGHED,
    "opps-members": _WEIGHED,
    "asc-procedures": _WEIGHED,
    "asc-ancillaries": _WEIGHED,
    "opps-devices": _SHARED,
    "asc-offsets": _SHARED,
}


def rows_of(read: Reader, name: str, content: bytes) -> tuple[list[Row] | None, Any]:
    """The rows and period of a file that is taken; ``None`` where it is refused."""
    found, log = read(name, content)
    if log.failed or not found:
        assert log.failed or not any(problem.severity == "error" for problem in log.problems)
        return None, None
    assert len(found) == 1
    return found[0].table.to_pylist(), (found[0].kind.name, found[0].period)


def plain(sample: Any, read: Reader) -> tuple[list[Row], Any]:
    """The rows and period of a sample as it is."""
    if id(sample) not in _PLAIN:
        rows, said = rows_of(read, *sample.csv())
        assert rows is not None
        _PLAIN[id(sample)] = rows, said
    return _PLAIN[id(sample)]


def changed(row: Row, originals: list[Row]) -> list[str]:
    """The columns in which a row differs from the original it is most like."""
    return min(([name for name in row if row[name] != one[name]] for one in originals), key=len)


def assert_nothing_invented(sample: Any, read: Reader, name: str, content: bytes, *, cells: int) -> None:
    """Every row that is taken is the original's, but for at most so many cells that nothing bears out."""
    originals, said = plain(sample, read)
    rows, now = rows_of(read, name, content)
    if rows is None:
        return
    if now != said:
        # a year changed in the words is believed; where the file's name has one, a warning tells
        assert now[0] == said[0], "another kind"
    tolerated = BORNE_OUT.get(sample.kind, {})
    for row in (row for row in rows if row not in originals):
        names = changed(row, originals)
        assert len(names) <= cells, row
        for column in set(names) & tolerated.keys():
            near = [abs(row[column] - one[column]) for one in originals if not {*names} - {*differing(row, one)}
                    and len(differing(row, one)) == len(names) and None not in (row[column], one[column])]  # fmt: skip
            assert near, f"{column} was lost"
            assert min(near) <= tolerated[column], row


def differing(row: Row, one: Row) -> list[str]:
    """The columns in which two rows differ."""
    return [name for name in row if row[name] != one[name]]


@pytest.mark.parametrize("form", ["csv", "tab", "utf16"])
@SLOW
@given(data=st.data())
def test_a_byte_changed_lost_or_doubled(sample: Any, form: str, read: Reader, data: st.DataObject) -> None:
    name, content = getattr(sample, form)()
    at = data.draw(st.integers(0, len(content) - 1))
    how = data.draw(st.sampled_from(["flip", "lose", "double", "other"]))
    put = {
        "flip": bytes([content[at] ^ (1 << data.draw(st.integers(0, 7)))]),
        "lose": b"",
        "double": content[at : at + 1] * 2,
        "other": data.draw(st.binary(min_size=1, max_size=1)),
    }[how]
    assert_nothing_invented(sample, read, name, content[:at] + put + content[at + 1 :], cells=_cells(sample))


def _cells(sample: Any) -> int:
    """Where columns become rows, nought that is no amount may become one: area and amount differ."""
    return 2 if sample.kind.startswith("dmepos") else 1


@SLOW
@given(data=st.data())
def test_a_file_cut_off_anywhere(sample: Any, read: Reader, data: st.DataObject) -> None:
    name, content = sample.csv()
    at = data.draw(st.integers(0, len(content) - 1))
    assert_nothing_invented(sample, read, name, content[:at], cells=0)


@SLOW
@given(data=st.data())
def test_a_stretch_of_a_file_lost_or_doubled(sample: Any, read: Reader, data: st.DataObject) -> None:
    name, content = sample.csv()
    first, last = sorted((data.draw(st.integers(0, len(content))), data.draw(st.integers(0, len(content)))))
    middle = content[first:last] * (2 if data.draw(st.booleans()) else 0)
    rows, _ = rows_of(read, name, content[:first] + middle + content[last:])
    originals, _ = plain(sample, read)
    # the ends of two rows may make one where the stretch was: nothing in a table tells that, but it is one at most
    mended = [row for row in rows or () if row not in originals]
    assert len({row[next(iter(row))] for row in mended}) <= 1


@settings(SLOW, max_examples=max(EXAMPLES // 2, 5))
@given(data=st.data())
def test_a_workbook_with_a_byte_changed_or_cut_off(sample: Any, read: Reader, data: st.DataObject) -> None:
    name, content = sample.xlsx()
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        broken = content[:at]
    else:
        broken = content[:at] + bytes([content[at] ^ (1 << data.draw(st.integers(0, 7)))]) + content[at + 1 :]
    assert_nothing_invented(sample, read, name, broken, cells=0)
