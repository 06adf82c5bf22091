"""A practice to ask about."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.book import Book
from evenhand.cli.main import cli
from evenhand.demo import generate
from evenhand.errors import EvenhandError


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a made-up practice: its ``book``, loaded, with its contracts, beside the files it came from."""
    folder = tmp_path_factory.mktemp("asked")
    made = generate(folder, claims=400, seed=5)
    book = Book.create(folder / "book")
    book.load([made.files])
    shutil.copytree(made.contracts, book.contracts_folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def run(practice: Path) -> Callable[..., str]:
    """Runs a command on the practice's book, in which a negotiation has begun; gives what it printed."""

    def running(*words: str) -> str:
        found = CliRunner().invoke(cli, [*words, "--book", str(practice / "book")])
        if isinstance(found.exception, EvenhandError):
            raise found.exception
        assert found.exit_code == 0, found.output
        return found.output

    running("negotiation", "start", "summit", "--contract", "summit-health", "--today", "2026-04-10")
    return running
