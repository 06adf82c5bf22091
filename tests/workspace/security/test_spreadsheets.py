"""Text that a spreadsheet would run as a formula leaves the site as text, whichever file it leaves in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from tests.workspace.security.walking import addresses

from evenhand.documents.commas import csv_text
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.workbook import write_workbook
from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.payments.models import PacketFile
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, recorded

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1+1",
    "＠A1",
    "=cmd|'/c calc'!A1",
)
BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cells(content: bytes) -> Iterator[Any]:
    """Every cell of a workbook or of comma-separated text."""
    if content.startswith(b"PK"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        yield from (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    else:
        yield from (cell for row in csv.reader(io.StringIO(content.decode())) for cell in row)


def runs(cell: Any) -> bool:
    """Whether a spreadsheet would run it."""
    if isinstance(cell, str):
        return cell.startswith(BEGINS) and not _is_number(cell)
    return cell.data_type == "f" or cell.hyperlink is not None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("text", FORMULAS)
def test_no_sheet_runs_what_it_says(text: str, tmp_path: Path) -> None:
    sheet = Sheet("s", text, (Field("what", text), Field("amount", "Amount", "money")), [{"what": text, "amount": -5}])
    write_workbook(tmp_path / "s.xlsx", [sheet])

    assert not [cell for cell in cells((tmp_path / "s.xlsx").read_bytes()) if runs(cell)]
    assert not [cell for cell in cells(csv_text(sheet).encode()) if runs(cell)]


def test_negative_figures_stay_figures(tmp_path: Path) -> None:
    sheet = Sheet("s", "S", (Field("a", "A", "money"), Field("b", "B")), [{"a": -5.25, "b": "-5.25"}])
    write_workbook(tmp_path / "s.xlsx", [sheet])

    assert -5.25 in [cell.value for cell in cells((tmp_path / "s.xlsx").read_bytes())]
    assert csv_text(sheet).splitlines()[1] == "-5.25,-5.25"


@pytest.fixture
def full(own: Organisation, people: dict[str, Person], objects: dict[str, Any]) -> Organisation:
    """An organisation in which everything is called like a formula."""
    for role in Role:
        Membership.objects.get_or_create(person=people["lead"], organisation=own, role=role)
    Person.objects.update(name=FORMULAS[-1])
    PacketFile.objects.all().delete()  # the fixture's is no workbook; its own tests look into real ones
    for number, text in enumerate(FORMULAS):
        with recorded(Deed(text, "contract", text, people["lead"], own, by=text, why=text, key=f"{number}")) as draft:
            draft.before, draft.after = text, text
    return own


def test_no_file_of_the_site_runs_what_people_wrote(
    full: Organisation, entered: Callable[[str], Client], url: Callable[..., str], objects: dict[str, Any]
) -> None:
    client, files = entered("lead"), {}
    places = [at for _, at, _ in addresses(url)]
    for at in [*places, *(at.replace(".csv", ".xlsx") for at in places if at.endswith(".csv"))]:
        answer = client.get(at)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and ("spreadsheet" in kind or "csv" in kind):
            files[at] = b"".join(answer) if answer.streaming else answer.content

    assert len(files) >= 5, f"too few files were found: {list(files)}"
    assert not [(at, str(cell)) for at, content in files.items() for cell in cells(content) if runs(cell)]
