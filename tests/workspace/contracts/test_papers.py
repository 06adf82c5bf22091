"""Papers lie with a contract: put there, found, taken away, and never read as what the contract says."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.contracts import read_contract
from evenhand.workspace.api.actions import Wanted, make
from evenhand.workspace.contracts import actions, queries
from evenhand.workspace.contracts.actions import Sent
from evenhand.workspace.contracts.papers import papers_of
from evenhand.workspace.figures.signature import signature
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.organisations.policy import allowed
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.queries import broken, events

NAME = "summit-health"
BASE = f"/o/cedar/contracts/{NAME}/"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj"


@pytest.fixture
def lead(own: Organisation, member: Callable[..., Person]) -> Desk:
    """A lead with a book to change."""
    return desk_of(member(own, Role.LEAD), own.slug)


@pytest.fixture
def client(lead: Desk, signed_in: Callable[[Person], Client]) -> Client:
    """The lead at the browser."""
    return signed_in(lead.person)


@pytest.fixture
def folder(own: Organisation) -> Path:
    """Where the contract lies."""
    return own.folder / "contracts" / NAME


def letter(text: str) -> bytes:
    """A Word document that says something."""
    out, made = io.BytesIO(), docx.Document()
    made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def put(client: Client, name: str, content: bytes, key: str, why: str = "") -> int:
    """Put a document there; the status of the answer."""
    sent = {"file": SimpleUploadedFile(name, content), "key": key, "why": why}
    return client.post(f"{BASE}documents/put/", sent).status_code


def test_a_signed_contract_is_kept_found_and_taken_away(client: Client, lead: Desk, folder: Path) -> None:
    before, state, figures = read_contract(folder).digest, queries.state_of(folder), signature(folder.parents[1])
    for _ in range(2):
        assert put(client, "../Signed.pdf", PDF, "k1", "signed by both") == 302
    assert put(client, "letter.docx", letter("Termination needs registered mail."), "k2") == 302

    page = client.get(f"{BASE}documents/").content.decode()
    for shown in ("Signed.pdf", "signed by both", "Lead &lt;lead@cedar.example&gt;", hashlib.sha256(PDF).hexdigest()):
        assert shown in page
    saved = client.get(f"{BASE}file/documents/Signed.pdf")
    assert (saved.content, saved["Content-Type"]) == (PDF, "application/octet-stream")
    assert saved["Content-Disposition"].startswith("attachment")
    hits = client.get("/o/cedar/talks/?q=registered+mail").content.decode()
    assert f'<a href="{BASE}documents/">' in hits
    now = (read_contract(folder).digest, queries.state_of(folder), signature(folder.parents[1]))
    assert now == (before, state, figures), "papers say nothing, and change no figure"

    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    assert client.post(f"{BASE}documents/Signed.pdf/take-away/", {"key": key}).status_code == 302
    assert [one.name for one in papers_of(lead, NAME)] == ["letter.docx"]
    stamp = queries.earlier(lead, NAME)[0].stamp
    assert client.get(f"{BASE}versions/{stamp}/documents/Signed.pdf/").content == PDF
    assert "Signed.pdf" in client.get(f"{BASE}versions/{stamp}/").content.decode()
    told = [event.what for event in events(lead.organisation, kind="contract", name=NAME).filter(person=lead.person)]
    assert told == ["took away Signed.pdf from", "put letter.docx with", "put Signed.pdf with"]
    assert broken(lead.organisation) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("page.html", b"<script>alert(1)</script>"), ("signed.pdf", b"<script>alert(1)</script>"), ("empty.pdf", b"")],
)
def test_what_is_no_paper_is_refused(client: Client, lead: Desk, name: str, content: bytes) -> None:
    assert put(client, name, content, "k1") == 422
    assert papers_of(lead, NAME) == []


def test_a_second_paper_of_a_name_is_refused(client: Client, lead: Desk) -> None:
    put(client, "signed.pdf", PDF, "k1")

    answer = client.post(f"{BASE}documents/put/", {"file": SimpleUploadedFile("signed.pdf", PDF + b"2"), "key": "k2"})

    assert answer.status_code == 422
    assert "there is a document signed.pdf already" in answer.content.decode()
    assert [one.size for one in papers_of(lead, NAME)] == [len(PDF)]


def test_papers_stay_whatever_becomes_of_the_text(client: Client, lead: Desk, folder: Path) -> None:
    text = (folder / "contract.yaml").read_text()
    actions.save_text(lead, NAME, text.replace("amount: 4650", "amount: 4900"), Sent(queries.state_of(folder), key="a"))
    put(client, "signed.pdf", PDF, "k1")
    first = queries.earlier(lead, NAME)[-1].stamp

    actions.bring_back(lead, NAME, first, Sent(queries.state_of(folder), key="b"))

    assert "amount: 4650" in (folder / "contract.yaml").read_text()
    (paper,) = papers_of(lead, NAME)
    assert (paper.name, paper.by) == ("signed.pdf", "Lead <lead@cedar.example>")


def test_programs_put_and_take_papers(lead: Desk, client: Client) -> None:
    secret = make(lead, Wanted("a test", allowed(lead.roles), 30))[1]
    at = f"/api/v1/o/cedar/contracts/{NAME}/documents"

    def ask(method: str, where: str, data: object = None) -> object:
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": where or "put"}
        return getattr(Client(headers=headers), method)(f"{at}{where}", data)

    for _ in range(2):
        made = ask("post", "", {"file": SimpleUploadedFile("signed.pdf", PDF), "why": "signed by both"})
    assert [(one["name"], one["why"], one["size"]) for one in made.json()["items"]] == [  # type: ignore[attr-defined]
        ("signed.pdf", "signed by both", len(PDF))
    ]
    assert ask("get", "/signed.pdf").content == PDF  # type: ignore[attr-defined]
    assert ask("post", "/signed.pdf/take-away").json()["items"] == []  # type: ignore[attr-defined]
    assert ask("get", "/signed.pdf").status_code == 404  # type: ignore[attr-defined]
