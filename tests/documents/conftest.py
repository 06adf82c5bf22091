"""A brief written from a small made-up practice, once for all tests of this folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.demo import generate
from evenhand.documents.brief import BriefOptions, Material, write_brief


@dataclass(frozen=True)
class Written:
    """A brief, what it was made of, and where it is."""

    page: Path
    html: str
    material: Material
    book: Book
    offer: Path


@pytest.fixture(scope="session")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("practice")
    made = generate(folder / "demo", claims=1500, seed=3)
    book = Book.create(folder / "book")
    book.load([made.files])
    shutil.copytree(made.contracts, book.contracts_folder, dirs_exist_ok=True)
    page, offer = folder / "brief.html", made.offers / "summit-2027.yaml"
    options = BriefOptions(hide_others=True, today=date(2026, 11, 2))
    material = write_brief(book, "summit", page, offer=offer, options=options)
    return Written(page, page.read_text(encoding="utf-8"), material, book, offer)
