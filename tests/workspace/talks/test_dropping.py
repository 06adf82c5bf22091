"""E-mails dropped into a folder: each recorded once in the right negotiation, nothing lost wherever it is stopped."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests.negotiation.record.outlook_files import Letter

from evenhand.book import Book
from evenhand.negotiation.record import Talk, check_kept, close_round, negotiation
from evenhand.workspace.configuration import Configuration
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.running.safety import unsafe
from evenhand.workspace.talks import dropping
from evenhand.workspace.talks.work import look_into_folders
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import broken, events

HERE = "/o/cedar/negotiations/summit/talks/"


@pytest.fixture
def folder(own: Organisation, tmp_path: Path, settings: Settings) -> Path:
    """The folder of the negotiation, as the first look makes it."""
    settings.MAIL_FOLDER = tmp_path / "mail"
    look_into_folders()
    return tmp_path / "mail" / "cedar" / "summit"


def looked() -> None:
    """A file is whole when it was the same at two looks."""
    look_into_folders()
    look_into_folders()


def talks(own: Organisation) -> tuple[Talk, ...]:
    return negotiation(Book.open(own.folder), "summit").read().talks


def eml(subject: str) -> bytes:
    return f"From: R. Alvarez <ra@summit.example>\nSubject: {subject}\n\nTwo percent.\n".encode()


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_the_folder_is_made_with_what_tells_how_to_use_it(own: Organisation, folder: Path) -> None:
    assert names(folder) == ["README.txt", "recorded", "refused"]
    assert "saved as .eml or by Outlook as .msg" in (folder / "README.txt").read_text("utf-8")
    assert all(
        place.stat().st_mode & stat.S_IRWXO == 0 for place in (folder, *folder.parents[:2], *folder.glob("re*d"))
    )
    looked()
    assert names(folder) == ["README.txt", "recorded", "refused"], "what tells how to use it is no e-mail"


def test_a_dropped_email_is_recorded_once_it_is_whole(
    own: Organisation, folder: Path, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    before, saved = talks(own), Letter(files=(("rates.pdf", b"%PDF-1.7"),)).saved()
    (folder / "offer.msg").write_bytes(saved[:3000])
    look_into_folders()
    (folder / "offer.msg").write_bytes(saved)
    look_into_folders()
    assert talks(own) == before, "it was still growing"

    look_into_folders()

    (talk,) = talks(own)[len(before) :]
    assert (talk.kind, talk.who, str(talk.date)) == ("email", ("R. Alvarez", "Dana Whitfield"), "2026-11-19")
    assert [held.file.rpartition("-")[2] for held in talk.attachments] == ["offer.msg", "rates.pdf"]
    assert (folder / "recorded" / "offer.msg").read_bytes() == saved
    event = events(own).first()
    assert event is not None
    assert (event.by, event.what, event.name) == (dropping.FOLDER, "recorded an e-mail in", "summit")
    assert event.why == "it came through the folder as offer.msg"
    page = signed_in(member(own, Role.COUNSEL)).get(HERE).content.decode()
    assert str(folder) in page
    assert "came through the folder as offer.msg" in page


def test_the_same_email_is_recorded_once_by_whichever_way_it_comes(
    own: Organisation, folder: Path, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    client, before = signed_in(member(own, Role.COUNSEL)), len(talks(own))

    def sent(key: str, *contents: bytes) -> Any:
        files = [SimpleUploadedFile(f"{number}.eml", content) for number, content in enumerate(contents)]
        return client.post(f"{HERE}mail/", {"key": key, "sent": files}, follow=True)

    for name in ("a.eml", "b.eml"):
        (folder / name).write_bytes(eml("First"))
    looked()
    (folder / "a.eml").write_bytes(eml("First"))
    looked()
    assert names(folder / "recorded") == ["a (2).eml", "a.eml", "b.eml"]
    assert len(talks(own)) == before + 1
    assert "the record holds this already" in sent("k1", eml("First")).content.decode()
    assert "the record holds the other 1 already" in sent("k2", eml("First"), eml("Second")).content.decode()
    (folder / "c.eml").write_bytes(eml("Second"))
    looked()
    assert len(talks(own)) == before + 2
    assert Event.objects.filter(by=dropping.FOLDER).count() == 1


def test_what_cannot_be_read_is_refused_with_the_reason_beside_it(
    own: Organisation,
    folder: Path,
    member: Callable[..., Person],
    signed_in: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, outside = talks(own), folder.parent / "secret.eml"
    outside.write_bytes(eml("Not dropped"))
    monkeypatch.setattr("evenhand.workspace.talks.attachments.MOST", 50_000)
    wrong = {
        "plan.pdf": (b"%PDF-1.7", "is no e-mail"),
        "empty.eml": (b"", "is empty"),
        "huge.eml": (eml("x") + b"x" * 60_000, "is larger than"),
        "cut.msg": (Letter().saved()[:300], "is cut off"),
        "page.eml": (b"<html>", "is no e-mail"),
        "<b>no.eml.txt": (b"x", "is no e-mail"),
        "no.eml": (b"x", "is no e-mail"),
        "l" * 230 + ".eml": (b"x", "is no e-mail"),
    }
    for name, (content, _) in wrong.items():
        (folder / name).write_bytes(content)
    (folder / "link.eml").symlink_to(outside)
    os.mkfifo(folder / "pipe.eml")
    Path(os.fsdecode(os.fsencode(folder) + b"/odd\xff.eml")).write_bytes(b"x")
    for left in ("coming.eml.part", ".hidden.eml", "~$offer.msg", "Thumbs.db"):
        (folder / left).write_bytes(b"x")
    (folder / "of May").mkdir()

    looked()

    assert talks(own) == before
    assert outside.read_bytes() == eml("Not dropped")
    stays = {
        "README.txt",
        "recorded",
        "refused",
        "coming.eml.part",
        ".hidden.eml",
        "~$offer.msg",
        "Thumbs.db",
        "of May",
    }
    assert {one.name for one in folder.iterdir()} == stays
    told = {one.name: one.why for one in dropping.refused(folder)}
    assert len(told) == len(wrong) + 3
    for name, (_, why) in wrong.items():
        shown = next(one for one in told if one.endswith(name[-100:].replace("<b>", "b-")))
        assert why in told[shown]
    assert {name: (folder / "refused" / name).read_bytes() for name in ("plan.pdf", "no.eml")} == {
        "plan.pdf": b"%PDF-1.7",
        "no.eml": b"x",
    }
    page = signed_in(member(own, Role.COUNSEL)).get(HERE).content.decode()
    assert "is cut off" in page
    assert "<b>no" not in page


class StoppedError(BaseException):
    """The worker is killed here."""


@contextmanager
def stopped_at(monkeypatch: pytest.MonkeyPatch, step: int, *, before: bool) -> Iterator[list[str]]:
    """Kill the worker at one of the things it does to files and tables: just before it, or just after."""
    done: list[str] = []

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            done.append(name)
            stops = len(done) == step
            if stops and before:
                raise StoppedError
            result = real(*args, **kwargs)
            if stops:
                raise StoppedError
            return result

        return called

    with monkeypatch.context() as patched:
        for name in ("rename", "replace", "open"):
            patched.setattr(os, name, watched(name, getattr(os, name)))
        patched.setattr(Path, "write_text", watched("write", Path.write_text))
        patched.setattr(Event, "save", watched("event", Event.save))
        try:
            yield done
        except StoppedError:
            done.append("stopped")


@pytest.mark.parametrize("before", [True, False])
def test_wherever_it_is_stopped_nothing_is_lost_and_nothing_doubled(
    own: Organisation, folder: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    start, step, steps = len(talks(own)), 0, set[str]()
    while True:
        step += 1
        (folder / f"{step}.eml").write_bytes(eml(f"Offer {step}"))
        (folder / f"{step}.msg").write_bytes(b"not one %d" % step)
        look_into_folders()
        with stopped_at(monkeypatch, step, before=before) as done:
            look_into_folders()
        steps |= set(done)
        looked()
        if "stopped" not in done:
            break
    assert step > 6
    assert steps >= {"rename", "replace", "event", "stopped"}
    assert [one.said.split("\n")[0] for one in talks(own)[start:]] == [f"Offer {one}" for one in range(1, step + 1)]
    assert Event.objects.filter(by=dropping.FOLDER).count() == step
    assert names(folder / "recorded") == sorted(f"{one}.eml" for one in range(1, step + 1))
    reasons = {f"{one}.msg{end}" for one in range(1, step + 1) for end in ("", ".txt")}
    assert {one for one in names(folder / "refused") if not one.startswith(".")} == reasons
    assert [one for one in check_kept(negotiation(Book.open(own.folder), "summit"))[1] if one.severity == "error"] == []
    assert broken(own) == []


def test_what_is_wrong_with_a_negotiation_is_not_the_emails_fault(
    own: Organisation, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = own.folder / "negotiations" / "summit" / "negotiation.yaml"
    text = file.read_text("utf-8")
    (folder / "offer.eml").write_bytes(eml("Offer"))
    file.write_text(text + "odd: yes\n", "utf-8")
    looked()
    assert names(folder)[1] == "offer.eml"
    file.write_text(text, "utf-8")
    (folder / "recorded").rmdir()
    (folder / "recorded").write_text("in the way", "utf-8")
    with caplog.at_level(logging.WARNING):
        looked()
        looked()
    assert len(caplog.messages) == 1, "it is said once"
    (folder / "recorded").unlink()
    looked()
    assert names(folder / "recorded") == ["offer.eml"]
    assert [one.said for one in talks(own)].count("Offer\n\nTwo percent.") == 1


def test_a_negotiation_that_is_over_gets_no_folder_and_none_is_made_where_a_share_is_gone(
    own: Organisation, tmp_path: Path, settings: Settings
) -> None:
    settings.MAIL_FOLDER = tmp_path / "mail"
    kept = negotiation(Book.open(own.folder), "summit")
    settings.CONFIGURATION = Configuration.of({"EVENHAND_MAIL_FOLDER": str(tmp_path / "mail")})
    look_into_folders()
    assert not (tmp_path / "mail").exists(), "what was named may be a share that is not mounted"
    close_round(kept, kept.read().rounds[-1].number, "accepted")
    (tmp_path / "mail").mkdir()
    look_into_folders()
    assert names(tmp_path / "mail") == []
    settings.MAIL_FOLDER = None
    look_into_folders()


def test_check_names_a_folder_everybody_may_look_into(tmp_path: Path) -> None:
    top = tmp_path / "share"
    told = Configuration.of({"EVENHAND_MAIL_FOLDER": str(top), "EVENHAND_WORKSPACE": str(tmp_path / "none")})

    def found() -> list[str]:
        return [f"{one.what}: {one.right}" for one in unsafe(told) if "share" in one.what]

    assert found() == [
        f"the folder for e-mails, {top}, is not there: make it, for whoever runs the workspace to read and write, "
        "or set EVENHAND_MAIL_FOLDER=no"
    ]
    refused = top / "cedar" / "summit" / "refused"
    refused.mkdir(parents=True)
    for place in (top, *top.rglob("*")):
        place.chmod(0o770)
    assert found() == []
    refused.chmod(0o775)
    assert found() == [f"everybody on this machine may look into {refused}: chmod o= {refused}"]
    if os.geteuid():  # who may do everything is stopped by nothing
        refused.chmod(0o500)
        assert found() == [f"e-mails dropped into {refused} cannot be taken from there: chmod u+rwx {refused}"]
        refused.chmod(0o700)
