"""A dispute packet: one payer, what it paid too little and nothing else, safe to open, logged when it leaves."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from docx import Document as Word

from evenhand.book import Book
from evenhand.documents.dispute import Dispute, Disputed, dispute_letter, dispute_sheets
from evenhand.documents.paper import html_of
from evenhand.documents.workbook import write_workbook
from evenhand.money import show_money
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.payments.choosing import Chosen
from evenhand.workspace.payments.models import Packet, Worklist
from evenhand.workspace.payments.packets import ask_packet
from evenhand.workspace.payments.queries import sums
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.worker import run_waiting
from evenhand.workspace.trail.models import Event

PACKETS = "/o/cedar/payments/packets/"
SUMMIT = Chosen(payer="Summit Health")
ITEM = Disputed(
    claim="=1+1",
    payer_claim="+SUM(A1)",
    line="@line",
    service_date=date(2026, 7, 24),
    code="27447",
    revenue="",
    modifiers="-RT",
    units="1",
    charge=Decimal("5000.00"),
    allowed=Decimal("100.00"),
    expected=Decimal("350.50"),
    contract="Cedar Ridge with Summit",
    term='=HYPERLINK("http://x")',
    cite="Exhibit A",
    reason="lesser-of",
    explanation="\t=cmd|' /C calc'!A0",
    payer_codes="CO-45",
    paid_on=date(2026, 8, 18),
    dispute_by=None,
)


def told(*items: Disputed, days: int | None = None) -> Dispute:
    """A dispute about these items."""
    return Dispute("Cedar Ridge", "Summit <b>Health</b>", "Ada", date(2026, 9, 1), items, days)


def test_nothing_in_the_workbook_is_a_formula(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", dispute_sheets(told(ITEM)))

    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert "=1+1" in {cell.value for cell in cells}, "it is there as text"


def test_the_letter_says_how_much_for_what_and_what_is_in_it() -> None:
    items = (ITEM, replace(ITEM, claim="CR2", term="Fee schedule", expected=Decimal("100.25")))
    page = html_of(dispute_letter(told(*items, days=30)))

    assert "$250.75 too little" in page.replace("\u2060", "")
    assert "2 items of 2 claims" in page
    assert "within 30 days" in page
    assert "<b>Health</b>" not in page
    assert "No names, birthdays, membership numbers or diagnoses" in page
    assert "disputed within a time" not in page, "the contract states none"


@pytest.mark.parametrize(("by", "in_time"), [(date(2026, 10, 1), True), (date(2026, 8, 30), False)])
def test_the_contracts_own_deadline_is_told(by: date, in_time: bool) -> None:
    page = html_of(dispute_letter(told(replace(ITEM, dispute_by=by), ITEM)))

    assert f"{by.day} {by:%B %Y}" in page
    assert ("given within that time" in page) is in_time


def written(at_work: Desk, chosen: Chosen = SUMMIT) -> Packet:
    """A packet, written."""
    packet = ask_packet(at_work, chosen, key="p")
    run_waiting()
    packet.refresh_from_db()
    assert packet.made is not None
    return packet


def test_a_packet_holds_each_item_of_the_worklist_with_its_evidence(at_work: Desk, worklist: Worklist) -> None:
    packet = written(at_work)
    whole = sums(worklist, replace(SUMMIT, way="underpaid"))
    assert (packet.count, packet.amount) == (whole.count, whole.cents)

    files = {file.kind: bytes(file.content) for file in packet.files.all()}
    assert set(files) == {"xlsx", "docx", "html"}
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["evidence"]
    headings = [cell.value for cell in sheet[3]]
    rows = [
        dict(zip(headings, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(4, whole.count + 3)
    ]
    assert sum(Decimal(str(row["Short"])).quantize(Decimal("0.01")) for row in rows) == whole.amount
    assert all(row["Term"] and row["How the price comes about"] and row["Our claim number"] for row in rows)
    text = "\n".join(paragraph.text for paragraph in Word(io.BytesIO(files["docx"])).paragraphs)
    assert show_money(whole.amount) in text.replace("\u2060", "")
    assert "Summit Health" in files["html"].decode()


def test_no_patient_is_named_in_a_packet(at_work: Desk, worklist: Worklist) -> None:
    packet = written(at_work)
    book = Book.open(at_work.organisation.folder)
    told = [*book.relation("select distinct member_id, cast(patient_birth_date as varchar) as born from claims")]
    told += [*book.relation("select distinct code from diagnoses")]
    words = {value for row in told for value in row.values() if value}
    assert len(words) > 100

    for file in packet.files.all():
        content = bytes(file.content)
        text = content.decode() if file.kind == "html" else _texts(content, file.kind)
        found = words & set(re.findall(r"[\w-]+", text))
        assert not found, (file.kind, found)


def _texts(content: bytes, kind: str) -> str:
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    word = Word(io.BytesIO(content))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_what_cannot_be_disputed_is_refused(at_work: Desk, worklist: Worklist) -> None:
    with pytest.raises(RefusedError, match="goes to one payer"):
        ask_packet(at_work, Chosen(), key="a")
    with pytest.raises(RefusedError, match="nothing to dispute"):
        ask_packet(at_work, Chosen(way="overpaid"), key="b")
    assert Packet.objects.count() == 0


def test_files_are_taken_out_as_attachments_and_that_is_logged(
    ada: Client, at_work: Desk, member: Callable[..., Person]
) -> None:
    page = ada.get(f"/o/cedar/payments/claims/?{SUMMIT.address}").content.decode()
    key = re.findall(r'name="key" value="([^"]*)"', page)[-1]
    sent = {"scope": "all", "chosen": SUMMIT.address, "key": key}
    asked = ada.post(PACKETS, sent)
    assert ada.post(PACKETS, sent).url == PACKETS, "sent twice, asked for once"  # type: ignore[attr-defined]
    path = asked.url  # type: ignore[attr-defined]
    assert ada.get(f"{path}xlsx/").status_code == 404, "it is not written yet"
    run_waiting()

    assert "Evidence, Excel workbook" in ada.get(path).content.decode()
    for kind in ("xlsx", "docx", "html"):
        file = ada.get(f"{path}{kind}/")
        assert file.headers["Content-Disposition"].startswith('attachment; filename="dispute-summit-health-'), kind
        assert "html" not in file.headers["Content-Type"], "nothing is shown inside the site"
    assert ada.get(f"{path}exe/").status_code == 404
    told = Event.objects.filter(kind="variance").order_by("number").values_list("what", flat=True)
    assert list(told) == ["asked for a dispute packet", "took out", "took out", "took out"]
    assert Packet.objects.count() == 1
