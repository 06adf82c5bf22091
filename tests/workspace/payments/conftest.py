"""A few months of the demo's practice, whose worklist is quickly worked out; the people who work on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from evenhand.book import Book
from evenhand.demo import generate
from evenhand.performance import variance
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.payments.models import Worklist
from evenhand.workspace.payments.queries import known
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.worker import run_waiting


@pytest.fixture(scope="session")
def few_claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book; copy it before writing to it."""
    folder = tmp_path_factory.mktemp("few")
    made = generate(folder, claims=700)
    book = Book.create(folder / "book")
    book.load([made.files])
    shutil.copytree(made.contracts, book.contracts_folder, dirs_exist_ok=True)
    variance(book)  # prices it, so that the copies need not
    return book.path


@pytest.fixture
def practice(db: None, few_claims: Path, tmp_path: Path) -> Organisation:
    """Cedar Ridge with a small book of its own."""
    shutil.copytree(few_claims, tmp_path / "book")
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(tmp_path / "book"))


@pytest.fixture
def analyst(practice: Organisation, member: Callable[..., Person]) -> Person:
    """Somebody who works on differences."""
    return member(practice, Role.ANALYST, name="Ada")


@pytest.fixture
def at_work(practice: Organisation, analyst: Person) -> Desk:
    """The analyst at work."""
    return desk_of(analyst, practice.slug)


@pytest.fixture
def worklist(at_work: Desk) -> Worklist:
    """The worklist, worked out."""
    assert known(at_work).worklist is None
    run_waiting()
    found = known(at_work)
    assert found.worklist is not None, found.problem
    return found.worklist


@pytest.fixture
def ada(analyst: Person, worklist: Worklist, signed_in: Callable[[Person], Client]) -> Client:
    """The analyst, signed in."""
    return signed_in(analyst)
