"""The record of talks: said, attached, promised, found again, reminded of, in one's own calendar."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django import Settings
from tests.negotiation.record.outlook_files import Letter
from tests.workspace.talks.catcher import catching

from evenhand.book import Book
from evenhand.negotiation.record import Kept, check_kept, negotiation, promise
from evenhand.workspace.organisations.models import Access, Membership, Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.talks.models import Reminder
from evenhand.workspace.talks.work import REMIND
from evenhand.workspace.tasks.actions import enqueue_unasked
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.worker import run_waiting

HERE = "/o/cedar/negotiations/summit/talks/"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj"


@pytest.fixture
def counsel(own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]) -> Client:
    """Counsel, who records talks and changes nothing else."""
    return signed_in(member(own, Role.COUNSEL))


def kept(own: Organisation) -> Kept:
    """The negotiation as it lies in the book."""
    return negotiation(Book.open(own.folder), "summit")


def said(**values: object) -> dict[str, object]:
    """A call, filled in."""
    return {"key": "k1", "kind": "call", "day": "2026-11-20", "who": "R. Alvarez, Dana", "said": "They move.", **values}


def mail(subject: str = "Our offer", text: str = "See the file attached.", attached: bytes = PDF) -> bytes:
    """An e-mail as somebody saved it."""
    message = EmailMessage()
    message["From"], message["To"] = "R. Alvarez <ra@summit.example>", "Dana Whitfield <dana@cedar.example>"
    message["Subject"], message["Date"] = subject, "Thu, 19 Nov 2026 09:30:00 -0600"
    message.set_content(text)
    message.add_attachment(attached, maintype="application", subtype="pdf", filename="../../rates.pdf")
    return message.as_bytes()


def office(*names: str) -> bytes:
    """An Office document with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "x")
    return made.getvalue()


def test_a_call_is_recorded_once_with_its_file(own: Organisation, counsel: Client) -> None:
    before = len(kept(own).read().talks)
    for _ in range(2):
        sent = [SimpleUploadedFile("letter.pdf", PDF)]
        assert counsel.post(f"{HERE}record/", said(sent=sent)).status_code == 302

    talks = kept(own).read().talks
    assert len(talks) == before + 1
    assert talks[-1].who == ("R. Alvarez", "Dana")
    (held,) = talks[-1].attachments
    assert (kept(own).folder / held.file).read_bytes() == PDF
    assert [one for one in check_kept(kept(own))[1] if one.severity == "error"] == []
    page = counsel.get(HERE).content.decode()
    assert "They move." in page
    file = counsel.get(f"{HERE}files/{held.file.rpartition('/')[2]}/")
    assert file.content == PDF
    assert file["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("name", ["who", "said"])
def test_what_was_said_is_text_and_nothing_else(counsel: Client, name: str) -> None:
    counsel.post(f"{HERE}record/", said(**{name: SCRIPT}))

    for page in (counsel.get(HERE), counsel.get("/o/cedar/talks/", {"q": "onerror"})):
        text = page.content.decode()
        assert "&lt;script&gt;alert(1)" in text or "&lt;img src=x" in text
        assert "<script>alert" not in text
        assert "<img" not in text


def test_the_name_of_a_file_leads_nowhere_and_is_text(own: Organisation, counsel: Client) -> None:
    counsel.post(f"{HERE}record/", said(sent=[SimpleUploadedFile(f"..\\..\\{SCRIPT}.pdf", PDF)]))

    (held,) = kept(own).read().talks[-1].attachments
    assert (kept(own).folder / held.file).resolve().parent == (kept(own).folder / "attachments").resolve()
    assert "<img" not in counsel.get(HERE).content.decode()
    for path in ("..%2Fnegotiation.yaml", "%2Fetc%2Fpasswd", "negotiation.yaml"):
        assert counsel.get(f"{HERE}files/{path}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("page.html", b"<html><script>", "of no kind that is kept"),
        ("drawing.svg", b"<svg onload='x'>", "of no kind that is kept"),
        ("tool.exe", b"MZ", "of no kind that is kept"),
        ("letter.pdf", b"<html>", "not what its name says"),
        ("letter.pdf", b"", "empty"),
        ("picture.png", b"\xff\xd8\xff", "not what its name says"),
        ("notes.txt", b"MZ\x90\x00", "not what its name says"),
        ("plan.docx", office("word/vbaProject.bin"), "not what its name says"),
        ("plan.xlsx", b"PK\x03\x04damaged", "not what its name says"),
    ],
)
def test_a_file_is_taken_for_what_is_in_it(
    own: Organisation, counsel: Client, name: str, content: bytes, why: str
) -> None:
    before = kept(own).read()

    told = counsel.post(f"{HERE}record/", said(sent=[SimpleUploadedFile(name, content)]))

    assert told.status_code == 422
    assert why in told.content.decode()
    assert kept(own).read() == before


