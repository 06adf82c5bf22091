"""The log: every deed once, bound to the one before; the database refuses to change it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.trail.actions import Deed, DoneBeforeError, recorded
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import broken, events


def done(desk: Desk, name: str, key: str | None = None) -> Event:
    deed = Deed("changed", "contract", name, desk.person, desk.organisation, why="to see", key=key)
    with recorded(deed) as draft:
        draft.before, draft.after = "one", "two"
    assert draft.event is not None
    return draft.event


def test_events_are_numbered_and_bound(desk: Desk) -> None:
    first, second = done(desk, "summit"), done(desk, "granite")

    assert (first.number, second.number) == (1, 2)
    assert second.previous == first.digest
    assert broken(desk.organisation) == []
    assert [one.name for one in events(desk.organisation)] == ["granite", "summit"]


def test_each_organisation_has_a_chain_of_its_own(desk: Desk) -> None:
    other = Organisation.objects.create(name="Other", slug="other", book="nowhere")
    done(desk, "summit")
    with recorded(Deed("changed", "contract", "theirs", desk.person, other)):
        pass

    assert [one.number for one in events(other)] == [1]
    assert broken(other) == []


def test_what_fails_is_not_logged(desk: Desk) -> None:
    def fails() -> None:
        with recorded(Deed("changed", "contract", "summit", desk.person, desk.organisation)):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()

    assert not events(desk.organisation)


def test_the_same_request_is_carried_out_once(desk: Desk) -> None:
    done(desk, "summit", key="k1")

    with pytest.raises(DoneBeforeError, match="done already"):
        done(desk, "summit", key="k1")

    assert len(events(desk.organisation)) == 1


@pytest.mark.parametrize("change", ["update trail_event set why = 'x'", "delete from trail_event"])
def test_the_database_refuses_changes(desk: Desk, change: str) -> None:
    done(desk, "summit")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert broken(desk.organisation) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("update trail_event set why = 'another' where number = 2", "event 2 was changed after it was written"),
        ("delete from trail_event where number = 2", "event 2 is missing: 3 follows 1"),
        ("delete from trail_event where number = 3", "the end of it is missing"),
        ("update trail_event set previous = digest where number = 2", "event 2 does not follow the one before it"),
    ],
)
def test_who_goes_around_the_database_is_found(desk: Desk, change: str, told: str) -> None:
    for name in ("summit", "granite", "northfield"):
        done(desk, name)
    with connection.cursor() as cursor:
        for statement in _unguarded():
            cursor.execute(statement)
        cursor.execute(change)

    assert any(told in problem for problem in broken(desk.organisation))


def _unguarded() -> list[str]:
    if connection.vendor == "postgresql":
        return ["set local session_replication_role = replica"]
    return ["drop trigger trail_event_update", "drop trigger trail_event_delete"]
