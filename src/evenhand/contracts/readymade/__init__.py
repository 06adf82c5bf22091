"""Contracts that come ready: Medicare, as one locality is paid by it, in the contract language itself."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from evenhand.contracts.model import Contract
from evenhand.contracts.reader import CONTRACT_FILE, read_contract
from evenhand.errors import UsageError


@dataclass(frozen=True, slots=True)
class MedicareTerms:
    """What a contract that pays as Medicare does has to say.

    Attributes:
        locality: Contractor and locality (``10112-00``), or ``national``.
        year: Pay every day by the amounts of this year; without it, each day by those of its own release, days
            without one by the nearest of their year.
        quarter: With a year: its quarter.
        qualifying: From 2026 on, whether services are paid as those of qualifying participants.
    """

    locality: str
    year: int | None = None
    quarter: int = 1
    qualifying: bool = False

    def text(self) -> str:
        """The contract, in the contract language."""
        template = (files("evenhand.contracts.readymade") / "medicare.yaml").read_text(encoding="utf-8")
        time = "rolling: nearest" if self.year is None else f"year: {self.year}\n    quarter: {self.quarter}"
        qp = "yes" if self.qualifying else "no"
        return template.format(locality=self.locality, time=time, qp=qp, identifier=self.locality.lower())


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
    file = folder / CONTRACT_FILE
    if file.exists():
        raise UsageError(f"{file} is there already; name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(terms.text(), encoding="utf-8")
    return file