def test_an_archive_that_unpacks_to_too_much_is_refused(counsel: Client) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"\x00" * 250 * 2**20)

    told = counsel.post(f"{HERE}record/", said(sent=[SimpleUploadedFile("bomb.docx", made.getvalue())]))

    assert told.status_code == 422
    assert "unpacks to" in told.content.decode()


def test_an_email_is_read_and_its_files_are_kept(own: Organisation, counsel: Client) -> None:
    sent = [SimpleUploadedFile("offer.eml", mail(SCRIPT, f"Two percent. {SCRIPT}"))]

    assert counsel.post(f"{HERE}mail/", {"key": "k1", "sent": sent}).status_code == 302

    talk = kept(own).read().talks[-1]
    assert (str(talk.date), talk.kind) == ("2026-11-19", "email")
    assert talk.who == ("R. Alvarez", "Dana Whitfield")
    assert "Two percent." in talk.said
    assert [held.file.rpartition(".")[2] for held in talk.attachments] == ["eml", "pdf"]
    page = counsel.get(HERE).content.decode()
    assert "<script>alert" not in page
    assert "Two percent." in counsel.get("/o/cedar/talks/", {"q": "two PERCENT"}).content.decode()


def test_an_email_saved_by_outlook_is_read_as_any_other(own: Organisation, counsel: Client) -> None:
    letter = Letter(cc=("Jürgen Groß",), text=f"Two percent. {SCRIPT}", files=(("../../rates.pdf", PDF),))
    sent = [SimpleUploadedFile("offer.msg", letter.saved())]

    assert counsel.post(f"{HERE}mail/", {"key": "k1", "sent": sent}).status_code == 302

    talk = kept(own).read().talks[-1]
    assert (str(talk.date), talk.kind) == ("2026-11-19", "email")
    assert talk.who == ("R. Alvarez", "Dana Whitfield", "Jürgen Groß")
    assert [held.file.rpartition("-")[2] for held in talk.attachments] == ["offer.msg", "rates.pdf"]
    assert "<script>alert" not in counsel.get(HERE).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.eml", b"no e-mail at all", "is no e-mail"),
        ("x.msg", b"From: a@b.example", "not what its name says"),
        ("x.msg", Letter().saved()[:300], "is cut off"),
        ("x.msg", Letter(text=None).saved(), "has no text"),
    ],
)
def test_an_email_nobody_can_read_is_refused(
    own: Organisation, counsel: Client, name: str, content: bytes, why: str
) -> None:
    before = kept(own).read()

    refused = counsel.post(f"{HERE}mail/", {"key": "k1", "sent": [SimpleUploadedFile(name, content)]})

    assert refused.status_code == 422
    assert why in refused.content.decode()
    assert kept(own).read() == before


def test_several_emails_are_recorded_all_or_none(own: Organisation, counsel: Client) -> None:
    before = kept(own).read()
    both = [SimpleUploadedFile("a.eml", mail()), SimpleUploadedFile("b.eml", b"no e-mail")]

    assert counsel.post(f"{HERE}mail/", {"key": "k1", "sent": both}).status_code == 422

    assert kept(own).read() == before


def test_a_promise_is_recorded_shown_due_and_done(own: Organisation, counsel: Client) -> None:
    sent = {"key": "k1", "what": SCRIPT, "owner": SCRIPT, "day": "2026-11-01", "due": "2026-11-10"}
    counsel.post(f"{HERE}promises/", sent)

    page = counsel.get(HERE).content.decode()
    number = kept(own).read().commitments[-1].number
    assert "late" in page
    assert "<script>alert" not in page + counsel.get("/o/cedar/talks/").content.decode()

    counsel.post(f"{HERE}promises/{number}/done/", {"key": "k2"})
    assert kept(own).read().commitments[-1].done == timezone.localdate()


