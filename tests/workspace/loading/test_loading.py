"""Files are brought in, looked at, loaded, taken out, put back; nothing is lost on the way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from evenhand.book import Book
from evenhand.errors import SelectionError
from evenhand.workspace.loading import actions
from evenhand.workspace.loading.models import Delivery
from evenhand.workspace.loading.staging import folder_of
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks import holding
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.worker import do, run_waiting
from evenhand.workspace.trail.queries import events

File = Callable[..., SimpleUploadedFile]


def bring(client: Client, *files: SimpleUploadedFile, key: str = "k1", **more: Any) -> Any:
    return client.post("/o/cedar/loading/bring/", {"key": key, "files": list(files), **more})


def staged() -> list[Path]:
    return [place for place in Path(django_settings.STAGING).rglob("*") if place.is_file()]


def the_load(desk: Desk) -> str:
    return desk.book().loads()[0].id


@pytest.fixture
def loaded(client: Client, file: File, analyst: Desk) -> str:
    """A load of two files, one of which does not balance; its id."""
    bring(client, file(1), file(2, charge="160.00"))
    run_waiting()
    actions.load(analyst, Delivery.objects.get(), key="load it")
    run_waiting()
    return the_load(analyst)


def test_what_is_brought_in_is_looked_at_before_anything_is_loaded(client: Client, file: File, analyst: Desk) -> None:
    response = bring(client, file(1), file(2))
    run_waiting()
    page = client.get(response.headers["Location"]).content.decode()

    assert "june 1.835" in page
    assert "Would load 2 files" in page
    assert "Load 2 files" in page
    assert "$300.00" in page
    assert not (analyst.organisation.folder / "loads").exists(), "a look must write nothing"


def test_loading_ends_in_a_report_that_adds_up(client: Client, loaded: str, analyst: Desk) -> None:
    page = client.get(f"/o/cedar/loading/loads/{loaded}/").content.decode()

    assert "file said = book holds + findings" in page
    assert "adds up" in page
    assert "june 2.835" in page
    assert "/staging/" not in page, "no path of the server's on a page"
    assert staged() == [], "the book keeps its own; nothing is left waiting"
    whats = [event.what for event in events(analyst.organisation)]
    assert whats == ["loaded", "asked to load", "brought in"]


def test_the_same_file_twice_is_told(client: Client, loaded: str, file: File) -> None:
    response = bring(client, file(1, "again.835"), key="k2")
    run_waiting()
    page = client.get(response.headers["Location"]).content.decode()

    assert f"already loaded in {loaded}" in page
    assert '<button class="main" type="submit">Load' not in page


def test_a_form_sent_twice_brings_in_once(client: Client, file: File) -> None:
    bring(client, file(1))
    again = bring(client, file(1))

    assert again.headers["Location"] == "/o/cedar/loading/"
    assert Delivery.objects.count() == 1
    assert len(staged()) == 1


NAMES = (
    "../../../../etc/passwd",
    "..",
    "a/b.835",
    "c\\b.835",
    "B.835",
    "/abs/x.835",
    ".hidden",
    "<b>1</b>.835",
    "x" * 300,
)


def raw(names: Sequence[str]) -> bytes:
    """A form as a browser never sends it, names and all."""
    head = '--edge\r\nContent-Disposition: form-data; name="{0}"{1}\r\n\r\n'
    parts = [head.format("key", "").encode() + b"k1\r\n"]
    parts += [head.format("files", f'; filename="{name}"').encode() + b"x\r\n" for name in names]
    return b"".join(parts) + b"--edge--\r\n"


def test_names_cannot_leave_the_folder(client: Client) -> None:
    body = raw(NAMES)
    response = client.post("/o/cedar/loading/bring/", body, content_type="multipart/form-data; boundary=edge")
    page = client.get(response.headers["Location"]).content.decode()

    places = staged()
    assert {place.parent.name for place in places} == {"files"}
    assert {"passwd", "b.835", "b (2).835", "x.835", "hidden"} <= {place.name for place in places}
    assert "B (3).835" in {place.name for place in places}, "some file systems hold b and B for the same"
    assert max(len(place.name) for place in places) <= 130
    assert "<b>1" not in page


def test_no_file_is_told(client: Client) -> None:
    response = bring(client)

    assert response.status_code == 422
    assert "no file was chosen" in response.content.decode()
    assert "choose files, or drop them onto the field" in response.content.decode()


def test_too_much_is_refused_while_it_arrives(client: Client, file: File, settings: Settings) -> None:
    settings.UPLOAD_MOST_BYTES = 600
    response = bring(client, file(1), file(2))

    assert response.status_code == 422
    assert "GB at once" in response.content.decode()
    assert (staged(), Delivery.objects.count()) == ([], 0)


def test_too_many_files_are_refused(client: Client, file: File, settings: Settings) -> None:
    settings.UPLOAD_MOST_FILES = 2
    response = bring(client, *(file(number) for number in range(3)))

    assert response.status_code == 422
    assert "more than 2 files at once" in response.content.decode()
    assert staged() == []


def test_an_archive_that_grows_beyond_measure_is_refused(client: Client, settings: Settings) -> None:
    settings.UPLOAD_MOST_UNPACKED = 2**20
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.835", b"0" * 2**21)
    response = bring(client, SimpleUploadedFile("bomb.zip", packed.getvalue()))

    assert response.status_code == 422
    assert "bomb.zip holds 1 file of 0.0 GB when unpacked, which is more than" in response.content.decode()
    assert staged() == []


def test_a_script_is_told_where_to_go(client: Client, file: File) -> None:
    def sent(*files: SimpleUploadedFile, key: str) -> Any:
        form = {"key": key, "files": list(files)}
        return client.post("/o/cedar/loading/bring/", form, headers={"HX-Request": "true"})

    assert sent(file(1), key="a").headers["HX-Redirect"].startswith("/o/cedar/loading/deliveries/")
    refused = sent(key="b")
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()


def test_the_token_against_forged_forms_is_asked_for(analyst: Desk, file: File) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst.person, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert bring(client, file(1)).status_code == 403
    assert staged() == [], "what a forged form sent is not kept"


def test_a_mapping_reads_a_table_of_ones_own(client: Client, analyst: Desk) -> None:
    table = SimpleUploadedFile("billing.csv", b"Claim No,Billed,Plan\nA1,120.50,Summit\nA2,80.00,Summit\n")
    mapping = SimpleUploadedFile(
        "map.yaml", b"mapping: ours\ncolumns:\n  claim_id: Claim No\n  charge_amount: Billed\n  payer: Plan\n"
    )
    response = bring(client, table, mapping=mapping)
    run_waiting()

    assert "mapped tables" in client.get(response.headers["Location"]).content.decode()


def test_a_wrong_mapping_is_told(client: Client, file: File) -> None:
    response = bring(client, file(1), mapping=SimpleUploadedFile("map.yaml", b"mapping: x\ncolumns: {claim_idd: A}\n"))
    run_waiting()
    page = client.get(response.headers["Location"]).content.decode()

    assert "This was not done" in page
    assert "claim_idd" in page
    assert "Start again" in page


def test_giving_up_removes_the_files(client: Client, file: File, analyst: Desk) -> None:
    response = bring(client, file(1))
    client.post(response.headers["Location"] + "give-up/", {"key": "g"})

    assert staged() == []
    assert events(analyst.organisation)[0].what == "gave up"
    run_waiting()
    assert "the files of this delivery are gone" in Task.objects.get().problem


def test_what_is_forgotten_is_cleared_away(client: Client, file: File) -> None:
    bring(client, file(1))
    Delivery.objects.update(brought=timezone.now() - timedelta(days=8))
    bring(client, file(2), key="k2")

    assert [place.name for place in staged()] == ["june 2.835"]


def test_a_load_is_taken_out_and_put_back(client: Client, loaded: str, analyst: Desk) -> None:
    at = f"/o/cedar/loading/loads/{loaded}/"
    refused = client.post(at + "take-out/", {"key": "a", "why": ""})
    assert refused.status_code == 422, "why is asked for"

    client.post(at + "take-out/", {"key": "a", "why": "wrong month"})
    assert analyst.book().loads() == ()
    assert "Put it back" in client.get(at).content.decode()
    client.post(at + "take-out/", {"key": "b", "why": "right after all"})

    assert len(analyst.book().loads()) == 1
    told = [(event.what, event.why) for event in events(analyst.organisation, kind="load")]
    assert told == [("put back", "right after all"), ("took out", "wrong month"), ("loaded", "")]


def test_what_cannot_be_put_back_says_why(client: Client, loaded: str, analyst: Desk, file: File) -> None:
    at = f"/o/cedar/loading/loads/{loaded}/take-out/"
    client.post(at, {"key": "a", "why": "wrong"})
    bring(client, file(1), key="k3")
    run_waiting()
    actions.load(analyst, Delivery.objects.get(ended=None), key="l3")
    run_waiting()
    response = client.post(at, {"key": "b", "why": "after all"})

    assert response.status_code == 422
    assert "holds some of the same files" in response.content.decode()


def test_a_worker_killed_after_loading_finds_what_it_loaded(client: Client, file: File, analyst: Desk) -> None:
    bring(client, file(1))
    run_waiting()
    delivery = Delivery.objects.get()
    actions.load(analyst, delivery, key="l")
    killed = holding.take(timedelta(seconds=-1))
    assert killed is not None
    Book.create(analyst.organisation.folder).load([folder_of(analyst.organisation, delivery.pk) / "files"])
    again = holding.take()
    assert again is not None
    do(again)

    delivery.refresh_from_db()
    assert delivery.load == the_load(analyst)
    assert Task.objects.get(kind="loading.load").state == State.DONE
    assert len(analyst.book().loads()) == 1
    assert [event.what for event in events(analyst.organisation)].count("loaded") == 1


def test_two_people_load_at_once(
    client: Client, file: File, analyst: Desk, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    other = signed_in(member(analyst.organisation, Role.LEAD))
    first, second = bring(client, file(1), file(2)), bring(other, file(2), file(3), key="k2")
    run_waiting()
    for one, at, key in ((client, first, "l1"), (other, second, "l2")):
        one.post(at.headers["Location"] + "load/", {"key": key})
    run_waiting()

    held = sorted(file.path.rsplit("/", 1)[1] for load in analyst.book().loads() for file in load.files)
    assert held == ["june 1.835", "june 2.835", "june 3.835"]
    assert analyst.book().verify() == []


def test_findings_are_filtered_and_exported(client: Client, loaded: str) -> None:
    by_rule = client.get("/o/cedar/loading/findings/").content.decode()
    each = client.get("/o/cedar/loading/findings/each/?severity=error").content.decode()
    none = client.get("/o/cedar/loading/findings/each/?file=nothing").content.decode()
    sheet = client.get("/o/cedar/loading/findings/findings.xlsx?severity=error")

    assert "balance" in by_rule
    assert "june 2.835" in each
    assert "june 1.835" not in each
    assert "No findings fit" in none
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    assert book.sheetnames == ["by rule", "one by one"]
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="findings.xlsx"'


def test_single_findings_are_for_those_who_may_see_claims(
    loaded: str, new: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    reader = signed_in(member(new, Role.READER))
    page = reader.get("/o/cedar/loading/findings/").content.decode()

    assert "Single findings name claims; your role shows their numbers only" in page
    assert "For example" not in page
    assert reader.get("/o/cedar/loading/findings/each/").status_code == 403
    assert reader.get("/o/cedar/loading/findings/findings.xlsx").status_code == 403


def test_a_reader_sees_loads_and_changes_nothing(
    loaded: str, new: Organisation, file: File, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    reader = signed_in(member(new, Role.READER))
    page = reader.get("/o/cedar/loading/").content.decode()

    assert loaded in page
    assert 'type="file"' not in page
    assert "Take it out" not in reader.get(f"/o/cedar/loading/loads/{loaded}/").content.decode()
    assert bring(reader, file(9), key="r").status_code == 403
    assert reader.post(f"/o/cedar/loading/loads/{loaded}/take-out/", {"key": "x", "why": "y"}).status_code == 403
    assert staged() == []


def test_pages_are_there_before_the_first_load(client: Client) -> None:
    assert "The book is empty" in client.get("/o/cedar/loading/").content.decode()
    assert "There are no findings" in client.get("/o/cedar/loading/findings/each/").content.decode()
    assert client.get("/o/cedar/loading/loads/2026-01-01T000000-00000000/").status_code == 404


def test_a_load_that_was_taken_out_as_the_server_died_is_told(loaded: str, analyst: Desk) -> None:
    analyst.book().unload(loaded)
    actions.unload(analyst, loaded, why="wrong month", key="k9")
    actions.unload(analyst, loaded, why="wrong month", key="k9")

    (event,) = events(analyst.organisation, kind="load", name=loaded).filter(what="took out")
    assert (event.person, event.after) == (analyst.person, "taken out, as was not told yet")
    with pytest.raises(SelectionError, match="there is no load"):
        actions.unload(analyst, loaded, why="once more", key="k10")
