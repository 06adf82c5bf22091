"""Who reads what of the history."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Access, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, recorded, seen
from evenhand.workspace.trail.changes import Line, lines
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import events

HISTORY = "/o/cedar/history/"


def write(desk: Desk, kind: str, name: str, *, before: str = "", after: str = "", why: str = "") -> None:
    with recorded(Deed("changed", kind, name, desk.person, desk.organisation, why=why)) as draft:
        draft.before, draft.after = before, after


def test_an_event_is_shown_with_what_changed_and_why(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    write(desk, "contract", "granite", before="a: 1\nb: 2", after="a: 1\nb: 3", why="the amendment")

    page = signed_in(desk.person).get(HISTORY).content.decode()

    assert "Why: the amendment" in page
    assert "− b: 2\n+ b: 3" in page


def test_of_many_events_alike_the_newest_stands_for_all(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    write(desk, "contract", "granite", why="the first")
    for number in range(6):
        write(desk, "negotiation", "summit", why=f"round {number}")
    write(desk, "contract", "granite", why="the last")

    page = signed_in(desk.person).get(HISTORY)
    runs = [(len(run.shown), [one.event.why for one in run.folded]) for run in page.context["runs"]]

    assert runs == [(1, []), (1, [f"round {number}" for number in (4, 3, 2, 1, 0)]), (1, [])]
    assert "5 more like it, the earliest on " in page.content.decode()


def test_lines_far_from_a_change_are_left_out() -> None:
    old = [str(number) for number in range(20)]
    new = [*old[:10], "ten", *old[11:]]

    found = list(lines("\n".join(old), "\n".join(new)))

    assert found == [
        Line(" ", "8"),
        Line(" ", "9"),
        Line("−", "10"),
        Line("+", "ten"),
        Line(" ", "11"),
        Line(" ", "12"),
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?kind=contract", {"granite"}),
        ("?name=summit", {"summit"}),
        ("?since=2001-01-01&until=2001-01-02", set()),
        ("?since=nonsense&kind=no+such+kind", {"granite", "summit"}),
        ("?person=0", {"granite", "summit"}),
    ],
)
def test_filters(desk: Desk, signed_in: Callable[[Person], Client], query: str, shown: set[str]) -> None:
    write(desk, "contract", "granite")
    write(desk, "negotiation", "summit")

    page = signed_in(desk.person).get(HISTORY + query)

    assert {one.event.name for one in page.context["events"]} == shown


def test_a_day_is_whole(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    write(desk, "contract", "granite")
    today = timezone.now().date()

    page = signed_in(desk.person).get(f"{HISTORY}?since={today}&until={today}&person={desk.person.pk}")
    after = signed_in(desk.person).get(f"{HISTORY}?since={today + timedelta(days=1)}")

    assert len(page.context["events"]) == 1
    assert len(after.context["events"]) == 0


def test_positions_are_not_for_administrators(
    desk: Desk, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    write(desk, "negotiation", "summit", before="walk-away 7,101.13", after="walk-away 7,104.29", why="burn 99")
    client = signed_in(member(desk.organisation, Role.ADMINISTRATOR))

    for at in (HISTORY, f"{HISTORY}history.csv"):
        told = client.get(at).content.decode()
        assert "summit" in told
        assert "7,104.29" not in told
        assert "burn 99" not in told


def test_a_closed_negotiation_is_not_in_the_history(
    desk: Desk, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    Access.objects.create(organisation=desk.organisation, negotiation="summit", person=desk.person)
    for name in ("summit", "summit/round 2", "summit talks", "summit-two"):
        write(desk, "negotiation", name)
    write(desk, "contract", "summit")
    client = signed_in(member(desk.organisation, Role.COUNSEL))

    shown = {(one.event.kind, one.event.name) for one in client.get(HISTORY).context["events"]}
    assert shown == {("negotiation", "summit-two"), ("contract", "summit")}
    assert "summit/round" not in client.get(f"{HISTORY}history.csv").content.decode()
    assert len(signed_in(desk.person).get(HISTORY).context["events"]) == 6, "five, and that it was exported"


@pytest.mark.parametrize("evil", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1+1"])
def test_exports_hold_no_formula(desk: Desk, signed_in: Callable[[Person], Client], evil: str, tmp_path: Path) -> None:
    write(desk, "contract", evil, after=evil, why=evil)
    client = signed_in(desk.person)

    row = list(csv.reader(io.StringIO(client.get(f"{HISTORY}history.csv").content.decode())))[1]
    assert not [cell for cell in row if cell.startswith(("=", "@", "+", "\t")) or cell == evil]
    (tmp_path / "h.xlsx").write_bytes(client.get(f"{HISTORY}history.xlsx").content)
    sheet = openpyxl.load_workbook(tmp_path / "h.xlsx").active
    assert sheet is not None
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells if cell.value} <= {"s", "n"}


def test_what_is_written_is_only_text(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    evil = "<script>alert(1)</script>"
    write(desk, "contract", evil, after=evil, why=evil)

    assert evil not in signed_in(desk.person).get(HISTORY).content.decode()


def test_taking_the_history_is_in_the_history(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    signed_in(desk.person).get(f"{HISTORY}history.csv?kind=contract")

    assert [(one.what, one.kind) for one in events(desk.organisation)] == [("exported", "history")]


def test_looking_at_claims_is_logged_once_an_hour(
    desk: Desk, member: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desk_of(member(desk.organisation, Role.ANALYST), "cedar")
    for one in (desk, desk, other):
        seen(one, "claim", "A1")
    seen(desk, "claim", "A2")
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(hours=1))
    seen(desk, "claim", "A1")

    told = Event.objects.values_list("what", "name", "person__name").order_by("number")
    assert list(told) == [
        ("looked at", "A1", "Lead"),
        ("looked at", "A1", "Analyst"),
        ("looked at", "A2", "Lead"),
        ("looked at", "A1", "Lead"),
    ]
