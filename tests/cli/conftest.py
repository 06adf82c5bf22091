"""A practice to ask about."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.demo import generate


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a made-up practice: its ``book``, loaded, with its contracts, beside the files it came from."""
    folder = tmp_path_factory.mktemp("asked")
    made = generate(folder, claims=400, seed=5)
    book = Book.create(folder / "book")
    book.load([made.files])
    shutil.copytree(made.contracts, book.contracts_folder, dirs_exist_ok=True)
    return folder
