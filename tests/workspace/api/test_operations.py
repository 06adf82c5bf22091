"""What programs read and change: the same rules as on pages, each request once, nobody's change overwritten."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from ninja import Schema
from tests.negotiation.record.outlook_files import Letter

from evenhand.book import Book
from evenhand.workspace.api.site import operations
from evenhand.workspace.negotiations.work import documents_folder
from evenhand.workspace.organisations.models import Access, Membership, Organisation, Role
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.worker import run_waiting
from evenhand.workspace.trail.queries import events

#: Filters of an address; the description spells their fields out and names none of them.
QUERIES = {"Sought", "Asked"}


@pytest.fixture
def named(own: Organisation) -> str:
    """The negotiation of the book."""
    return next(own.folder.glob("negotiations/*/negotiation.yaml")).parent.name


@pytest.fixture
def lead(own: Organisation, program: Callable[..., Any]) -> Any:
    """A program of a contracting lead, with a book to change."""
    return program(own, Role.LEAD)


def test_every_operation_says_what_it_takes() -> None:
    told = operations()

    assert len(told) == len(set(told)) > 30
    assert [one.path for one in told if one.may is None] == ["/api/v1/organisations"]
    assert all(
        one.method == "GET" or one.may is not May.SEE or "/tasks/" in one.path or one.path.endswith("/again")
        for one in told
    ), "what changes something takes more than seeing; a task is stopped by whoever asked for it"


def test_the_description_is_open_and_lists_every_operation(db: None) -> None:
    document = Client().get("/api/v1/openapi.json").json()
    told = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}

    assert told == {(one.method, one.path) for one in operations()}
    assert document["components"]["securitySchemes"]["Bearer"] == {"type": "http", "scheme": "bearer"}


def test_no_two_rooms_call_different_things_alike() -> None:
    def below(kind: type[Schema]) -> Iterator[type[Schema]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    ours = {one for one in below(Schema) if one.__module__.startswith("evenhand.") and "[" not in one.__name__}
    told = Counter(one.__name__ for one in ours)

    assert len(told) > 30
    assert [name for name, count in told.items() if count > 1 and name not in QUERIES] == [], (
        "the description names each once, and the second would overwrite the first"
    )


def test_where_nothing_is_a_program_is_told_so(db: None) -> None:
    for path in ("/api/v1/", "/api/v1/nothing", "/api/v2/organisations"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), path


def test_positions_are_for_those_who_may_see_them(own: Organisation, program: Callable[..., Any], named: str) -> None:
    at = f"/negotiations/{named}"
    ours = program(own, Role.LEAD).get(f"{at}/issues").json()
    others = program(own, Role.READER)

    assert any(one["walk_away"] for one in ours)
    for one in others.get(f"{at}/issues").json():
        assert {one[key] for key in ("opening", "target", "walk_away", "note", "theirs")} == {None}
    assert others.get(at).json()["goals"] is None
    assert {one["note"] for one in others.get(f"{at}/rounds").json()} == {None}
    assert others.get(f"{at}/promises").status_code == 403


def test_who_sees_the_log_but_no_positions_reads_none_there(
    own: Organisation, program: Callable[..., Any], lead: Any, named: str
) -> None:
    issue = lead.get(f"/negotiations/{named}/issues").json()[0]["id"]
    state = lead.get(f"/negotiations/{named}")["ETag"]
    lead.put(f"/negotiations/{named}/issues/{issue}", {"walk_away": "9.875 %"}, if_match=state)
    sought = f"/events?kind=negotiation&name={named}"

    assert "9.875 %" in lead.get(sought).json()["items"][0]["after"]
    assert program(own, Role.ADMINISTRATOR).get(sought).json()["items"][0]["after"] is None


def test_a_change_says_what_it_was_made_from(lead: Any, named: str) -> None:
    at = f"/negotiations/{named}"
    issue = lead.get(f"{at}/issues").json()[0]["id"]
    state = lead.get(at)["ETag"]

    assert lead.put(f"{at}/issues/{issue}", {"target": "5 %"}).status_code == 428
    changed = lead.put(f"{at}/issues/{issue}", {"target": "5 %"}, if_match=state)
    assert (changed.status_code, changed.json()["target"]) == (200, "5 %")
    assert changed["ETag"] == lead.get(at)["ETag"] != state

    late = lead.put(f"{at}/issues/{issue}", {"target": "1 %"}, if_match=state)
    assert late.status_code == 412
    assert "changed by somebody else" in late.json()["detail"]
    assert lead.get(at, if_none_match=changed["ETag"]).status_code == 304


def test_the_same_key_acts_once_and_is_nobody_elses(lead: Any, own: Organisation, named: str) -> None:
    offer = {
        "by": "us",
        "day": "2027-01-05",
        "text": "offer: By a program\neffective: 2027-07-01\nadjust:\n  - {terms: all, percent: 3}\n",
    }
    at = f"/negotiations/{named}/rounds"
    before = len(lead.get(at).json())
    answers = [lead.post(at, offer, idempotency_key="monday") for _ in range(2)]

    assert [one.status_code for one in answers] == [201, 201], answers[0].content.decode()
    assert [len(one.json()) for one in answers] == [before + 1] * 2
    assert answers[0].json()[-1]["called"] == "By a program"
    closed = lead.post(f"{at}/{before + 1}/close", {"state": "withdrawn"}, idempotency_key="monday")
    assert closed.json()[-1]["state"] == "withdrawn", "another operation's key is another key"
    assert all("monday" not in str(one.key) for one in events(own))


def test_an_offer_is_read_before_it_is_kept(lead: Any, named: str) -> None:
    at = f"/negotiations/{named}/rounds"
    before = lead.get(at).json()
    offer = {"by": "them", "day": "2027-01-05", "text": "offer: Theirs\npercnt: 3\n"}

    checked = lead.post(f"{at}/check", offer).json()
    assert checked["refused"]
    assert checked["problems"][0]["where"].startswith("offer.yaml")
    refused = lead.post(at, offer)
    assert refused.status_code == 422
    assert refused.json()["problems"] == checked["problems"]
    assert lead.get(at).json() == before
    led_away = lead.post(at, offer | {"text": "offer: x\namends: ../../other\n"})
    assert led_away.status_code == 422


def test_a_contract_is_read_searched_checked_and_changed(lead: Any) -> None:
    listed = lead.get("/contracts").json()
    assert listed["total"] == 3
    name = listed["items"][0]["contract"]
    shown = lead.get(f"/contracts/{name}")
    assert {one["name"] for one in shown.json()["tables"]} >= {"terms", "rules"}
    rates = lead.get(f"/contracts/{name}/rates?size=2&page=2&code=99").json()
    assert len(rates["items"]) == 2
    assert all(one["code"].startswith("99") for one in rates["items"])
    assert rates["pages"] == -(-rates["total"] // 2)

    held = lead.get(f"/contracts/{name}/text")
    text = held.json()["text"]
    wrong = lead.post(f"/contracts/{name}/check", {"text": text + "\nterns: []\n"}).json()
    assert not wrong["keeps"]
    assert wrong["errors"][0]["where"].startswith("contract.yaml:")

    sent = {"text": text + "\n# by a program\n", "why": "a note"}
    kept = lead.put(f"/contracts/{name}/text", sent, if_match=held["ETag"])
    assert kept.status_code == 200, kept.content.decode()
    assert lead.put(f"/contracts/{name}/text", sent, if_match=held["ETag"]).status_code == 412
    (before,) = lead.get(f"/contracts/{name}/versions").json()["items"]
    assert before["why"] == "a note"
    back = lead.post(f"/contracts/{name}/versions/{before['stamp']}/back", {"why": "no"}, if_match=kept["ETag"])
    assert back.json()["text"] == text


def test_a_contract_is_added_by_its_folder_and_changed_by_a_file(own: Organisation, lead: Any) -> None:
    def sent(path: str, key: str = "", state: str = "", **fields: Any) -> Any:
        headers = {"Authorization": f"Bearer {lead.secret}", "Idempotency-Key": key, "If-Match": state}
        return Client().post(f"/api/v1/o/cedar{path}", fields, headers={k: v for k, v in headers.items() if v})

    folder = next(iter(lead.get("/contracts").json()["items"]))["contract"]
    held, packed = own.folder / "contracts" / folder, io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in held.rglob("*"):
            archive.write(file, file.relative_to(held))
    archives = [SimpleUploadedFile("new.zip", packed.getvalue()) for _ in range(3)]
    added = [sent("/contracts", "new", name="second", archive=one, why="renewed") for one in archives[:2]]
    assert [one.status_code for one in added] == [201, 201], added[0].content.decode()
    assert added[0].json()["contract"] == "second"
    assert sent("/contracts", name="second", archive=archives[2]).status_code == 422, "the name is taken"
    assert sent("/contracts", name="../x").json()["problems"][0]["where"] == "name"
    assert sent("/contracts", name="begun").status_code == 201, "without an archive one to edit is begun"

    at = "/contracts/second"
    state, book = lead.get(at)["ETag"], lead.get(f"{at}/workbook")
    assert book.content.startswith(b"PK")
    assert lead.get(f"{at}/files/contract.yaml").content == (own.folder / "contracts/second/contract.yaml").read_bytes()
    assert lead.get(f"{at}/files/..%2f..%2fbook.json").status_code == 404
    amendment = b"amends: 1\nchanges: none\n"
    wrong = SimpleUploadedFile("first.yaml", amendment)
    assert not sent(f"{at}/files/check", kind="amendment", file=wrong).json()["keeps"]
    assert sent(f"{at}/files", kind="amendment", file=SimpleUploadedFile("a.exe", b"x"), state=state).status_code == 422
    assert sent(f"{at}/files", kind="workbook", file=SimpleUploadedFile("a.xlsx", book.content)).status_code == 428
    same = sent(f"{at}/files", kind="workbook", file=SimpleUploadedFile("a.xlsx", book.content), state=state)
    assert same.status_code in (200, 422), same.content.decode()
    late = sent(f"{at}/files", kind="workbook", file=SimpleUploadedFile("a.xlsx", book.content), state="old")
    assert late.status_code == 412


def test_executives_read_figures_with_source_and_day_and_no_claim(
    own: Organisation, lead: Any, program: Callable[..., Any], named: str
) -> None:
    assert lead.get("/executive").json()["working"]
    run_waiting()
    asking, reader = program(own, Role.EXECUTIVE), program(own, Role.READER)
    told = asking.get("/executive")
    shown = told.json()

    assert len(shown["figures"]) == 5
    assert all(one["source"] and one["as_of"] for one in shown["figures"])
    (standing,) = shown["negotiations"]
    assert standing["negotiation"] == named
    assert {one["walk_away"] for one in reader.get("/executive").json()["negotiations"]} == {None}
    claims = {row["claim_id"] for row in Book.open(own.folder).relation("select claim_id from claims").rows()}
    assert not [claim for claim in claims if claim in told.content.decode()]
    assert asking.get("/executive/pdf").content.startswith(b"%PDF")
    assert len(asking.get("/portfolio").json()["rows"]) == 3
    assert b"BEGIN:VCALENDAR" in asking.get("/calendar").content
    assert asking.post("/calendar/link/revoke").json() == {"made": None}
    assert reader.get("/calendar").status_code == 403
    assert lead.post("/figures/payers/again").json()["state"] == "ready"
    assert lead.get("/events/history.csv?kind=token").content.decode().count("made") >= 3
    assert "exported" in {one.what for one in events(own)}


def test_a_figure_is_worked_out_by_a_task_and_told_with_its_day(lead: Any) -> None:
    first = lead.get("/figures/payers").json()
    assert (first["state"], first["value"]) == ("working", None)
    assert lead.get(f"/tasks/{first['task']}").json()["state"] == "waiting"
    run_waiting()

    ready = lead.get("/figures/payers").json()
    assert ready["state"] == "ready"
    assert ready["value"]["over"]["claims"] > 1000
    assert ready["made_at"]
    assert lead.get("/figures/nothing").status_code == 422
    assert lead.get("/contracts/nothing/figures/terms").status_code == 404


def test_files_are_brought_in_looked_at_loaded_and_taken_out(own: Organisation, lead: Any, book_template: Any) -> None:
    source = next((book_template.parent / "files").rglob("*.835"))
    content = source.read_bytes() + b"\n"

    def bring() -> Any:
        headers = {"Authorization": f"Bearer {lead.secret}", "Idempotency-Key": "june"}
        files = {"files": SimpleUploadedFile("../june<b>.835", content)}
        return Client().post("/api/v1/o/cedar/deliveries", files, headers=headers)

    first, again = bring(), bring()
    assert first.status_code == 201, first.content.decode()
    assert again.json()["id"] == first.json()["id"], "the same key brings nothing in twice"
    assert first.json()["names"] == ["june_b_.835"]
    at = f"/deliveries/{first.json()['id']}"
    run_waiting()
    assert lead.get(at).json()["tables"], "it was looked at"

    before = lead.get("/loads").json()["total"]
    lead.post(f"{at}/load")
    run_waiting()
    done = lead.get(at).json()
    assert done["ended"]
    assert done["load"]
    assert lead.get("/loads").json()["total"] == before + 1
    out = lead.post(f"/loads/{done['load']}/take-out", {"why": "a trial"}).json()
    assert not out["inside"]
    assert lead.post(f"/loads/{done['load']}/put-back", {"why": "kept after all"}).json()["total"] == before + 1
    assert lead.post("/loads/none-such/take-out", {"why": "x"}).status_code == 404
    assert lead.post("/deliveries").status_code == 422


def test_what_is_tried_is_answered_from_what_was_made_ready(lead: Any, named: str) -> None:
    at = f"/negotiations/{named}/what-if"
    assert lead.post(at, {}).json()["ready"] is False
    run_waiting()

    same = lead.post(at, {}).json()
    more = lead.post(at, {"everything": "10"}).json()
    assert same["ready"]
    assert same["today"] == same["then"] == more["today"]
    assert float(more["then"]) > float(more["today"])
    term = same["terms"][0]["term"]
    assert lead.post(at, {"terms": {term: "-5"}}).json()["terms"][0]["then"] != same["terms"][0]["then"]
    assert "has no paying term 'Nothing'" in lead.post(at, {"terms": {"Nothing": "1"}}).json()["detail"]
    assert lead.post(at, {"everything": "1e9"}).status_code == 422


def test_a_negotiation_is_begun_prepared_and_taken_back(lead: Any, named: str) -> None:
    contract = next(one["contract"] for one in lead.get("/contracts").json()["items"] if named not in one["contract"])
    new = {"contract": contract, "name": "prairie-2028", "effective": "2028-01-01"}
    begun = [lead.post("/negotiations", new, idempotency_key="b") for _ in range(2)]
    assert [one.status_code for one in begun] == [201, 201], begun[0].content.decode()
    assert begun[0].json()["contract"] == contract
    assert lead.post("/negotiations", new).status_code == 422, "the name is taken"
    assert "contract" in lead.post("/negotiations", new | {"contract": "none"}).json()["problems"][0]["where"]
    at = "/negotiations/prairie-2028"

    issue = lead.post(f"{at}/issues", {"name": "Weekend clinics", "kind": "language"}).json()[-1]
    assert issue["name"] == "Weekend clinics"
    here = f"{at}/preparation"
    lead.post(f"{here}/goals", {"goal": "4 % over two years"})
    lead.post(f"{here}/value", {"claim": "Fewer readmissions", "number": "8 %", "source": "our book"})
    sent = {"name": "Ruth Feldman", "side": "us", "email": "cfo@cedar.example", "approves": True}
    held = lead.post(f"{here}/people", sent)
    assert lead.post(f"{here}/people", sent | {"email": "no address"}).status_code == 422
    told = held.json()
    assert told["goals"] == ["4 % over two years"]
    assert told["value"][0]["number"] == "8 %"
    assert [(one["name"], one["approves"]) for one in told["people"]] == [("Ruth Feldman", True)]
    assert {one["kind"] for one in told["looked_for"]} >= {"mistake", "rail", "impasse"}
    said = lead.put(f"{here}/message", {"message": "Access first."}, if_match=held["ETag"])
    assert said.json()["message"] == "Access first."
    assert lead.put(f"{here}/message", {"message": "Price first."}, if_match=held["ETag"]).status_code == 412
    out = lead.post(f"{here}/people/remove", {"one": "Ruth Feldman"})
    assert out.json()["people"] == []
    assert lead.post(f"{here}/people/remove", {"one": "Ruth Feldman"}).status_code == 422
    assert lead.post(f"{at}/undo", if_match=held["ETag"]).status_code == 412
    lead.post(f"{at}/undo", if_match=out["ETag"])
    assert [one["name"] for one in lead.get(here).json()["people"]] == ["Ruth Feldman"]


def test_what_tasks_make_of_a_negotiation_is_asked_for_and_taken(own: Organisation, lead: Any, named: str) -> None:
    at = f"/negotiations/{named}"
    lead.post(f"{at}/what-if", {})
    assert lead.post(f"{at}/what-if/exactly", {}).status_code == 422, "claims are not ready yet"
    kinds = {"rounds/compare": "compare", "preparation/walk-away": "walk_away", "documents": "documents"}
    for what, kind in kinds.items():
        told = lead.post(f"{at}/{what}").json()
        task = told.get("task") or told
        assert task["kind"] == f"negotiations.{kind}"
        assert lead.post(f"/tasks/{task['id']}/cancel").json()["state"] == "cancelled"  # their own tests have them done
    run_waiting()

    folder = documents_folder(own, named)
    folder.mkdir(parents=True)
    (folder / f"{named}-letter.docx").write_bytes(b"PK")
    (file,) = lead.get(f"{at}/documents").json()["files"]
    assert lead.get(f"{at}/documents/{file}").content == b"PK"
    assert lead.get(f"{at}/documents/..%2fnegotiation.yaml").status_code == 404
    last = lead.get(f"{at}/rounds").json()[-1]["number"]
    assert lead.get(f"{at}/rounds/{last}").json()["checked"]["changes"]
    assert b"offer:" in lead.get(f"{at}/rounds/{last}/file").content

    moves = {"everything": "3"}
    task = lead.post(f"{at}/what-if/exactly", moves).json()["task"]
    assert not lead.post(f"{at}/what-if/offer", moves).json()["checked"]["refused"]
    run_waiting()
    exactly = lead.get(f"{at}/what-if/exactly/{task}").json()
    assert (exactly["state"], float(exactly["apart"])) == ("done", 0)
    assert exactly["then"] == lead.post(f"{at}/what-if", moves).json()["then"]


def test_promises_are_recorded_once_and_kept(lead: Any, named: str) -> None:
    at = f"/negotiations/{named}/promises"
    before = lead.get(at).json()["total"]
    sent = {"what": "Send the fee table", "owner": "Dana Reyes", "day": "2026-11-02", "due": "2026-11-30"}
    made = [lead.post(at, sent, idempotency_key="once").json() for _ in range(2)]

    assert [one["total"] for one in made] == [before + 1] * 2
    number = max(one["number"] for one in made[0]["items"])
    done = lead.post(f"{at}/{number}/done").json()
    assert next(one["stands"] for one in done["items"] if one["number"] == number) == "done"
    assert lead.post(f"{at}/999/done").status_code == 422
    assert lead.post(at, sent | {"what": "a\x00b"}).status_code == 422
    assert lead.get(f"/negotiations/{named}/talks").json()["total"] > 0


def test_talks_and_mails_are_recorded_once_and_their_files_fetched(
    own: Organisation, lead: Any, named: str, program: Callable[..., Any]
) -> None:
    at = f"/negotiations/{named}"
    before = lead.get(f"{at}/talks").json()["total"]
    sent = {"kind": "call", "day": "2026-11-20", "who": ["Çelik, Ayşe", " "], "said": "They move."}
    said = [lead.post(f"{at}/talks", sent, idempotency_key="once") for _ in range(2)]
    assert [(one.status_code, one.json()["total"]) for one in said] == [(201, before + 1)] * 2
    assert said[0].json()["items"][-1] == {
        "date": "2026-11-20",
        "kind": "call",
        "who": ["Çelik, Ayşe"],
        "said": "They move.",
        "files": [],
    }
    wrongs: list[dict[str, object]] = [{"kind": "email"}, {"said": " "}, {"who": ["a\x00"]}, {"day": "soon"}]
    assert {lead.post(f"{at}/talks", sent | wrong).status_code for wrong in wrongs} == {422}

    def mailed(asking: Any, *files: SimpleUploadedFile) -> Any:
        headers = {"Authorization": f"Bearer {asking.secret}"}
        return Client().post(f"/api/v1/o/cedar{at}/mails", {"files": files}, headers=headers)

    letter = Letter(files=(("rates.pdf", b"%PDF-1.7"),)).saved()
    found = mailed(lead, SimpleUploadedFile("offer.msg", letter))
    assert found.status_code == 201, found.content.decode()
    talk = found.json()["items"][-1]
    assert (talk["who"], len(talk["files"])) == (["R. Alvarez", "Dana Whitfield"], 2)
    kept = lead.get(f"{at}/{talk['files'][0]}")
    assert (kept.content, kept["Content-Type"]) == (letter, "application/octet-stream")
    assert kept["Content-Disposition"] == 'attachment; filename="offer.msg"'
    assert lead.get(f"{at}/attachments/..%2Fnegotiation.yaml").status_code == 404
    refused = mailed(lead, SimpleUploadedFile("a.msg", letter), SimpleUploadedFile("b.msg", letter[:300]))
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert "b.msg" in refused.json()["detail"]
    assert mailed(lead).json()["problems"][0]["where"] == "sent"
    executive = program(own, Role.EXECUTIVE)
    assert mailed(executive, SimpleUploadedFile("a.msg", letter)).status_code == 403
    assert executive.get(f"{at}/{talk['files'][1]}").content == b"%PDF-1.7"
    assert program(own, Role.READER).get(f"{at}/{talk['files'][1]}").status_code == 403
    assert lead.get(f"{at}/talks").json()["total"] == before + 2


def test_differences_are_grouped_for_all_and_single_for_those_who_work_on_them(
    own: Organisation, lead: Any, program: Callable[..., Any]
) -> None:
    assert lead.get("/payments/groups").json()["working"]
    run_waiting()
    reader = program(own, Role.READER)
    groups = reader.get("/payments/groups?by=payer").json()
    assert groups["items"]
    assert not groups["working"]
    assert reader.get("/payments/differences").status_code == 403

    payer = groups["items"][0]["name"]
    found = lead.get(f"/payments/differences?size=3&way=underpaid&payer={payer}").json()["items"]
    assert {one["payer"] for one in found} == {payer}
    assert any(one.what == "looked at" for one in events(own)), "that claims were read is logged"
    one = found[0]
    at = f"/payments/differences/{one['matter']}"
    decided = lead.put(at, {"status": "written off", "note": "agreed by letter"}, if_match=str(one["version"]))
    assert decided.json()["status"] == "written off", decided.content.decode()
    assert decided["ETag"] != f'"{one["version"]}"'
    assert lead.put(at, {"status": "new"}, if_match=str(one["version"])).status_code == 412


def test_many_differences_are_decided_on_at_once_and_disputed_in_a_packet(own: Organisation, lead: Any) -> None:
    lead.get("/payments/groups")
    run_waiting()
    payer = lead.get("/payments/groups?by=payer&way=underpaid").json()["items"][0]["name"]
    at = f"/payments/differences?size=2&way=underpaid&payer={payer}"
    held = lead.get(at)
    matters = [{key: one[key] for key in ("matter", "version")} for one in held.json()["items"]]
    sent = {"matters": matters, "status": "to dispute", "follow_up": "2027-01-15"}

    assert lead.post("/payments/decisions", sent).json() == {"decided": 2}
    assert lead.post("/payments/decisions", sent).status_code == 412, "they were decided on since"
    chosen = f"/payments/decisions/chosen?way=underpaid&payer={payer}"
    assert lead.post(chosen, {"status": "disputed"}, if_match=held["ETag"]).status_code == 412
    now = lead.get(at)
    noted = {"assigned": "nobody", "note": "x"}
    done = [lead.post(chosen, noted, if_match=now["ETag"], idempotency_key="k") for _ in range(2)]
    assert [one.json() for one in done] == [{"decided": now.json()["total"]}] * 2
    one = lead.get(f"/payments/differences/{matters[0]['matter']}").json()
    assert (one["status"], one["note"], len(one["steps"])) == ("to dispute", "x", 2)
    assert one["explained"]
    assert one["lines"]
    assert one["difference"]["payer"] == payer

    several = lead.post("/payments/packets", {})
    assert several.status_code == 409, "a packet goes to one payer"
    asked = {"matters": [each["matter"] for each in matters]}
    first, again = (lead.post("/payments/packets", asked, idempotency_key="packet").json() for _ in range(2))
    assert first["packet"] == again["packet"]
    assert (first["payer"], first["items"], first["made"]) == (payer, 2, None)
    run_waiting()
    packet = f"/payments/packets/{first['packet']}"
    assert lead.get(packet).json()["made"]
    workbook = lead.get(f"{packet}/xlsx")
    assert workbook.content.startswith(b"PK")
    assert ".xlsx" in workbook["Content-Disposition"]
    assert payer.encode() in lead.get(f"{packet}/html").content
    assert lead.get(f"{packet}/exe").status_code == 422
    assert [one["name"] for one in lead.get("/payments/trends").json()] == ["outstanding", "recovered"]
    assert "took out" in {one.what for one in events(own)}


def test_people_are_invited_changed_and_taken_out_and_no_link_is_told(
    own: Organisation, program: Callable[..., Any], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = program(own, Role.ADMINISTRATOR)
    new = {"email": "noor@cedar.example", "roles": ["analyst"]}
    refused = asking.post("/invitations", new)
    assert refused.status_code == 409
    assert "no letters are sent" in refused.json()["detail"]

    monkeypatch.setenv("EVENHAND_SMTP", "smtp://localhost:2525")
    sent = [asking.post("/invitations", new, idempotency_key="noor") for _ in range(2)]
    (letter,) = mail.outbox
    link = re.search(r"/invitation/(\S+)/", str(letter.body))
    assert link
    assert all(link[1] not in one.content.decode() for one in sent), "who has the link comes in as somebody else"
    (open_,) = sent[1].json()["items"]
    assert asking.post(f"/invitations/{open_['invitation']}/end").json()["items"] == []
    assert asking.post("/invitations", new | {"email": "nobody"}).status_code == 422

    reader = program(own, Role.READER)
    found = {one["name"]: one["number"] for one in asking.get("/people").json()["items"]}
    at = f"/people/{found['Reader']}"
    state = asking.get(at)["ETag"]
    assert asking.put(f"{at}/roles", {"roles": ["analyst"]}, if_match=state).json()["roles"] == ["analyst"]
    assert asking.put(f"{at}/roles", {"roles": ["lead"]}, if_match=state).status_code == 412
    alone = asking.post(f"/people/{found['Administrator']}/end", {"why": "leaves"})
    assert alone.status_code == 409, "nobody would be administrator"

    access = f"/access/{named}"
    only = asking.put(access, {"people": [found["Administrator"]]}, if_match=asking.get(access)["ETag"])
    assert [one["name"] for one in only.json()["people"]] == ["Administrator"]
    assert reader.get(f"/negotiations/{named}").status_code == 404
    assert asking.post(f"{at}/end", {"why": "leaves"}).json()["total"] == 1
    assert reader.get("/contracts").status_code == 404, "the token of who left opens nothing"
    assert asking.get(f"/people/{10**30}").status_code == 404


# What is not theirs


def test_a_token_opens_one_organisation_and_no_other(
    own: Organisation, lead: Any, program: Callable[..., Any], book_template: Any, named: str
) -> None:
    other = Organisation.objects.create(name="Harbor", slug="harbor", book=str(book_template))
    lead.get("/figures/payers")
    task = lead.get("/tasks").json()["items"][0]["id"]
    paths = ["", "/contracts", f"/negotiations/{named}", "/loads", "/events", "/figures/payers"]

    for path in (*paths, f"/tasks/{task}"):
        assert lead.get(f"/api/v1/o/harbor{path}").status_code == 404, path
    Membership.objects.create(person=Person.objects.get(), organisation=other, role=Role.LEAD)
    for path in paths:
        assert lead.get(f"/api/v1/o/harbor{path}").status_code == 404, "a member of both has a token for one"
    stranger = program(other, Role.ANALYST)
    assert stranger.get(f"/tasks/{task}").status_code == 404
    assert stranger.post(f"/tasks/{task}/cancel").status_code == 404


def test_a_closed_negotiation_is_not_there(
    own: Organisation, lead: Any, program: Callable[..., Any], named: str
) -> None:
    issue = lead.get(f"/negotiations/{named}/issues").json()[0]["id"]
    lead.put(
        f"/negotiations/{named}/issues/{issue}", {"note": "x"}, if_match=lead.get(f"/negotiations/{named}")["ETag"]
    )
    Access.objects.create(organisation=own, negotiation=named, person=Person.objects.get())
    other = program(own, Role.COUNSEL)

    assert other.get("/negotiations").json()["items"] == []
    for path in ("", "/issues", "/rounds", "/promises"):
        assert other.get(f"/negotiations/{named}{path}").status_code == 404
    assert [one for one in other.get("/events?size=200").json()["items"] if one["name"] == named] == []
    assert lead.get(f"/events?name={named}").json()["total"] > 0


def test_a_task_of_somebody_else_is_not_stopped(own: Organisation, lead: Any, program: Callable[..., Any]) -> None:
    task = lead.get("/figures/payers").json()["task"]

    assert program(own, Role.ANALYST).post(f"/tasks/{task}/cancel").status_code == 404
    assert lead.post(f"/tasks/{task}/cancel").json()["state"] == "cancelled"


@pytest.mark.parametrize(
    "name", ["../summit", "..%2f..%2fetc", "summit'--", "%00", "${jndi}", "a" * 500, "contract.yaml", ".history"]
)
def test_names_lead_nowhere(lead: Any, name: str) -> None:
    for path in ("contracts", "negotiations", "loads"):
        assert lead.get(f"/{path}/{name}").status_code == 404, (path, name)
    assert lead.get(f"/contracts/{name}/rates").status_code == 404


@pytest.mark.parametrize("sent", ["{", "[1]", '{"text": 1}', '{"text": "\\ud800"}', "\x00", '{"text": null}'])
def test_what_cannot_be_read_is_said_to_be_so(lead: Any, sent: str) -> None:
    name = lead.get("/contracts").json()["items"][0]["contract"]
    headers = {"HTTP_AUTHORIZATION": f"Bearer {lead.secret}"}
    answer = lead.client.post(f"/api/v1/o/cedar/contracts/{name}/check", sent, "application/json", **headers)

    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_free_text_stays_text(lead: Any, own: Organisation, named: str) -> None:
    issue = lead.get(f"/negotiations/{named}/issues").json()[0]["id"]
    told = "<script>alert(1)</script> =cmd|' /C calc'!A0 {{ 7*7 }} %s'; drop table x; --\n- a: &b"
    at = f"/negotiations/{named}/issues"
    state = lead.get(f"/negotiations/{named}")["ETag"]
    answer = lead.put(f"{at}/{issue}", {"note": told}, if_match=state)

    assert answer.status_code == 200, answer.content.decode()
    assert " ".join(answer.json()["note"].split()) == " ".join(told.split())
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"].startswith("application/json")
