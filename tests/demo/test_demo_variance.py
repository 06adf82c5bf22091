"""The big one: of the seeded faults variance finds 99 of 100, and what it reports is a fault 99 times of 100."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.contracts import read_contract
from evenhand.demo import generate
from evenhand.demo.faults import KINDS
from evenhand.demo.score import Score, read_truth, score
from evenhand.performance import Basis, variance
from evenhand.pricing import price

Walk = Callable[..., Score]


def _walk(folder: Path, *, claims: int, seed: int, faults: bool) -> Score:
    """Generate, load, settle, price, compare: the way the commands go."""
    made = generate(folder / "demo", claims=claims, seed=seed, faults=faults)
    book = Book.create(folder / "book")
    book.load([made.files])
    engine = book.settled()
    contracts = tuple(read_contract(path) for path in sorted(made.contracts.iterdir()))
    price(engine, contracts)
    return score(engine, variance(Basis(engine, contracts)), read_truth(made.truth))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Score:
    return _walk(tmp_path_factory.mktemp("faulty"), claims=24_000, seed=7, faults=True)


@pytest.mark.parametrize("kind", KINDS)
def test_variance_finds_the_faults_of_each_kind(found: Score, kind: str) -> None:
    (one,) = (one for one in found.kinds if one.kind == kind)
    assert one.seeded >= 20
    assert one.found >= 0.99 * one.seeded, [fault for fault in found.missed if fault.kind == kind][:5]
    assert one.exact >= 0.99 * one.seeded


def test_what_variance_reports_is_a_fault(found: Score) -> None:
    assert found.false <= 0.01 * found.reported, found.strays[:5]


def test_a_clean_book_has_no_variance(tmp_path: Path) -> None:
    clean = _walk(tmp_path, claims=12_000, seed=8, faults=False)
    assert clean.reported == 0, clean.strays[:5]
