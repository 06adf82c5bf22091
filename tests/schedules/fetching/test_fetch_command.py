"""`evenhand schedules fetch` against a publisher on this machine, as a person types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PFS = "/medicare/payment/fee-schedules/physician/pfs-relative-value-files"
ASKED = ("fetch", "pfs", "2025", "--quarter", "4", "--part", "--accept-ama-license")
Make = Callable[..., bytes]


@pytest.fixture
def small(rvu: Make, pack: Make) -> bytes:
    """An archive with three rows of relative values."""
    return pack(PPRRVU2025_Oct=rvu(3))


def test_a_whole_release_is_found_one_page_further_downloaded_and_loaded(
    publisher: Any, shell: Any, rvu: Make, pack: Make
) -> None:
    publisher.link("/about", f"{PFS}/rvu25c", f"{PFS}/rvu25d")
    publisher.link("https://www.cms.gov/files/zip/rvu25d.zip", page=f"{PFS}/rvu25d")
    publisher.put("/files/zip/rvu25d.zip", pack(PPRRVU2025_Oct=rvu(10_000)))
    done = shell("fetch", "pfs", "2025", "--from", publisher.host, "--accept-ama-license", "--json")
    assert done.code == 0, done.err
    (release,) = json.loads(done.out)["releases"]
    assert (release["became"], release["rows"], release["first_day"]) == ("taken", 10_000, "2025-10-01")
    assert release["file"] == "cms.gov/rvu25d.zip/PPRRVU2025_Oct.csv"
    assert "You accepted it with --accept-ama-license." in done.err
    shown = json.loads(shell("show", "10007", "--json").out)["quotes"]
    assert [row["amount"] for row in shown if row["setting"] == "office"] == ["54.99"]  # 1.70 × 32.3465


def test_of_two_versions_of_a_name_the_newest_is_taken_and_kept(publisher: Any, shell: Any, small: bytes) -> None:
    publisher.link("/files/zip/rvu25d.zip", "/files/zip/rvu25d-updated-10-02-2025.zip", "/files/zip/rvu25d-notes.zip",
                   "/files/zip/rvu25d-updated-09-30-2025.zip", "/files/zip/xrvu25d-updated-12-31-2025.zip")  # fmt: skip
    publisher.put("/files/zip/rvu25d-updated-10-02-2025.zip", small)
    done = shell(*ASKED, "--from", publisher.host, "--into", "kept/here")
    assert done.code == 0, done.err
    assert [file.name for file in (shell.folder / "kept/here").iterdir()] == ["rvu25d-updated-10-02-2025.zip"]
    assert (shell.folder / "kept/here/rvu25d-updated-10-02-2025.zip").read_bytes() == small
    again = shell(*ASKED, "--from", publisher.host)
    assert again.code == 0
    assert "had already" in again.out


def test_names_that_do_not_tell_are_listed_and_one_is_named(publisher: Any, shell: Any, small: bytes) -> None:
    publisher.link("/files/zip/rvu25d-updated.zip", "/files/zip/rvu25d-0.zip")
    publisher.put("/files/zip/rvu25d-0.zip", small)
    done = shell(*ASKED, "--from", publisher.host)
    assert done.code == 1
    assert "1. rvu25d-updated.zip\n  2. rvu25d-0.zip\nName one with --file NAME." in done.err
    assert shell(*ASKED, "--from", publisher.host, "--file", "rvu25d-0.zip").code == 0


def test_without_the_licence_nothing_is_downloaded(publisher: Any, shell: Any, small: bytes) -> None:
    publisher.link("/apps/ama/license.asp?file=/files/zip/rvu25d.zip")
    publisher.put("/files/zip/rvu25d.zip", small)
    done = shell("fetch", "pfs", "2025", "--part", "--from", publisher.host)
    assert done.code == 1
    assert "copyright American Medical Association" in done.err
    assert "--accept-ama-license" in done.err
    assert publisher.asked == [PFS]
    assert not (shell.folder / "library").exists()


def test_at_a_terminal_the_licence_is_asked_for(publisher: Any, shell: Any, small: bytes) -> None:
    publisher.link("/license/ama?file=/files/zip/rvu25d.zip")
    publisher.put("/files/zip/rvu25d.zip", small)
    words = ("fetch", "pfs", "2025", "--part", "--from", publisher.host)
    for answer in ("n", ""):
        refused = shell.typing(answer, *words)
        assert (refused.code, publisher.asked[-1]) == (1, PFS)
        assert "copyright American Medical Association" in refused.err
        assert "Do you accept it? [y/N]" in refused.err
        assert "nothing was downloaded: the AMA's licence was not accepted" in refused.err
    assert shell.typing("y", *words).code == 0
    assert publisher.asked[-1] == "/files/zip/rvu25d.zip?agree=yes&next=Accept"


def test_at_a_terminal_one_of_several_archives_is_picked(publisher: Any, shell: Any, small: bytes) -> None:
    publisher.link("/files/zip/rvu25d-updated.zip", "/files/zip/rvu25d-0.zip")
    publisher.put("/files/zip/rvu25d-0.zip", small)
    assert shell.typing("2", *ASKED, "--from", publisher.host).code == 0
    assert publisher.asked[-1] == "/files/zip/rvu25d-0.zip"


def test_a_name_that_is_not_there_is_refused(publisher: Any, shell: Any) -> None:
    publisher.link("/files/zip/rvu25d.zip")
    done = shell(*ASKED, "--from", publisher.host, "--file", "rvu25e.zip")
    assert done.code == 1
    assert "no archive is called rvu25e.zip; there are rvu25d.zip" in done.err


def test_an_archive_behind_the_licence_page_is_asked_for_as_that_page_does(
    publisher: Any, shell: Any, small: bytes
) -> None:
    publisher.link("/license/ama?file=/files/zip/rvu25d.zip")
    publisher.put("/files/zip/rvu25d.zip", small)
    assert shell(*ASKED, "--from", publisher.host).code == 0
    assert publisher.asked == [PFS, "/files/zip/rvu25d.zip?agree=yes&next=Accept"]


def test_what_holds_no_codes_needs_no_licence(publisher: Any, shell: Any, pack: Make) -> None:
    line = "AL3520310112 00 ".replace(" ", "")[:14] + " " + " " * 5 + "0" + " " * 54 + "20254"
    publisher.link("/files/zip/zip-code-carrier-locality-file-revised-08/14/2025.zip",
                   page="/medicare/payment/fee-schedules")  # fmt: skip
    publisher.put("/files/zip/zip-code-carrier-locality-file-revised-08/14/2025.zip", pack(ZIP5_OCT2025=line.encode()))
    done = shell("fetch", "zip", "2025", "--part", "--from", publisher.host, "--into", ".")
    assert done.code == 0, done.err
    assert (shell.folder / "zip-code-carrier-locality-file-revised-08-14-2025.zip").exists()
    assert "pfs-zip-2025-10-01" in done.out


def test_a_dry_run_reads_the_pages_alone(publisher: Any, shell: Any) -> None:
    publisher.link("/files/zip/rvu25d.zip")
    done = shell("fetch", "pfs", "2025", "--dry-run", "--from", publisher.host, "--json")
    (row,) = json.loads(done.out)["archives"]
    assert (done.code, row["archive"], row["licence"], row["release"]) == (0, "rvu25d.zip", "AMA", "2025, quarter 4")
    assert publisher.asked == [PFS]


def test_tables_of_another_time_than_was_asked_for_are_told(publisher: Any, shell: Any, rvu: Make, pack: Make) -> None:
    publisher.link("/files/zip/rvu24a.zip")
    publisher.put("/files/zip/rvu24a.zip", pack(PPRRVU2025_Oct=rvu(2)))
    done = shell("fetch", "pfs", "2024", "--part", "--accept-ama-license", "--from", publisher.host)
    assert "holds from 2025-10-01 to 2025-12-31; 2024, quarter 1 was asked for" in done.err


def refused(done: Any, folder: Path) -> str:
    """What a refusal says: why, and what to do by hand; nothing is left behind."""
    assert done.code == 1
    assert "\nBy hand: open https://www.cms.gov/medicare/" in done.err
    assert "and load it: evenhand schedules load rvu25d.zip" in done.err
    assert not (folder / "library").exists()
    return str(done.err)


def test_a_page_that_moved(publisher: Any, shell: Any) -> None:
    assert "there is no such page (404); it may have moved" in refused(
        shell(*ASKED, "--from", publisher.host), shell.folder
    )


def test_a_page_without_the_link(publisher: Any, shell: Any) -> None:
    publisher.link("/files/zip/rvu25c.zip", "mailto:someone", "http://[broken")
    said = refused(shell(*ASKED, "--from", publisher.host), shell.folder)
    assert "no archive of pfs (relative values and geographic factors), 2025, quarter 4, is linked on" in said


def test_links_to_other_hosts_are_not_followed(publisher: Any, shell: Any) -> None:
    publisher.link("https://elsewhere.example/files/zip/rvu25d.zip", "https://cms.gov.example/files/zip/rvu25d.zip",
                   "file:///files/zip/rvu25d.zip")  # fmt: skip
    assert "is linked on" in refused(shell(*ASKED, "--from", publisher.host), shell.folder)


def test_a_redirect_to_another_host_is_refused(publisher: Any, shell: Any) -> None:
    publisher.link("/files/zip/rvu25d.zip")
    publisher.answer("/files/zip/rvu25d.zip", 302, Location="http://127.0.0.2:9/rvu25d.zip")
    said = refused(shell(*ASKED, "--from", publisher.host), shell.folder)
    assert "it leads on to another host, 127.0.0.2:9, which is not followed" in said


def test_a_redirect_on_the_same_host_is_followed(publisher: Any, shell: Any, small: bytes) -> None:
    publisher.link("/files/zip/rvu25d.zip")
    publisher.answer("/files/zip/rvu25d.zip", 301, Location="/new/rvu25d.zip")
    publisher.put("/new/rvu25d.zip", small)
    assert shell(*ASKED, "--from", publisher.host).code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>Accept the licence</html>", "a page came instead of the archive"),
        (b"\xef\xbb\xbf\n<!doctype html>", "a page came instead of the archive"),
        (b"", "what came is no whole archive"),
        (b"PK\x03\x04 cut", "what came is no whole archive"),
    ],
)
def test_what_is_no_archive_is_not_kept(publisher: Any, shell: Any, content: bytes, said: str) -> None:
    publisher.link("/files/zip/rvu25d.zip")
    publisher.put("/files/zip/rvu25d.zip", content)
    assert said in refused(shell(*ASKED, "--from", publisher.host, "--into", "kept"), shell.folder)
    assert list((shell.folder / "kept").iterdir()) == []


def test_a_truncated_archive_is_not_kept(publisher: Any, shell: Any, small: bytes) -> None:
    publisher.link("/files/zip/rvu25d.zip")
    publisher.put("/files/zip/rvu25d.zip", small[: len(small) // 2])
    refused(shell(*ASKED, "--from", publisher.host, "--into", "kept"), shell.folder)
    assert list((shell.folder / "kept").iterdir()) == []


def test_a_spoilt_archive_is_not_kept(publisher: Any, shell: Any, small: bytes) -> None:
    place = len(small) // 3
    publisher.link("/files/zip/rvu25d.zip")
    publisher.put("/files/zip/rvu25d.zip", small[:place] + bytes([small[place] ^ 255]) + small[place + 1 :])
    refused(shell(*ASKED, "--from", publisher.host, "--into", "kept"), shell.folder)


def test_no_network(shell: Any) -> None:
    said = refused(shell(*ASKED, "--from", "http://127.0.0.1:1"), shell.folder)
    assert "it cannot be read: Connection refused" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["fetch", "pfz", "2025"], 1, "'pfz' is no schedule; write one of pfs, opps, asc"),
        (["fetch", "pfs", "25"], 2, "25 is not in the range"),
        (["fetch", "pfs", "2025", "--quarter", "5"], 2, "5 is not in the range"),
        (["fetch", "ipps", "2025", "--quarter", "1"], 1, "ipps is published by the fiscal year; leave --quarter away"),
        (["fetch", "pfs", "2025", "--from", "ftp://x"], 1, "'ftp://x' is no host"),
        (["fetch", "pfs", "2025", "--from", "https://x/y"], 1, "write it like https://mirror.example.org"),
    ],
)
def test_what_makes_no_sense_is_said(shell: Any, words: list[str], code: int, said: str) -> None:
    done = shell(*words)
    assert (done.code, said in done.err) == (code, True), done.err
