"""A negotiation of a small made-up practice after three rounds, and its documents, once for this folder's tests."""

from __future__ import annotations

from datetime import date

import pytest
from tests.negotiated import Made, three_rounds

from evenhand.documents.negotiating import PaperOptions, gather_dossier, write_documents
from evenhand.negotiation.worth import WorthQuestion

OPTIONS = PaperOptions(today=date(2026, 11, 2), worth=WorthQuestion(draws=200, years=1))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("negotiated")
    book, kept = three_rounds(folder)
    write_documents(book, kept, folder / "papers", OPTIONS)
    return Made(book, kept, gather_dossier(book, kept, OPTIONS), folder / "papers")
