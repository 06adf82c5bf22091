"""`evenhand schedules` as a person types it: load, list, show, localities, diff, remove."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def rows(done: Any, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet of a command's ``--json``."""
    assert done.code == 0, done.err
    return list(json.loads(done.out)[sheet])


def test_load_says_what_became_of_each_file(shell: Any, tables: Any) -> None:
    tables.gpci()
    tables.write("notes.txt", "call them\n")
    done = shell("load", "files", "--part", "--json")
    assert [(row["became"], row["title"]) for row in rows(done, "releases")] == [
        ("taken", "geographic practice cost indices (a part)")
    ]
    assert rows(done, "passed_over") == [{"file": "files/notes.txt", "why": "no headings of a known table"}]
    assert [row["became"] for row in rows(shell("load", "files", "--part", "--json"), "releases")] == ["had already"]


def test_a_dry_run_before_there_is_a_library(shell: Any, tables: Any) -> None:
    tables.gpci()
    for words in ([], ["--library", "elsewhere"]):
        done = shell("load", "files", "--part", "--dry-run", "--json", *words)
        assert [row["became"] for row in rows(done, "releases")] == ["would be taken"]
    assert sorted(one.name for one in shell.folder.iterdir()) == ["files"]


def test_list_names_the_releases_or_those_of_a_kind(loaded: Any) -> None:
    assert len(rows(loaded("list", "--json"), "releases")) == 4
    assert [row["first_day"] for row in rows(loaded("list", "pfs-rvu", "--json"), "releases")] == [
        "2025-07-01", "2025-10-01",
    ]  # fmt: skip
    assert "Schedules in schedules" in loaded("list").out


def test_show_tells_the_amount_its_day_and_its_place(loaded: Any) -> None:
    def office(*words: str) -> list[str]:
        return [
            row["amount"] for row in rows(loaded("show", "99213", "--setting", "office", "--json", *words), "quotes")
        ]

    assert office() == ["88.95"]  # 2.75 × 32.3465
    assert office("--date", "2025-08-01") == ["85.72"]  # 2.65 × 32.3465
    # (1.30 + 1.35 × 0.869 + 0.10 × 0.575) × 32.3465
    assert office("--locality", "10112-00") == office("--locality", "35104") == ["81.86"]


def test_localities_and_that_of_a_zip_code(loaded: Any) -> None:
    words = ("localities", "--date", "2025-11-01", "--json")
    assert [row["locality"] for row in rows(loaded(*words), "localities")] == ["10112-00", "02102-01"]
    assert [row["name"] for row in rows(loaded(*words, "--zip", "35104"), "localities")] == ["ALABAMA"]


def test_diff_tells_what_changed_value_by_value(loaded: Any) -> None:
    found = rows(loaded("diff", "pfs-rvu-2025-07", "pfs-rvu-2025-10", "--json"), "changes")
    assert {(row["key"], row["column"], row["before"], row["after"]) for row in found} == {
        ("99213", "work", "1.2", "1.3"),
        ("99213", "total office", "2.65", "2.75"),
        ("99213", "total facility", "1.87", "1.97"),
    }
    assert "Nothing differs." in loaded("diff", "pfs-gpci", "pfs-gpci").out


def test_remove_takes_a_release_out_and_says_how_to_have_it_again(loaded: Any) -> None:
    done = loaded("remove", "pfs-gpci")
    assert (done.code, "(2 rows). To have it again, load files/GPCI2025.csv." in done.out) == (0, True)
    assert len(rows(loaded("list", "--json"), "releases")) == 3


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["load", "nowhere.zip"], 1, "nowhere.zip: there is no such file; name a file, an archive or a folder"),
        (["load"], 2, "Missing argument"),
        (["load", "files", "--effective", "soon"], 2, "'soon' does not match"),
        (["list", "--library", "nowhere"], 1, "nowhere: there is no library of schedules here; make one with"),
        (["show", "00000"], 1, "no schedule at hand names 00000 at any time"),
        (["show", "99213", "--date", "2019-01-01"], 1, "no schedule at hand names 99213 on 2019-01-01"),
        (["show", "99213", "--locality", "Alabama"], 1, "'Alabama' is no locality; write 10112-00"),
        (["show", "99213", "--locality", "10112-77"], 1, "locality 10112-77 is not in pfs-gpci-2025-01-01"),
        (["show", "99213", "--locality", "99999"], 1, "ZIP code 99999 is not in pfs-zip-2025-10-01"),
        (["show", "99213", "--setting", "moon"], 2, "'moon' is not one of"),
        (["localities", "--zip", "123"], 1, "'123' is no locality"),
        (["localities", "--zip", "35203"], 1, "ZIP code 35203 lies in several localities; write all nine digits"),
        (["localities", "--zip", "35203-0001"], 1, "load CMS's zip9 file"),
        (["diff", "pfs-rvu-2025-07", "pfs-gpci"], 1, "are of two kinds; compare releases of one"),
        (["diff", "pfs-rvu", "pfs-gpci"], 1, "2 releases begin with 'pfs-rvu'"),
        (["remove", "nothing"], 1, "there is no release 'nothing'; 'evenhand schedules list' names them all"),
    ],
)
def test_what_is_refused_says_why(loaded: Any, words: list[str], code: int, said: str) -> None:
    done = loaded(*words)
    assert (done.code, said in done.err) == (code, True), done.err
    assert done.out == ""


def test_a_file_without_a_known_table_leaves_by_one(shell: Any, tables: Any) -> None:
    done = shell("load", tables.write("notes.txt", "call them\n"))
    assert (done.code, "No table was taken." in done.out) == (1, True)
    assert not (shell.folder / "schedules").exists()


def test_a_table_that_is_cut_off_leaves_by_one(shell: Any, tables: Any) -> None:
    done = shell("load", tables.gpci())
    assert done.code == 1
    assert "a whole release has at least 100; check the file is whole, or load it as a part (--part)" in done.err


def test_a_broken_release_is_named(loaded: Any) -> None:
    (file,) = (loaded.folder / "schedules/releases").glob("pfs-gpci-*/release.json")
    file.write_text("{")
    done = loaded("list")
    assert (done.code, "release.json: the release cannot be read" in done.err) == (1, True)


def test_without_a_library_the_fact_table_answers_and_cannot_be_emptied(shell: Any) -> None:
    assert "This is the small fact table that comes with the package" in shell("list").out
    shown = rows(shell("show", "99213", "--setting", "office", "--json"), "quotes")
    assert [row["amount"] for row in shown if row["schedule"].startswith("Physician")] == ["88.95"]
    done = shell("remove", "pfs-gpci")
    assert (done.code, "nothing is taken out of it" in done.err) == (1, True)


def test_a_file_name_cannot_paint_the_screen(shell: Any, tables: Any) -> None:
    tables.gpci("\x1b[31mGPCI2025.csv", pe="x")
    done = shell("load", "files", "--part")
    assert done.code == 1
    assert "\x1b" not in done.out + done.err


def test_the_library_may_be_named(shell: Any, tables: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENHAND_SCHEDULES", "mine")
    assert shell("load", tables.gpci(), "--part").code == 0
    assert shell("load", tables.zips(), "--part", "--library", "theirs").code == 0
    assert [row["id"][:8] for row in rows(shell("list", "--json"), "releases")] == ["pfs-gpci"]
    assert [row["id"][:7] for row in rows(shell("list", "--library", Path("theirs"), "--json"), "releases")] == [
        "pfs-zip"
    ]
