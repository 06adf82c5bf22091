"""The big one: of the seeded faults variance finds 99 of 100, and what it reports is a fault 99 times of 100."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.demo.faults import KINDS
from evenhand.demo.score import Score, read_truth, score
from evenhand.performance import Basis, variance


def scored(demo: Path) -> Score:
    """What variance reports on a demo's book, against what was seeded in it."""
    basis = Basis.of(Book.open(demo / "book"))
    return score(basis.engine, variance(basis), read_truth(demo / "truth.json"))


@pytest.fixture(scope="module")
def found(demo_template: Path) -> Score:
    return scored(demo_template)


@pytest.mark.parametrize("kind", KINDS)
def test_variance_finds_the_faults_of_each_kind(found: Score, kind: str) -> None:
    (one,) = (one for one in found.kinds if one.kind == kind)
    assert one.seeded >= 20
    assert one.found >= 0.99 * one.seeded, [fault for fault in found.missed if fault.kind == kind][:5]
    assert one.exact >= 0.99 * one.seeded


def test_what_variance_reports_is_a_fault(found: Score) -> None:
    assert found.reported > 1_000
    assert found.false <= 0.01 * found.reported, found.strays[:5]


def test_a_clean_book_has_no_variance(clean_demo_template: Path) -> None:
    clean = scored(clean_demo_template)
    assert clean.seeded == 0
    assert clean.reported == 0, clean.strays[:5]
