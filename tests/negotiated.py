"""A negotiation that has come three rounds far, on a small made-up practice."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts import read_contract
from evenhand.demo import generate
from evenhand.documents.negotiating import Dossier
from evenhand.negotiation.record import Kept, NewRound, add_round, begun_from, keep_new, place_for, position, settle

_MORE = """\
goals:
  - Case rates that keep up with implant cost
people:
  - {name: Dana Whitfield, role: Director of managed care, email: dana@cedar.example}
  - {name: R. Alvarez, side: them, role: Vice president of networks, organisation: Summit Health}
value:
  - {claim: Joint replacements home the same day, number: 61 %, period: year to September 2026, source: own claims}
  - {claim: Back in the operating room within 90 days, number: 4 patients of 212 patients, period: "2025"}
alternatives:
  - {name: Out of network with arbitration, worth: -310000, as_of: 2026-07-01, source: walk-away sheet}
zone: {ours: 612.11, theirs: 911.22, today: 801.33, exists: 0.83, unit: claim, as_of: 2026-07-01, source: walkaway}
"""
_OFFER = """\
offer: {name}
amends: {amends}
effective: 2027-04-01
ends: 2030-03-31
adjust: [{{terms: all, percent: {percent}}}]
"""
_POSITIONS = (
    ("fee-schedule", "8 %", "5.5 %", "3.25 %"),
    ("implants", "6 %", "4.5 %", "1.25 %"),
    ("payment-days", "15 days", "21 days", "27 days"),
    ("retro-audit", "6 months", "9 months", "11 months"),
)


def three_rounds(folder: Path, claims: int = 800) -> tuple[Book, Kept]:
    """The book, and the negotiation: theirs, ours, theirs."""
    made = generate(folder / "demo", claims=claims, seed=3)
    book = Book.create(folder / "book")
    book.load([made.files])
    shutil.copytree(made.contracts, book.contracts_folder, dirs_exist_ok=True)
    contract = read_contract(book.contracts_folder / "summit-health")
    place = place_for(book, "summit-2027")
    kept = keep_new(book, "summit-2027", begun_from(contract, place.folder, today=date(2026, 4, 10)))
    with kept.file.open("a", encoding="utf-8") as file:
        file.write(_MORE)
    for issue, opening, target, walk_away in _POSITIONS:
        position(kept, issue, opening=opening, target=target, walk_away=walk_away)
    settle(kept, "timely-filing", "180 days")
    signed = book.contracts_folder / "summit-health"
    for by, day, name, percent in (
        ("them", date(2026, 8, 20), "Summit's proposal of August", 1),
        ("us", date(2026, 9, 10), "Our counteroffer of September", 7),
        ("them", date(2026, 10, 15), "Summit's proposal of October", 2),
    ):
        offer = folder / f"{day}.yaml"
        offer.write_text(_OFFER.format(name=f'"{name}"', amends=signed, percent=percent), encoding="utf-8")
        add_round(kept, offer, NewRound(by, day))  # type: ignore[arg-type]
    return book, kept


@dataclass(frozen=True)
class Made:
    """A negotiation, what its documents say, and where they are."""

    book: Book
    kept: Kept
    dossier: Dossier
    folder: Path

    def page(self, name: str) -> str:
        """A document's page."""
        return (self.folder / f"summit-2027-{name}.html").read_text(encoding="utf-8")

    def word(self, name: str) -> bytes:
        """Its Word file."""
        return (self.folder / f"summit-2027-{name}.docx").read_bytes()


def all_words(content: bytes) -> str:
    """Everything a Word file holds, in all its parts, with and without the marks between."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = [parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith((".xml", ".rels"))]
    return "\n".join((*texts, *(re.sub(r"<[^>]+>", "", text) for text in texts)))
