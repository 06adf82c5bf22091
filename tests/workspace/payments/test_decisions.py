"""Deciding on differences: by those who may, once, logged, and never over what somebody else decided."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from evenhand.errors import ConflictError
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.payments.actions import Decision, settle_all, settle_some
from evenhand.workspace.payments.choosing import Chosen
from evenhand.workspace.payments.models import Matter, Worklist
from evenhand.workspace.payments.queries import groups, sums
from evenhand.workspace.payments.trends import trends
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import DoneBeforeError
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import broken

CLAIMS = "/o/cedar/payments/claims/"
SCRIPT = '<script>alert("x")</script>=cmd|calc'


def first(worklist: Worklist, many: int = 1) -> list[Matter]:
    """The matters with the most dollars."""
    rows = worklist.differences.filter(cause__direction="underpaid").order_by("-amount", "pk")[:many]
    return [row.matter for row in rows.select_related("matter")]


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of the last form that has it."""
    return str(re.findall(rf'name="{name}" value="([^"]*)"', page)[-1])


def test_one_decision_is_kept_with_its_figures_and_logged(at_work: Desk, worklist: Worklist) -> None:
    (matter,) = first(worklist)
    row = matter.differences.get(worklist=worklist)
    day = date(2026, 12, 24)

    settle_some(
        at_work, {matter.pk: 0}, Decision("k", "to dispute", str(at_work.person.pk), follow_up=day, note="call them")
    )

    matter.refresh_from_db()
    assert (matter.status, matter.assigned, matter.follow_up) == ("to dispute", at_work.person, day)
    assert (matter.expected, matter.actual, matter.amount) == (row.expected, row.actual, row.amount)
    (step,) = matter.steps.all()
    assert (step.before, step.after) == ("new", "to dispute, with Ada, look again on 2026-12-24")
    event = Event.objects.get(kind="variance", what="decided")
    assert event.why == "call them"
    assert event.after == f"{matter}: {step.after}"
    assert broken(at_work.organisation) == []


@pytest.mark.parametrize("role", [Role.COUNSEL, Role.ADMINISTRATOR])
def test_who_may_not_see_claims_finds_no_claim_in_the_history(
    role: Role,
    at_work: Desk,
    worklist: Worklist,
    member: Callable[..., Person],
    signed_in: Callable[[Person], Client],
) -> None:
    (matter,) = first(worklist)
    settle_some(at_work, {matter.pk: 0}, Decision("one", "to dispute", note=f"call them about {matter.claim}"))
    sought = Chosen(claim=matter.claim)
    settle_all(at_work, sought, sums(worklist, sought).based_on, Decision("all", "disputed"))
    looking = signed_in(at_work.person)
    looking.get(f"{CLAIMS}?claim={matter.claim}")
    looking.get(f"{CLAIMS}{matter.pk}/")
    asking = signed_in(member(at_work.organisation, role))
    page = asking.get("/o/cedar/history/").content.decode()
    file = asking.get("/o/cedar/history/history.csv").content.decode()

    assert f"{matter.payer}, matter {matter.pk}" in page, "the log names what was decided on"
    assert matter.claim not in page
    assert matter.claim not in file
    told = "".join(one.after + one.before for one in Event.objects.all())
    assert matter.claim in told, "those who may see claims read which one it was"


def test_a_form_sent_twice_decides_once(at_work: Desk, worklist: Worklist) -> None:
    (matter,) = first(worklist)
    settle_some(at_work, {matter.pk: 0}, Decision("k", "disputed"))

    with pytest.raises(DoneBeforeError):
        settle_some(at_work, {matter.pk: 0}, Decision("k", "disputed"))
    assert matter.steps.count() == 1


def test_the_second_of_two_is_told_and_nothing_of_the_selection_changes(at_work: Desk, worklist: Worklist) -> None:
    one, two = first(worklist, 2)
    settle_some(at_work, {one.pk: 0}, Decision("k1", "disputed"))

    with pytest.raises(ConflictError, match="changed by somebody else"):
        settle_some(at_work, {two.pk: 0, one.pk: 0}, Decision("k2", "written off"))
    assert sorted(Matter.objects.filter(pk__in=[one.pk, two.pk]).values_list("status", flat=True)) == [
        "disputed",
        "new",
    ]
    assert Event.objects.filter(what="decided").count() == 1


def test_a_whole_group_is_decided_as_it_was_seen(at_work: Desk, worklist: Worklist) -> None:
    group = groups(worklist, Chosen(), "cause")[0]
    seen = sums(worklist, group.chosen)

    assert settle_all(at_work, group.chosen, seen.based_on, Decision("k", "disputed")) == group.count

    after = next(one for one in groups(worklist, Chosen(), "cause") if one.chosen == group.chosen)
    assert after.states == {"disputed": group.count}
    assert after.left == group.amount, "what is disputed is outstanding still"
    with pytest.raises(ConflictError):
        settle_all(at_work, group.chosen, seen.based_on, Decision("k2", "written off"))


