"""The library of releases: taken in once, whole or not at all, and found by kind and day."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from evenhand.errors import ReadError, SelectionError
from evenhand.schedules import Library, Release, load


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library that is still to be made."""
    return Library.create(tmp_path / "library")


def names(library: Library) -> list[str]:
    """Its releases as another process would see them."""
    return [one.id for one in Library(library.path).releases]


def zipped(**members: bytes) -> bytes:
    """An archive; a double underscore stands for the point in a member's name."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return into.getvalue()


def test_a_file_is_taken_once_and_known_the_second_time(library: Library, tables: Any) -> None:
    first = load(library, [tables.gpci()], part=True)
    again = load(library, [tables.gpci("sub/GPCI2025.csv")], part=True)
    (taken,), (known,) = first.taken, again.known
    assert (taken.kind_name, taken.rows, taken.first_day, taken.last_day, taken.part) == (
        "pfs-gpci", 2, date(2025, 1, 1), date(2025, 12, 31), True,
    )  # fmt: skip
    assert (first.known, again.taken, known.id) == ([], [], taken.id)
    assert names(library) == [taken.id]


def test_a_folder_and_archives_within_archives(library: Library, tables: Any) -> None:
    inner = zipped(PPRRVU2025_Oct__csv=tables.rvu().read_bytes(), notes__pdf=b"%PDF")
    tables.folder.joinpath("rvu25d.zip").write_bytes(zipped(inner__zip=inner))
    tables.folder.joinpath("PPRRVU2025_Oct.csv").unlink()
    tables.gpci()
    report = load(library, [tables.folder], part=True)
    assert [(one.kind_name, one.file) for one in report.taken] == [
        ("pfs-gpci", "files/GPCI2025.csv"),
        ("pfs-rvu", "files/rvu25d.zip/inner.zip/PPRRVU2025_Oct.csv"),
    ]
    assert [name for name, _ in report.passed_over] == ["files/rvu25d.zip/inner.zip/notes.pdf"]
    assert report.taken[1].dropped == ("DESCRIPTION",)
    assert "Descr" not in str(library.table(report.taken[1]).to_pylist())


def test_a_dry_run_takes_nothing_and_makes_no_folder(library: Library, tables: Any) -> None:
    report = load(library, [tables.gpci()], part=True, dry_run=True)
    assert len(report.taken) == 1
    assert not library.path.exists()


def test_fewer_rows_than_a_whole_release_are_refused_unless_called_a_part(library: Library, tables: Any) -> None:
    report = load(library, [tables.gpci()])
    assert report.failed
    assert "2 rows of geographic practice cost indices; a whole release has at least 100" in str(report.problems[0])
    assert not library.path.exists()


def test_a_table_something_is_wrong_with_is_refused_and_the_others_are_taken(library: Library, tables: Any) -> None:
    bad = tables.gpci("GPCI2025.csv", pe="x.y")
    report = load(library, [bad, tables.zips()], part=True)
    assert [one.kind_name for one in report.taken] == ["pfs-zip"]
    assert [(problem.file, problem.line) for problem in report.problems] == [("files/GPCI2025.csv", 3)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing.csv", None, "there is no such file"),
        ("broken.zip", b"PK\x03\x04nothing more", "this archive cannot be opened"),
    ],
)
def test_what_cannot_be_opened(library: Library, tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError, match=said):
        load(library, [tmp_path / name])
    assert not library.path.exists()


def test_a_release_is_removed(library: Library, tables: Any) -> None:
    (release,) = load(library, [tables.gpci()], part=True).taken
    library.remove(release)
    assert (names(library), list((library.path / "releases").iterdir())) == ([], [])
    assert load(library, [tables.gpci()], part=True).taken


@pytest.mark.parametrize("moment", ["pyarrow.parquet.write_table", "pathlib.Path.write_text", "os.rename"])
def test_a_load_that_fails_half_way_leaves_nothing(
    library: Library, tables: Any, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    file = tables.gpci()

    def fail(*_all: Any, **_more: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(moment, fail)
        with pytest.raises(OSError, match="No space left"):
            load(library, [file], part=True)
    assert (names(library), list((library.path / "releases").iterdir())) == ([], [])
    assert len(load(library, [file], part=True).taken) == 1


KILLED = """
import os, sys
from pathlib import Path
from evenhand.schedules import Library, load
os.rename = lambda *_all: os._exit(9)
load(Library.create(Path(sys.argv[1])), [Path(sys.argv[2])], part=True)
"""


def test_a_load_that_is_killed_is_not_seen_and_is_cleared_away_in_time(library: Library, tables: Any) -> None:
    file = tables.gpci()
    done = subprocess.run([sys.executable, "-c", KILLED, str(library.path), str(file)], check=False)
    assert done.returncode == 9
    (left,) = (library.path / "releases").iterdir()
    assert (left / "release.json").exists()
    assert names(library) == []
    load(library, [file], part=True)
    assert left.exists()  # its process might still be at work
    long_ago = (left.stat().st_mtime - timedelta(days=2).total_seconds(),) * 2
    os.utime(left, long_ago)
    load(library, [tables.zips()], part=True)
    assert not left.exists()
    assert len(names(library)) == 2


TOGETHER = """
import os, sys, time
from pathlib import Path
from evenhand.schedules import Library, load
rename, here, meeting = os.rename, sys.argv[3], Path(sys.argv[4])
def met(*paths):  # both have read the library and written their rows before either moves them into place
    (meeting / here).touch()
    for _ in range(1200):
        if len(list(meeting.iterdir())) == 2:
            break
        time.sleep(0.05)
    rename(*paths)
