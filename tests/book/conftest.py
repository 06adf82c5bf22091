"""Small real files to load, and a book to load them into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.book import Book

Write = Callable[..., Path]

_ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *250102*1200*^*00501*000000001*0*P*:~"


def remittance(number: int, *, charge: str = "150.00", paid: str = "100.00", adjusted: str = "50.00") -> str:
    """An 835 with one claim of one line; it balances unless told otherwise."""
    body = [
        "ST*835*0001",
        f"BPR*I*{paid}*C*ACH*CCP*01*111*DA*33*1234567890**01*111*DA*33*20250301",
        f"TRN*1*CHK{number}*1512345678",
        "DTM*405*20250301",
        "N1*PR*Summit Health",
        "N1*PE*Cedar Ridge*XX*1234567893",
        "LX*1",
        f"CLP*C{number}*1*{charge}*{paid}**12*P{number}*11*1",
        "NM1*QC*1*DOE*PAT****MI*M1",
        f"SVC*HC:99213*{charge}*{paid}**1",
        "DTM*472*20250103",
        f"CAS*CO*45*{adjusted}",
    ]
    count = len(body) + 1
    return _ISA + "~".join(
        [
            "GS*HP*SENDER*RECEIVER*20250102*1200*1*X*005010X221A1",
            *body,
            f"SE*{count}*0001",
            "GE*1*1",
            "IEA*1*000000001~",
        ]
    )


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the remittance of a number into a folder; returns its path."""

    def write_(number: int, folder: str = "in", **wrong: str) -> Path:
        path = tmp_path / folder / f"{number}.835"
        path.parent.mkdir(exist_ok=True)
        path.write_text(remittance(number, **wrong))
        return path

    return write_


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """An empty book."""
    return Book.create(tmp_path / "book")
