"""An escalation in the file: written and read back, each step after the one before."""

from __future__ import annotations

from datetime import date

from evenhand.errors import Log
from evenhand.negotiation.record.escalating import issues_as_listed
from evenhand.negotiation.record.model import EscalationSteps, Issue, Negotiation
from evenhand.negotiation.record.reading import negotiation_of
from evenhand.negotiation.record.writing import whole_text


def test_the_steps_are_written_and_read_back() -> None:
    day = date(2026, 11, 22)
    steps = EscalationSteps(day, "Dana", "No movement: two rounds", day, "00d1e2f3a4b5c6d7", day, day, "Dana")
    found = Negotiation("Summit", "provider", "../c", "Cedar", "Summit Health", escalation=steps)

    assert negotiation_of(whole_text(found), Log("negotiation.yaml")) == found


def test_where_an_issue_stands_in_the_file_does_not_change_what_names_it() -> None:
    here, there = (
        Negotiation("Summit", "provider", "../c", "Cedar", "Summit", issues=(Issue("fees", target="4 %", line=at),))
        for at in (3, 9)
    )

    assert issues_as_listed(here) == issues_as_listed(there)