os.rename = met
report = load(Library.create(Path(sys.argv[1])), [Path(sys.argv[2])], part=True)
print(len(report.taken), len(report.known))
"""


def test_two_processes_that_load_the_same_file_at_once_take_it_once(
    library: Library, tables: Any, tmp_path: Path
) -> None:
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    words = [sys.executable, "-c", TOGETHER, str(library.path), str(tables.gpci())]
    both = [
        subprocess.Popen([*words, name, str(meeting)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    said = [process.communicate(timeout=90) for process in both]
    assert sorted(out for out, _ in said) == ["0 1\n", "1 0\n"], said
    assert len(names(library)) == 1
    assert len(list((library.path / "releases").iterdir())) == 1


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{", "Expecting property name"),
        ("[]", "list indices must be"),
        ("{}", "it does not say 'kind_name'"),
        ('{"kind_name": "pfs-from-tomorrow"}', "this version knows no tables of the kind 'pfs-from-tomorrow'"),
        ('{"kind_name": "pfs-gpci", "first_day": "soon"}', "Invalid isoformat string: 'soon'"),
        ("\xff", "can't decode"),
    ],
)
def test_a_release_whose_own_file_is_broken_says_which_and_what_to_do(
    library: Library, tables: Any, broken: str, said: str
) -> None:
    (release,) = load(library, [tables.gpci()], part=True).taken
    (library.path / "releases" / release.id / "release.json").write_bytes(broken.encode("latin-1"))
    with pytest.raises(ReadError) as refused:
        _ = Library(library.path).releases
    assert f"{release.id}/release.json" in str(refused.value)
    assert said in str(refused.value)
    assert "remove its folder, load it again" in str(refused.value)


@pytest.mark.parametrize("content", [None, b"", b"PAR1 but not really PAR1"])
def test_a_release_whose_rows_are_broken_says_which_and_what_to_do(
    library: Library, tables: Any, content: bytes | None
) -> None:
    (release,) = load(library, [tables.gpci()], part=True).taken
    file = library.path / "releases" / release.id / "table.parquet"
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ReadError, match=r"the release cannot be read: .*; remove it .* and load it again") as refused:
        library.table(release)
    assert "\n" not in str(refused.value)


def test_a_release_that_lost_rows_is_refused(library: Library, tables: Any) -> None:
    (release,) = load(library, [tables.gpci()], part=True).taken
    file = library.path / "releases" / release.id / "table.parquet"
    pq.write_table(pq.read_table(file).slice(0, 1), file)
    with pytest.raises(ReadError, match="the release has 1 rows, and 2 were loaded"):
        library.table(release)


def test_the_release_in_force_is_the_one_that_began_last(library: Library, tables: Any) -> None:
    load(library, [tables.rvu("PPRRVU2025_Jul.csv", month="July"), tables.rvu(work="1.40")], part=True)
    july, october = library.of_kind("pfs-rvu")
    assert (july.first_day, october.first_day) == (date(2025, 7, 1), date(2025, 10, 1))
    for day, expected in (
        (date(2025, 6, 30), None),
        (date(2025, 7, 1), july),
        (date(2025, 9, 30), july),
        (date(2025, 10, 1), october),
        (date(2025, 12, 31), october),
        (date(2026, 1, 1), None),
    ):
        assert library.in_force("pfs-rvu", day) == expected


def test_of_two_releases_of_the_same_days_the_one_loaded_last_is_in_force(library: Library, tables: Any) -> None:
    (first,) = load(library, [tables.rvu()], part=True).taken
    (second,) = load(library, [tables.rvu("updated/PPRRVU2025_Oct.csv", work="1.40")], part=True).taken
    assert first.id != second.id
    assert library.in_force("pfs-rvu", date(2025, 11, 1)) == second


def test_the_beginning_of_a_name_is_enough_where_it_is_the_only_one(library: Library, tables: Any) -> None:
    load(library, [tables.gpci(), tables.gpci("GPCI2024.csv", year=2024), tables.zips()], part=True)
    assert library.release("pfs-z").kind_name == "pfs-zip"
    assert library.release("pfs-gpci-2024").first_day == date(2024, 1, 1)
    with pytest.raises(SelectionError, match="2 releases begin with 'pfs-g'"):
        library.release("pfs-g")
    with pytest.raises(SelectionError, match="there is no release 'asc'"):
        library.release("asc")


def test_a_whole_name_is_that_release_though_another_begins_with_it(library: Library, tables: Any) -> None:
    (release,) = load(library, [tables.gpci()], part=True).taken
    longer = replace(release, id=f"{release.id}0")
    shutil.copytree(library.path / "releases" / release.id, library.path / "releases" / longer.id)
    (library.path / "releases" / longer.id / "release.json").write_text(longer.to_json())
    assert Library(library.path).release(release.id) == release


def test_where_there_is_no_library_the_fact_table_of_the_package_is_read_and_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EVENHAND_SCHEDULES", raising=False)
    monkeypatch.chdir(tmp_path)
    library = Library.open()
    assert library.built_in
    assert len(library.releases) > 0
    for release in library.releases:
        assert library.table(release).num_rows == release.rows
    with pytest.raises(SelectionError, match="the fact table comes with the package"):
        library.remove(library.releases[0])
    (tmp_path / "schedules").mkdir()  # a folder of that name that holds something else
    assert Library.open().built_in


def test_the_library_is_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tables: Any) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(tmp_path / "mine"))
    with pytest.raises(ReadError, match="there is no library of schedules here"):
        Library.open()
    load(Library.create(), [tables.gpci()], part=True)
    assert Library.open().path == tmp_path / "mine"
    assert len(Library.open().releases) == 1
    with pytest.raises(ReadError, match="there is no library of schedules here"):
        Library.open(tables.folder)


def test_a_release_says_itself_whole(library: Library, tables: Any) -> None:
    (release,) = load(library, [tables.rvu()], part=True).taken
    assert Release.from_json(release.to_json()) == release
    assert json.loads(release.to_json())["dropped"] == ["DESCRIPTION"]
