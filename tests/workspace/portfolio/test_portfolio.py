"""The first page: every contract with its days and figures, what needs doing, and what to do when there is nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.negotiation.record import negotiations, promise
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Access, Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.portfolio import queries
from evenhand.workspace.portfolio.needs import needs
from evenhand.workspace.portfolio.spans import timeline_of
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.worker import run_waiting

TODAY = date(2026, 11, 22)


@pytest.fixture
def own_desk(own: Organisation, member: Callable[..., Person]) -> Desk:
    """A lead with a book to change."""
    return desk_of(member(own, Role.LEAD), own.slug)


def test_figures_fill_in_when_they_are_worked_out(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    client = signed_in(desk.person)

    before = client.get("/o/cedar/").content.decode()
    assert "Summit Health" in before, "the contract is there at once"
    assert 'hx-trigger="every 3s"' in before, "its figures are asked for again"
    run_waiting()

    after = client.get("/o/cedar/").content.decode()
    assert "hx-trigger" not in after
    assert "claims that begin" in after, "it says what the figures are over"
    assert "Load this year&#x27;s Medicare schedules" in after, "it says why the percent of Medicare is a small part"


def test_the_contract_whose_notice_day_is_next_comes_first(desk: Desk) -> None:
    found = [line.dates.notice_by for line in queries.lines(desk, None, TODAY) if line.dates]

    assert found == sorted(day for day in found if day)


def test_the_timeline_shows_terms_notice_days_and_preparation(desk: Desk) -> None:
    drawn = timeline_of(queries.lines(desk, None, TODAY), TODAY)

    assert drawn.period.start < TODAY - timedelta(days=60)
    assert drawn.period.end > TODAY + timedelta(days=365)
    assert len(drawn.strips) == 3
    for strip in drawn.strips:
        kinds = [bar.kind for bar in strip.bars]
        assert kinds.count("term") == 1, strip.name
        assert kinds.count("prepare") >= 9, f"each month's step of {strip.name} is there"
        assert {"notice", "late"} & {marker.kind for marker in strip.markers}, strip.name


def test_a_notice_day_within_four_months_needs_somebody(desk: Desk) -> None:
    lines = queries.lines(desk, None, TODAY)
    due = min(line.dates.notice_by for line in lines if line.dates and line.dates.notice_by)

    for day, told in ((due - timedelta(days=30), True), (due - timedelta(days=200), False)):
        found = needs(desk, queries.lines(desk, None, day), day)
        assert any(one.due == due and one.word == "notice" for one in found) == told, day


def test_my_own_promises_come_first(own_desk: Desk) -> None:
    kept = next(iter(negotiations(own_desk.book())))
    day = timezone.localdate()
    late = day - timedelta(days=3)
    promise(kept, "Send the volumes", own_desk.person.name, made=late, due=late)

    found = needs(own_desk, queries.lines(own_desk, None, day), day)

    assert found[0].mine
    assert "Send the volumes" in found[0].what
    assert (found[0].state, found[0].word) == ("bad", "late")


def test_a_task_that_failed_needs_me(own_desk: Desk) -> None:
    now = timezone.now()
    given = {"organisation": own_desk.organisation, "person": own_desk.person, "kind": "x", "title": "Load a file"}
    Task.objects.create(**given, state=State.FAILED, problem="it is no claim file", ended=now)

    assert any("it is no claim file" in one.what for one in needs(own_desk, [], timezone.localdate()))


def test_a_refused_contract_does_not_hide_the_others(
    own_desk: Desk, own: Organisation, signed_in: Callable[[Person], Client]
) -> None:
    (own.folder / "contracts" / "summit-health" / "contract.yaml").write_text("contract: [")

    page = signed_in(own_desk.person).get("/o/cedar/").content.decode()

    assert "Prairie Mutual" in page
    assert "refused" in page


def test_a_closed_negotiation_is_not_told_of(desk: Desk, member: Callable[..., Person]) -> None:
    (name,) = [one.name for one in desk.negotiations()]
    other = desk_of(member(desk.organisation, Role.ANALYST), desk.organisation.slug)
    Access.objects.create(organisation=desk.organisation, negotiation=name, person=desk.person)

    assert [line.talks.name for line in queries.lines(desk, None, TODAY) if line.talks] == [name]
    assert [line.talks for line in queries.lines(other, None, TODAY) if line.talks] == []
    assert all("promise" not in one.what for one in needs(other, queries.lines(other, None, TODAY), TODAY))


def test_a_new_organisation_is_told_what_to_do(
    member: Callable[..., Person], signed_in: Callable[[Person], Client], tmp_path: Path
) -> None:
    new = Organisation.objects.create(name="New Practice", slug="new", book=str(tmp_path / "none"))
    client = signed_in(member(new, Role.LEAD))

    page = client.get("/o/new/").content.decode()

    assert "No claims yet." in page
    assert "No contracts yet." in page
    assert client.get("/o/new/portfolio.csv").status_code == 200


def test_the_table_goes_to_a_spreadsheet(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    client = signed_in(desk.person)
    client.get("/o/cedar/")
    run_waiting()

    text = client.get("/o/cedar/portfolio.csv")
    rows = list(csv.DictReader(io.StringIO(text.content.decode())))
    assert text["Content-Disposition"].startswith("attachment")
    assert rows[0]["payer"] == "Summit Health"
    assert all(float(row["paid_share"]) > 0 for row in rows)
    workbook = client.get("/o/cedar/portfolio.xlsx")
    assert ZipFile(io.BytesIO(workbook.content)).testzip() is None


def test_a_payer_named_like_a_formula_or_a_script_stays_text(
    own_desk: Desk, own: Organisation, signed_in: Callable[[Person], Client]
) -> None:
    file = own.folder / "contracts" / "summit-health" / "contract.yaml"
    named = file.read_text().replace("{name: Summit Health,", "{name: '=cmd|<script>alert(1)</script>',")
    file.write_text(named)
    client = signed_in(own_desk.person)

    page = client.get("/o/cedar/").content.decode()

    assert "=cmd|&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "'=cmd|" in client.get("/o/cedar/portfolio.csv").content.decode()
