"""Files to bring in, and where they wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests.workspace.loading.remittances import remittance

from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person


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
