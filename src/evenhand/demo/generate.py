"""Writes the demo: claim files, remittances, contracts, an offer, and the truth about the faults seeded in them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from evenhand.demo.claims import Claim
from evenhand.demo.contracts import dollars, write_contracts
from evenhand.demo.desks import Desks
from evenhand.demo.faults import Decision, Seeder
from evenhand.demo.offers import write_offer
from evenhand.demo.practice import TODAY
from evenhand.demo.region import write_region
from evenhand.demo.remittances import Payment, remittance
from evenhand.demo.submissions import submission
from evenhand.demo.weeks import Practice

#: Share of the claims that can be faulted which are; about three lines in a hundred of all.
_FAULT_SHARE = 0.055


@dataclass(frozen=True, slots=True)
class Truth:
    """One seeded fault: a line, or a claim as a whole where its lines were not priced apart."""

    claim_id: str
    line_control_number: str  # empty where the whole claim is meant
    payer: str
    kind: str
    correct_allowed: str  # dollars
    paid_allowed: str


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """What was written and where."""

    folder: Path
    files: Path
    contracts: Path
    offers: Path
    truth: Path
    claims: int
    lines: int
    faults: int


def generate(folder: Path, *, claims: int = 24_000, seed: int = 7, faults: bool = True) -> DemoFiles:
    """Write Cedar Ridge Orthopaedics into a folder.

    Args:
        folder: where to write; made if absent, files of the same names are replaced.
        claims: how many claims the practice submits in its two years.
        seed: the same seed and size give the same files, byte for byte.
        faults: seed faults of known kinds; without, every final payment is as agreed.

    Returns:
        Where everything is, and how much.
    """
    for part in ("files", "contracts", "offers"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    write_contracts(folder / "contracts")
    write_offer(folder / "offers")
    write_region(folder / "market", seed)
    books = _Books(folder / "files")
    seeder = Seeder(seed, share_of_claims=_FAULT_SHARE) if faults else None
    lines, truth = _write_files(books, Practice(seed, claims), Desks(seed, seeder))
    _write_truth(folder, truth)
    return DemoFiles(
        folder,
        folder / "files",
        folder / "contracts",
        folder / "offers",
        folder / "truth.json",
        claims,
        lines,
        len(truth),
    )


def _write_files(books: _Books, practice: Practice, desks: Desks) -> tuple[int, list[Truth]]:
    """Go through the weeks: submit, let the payers decide, send what is due."""
    lines, truth = 0, []
    for day, claims in practice.weeks():
        books.submit([claim for claim in claims if claim.on_file], day)
        for claim in claims:
            lines += len(claim.lines)
            decision = desks.receive(claim, day + timedelta(days=1))
            if decision is not None and decision.kind:
                truth += _truth(claim, decision)
        books.remit(desks.due(day + timedelta(days=1)))
    books.remit(desks.due(TODAY))
    return lines, truth


class _Books:
    """The folder of files, and the control numbers given out so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._control = 0
        self._begun: set[Path] = set()
        for kind in ("837p", "837i", "835"):
            (folder / kind).mkdir(parents=True, exist_ok=True)

    def submit(self, claims: list[Claim], day: date) -> None:
        """Add a week's claims to the month's files."""
        for kind, name in (("P", "837p"), ("I", "837i")):
            chosen = [claim for claim in claims if claim.kind == kind]
            if chosen:
                self._add(self._folder / name / f"{day:%Y-%m}.{name}", submission(kind, chosen, day, self._next()))

    def remit(self, due: Iterable[list[Payment]]) -> None:
        """Write each payer's remittances, a file for each day."""
        for payments in due:
            payer, day = payments[0].payer, payments[0].day
            (self._folder / "835" / payer.key).mkdir(exist_ok=True)
            path = self._folder / "835" / payer.key / f"{day.isoformat()}.835"
            self._add(path, remittance(payments, self._next()))

    def _next(self) -> int:
        self._control += 1
        return self._control

    def _add(self, path: Path, text: str) -> None:
        with path.open("a" if path in self._begun else "w", encoding="ascii", newline="\n") as out:
            out.write(text)
        self._begun.add(path)


def _truth(claim: Claim, decision: Decision) -> list[Truth]:
    """The lines a fault changed; one row for the whole claim where one sum pays several lines together."""
    payer = claim.patient.payer.name
    pairs = zip(claim.lines, decision.right.allowed, decision.priced.allowed, strict=True)
    changed = [(line, right, paid) for line, right, paid in pairs if right != paid]
    if decision.priced.by_claim:
        right, paid = decision.right.total, decision.priced.total
        return [Truth(claim.claim_id, "", payer, decision.kind, dollars(right), dollars(paid))]
    return [
        Truth(claim.claim_id, line.control(claim.claim_id), payer, decision.kind, dollars(right), dollars(paid))
        for line, right, paid in changed
    ]


def _write_truth(folder: Path, truth: list[Truth]) -> None:
    rows = [asdict(row) for row in truth]
    (folder / "truth.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(Truth.__dataclass_fields__), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
