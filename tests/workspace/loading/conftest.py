"""Files to bring in, and where they wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person

_ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *250102*1200*^*00501*000000001*0*P*:~"


def remittance(number: int, *, charge: str = "150.00") -> bytes:
    """An 835 with one claim of one line of $150.00: $100.00 paid, $50.00 adjusted."""
    body = [
        "ST*835*0001",
        "BPR*I*100.00*C*ACH*CCP*01*111*DA*33*1234567890**01*111*DA*33*20250301",
        f"TRN*1*CHK{number}*1512345678",
        "DTM*405*20250301",
        "N1*PR*Summit Health",
        "N1*PE*Cedar Ridge*XX*1234567893",
        "LX*1",
        f"CLP*C{number}*1*{charge}*100.00**12*P{number}*11*1",
        "NM1*QC*1*DOE*PAT****MI*M1",
        f"SVC*HC:99213*{charge}*100.00**1",
        "DTM*472*20250103",
        "CAS*CO*45*50.00",
    ]
    inside = ["GS*HP*SENDER*RECEIVER*20250102*1200*1*X*005010X221A1", *body, f"SE*{len(body) + 1}*0001", "GE*1*1"]
    return (_ISA + "~".join([*inside, "IEA*1*000000001~"])).encode()


@pytest.fixture
def new(db: None, tmp_path: Path, settings: Settings) -> Organisation:
    """An organisation that has no book yet; what is brought in waits in a folder of this test."""
    settings.STAGING = tmp_path / "staging"
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(tmp_path / "book"))


@pytest.fixture
def analyst(new: Organisation, member: Callable[..., Person]) -> Desk:
    """An analyst of it."""
    return desk_of(member(new, Role.ANALYST), new.slug)


@pytest.fixture
def client(analyst: Desk, signed_in: Callable[[Person], Client]) -> Client:
    """The analyst's browser."""
    return signed_in(analyst.person)


@pytest.fixture
def file() -> Callable[..., SimpleUploadedFile]:
    """A remittance to send; a number is a file of its own."""

    def made(number: int, name: str = "", **wrong: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name or f"june {number}.835", remittance(number, **wrong))

    return made
