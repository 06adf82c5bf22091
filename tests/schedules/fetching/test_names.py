"""Which archive a name is of, and which is newer: names as they were published."""

from __future__ import annotations

import pytest

from evenhand.schedules.fetching.names import named, newest
from evenhand.schedules.fetching.pages import archives, links, release_pages
from evenhand.schedules.fetching.published import Asked, publications, schedules


def fitting(schedule: str, name: str, asked: Asked) -> bool:
    """Whether a name is one of a schedule's archives of a release."""
    patterns = [asked.fill(one.archive) for one in publications(schedule)]
    return any(named(f"https://www.cms.gov/files/zip/{name}.zip", pattern) for pattern in patterns)


@pytest.mark.parametrize(
    ("schedule", "name", "year", "quarter"),
    [
        ("pfs", "rvu26a-updated-12-29-2025", 2026, 1),
        ("pfs", "rvu26b-updated-05-01-2026", 2026, 2),
        ("pfs", "rvu25d-0", 2025, 4),
        ("pfs", "RVU25D", 2025, 4),
        ("pfs", "rvu12b-", 2012, 2),
        ("opps", "october-2026-OPPS-Addendum-B", 2026, 4),
        ("opps", "cy-2026-april-opps-addendum-b", 2026, 2),
        ("asc", "october-2026-asc-approved-hcpcs-code-payment-rates", 2026, 4),
        ("asc", "january-2025-asc-approved-hcpcs-code-and-payment-rates", 2025, 1),
        ("clfs", "26clabq2", 2026, 2),
        ("ipps", "fy-2025-ipps-final-rule-table-5", 2025, None),
        ("ipps", "fy2026-ipps-fr-table-5", 2026, None),
        ("asp", "april-2026-medicare-part-b-payment-limit-files-03-30-2026-final-file", 2026, 2),
        ("asp", "october-2025-asp-pricing-final-file", 2025, 4),
        ("zip", "zip-code-carrier-locality-file-updated-05-13-2026", 2026, None),
        ("anesthesia", "2026-anesthesia-conversion-factors", 2026, None),
        ("dmepos", "dme26", 2026, 1),
        ("dmepos", "dme26-b", 2026, 2),
        ("dmepos", "dme24c", 2024, 3),
    ],
)
def test_names_that_were_published_fit_their_release_alone(
    schedule: str, name: str, year: int, quarter: int | None
) -> None:
    assert fitting(schedule, name, Asked(year, quarter))
    if schedule != "zip":
        assert not fitting(schedule, name, Asked(year - 1, quarter))
    for other in {1, 2, 3, 4} - {quarter} if quarter else ():
        assert not fitting(schedule, name, Asked(year, other))


def test_crosswalks_and_other_files_are_not_taken_for_limits_of_payment() -> None:
    asked = Asked(2026, 2)
    assert not fitting("asp", "april-2026-medicare-part-b-asp-ndc-hcpcs-crosswalk", asked)
    assert not fitting("asp", "april-2026-noc-pricing-file", asked)


@pytest.mark.parametrize(
    ("names", "best"),
    [
        (["rvu26a"], "rvu26a"),
        (["rvu26a", "rvu26a-updated-12-29-2025"], "rvu26a-updated-12-29-2025"),
        (["rvu26a-updated-01-02-2026", "rvu26a-updated-12-29-2025"], "rvu26a-updated-01-02-2026"),
        (["rvu26a-01022026", "rvu26a-updated-12-29-2025"], "rvu26a-01022026"),
        (["rvu26a", "rvu26a-0", "rvu26a-1"], "rvu26a-1"),
        (["rvu26a-updated-12-29-2025", "rvu26a-updated-12-29-2025-0"], "rvu26a-updated-12-29-2025-0"),
        (["rvu26a-preliminary-01-09-2026", "rvu26a-final-01-05-2026"], "rvu26a-final-01-05-2026"),
        (["rvu26a-updated", "rvu26a-0"], None),
        (["rvu26a-updated", "rvu26a-updated-12-29-2025"], None),
        (["rvu26a-updated-12-29-2025", "rvu26a-revised-12-29-2025"], None),
    ],
)
def test_the_newest_version_is_taken_and_where_names_do_not_tell_none(names: list[str], best: str | None) -> None:
    for order in (names, names[::-1]):
        found = newest(archives([f"https://www.cms.gov/files/zip/{name}.zip" for name in order], "rvu26a"))
        assert (found.name if found else None) == (f"{best}.zip" if best else None)


def test_no_archive_has_no_newest() -> None:
    assert newest([]) is None


def test_an_archive_linked_directly_and_behind_its_licence_is_one_and_keeps_its_licence() -> None:
    direct, licensed = (
        "https://www.cms.gov/files/zip/rvu26a.zip",
        "https://www.cms.gov/license/ama?file=/files/zip/rvu26a.zip",
    )
    for order in ([direct, licensed], [licensed, direct]):
        (archive,) = archives(order, "rvu26a")
        assert (archive.url, archive.licence) == (direct, licensed)


def test_a_name_cannot_leave_its_folder() -> None:
    (archive,) = archives(["https://www.cms.gov/files/%2e%2e%2f%2e%2e%2frvu26a-1/..%2f2.zip"], "rvu26a")
    assert "/" not in archive.name
    assert archive.name.startswith("rvu26a")


def test_a_long_name_is_refused_at_once() -> None:
    assert named(f"https://www.cms.gov/files/zip/rvu26a{'-1' * 5_000}x.zip", "rvu26a") is None


def test_links_of_a_page_that_is_badly_written() -> None:
    page = '<a href=" /one.zip "><A HREF=two.zip><a><a href=""><a href="http://[x"><!-- <a href="/no"> --><a href="/o'
    assert links("https://www.cms.gov/page", page) == ["https://www.cms.gov/one.zip", "https://www.cms.gov/two.zip"]


def test_pages_of_a_release_are_told_by_their_last_part() -> None:
    addresses = [f"https://www.cms.gov/x/{name}" for name in ("rvu26a", "rvu26a-0/", "rvu26ab", "rvu26a#top", "rvu25a")]
    assert list(release_pages(addresses, "rvu26a")) == [
        "https://www.cms.gov/x/rvu26a", "https://www.cms.gov/x/rvu26a-0/", "https://www.cms.gov/x/rvu26a",
    ]  # fmt: skip
    assert list(release_pages(addresses, "")) == []


@pytest.mark.parametrize("schedule", schedules())
def test_what_is_said_of_each_schedule_holds_together(schedule: str) -> None:
    for one in publications(schedule):
        asked = one.asked(2026, None)[0]
        assert asked.fill(one.page).startswith("https://www.cms.gov/medicare/payment/")
        assert "{" not in asked.fill(one.archive + one.follow + one.page)
        likely = asked.fill(one.likely, plain=True).replace("MM-DD-YYYY", "01-02-2026")
        assert named(f"https://www.cms.gov/files/zip/{likely}", asked.fill(one.archive))
        assert one.sure in ("seen", "doubtful")
        assert one.source
    assert any(not one.optional for one in publications(schedule))