def test_what_cannot_be_decided_is_refused(at_work: Desk, worklist: Worklist, member: Callable[..., Person]) -> None:
    (matter,) = first(worklist)
    reader = member(at_work.organisation, Role.READER)

    with pytest.raises(RefusedError, match="Nothing was decided"):
        settle_some(at_work, {matter.pk: 0}, Decision("k"))
    with pytest.raises(RefusedError, match="No difference was chosen"):
        settle_some(at_work, {}, Decision("k", "paid"))
    with pytest.raises(RefusedError, match="does not work on differences"):
        settle_some(at_work, {matter.pk: 0}, Decision("k", assigned=str(reader.pk)))
    with pytest.raises(PermissionDenied):
        settle_some(desk_of(reader, "cedar"), {matter.pk: 0}, Decision("k", "paid"))
    assert Matter.objects.get(pk=matter.pk).version == 0


def test_matters_of_another_organisation_are_out_of_reach(
    at_work: Desk, worklist: Worklist, member: Callable[..., Person]
) -> None:
    (matter,) = first(worklist)
    other = Organisation.objects.create(name="Harbor", slug="harbor", book=at_work.organisation.book)

    with pytest.raises(ConflictError):
        settle_some(desk_of(member(other, Role.LEAD), "harbor"), {matter.pk: 0}, Decision("k", "paid"))
    assert Matter.objects.get(pk=matter.pk).status == "new"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COUNSEL, Role.EXECUTIVE, Role.READER])
def test_pages_let_only_workers_decide(
    role: Role,
    practice: Organisation,
    worklist: Worklist,
    member: Callable[..., Person],
    signed_in: Callable[[Person], Client],
) -> None:
    (matter,) = first(worklist)
    client = signed_in(member(practice, role))

    assert client.post(f"{CLAIMS}{matter.pk}/", {"status": "paid"}).status_code == 403
    assert client.post(f"{CLAIMS}decide/", {"status": "paid"}).status_code == 403
    assert client.post("/o/cedar/payments/packets/", {}).status_code == 403


def test_the_page_of_a_claim_takes_a_decision_and_shows_a_clash(ada: Client, worklist: Worklist, at_work: Desk) -> None:
    (matter,) = first(worklist)
    path = f"{CLAIMS}{matter.pk}/"
    page = ada.get(path).content.decode()
    form = {"status": "disputed", "assigned": "nobody", "note": SCRIPT, "based_on": hidden(page, "based_on")}

    done = ada.post(path, form | {"key": hidden(page, "key")}, follow=True)
    assert done.status_code == 200
    assert "<script>alert" not in done.content.decode()
    assert "&lt;script&gt;alert" in done.content.decode()
    late = ada.post(path, form | {"status": "paid", "key": "another"})

    assert late.status_code == 409
    assert "Somebody else decided meanwhile" in late.content.decode()
    assert Matter.objects.get(pk=matter.pk).status == "disputed"


def test_ticked_boxes_are_decided_on_together(ada: Client, worklist: Worklist) -> None:
    one, two = first(worklist, 2)
    page = ada.get(CLAIMS).content.decode()
    sent = {"scope": "ticked", "status": "to dispute", "assigned": "", "matter": [f"{one.pk}:0", f"{two.pk}:0", "x:1"]}
    sent |= {"key": hidden(page, "key"), "based_on": hidden(page, "based_on"), "chosen": "way=underpaid"}

    done = ada.post(f"{CLAIMS}decide/", sent, follow=True)
    again = ada.post(f"{CLAIMS}decide/", sent | {"key": "other"}, follow=True)

    assert done.redirect_chain[-1][0] == f"{CLAIMS}?way=underpaid"
    assert "Decided on 2 differences." in done.content.decode()
    assert "nothing was overwritten" in again.content.decode()
    assert Matter.objects.filter(status="to dispute").count() == 2


def test_trends_add_up(at_work: Desk, worklist: Worklist, practice: Organisation) -> None:
    before = trends(practice, worklist)
    one, two = first(worklist, 2)
    settle_some(at_work, {one.pk: 0}, Decision("k1", "paid"))
    settle_some(at_work, {two.pk: 0}, Decision("k2", "written off"))

    after = trends(practice, worklist)
    paid, lost = (matter.differences.get(worklist=worklist).amount for matter in (one, two))
    assert before.left == sums(worklist, Chosen(way="underpaid")).amount
    assert int((before.left - after.left) * 100) == paid + lost
    assert int(after.back * 100) == paid, "what was written off did not come back"
    assert (before.back_count, after.back_count) == (0, 1)
