"""Where a service is paid."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from evenhand.errors import Log, SelectionError
from evenhand.schedules import Library, load
from evenhand.schedules.pfs.locality import NATIONAL, Locality, read_locality
from evenhand.schedules.pfs.physician import Physician
from evenhand.schedules.tables.reading import read_published

DAY = date(2025, 10, 1)


@pytest.mark.parametrize(
    ("said", "locality"),
    [
        ("10112-00", Locality("10112", "00")),
        ("1011200", Locality("10112", "00")),
        ("35203", Locality("10112", "00")),
        ("94105-1234", Locality("01112", "05")),
        (" National ", NATIONAL),
    ],
)
def test_said(facts: Library, said: str, locality: Locality) -> None:
    """By number, by ZIP code, or the nation."""
    assert read_locality(said, facts, DAY) == locality


@pytest.mark.parametrize(
    ("said", "words"), [("Alabama", "no locality"), ("00001", "is not in pfs-zip"), ("", "no locality")]
)
def test_not_known(facts: Library, said: str, words: str) -> None:
    """What is no locality is said."""
    with pytest.raises(SelectionError, match=words):
        read_locality(said, facts, DAY)


def test_localities_of_california_under_either_contractor(facts: Library) -> None:
    """Two contractors serve California: the caps name a locality under one, the factors under the other."""
    for number in ("17", "18", "05"):
        under = {str(Physician(facts, Locality(one, number)).formula_on(DAY)[1].gpci) for one in ("01112", "01182")}
        assert len(under) == 1


def test_a_locality_that_is_none(facts: Library) -> None:
    """A locality the file lacks has no factors, and no price."""
    with pytest.raises(SelectionError, match="locality 99999-99 is not in"):
        Physician(facts, Locality("99999", "99")).formula_on(DAY)


def test_zip_codes_of_several_localities(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where five digits lie in several localities all nine are needed, and the table of nine."""
    folder = tmp_path_factory.mktemp("zips")
    five = "CA900010118218 Z9   1 A".ljust(75) + "20254\n"
    nine = "CA900010118217".ljust(20) + "1" + "0001" + " " * 50 + "20254\n"
    (folder / "ZIP5_OCT2025.txt").write_text(five, encoding="ascii")
    library = Library.create(folder / "library")
    report = load(library, [folder / "ZIP5_OCT2025.txt"], part=True)
    assert [one.kind_name for one in report.taken] == ["pfs-zip"], report.problems
    with pytest.raises(SelectionError, match="write all nine digits"):
        read_locality("90001", library, DAY)
    with pytest.raises(SelectionError, match="load CMS's zip9 file"):
        read_locality("90001-0001", library, DAY)
    (folder / "ZIP9_OCT2025.txt").write_text(nine, encoding="ascii")
    report = load(library, [folder / "ZIP9_OCT2025.txt"], part=True)
    assert [one.kind_name for one in report.taken] == ["pfs-zip9"], report.problems
    assert read_locality("90001-0001", library, DAY) == Locality("01182", "17")
    with pytest.raises(SelectionError, match="90001-9999 is not in"):
        read_locality("90001-9999", library, DAY)


def test_nothing_is_dropped_from_the_real_file(published: Library) -> None:
    """42,956 ZIP codes, each with a contractor and a locality."""
    (release,) = published.of_kind("pfs-zip")
    table: pa.Table = published.table(release)
    assert table.num_rows == 42956
    assert table["carrier"].null_count == table["locality"].null_count == 0


def test_a_file_cut_off_is_refused() -> None:
    """A file of ZIP codes that ends in the middle of a line, or has too few, gives nothing."""
    log = Log("ZIP5_OCT2025.txt")
    line = "AK995010210201 Z9   0 A".ljust(75) + "20254\n"
    assert read_published("ZIP5_OCT2025.txt", (line + line[:40]).encode(), log) == []
    assert log.failed
