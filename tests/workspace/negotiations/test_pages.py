"""The pages of negotiations: who sees what, changes in place, rounds, conflicts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.book import Book
from evenhand.negotiation.record import Kept, negotiation, position
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person

ONE = "/o/cedar/negotiations/summit/"
SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'
OFFER = 'offer: "Ours, again"\neffective: 2027-01-01\nadjust:\n  - {terms: all, percent: 3}\n'
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lead(own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]) -> Client:
    """A contracting lead, signed in, with a book of her own."""
    return signed_in(member(own, Role.LEAD))


def kept(own: Organisation) -> Kept:
    """The negotiation as it lies in the book."""
    return negotiation(Book.open(own.folder), "summit")


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, f"no field {name}"
    return found[1]


def filled(client: Client, issue: str, **values: str) -> dict[str, str]:
    """The form of an issue, as somebody has opened and filled it."""
    page = client.get(f"{ONE}issues/{issue}/edit/", headers=HTMX).content.decode()
    told = dict(re.findall(r'<input type="text" name="(\w+)"(?: value="([^"]*)")?', page))
    hidden = {name: field(page, name) for name in ("key", "based_on")}
    return {**told, "sure": "guessed", "status": "open", **hidden, **values}


def test_the_list_says_where_each_stands(lead: Client) -> None:
    page = lead.get("/o/cedar/negotiations/").content.decode()

    assert "Summit Health" in page
    assert "16 of 20" in page


def test_positions_are_not_sent_to_those_who_may_not_see_them(
    own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    position(kept(own), "implants", walk_away="47.11 %")
    reader, executive = (signed_in(member(own, role)) for role in (Role.READER, Role.EXECUTIVE))

    assert "47.11" in executive.get(ONE).content.decode()
    for path in (ONE, f"{ONE}issues/implants/", f"{ONE}rounds/3/"):
        page = reader.get(path, headers=HTMX).content.decode()
        assert "47.11" not in page, path
        assert "halfway to our targets" not in page, path
        assert "Walk-away" not in page, path
    assert reader.get(f"{ONE}issues/implants/edit/").status_code == 403
    assert executive.post(f"{ONE}issues/implants/edit/").status_code == 403


def test_an_issue_is_changed_in_its_place(own: Organisation, lead: Client) -> None:
    sent = filled(lead, "implants", target="2.5 %", their_target="0 %", source="the last call")

    row = lead.post(f"{ONE}issues/implants/edit/", sent, headers=HTMX)

    assert row.status_code == 200
    assert "<tr" in row.content.decode()
    found = kept(own).read().issue("implants")
    assert found is not None
    assert (found.opening, found.target, found.theirs.target, found.theirs.source) == (
        "5 %",
        "2.5 %",
        "0 %",
        "the last call",
    )
    assert found.theirs.since is not None


def test_a_form_sent_twice_acts_once(own: Organisation, lead: Client) -> None:
    sent = filled(lead, "implants", target="2.5 %")
    lead.post(f"{ONE}issues/implants/edit/", sent, headers=HTMX)
    position(kept(own), "implants", target="3 %")

    again = lead.post(f"{ONE}issues/implants/edit/", sent, headers=HTMX)

    found = kept(own).read().issue("implants")
    assert again.status_code == 200
    assert found is not None
    assert found.target == "3 %"


def test_the_second_of_two_sees_both_and_overwrites_nothing(own: Organisation, lead: Client) -> None:
    sent = filled(lead, "implants", target="2.5 %")
    position(kept(own), "implants", target="3.5 %", walk_away="1 %")

    told = lead.post(f"{ONE}issues/implants/edit/", sent, headers=HTMX)

    page = told.content.decode()
    assert told.status_code == 422
    assert "Somebody else changed this meanwhile" in page
    assert "3.5 %" in page
    assert 'name="walk_away" value="1 %"' in page, "what the first changed elsewhere is kept in the form"
    found = kept(own).read().issue("implants")
    assert found is not None
    assert found.target == "3.5 %"
    decided = {**sent, "based_on": field(page, "based_on"), "key": field(page, "key"), "walk_away": "1 %"}
    assert lead.post(f"{ONE}issues/implants/edit/", decided, headers=HTMX).status_code == 200
    assert kept(own).read().issue("implants").target == "2.5 %"  # type: ignore[union-attr]


def test_what_cannot_be_is_said_beside_the_form(lead: Client) -> None:
    told = lead.post(f"{ONE}issues/implants/edit/", filled(lead, "implants", status="agreed"), headers=HTMX)

    assert told.status_code == 422
    assert "the value agreed is empty" in told.content.decode()


@pytest.mark.parametrize("name", ["opening", "target", "walk_away", "their_target", "source", "note"])
def test_what_people_write_is_text_and_nothing_else(lead: Client, name: str) -> None:
    lead.post(
        f"{ONE}issues/implants/edit/", filled(lead, "implants", **{"their_opening": "1 %", name: SCRIPT}), headers=HTMX
    )

    page = lead.get(ONE).content.decode()

    assert "&lt;script&gt;alert(" in page
    assert "<script>alert" not in page
    assert "<img" not in page


def test_an_offer_is_checked_as_it_is_written(lead: Client) -> None:
    address = f"{ONE}rounds/check/"

    wrong = lead.post(address, {"text": OFFER.replace("all", "Implant"), "amends": "contract"}).content.decode()
    right = lead.post(address, {"text": OFFER, "amends": "contract"}).content.decode()

    assert "line 4" in wrong
    assert "Implants" in wrong, "it says what would be right"
    assert "What it changes" in right


def test_an_offer_written_here_becomes_a_round(own: Organisation, lead: Client) -> None:
    key = field(lead.get(f"{ONE}rounds/new/").content.decode(), "key")
    sent = {"key": key, "by": "them", "day": "2026-11-20", "amends": "3", "text": OFFER, "note": SCRIPT}

    answer = lead.post(f"{ONE}rounds/new/", sent)
    lead.post(f"{ONE}rounds/new/", sent)

    rounds = kept(own).read().rounds
    assert answer.status_code == 302
    assert len(rounds) == 4, "sent twice, recorded once"
    assert (rounds[3].by, rounds[3].answers, rounds[2].state) == ("them", 3, "answered")
    page = lead.get(ONE).content.decode()
    assert "Ours, again" in page
    assert "<script>alert" not in page
    assert lead.get(f"{ONE}rounds/4/").status_code == 200


def test_an_offer_sent_with_its_table_becomes_a_round(own: Organisation, lead: Client) -> None:
    key = field(lead.get(f"{ONE}rounds/new/").content.decode(), "key")
    text = 'offer: Theirs\neffective: 2027-01-01\nschedules: {exhibit-a.csv: "ours <b>.csv"}\n'.replace(" <b>", "")
    files = [
        SimpleUploadedFile(f"../../{SCRIPT}.yaml", text.encode()),
        SimpleUploadedFile("ours.csv", b"code,amount\n99213,150.00\n"),
    ]

    answer = lead.post(
        f"{ONE}rounds/new/", {"key": key, "by": "them", "day": "2026-11-20", "amends": "contract", "sent": files}
    )

    assert answer.status_code == 302, answer.content.decode()
    found = kept(own)
    offer = found.offer(found.read(), 4)
    assert (offer.parent / "ours.csv").is_file()
    assert offer.resolve().is_relative_to(found.folder.resolve())
    page = lead.get(f"{ONE}rounds/4/").content.decode()
    assert "<script>alert" not in page
    assert lead.get(f"{ONE}rounds/4/file/")["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('offer: x\neffective: 2027-01-01\n"amends": /etc/passwd\n', "is chosen above"),
        ("{offer: x, amends: ../../../other, effective: 2027-01-01}", "is chosen above"),
        ("offer: x\neffective: 2027-01-01\nschedules: {exhibit-a.csv: ../../../../secret.csv}\n", "lies outside"),
    ],
)
def test_an_offer_leads_nowhere_else(lead: Client, text: str, said: str) -> None:
    read = lead.post(f"{ONE}rounds/check/", {"text": text, "amends": "contract"}).content.decode()

    assert said in read


def test_a_file_that_is_no_offer_is_refused(lead: Client) -> None:
    key = field(lead.get(f"{ONE}rounds/new/").content.decode(), "key")
    given = {"key": key, "by": "them", "day": "2026-11-20", "amends": "contract"}

    page = lead.post(f"{ONE}rounds/new/", {**given, "sent": [SimpleUploadedFile("x.exe", b"MZ")]})

    assert page.status_code == 422
    assert "neither an offer" in page.content.decode()


def test_a_round_is_closed(own: Organisation, lead: Client) -> None:
    key = field(lead.get(ONE).content.decode(), "key")

    lead.post(f"{ONE}rounds/3/close/", {"key": key, "state": "withdrawn"})

    assert kept(own).read().rounds[2].state == "withdrawn"


def test_the_last_change_is_taken_back_unless_there_is_a_newer_one(own: Organisation, lead: Client) -> None:
    page = lead.get(ONE).content.decode()
    position(kept(own), "implants", target="9 %")

    refused = lead.post(f"{ONE}undo/", {"key": field(page, "key"), "based_on": field(page, "based_on")}, follow=True)
    page = refused.content.decode()
    assert "changed by somebody else since" in page
    assert kept(own).read().issue("implants").target == "9 %"  # type: ignore[union-attr]

    lead.post(f"{ONE}undo/", {"key": field(page, "key"), "based_on": field(page, "based_on")})
    assert kept(own).read().issue("implants").target == "2 %"  # type: ignore[union-attr]


def test_a_negotiation_is_begun(own: Organisation, lead: Client) -> None:
    key = field(lead.get("/o/cedar/negotiations/").content.decode(), "key")
    contract = next(name for name in Book.open(own.folder).contract_folders() if name != "summit-health")
    sent = {"key": key, "contract": contract, "name": "granite-2027"}

    assert lead.post("/o/cedar/negotiations/", sent)["Location"] == "/o/cedar/negotiations/granite-2027/"
    assert lead.get("/o/cedar/negotiations/granite-2027/").status_code == 200
    taken = lead.post("/o/cedar/negotiations/", {**sent, "key": "another-key"})
    assert taken.status_code == 422
    assert "already" in taken.content.decode()


def test_history_says_who_and_what(lead: Client) -> None:
    lead.post(f"{ONE}issues/implants/edit/", filled(lead, "implants", note=SCRIPT), headers=HTMX)

    page = lead.get(f"{ONE}history/").content.decode()

    assert "outside the workspace" in page
    assert "changed the issue" in page
    assert "<script>alert" not in page
