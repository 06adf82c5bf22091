"""Reading pages and archives: what is tried again, what is refused, and what an answer may weigh."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evenhand.errors import ReadError
from evenhand.schedules.fetching import Archive, Web, take


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def hasty(publisher: Any, **other: Any) -> Web:
    """Reads without patience."""
    return Web(publisher.host, pause=0, **other)


def test_a_busy_server_is_asked_again(publisher: Any) -> None:
    answers: Iterator[tuple[int, dict[str, str], bytes]] = iter([(503, {}, b""), (429, {}, b""), (200, {}, b"here")])
    publisher.pages["/page"] = lambda: next(answers)
    assert hasty(publisher).page("https://www.cms.gov/page") == (f"{publisher.host}/page", "here")


def test_a_server_that_stays_busy_is_asked_three_times(publisher: Any) -> None:
    publisher.answer("/page", 503)
    with pytest.raises(ReadError, match=r"the server refused \(503 Service Unavailable\)"):
        hasty(publisher).page(f"{publisher.host}/page")
    assert len(publisher.asked) == 3


def test_what_is_not_there_or_forbidden_is_asked_for_once(publisher: Any) -> None:
    publisher.answer("/secret", 403)
    for path, words in (("/secret", r"the server refused \(403 Forbidden\)"), ("/gone", "no such page")):
        with pytest.raises(ReadError, match=words):
            hasty(publisher).page(f"{publisher.host}{path}")
    assert publisher.asked == ["/secret", "/gone"]


def test_a_server_that_says_nothing_is_left(publisher: Any) -> None:
    def wait() -> tuple[int, dict[str, str], bytes]:
        publisher.released.wait(30)
        return 200, {}, b""

    publisher.pages["/page"] = wait
    with pytest.raises(ReadError, match="the server did not answer in time"):
        hasty(publisher, timeout=0.2, tries=2).page(f"{publisher.host}/page")
    publisher.released.set()
    assert publisher.asked == ["/page", "/page"]


def test_an_answer_that_breaks_off_is_read_anew_and_from_the_start(publisher: Any) -> None:
    answers = iter([(200, {"Content-Length": "8"}, b"half"), (200, {"Content-Length": "5"}, b"whole")])
    publisher.pages["/a.zip"] = lambda: next(answers)
    into = io.BytesIO()
    hasty(publisher).save(f"{publisher.host}/a.zip", into, lambda _came, _all: None)
    assert into.getvalue() == b"whole"


def test_an_answer_that_always_breaks_off_is_said(publisher: Any) -> None:
    publisher.put("/a.zip", b"half", Content_Length="8")
    with pytest.raises(ReadError, match="it broke off after 4 of 8 bytes"):
        hasty(publisher).save(f"{publisher.host}/a.zip", io.BytesIO(), lambda _came, _all: None)


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "1000"}])
def test_more_than_any_table_weighs_is_refused(publisher: Any, headers: dict[str, str]) -> None:
    publisher.pages["/a.zip"] = lambda: (200, headers, b"x" * 1000)
    with pytest.raises(ReadError, match="far larger than any published table"):
        hasty(publisher, largest=999).save(f"{publisher.host}/a.zip", io.BytesIO(), lambda _came, _all: None)


def test_a_mirror_over_https_is_not_left_for_plain_http() -> None:
    web = Web("https://mirror.example")
    assert web.allowed("https://mirror.example/a.zip")
    assert web.allowed("https://downloads.cms.gov/a.zip")
    for other in ("http://mirror.example/", "http://www.cms.gov/", "https://evilcms.gov/", "https://www.cms.gov:99/"):
        assert not web.allowed(other)


def test_addresses_of_the_publisher_become_the_mirrors() -> None:
    web = Web("https://mirror.example:8443")
    assert web.here("https://www.cms.gov/files/zip/a b.zip") == "https://mirror.example:8443/files/zip/a%20b.zip"
    assert web.here("https://other.example/a%20b") == "https://other.example/a%20b"


def test_an_older_file_stays_when_the_new_one_cannot_be_had(publisher: Any, tmp_path: Path) -> None:
    (tmp_path / "rvu25d.zip").write_bytes(b"old")
    publisher.put("/rvu25d.zip", b"<html>")
    with pytest.raises(ReadError, match="a page came instead"):
        take(hasty(publisher), Archive("rvu25d.zip", f"{publisher.host}/rvu25d.zip"), tmp_path)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("rvu25d.zip", b"old")]
