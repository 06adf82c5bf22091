"""Contracts that come ready: Medicare, as one locality is paid by it, in the contract language itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from evenhand.contracts.model import Contract
from evenhand.contracts.reader import CONTRACT_FILE, read_contract
from evenhand.contracts.readymade.anesthesia import anesthesia_part
from evenhand.contracts.readymade.facility import facility_parts
from evenhand.contracts.readymade.inpatient import inpatient_tables
from evenhand.errors import UsageError
from evenhand.schedules import Library
from evenhand.schedules.ipps import Hospital

_NO_PARTS = {"schedules": "", "code_sets": "", "terms": "", "anesthesia": ""}


@dataclass(frozen=True, slots=True)
class MedicareTerms:
    """What a contract that pays as Medicare does has to say.

    Attributes:
        locality: Contractor and locality (``10112-00``), or ``national``.
        year: Pay every day by the amounts of this year; without it, each day by those of its own release, days
            without one by the nearest of their year.
        quarter: With a year: its quarter.
        qualifying: From 2026 on, whether services are paid as those of qualifying participants.
        wage_index: Local wages of hospitals and surgery centres against the nation's.
        hospital: The hospital stays are paid to; without it, one that is paid the national rate at the wage index.
        facilities: Whether hospitals, surgery centres, laboratories, drugs, equipment and anaesthesia are in it too, as
            far as the library has them.
    """

    locality: str
    year: int | None = None
    quarter: int = 1
    qualifying: bool = False
    wage_index: Decimal = Decimal(1)
    hospital: Hospital | None = None
    facilities: bool = True

    def files(self) -> dict[str, str]:
        """The contract in the contract language, and the tables beside it; of facilities, what the library has."""
        template = (files("evenhand.contracts.readymade") / "medicare.yaml").read_text(encoding="utf-8")
        time = "rolling: nearest" if self.year is None else f"year: {self.year}\n    quarter: {self.quarter}"
        parts, tables = self._others(Library.open()) if self.facilities else (_NO_PARTS, {})
        said = {"locality": self.locality, "time": time, "qp": "yes" if self.qualifying else "no"}
        return {CONTRACT_FILE: template.format(**said, identifier=self.locality.lower(), **parts), **tables}

    def _others(self, library: Library) -> tuple[dict[str, str], dict[str, str]]:
        """Parts of the text, and tables, for all but physicians' services."""
        hospital = self.hospital or Hospital.national(self.wage_index)
        tables = list(inpatient_tables(library, self.day, hospital))
        stays = {first: name for first, name, _ in tables}
        parts = facility_parts(library, self.locality, self.day, self.wage_index, stays)
        anesthesia = anesthesia_part(library, self.locality, self.day)
        texts = {name: text for _, name, text in tables} | dict(anesthesia.tables or {})
        return {**parts, "anesthesia": anesthesia.terms}, texts

    @property
    def day(self) -> date | None:
        """The first day of the quarter that is pinned."""
        return None if self.year is None else date(self.year, self.quarter * 3 - 2, 1)


def medicare_contract(terms: MedicareTerms) -> Contract:
    """That contract, read; its schedule is taken from the library at hand.

    Raises:
        ContractError: The library has no releases of the time, or not this locality.
    """
    with TemporaryDirectory() as folder:
        write_medicare(Path(folder) / "medicare", terms)
        return read_contract(Path(folder) / "medicare")


def write_medicare(folder: Path, terms: MedicareTerms) -> Path:
    """Write the contract into a folder of its own, to be read, changed and priced like any other.

    Raises:
        UsageError: The folder has a contract already.
    """
    written = terms.files()
    taken = [name for name in written if (folder / name).exists()]
    if taken:
        raise UsageError(f"{folder / taken[0]} is there already; name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / CONTRACT_FILE