def test_search_finds_issues_offers_notes_and_files_of_those_one_may_see(
    own: Organisation, counsel: Client, member: Callable[..., Person]
) -> None:
    counsel.post(f"{HERE}record/", said(said="x", sent=[SimpleUploadedFile("fee study.pdf", PDF)]))

    def found(words: str) -> str:
        return counsel.get("/o/cedar/talks/", {"q": words}).content.decode()

    assert "fee-study.pdf" in found("fee-study")
    assert "Joint replacement, day case" in found("joint day case")
    assert "halfway to our targets" in found("halfway targets")
    assert "occurs nowhere" in found("zzz qqq")
    Access.objects.create(organisation=own, negotiation="summit", person=member(own, Role.LEAD))
    assert "occurs nowhere" in found("halfway targets"), "closed to counsel now"


def test_readers_see_no_talks_and_executives_record_none(
    own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    reader, executive = (signed_in(member(own, role)) for role in (Role.READER, Role.EXECUTIVE))

    assert [reader.get(path).status_code for path in (HERE, "/o/cedar/talks/")] == [403, 403]
    assert executive.get(HERE).status_code == 200
    assert executive.post(f"{HERE}record/", said()).status_code == 403


def test_the_calendar_is_for_whoever_has_the_link_until_it_is_revoked(own: Organisation, counsel: Client) -> None:
    promise(kept(own), "Send the rate file", "Summit Health", made=timezone.localdate(), due=timezone.localdate())
    counsel.post("/o/cedar/talks/calendar/", {"key": "k1", "do": "make"})
    page = counsel.get("/o/cedar/talks/").content.decode()
    link = re.search(r'value="http://testserver(/calendars/[^"]+)"', page)
    assert link is not None
    assert "/calendars/" not in counsel.get("/o/cedar/talks/").content.decode(), "it is shown once"

    answer = Client().get(link[1])
    days = Calendar.from_ical(answer.content)
    assert answer["Content-Type"].startswith("text/calendar")
    assert any("Send the rate file" in str(one["summary"]) for one in days.walk("VEVENT"))
    assert any("Last day to give notice" in str(one["summary"]) for one in days.walk("VEVENT"))

    counsel.post("/o/cedar/talks/calendar/", {"key": "k2", "do": "revoke"})
    assert Client().get(link[1]).status_code == 404
    assert Client().get("/calendars/guessed.ics").status_code == 404


def test_a_calendar_ends_with_the_membership(own: Organisation, counsel: Client) -> None:
    counsel.post("/o/cedar/talks/calendar/", {"key": "k1", "do": "make"})
    link = re.search(r'http://testserver(/calendars/[^"]+)"', counsel.get("/o/cedar/talks/").content.decode())
    assert link is not None
    Membership.objects.all().delete()

    assert Client().get(link[1]).status_code == 404


def test_people_are_reminded_once_a_day_by_a_real_server(
    own: Organisation, member: Callable[..., Person], settings: Settings
) -> None:
    member(own, Role.LEAD, name="Ines")
    member(own, Role.READER)
    due = timezone.localdate() + timedelta(days=2)
    promise(kept(own), "Send the\nrate file", "Summit Health", made=timezone.localdate(), due=due)
    with catching() as (port, caught):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        for number in range(2):
            enqueue_unasked(own, REMIND, title="Remind", key=f"{REMIND} {number}")
            run_waiting()

    assert {one.state for one in Task.objects.filter(kind=REMIND)} == {State.DONE}
    (message,) = caught
    assert message["To"] == "ines@cedar.example"
    assert "Send the" in message.get_content()
    assert len(Reminder.objects.all()) == 1


def test_a_reminder_that_could_not_be_sent_is_not_noted_as_sent(
    own: Organisation, member: Callable[..., Person], settings: Settings
) -> None:
    member(own, Role.LEAD)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1

    enqueue_unasked(own, REMIND, title="Remind", key=REMIND)
    run_waiting()

    assert Task.objects.get(kind=REMIND).state == State.FAILED
    assert not Reminder.objects.exists()
