"""A book with one contract, and a negotiation of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.contracts import keep_contract, read_contract
from evenhand.negotiation.record import Kept, begun_from, keep_new, place_for

CONTRACT = """\
contract: Cedar Ridge with Summit Health
parties:
  provider: {name: Cedar Ridge Orthopaedics, tin: ["84-0000000"]}
  payer: {name: Summit Health, ids: [SUMM1]}
effective: 2024-01-01
ends: 2027-03-31
renewal: {evergreen: 1 year, notice: 120 days}
terms:
  - name: Office visits
    for: {codes: 99202-99215}
    pay: {amount: 120}
  - name: Anything else
    pay: {percent_of_charges: 45}
provisions:
  payment_days: 30
  termination: {without_cause: 90 days}
  most favoured nation: yes
"""
OFFER = """\
# as received
offer: Proposal of May
amends: {amends}
effective: 2027-04-01
ends: 2030-03-31
adjust: [{{terms: all, percent: {percent}}}]
"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book that keeps the contract as ``summit``."""
    folder = tmp_path / "in" / "summit"
    folder.mkdir(parents=True)
    (folder / "contract.yaml").write_text(CONTRACT, encoding="utf-8")
    made = Book.create(tmp_path / "book")
    keep_contract(read_contract(folder), made.contracts_folder)
    return made


@pytest.fixture
def kept(book: Book) -> Kept:
    """A negotiation opened on 10 April 2026."""
    place = place_for(book, "summit-2027")
    contract = read_contract(book.contracts_folder / "summit")
    return keep_new(book, "summit-2027", begun_from(contract, place.folder, today=date(2026, 4, 10)))


def offer(folder: Path, amends: Path, percent: int = 4, name: str = "offer.yaml") -> Path:
    """An offer's file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(OFFER.format(amends=amends, percent=percent), encoding="utf-8")
    return folder / name


@pytest.fixture
def write_offer():  # type: ignore[no-untyped-def]
    """Writes an offer."""
    return offer
