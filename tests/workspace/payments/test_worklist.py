"""The worklist says what the engine says of the same book, and shows each person what their role lets them see."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from evenhand.book import Book
from evenhand.performance import variance
from evenhand.pricing import price_book
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.payments.actions import Decision, settle_some
from evenhand.workspace.payments.choosing import Chosen
from evenhand.workspace.payments.models import Difference, Worklist
from evenhand.workspace.payments.queries import BUILD, GROUPINGS, groups, known, sums, totals
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.actions import enqueue
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.worker import run_waiting
from evenhand.workspace.trail.models import Event

ALL = "/o/cedar/payments/"
CLAIMS = f"{ALL}claims/"


def test_the_worklist_adds_up_to_what_the_engine_says(practice: Organisation, worklist: Worklist) -> None:
    report = variance(Book.open(practice.folder))
    detail = report.detail.rows()

    under = sum(-row["variance_amount"] for row in detail if row["direction"] == "underpaid")
    over = sum(row["variance_amount"] for row in detail if row["direction"] == "overpaid")
    assert under > 0
    assert sums(worklist, Chosen()).count == len(detail)
    assert sums(worklist, Chosen(way="underpaid")).amount == under
    assert sums(worklist, Chosen(way="overpaid")).amount == over
    assert totals(worklist)["underpaid"] == under
    for by in GROUPINGS:
        found = groups(worklist, Chosen(), by)
        assert sum(group.count for group in found) == len(detail), by
        assert sum(group.amount for group in found if group.way == "underpaid") == under, by


def test_causes_are_those_of_the_report(practice: Organisation, worklist: Worklist) -> None:
    expected = {
        (row["payer"], row["term"], row["reason"], row["direction"]): row["amount"]
        for row in variance(Book.open(practice.folder)).causes
    }

    found: dict[tuple[str, ...], Decimal] = {}
    for group in groups(worklist, Chosen(), "cause"):
        key = (group.chosen.payer, group.chosen.term, group.chosen.reason, group.chosen.way)
        found[key] = found.get(key, Decimal(0)) + group.amount
    assert found == expected


def test_a_group_chooses_exactly_its_own(worklist: Worklist) -> None:
    for by in GROUPINGS:
        for group in groups(worklist, Chosen(), by):
            told = sums(worklist, group.chosen)
            assert (told.count, told.cents) == (group.count, group.cents), group


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"least": "100"}, lambda row: row.amount >= 100_00),
        ({"most": "20.00"}, lambda row: row.amount <= 20_00),
        ({"first": "2026-01-01"}, lambda row: f"{row.service_date}" >= "2026-01-01"),
        ({"last": "2025-06-30"}, lambda row: f"{row.service_date}" <= "2025-06-30"),
        ({"payer": "Summit Health"}, lambda row: row.cause.payer == "Summit Health"),
        ({"way": "overpaid"}, lambda row: row.actual > row.expected),
        ({"status": "disputed"}, lambda row: False),
        ({"status": "outstanding", "assigned": "nobody"}, lambda row: True),
    ],
)
def test_filters_choose(
    asked: dict[str, str], holds: Callable[[Difference], bool], worklist: Worklist, ada: Client
) -> None:
    wanted = sum(1 for row in Difference.objects.filter(worklist=worklist).select_related("cause") if holds(row))

    page = ada.get(CLAIMS, asked)

    assert page.status_code == 200
    assert page.context["told"].count == wanted


def test_a_filter_nobody_offers_is_left_out(ada: Client, worklist: Worklist) -> None:
    page = ada.get(
        CLAIMS, {"payer": "' or 1=1 --", "least": "many", "first": "yesterday", "assigned": "0", "page": "x"}
    )

    assert page.status_code == 200
    assert page.context["told"].count == worklist.differences.count()


def test_largest_come_first_and_other_orders_can_be_asked(ada: Client) -> None:
    amounts = [one.row.amount for one in ada.get(CLAIMS).context["rows"]]
    days = [one.row.service_date for one in ada.get(CLAIMS, {"sort": "service"}).context["rows"]]

    assert amounts == sorted(amounts, reverse=True)
    assert days == sorted(days)


@pytest.mark.parametrize("role", list(Role))
def test_single_claims_are_for_those_who_may_see_them(
    role: Role,
    practice: Organisation,
    worklist: Worklist,
    member: Callable[..., Person],
    signed_in: Callable[[Person], Client],
) -> None:
    client = signed_in(member(practice, role))
    row = worklist.differences.order_by("-amount")[0]
    sees = role in (Role.LEAD, Role.ANALYST)

    page = client.get(ALL)
    text = page.content.decode()
    assert page.status_code == 200
    assert row.cause.term in text, "groups are for everybody"
    assert row.claim not in text
    assert (CLAIMS in text) is sees
    for path in (CLAIMS, f"{CLAIMS}{row.matter_id}/"):
        assert client.get(path).status_code == (200 if sees else 403), path
    assert client.get(f"{ALL}trends/").status_code == 200
    assert client.get(f"{ALL}packets/").status_code == (200 if sees else 403)


def test_claims_of_others_are_not_there(
    practice: Organisation, worklist: Worklist, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    other = Organisation.objects.create(name="Harbor", slug="harbor", book=practice.book)
    client = signed_in(member(other, Role.ANALYST, name="Hal"))
    matter = worklist.differences.order_by("pk")[0].matter_id

    assert client.get(f"{CLAIMS}{matter}/").status_code == 404
    assert client.get(f"/o/harbor/payments/claims/{matter}/").status_code == 404


def test_looking_at_claims_is_logged_once_an_hour(ada: Client, worklist: Worklist, practice: Organisation) -> None:
    row = worklist.differences.order_by("-amount")[0]
    for _ in range(3):
        ada.get(f"{CLAIMS}{row.matter_id}/")
        ada.get(CLAIMS)
    ada.get(ALL)

    told = Event.objects.filter(organisation=practice, what="looked at").values_list("kind", "name")
    assert sorted(told) == [
        ("claim", row.matter.called),
        ("variances", "all differences, page 1, -amount"),
    ]


def test_the_story_of_a_claim_is_the_engines(ada: Client, worklist: Worklist, at_work: Desk) -> None:
    row = worklist.differences.filter(cause__direction="underpaid").order_by("-amount")[0]
    (told,) = price_book(at_work.book()).explain(row.claim_key)

    page = ada.get(f"{CLAIMS}{row.matter_id}/")
    story, text = page.context["story"], page.content.decode()

    assert [line["arithmetic"] for line in story.lines] == [line.arithmetic for line in told.lines]
    assert [line["expected_amount"] for line in story.lines] == [line.expected_amount for line in told.lines]
    assert sum(1 for line in story.lines if line["this"]) >= 1
    assert row.cause.cite in text
    assert row.reasons in text
    assert "Days and interest" in text


def test_a_changed_book_gets_a_new_worklist_and_keeps_what_was_decided(
    at_work: Desk, practice: Organisation, worklist: Worklist, ada: Client
) -> None:
    rows = list(worklist.differences.filter(cause__term="Facility services", cause__direction="underpaid"))
    settle_some(at_work, {row.matter_id: 0 for row in rows}, Decision("k1", status="disputed"))
    folder = at_work.book().contract_folders()["lakeshore-community-plan"]
    text = (folder / "contract.yaml").read_text()
    assert "percent_of_charges: 52" in text
    (folder / "contract.yaml").write_text(text.replace("percent_of_charges: 52", "percent_of_charges: 53"))

    stale = known(at_work)
    assert (stale.worklist, stale.stale, stale.working) == (worklist, True, True)
    assert "being worked out anew" in ada.get(ALL).content.decode()
    run_waiting()

    fresh = known(at_work).worklist
    assert fresh is not None
    assert fresh != worklist
    kept = Difference.objects.filter(worklist=fresh, matter__in=[row.matter_id for row in rows])
    assert {row.matter.status for row in kept} == {"disputed"}
    moved = [row for row in kept if row.expected != row.matter.expected]
    assert moved, "they are agreed at another share now"
    page = ada.get(f"{CLAIMS}{moved[0].matter_id}/").content.decode()
    assert "The book has changed since the status was set" in page


def test_without_a_book_one_is_led_to_loading(
    db: None, tmp_path: Path, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    empty = Organisation.objects.create(name="Empty", slug="cedar", book=str(tmp_path / "none"))
    client = signed_in(member(empty, Role.LEAD))

    for path in (ALL, CLAIMS, f"{ALL}trends/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "There are no claims to compare yet." in page.content.decode()
    assert not Task.objects.exists()


def test_what_failed_says_why_and_is_tried_again_when_asked(ada: Client, at_work: Desk, practice: Organisation) -> None:
    contract = at_work.book().contract_folders()["summit-health"] / "contract.yaml"
    right = contract.read_text()
    contract.write_text(right.replace("percent_of_charges", "percnt_of_charges"))
    ada.get(ALL)
    run_waiting()

    page = ada.get(ALL).content.decode()
    assert "could not be worked out" in page
    assert "percnt_of_charges" in page
    ada.post(f"{ALL}again/")
    assert known(at_work).working
    run_waiting()
    contract.write_text(right)
    ada.get(ALL)
    run_waiting()
    assert not known(at_work).stale


def test_what_waited_for_a_state_that_is_over_makes_nothing_anew(at_work: Desk, worklist: Worklist) -> None:
    enqueue(at_work, BUILD, {}, title="Work out", key="of the book as it was before")
    run_waiting()

    assert [one.pk for one in Worklist.objects.all()] == [worklist.pk]
    assert Task.objects.filter(kind=BUILD, state=State.DONE).count() == 2
