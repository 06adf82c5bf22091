"""Small published tables made here, and a shell to load them with."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.terminal import Done, typed

_GPCI = (
    "ADDENDUM E. FINAL CY {year} GEOGRAPHIC PRACTICE COST INDICES (GPCIs)\n"
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,{year} PW GPCI (with 1.0 Floor),"
    "{year} PE GPCI,{year} MP GPCI\n"
)
_RVU = (
    "{year} National Physician Fee Schedule Relative Value File {month} Release\n"
    "HCPCS,MOD,DESCRIPTION,STATUS CODE,WORK RVU,NON-FAC PE RVU,FACILITY PE RVU,MP RVU,NON-FACILITY TOTAL,"
    "FACILITY TOTAL,PCTC IND,GLOB DAYS,PRE OP,INTRA OP,POST OP,MULT PROC,BILAT SURG,ASST SURG,"
    "CO- SURG,TEAM SURG,CONV FACTOR\n"
)


@dataclass(frozen=True)
class Tables:
    """Writes published tables into a folder; each with few rows, so that they load as parts."""

    folder: Path

    def gpci(self, name: str = "GPCI2025.csv", year: int = 2025, pe: str = "0.869") -> Path:
        """Geographic factors of two localities."""
        rows = f"10112,AL,00,ALABAMA,1.000,{pe},0.575\n02102,AK,01,ALASKA*,1.500,1.081,0.592\n"
        return self.write(name, _GPCI.format(year=year) + rows)

    def rvu(
        self, name: str = "PPRRVU2025_Oct.csv", year: int = 2025, month: str = "October", work: str = "1.30"
    ) -> Path:
        """Relative values of one code, with a description."""
        totals = f"{float(work) + 1.45:.2f},{float(work) + 0.67:.2f}"
        row = f"99213,,Descr,A,{work},1.35,0.57,0.10,{totals},0,XXX,0,0,0,0,0,0,0,0,32.3465\n"
        return self.write(name, _RVU.format(year=year, month=month) + row)

    def zips(self, name: str = "ZIP5_OCT2025.txt") -> Path:
        """Two ZIP codes, one of which lies in several localities."""
        ends = " " * 54 + "20254\n"
        return self.write(name, f"AL351041011200 {' ' * 5}0{ends}AL352031011200 {' ' * 5}1{ends}")

    def write(self, name: str, text: str) -> Path:
        """A file of this text."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="latin-1")
        return file


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    """Writes into ``files`` of the test's folder."""
    return Tables(tmp_path / "files")


@dataclass(frozen=True)
class Shell:
    """Types `evenhand schedules` in a folder."""

    folder: Path

    def __call__(self, *words: str | Path) -> Done:
        """Run one command."""
        return typed(self.folder, "schedules", *words)


@pytest.fixture(scope="session")
def full_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files and a library of them, to be copied."""
    folder = tmp_path_factory.mktemp("full")
    made = Tables(folder / "files")
    made.rvu("PPRRVU2025_Jul.csv", month="July", work="1.20")
    for make in (made.rvu, made.gpci, made.zips):
        make()
    done = Shell(folder)("load", "files", "--part", "--library", "schedules")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def loaded(shell: Shell, full_folder: Path) -> Shell:
    """A shell with a library in ``schedules``: two releases of relative values, factors, ZIP codes."""
    shutil.copytree(full_folder, shell.folder, dirs_exist_ok=True)
    return shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in the test's folder; nobody says where the library is."""
    monkeypatch.delenv("EVENHAND_SCHEDULES", raising=False)
    return Shell(tmp_path)
