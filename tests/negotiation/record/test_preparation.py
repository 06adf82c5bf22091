"""The preparation calendar, counted back from the day new terms should begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from evenhand.documents.negotiation_sheets import calendar_headline, calendar_sheet
from evenhand.negotiation.record import Approval, Kept, Zone, calendar
from evenhand.negotiation.record.model import Negotiation


def states(found: Negotiation, kept: Kept, today: date) -> dict[str, str]:
    return {one.step.what: one.state for one in calendar(found, kept.contract(), today).steps}


def test_steps_count_back_twelve_months_from_the_first_day_of_new_terms(kept: Kept) -> None:
    days = calendar(kept.read(), kept.contract(), date(2026, 4, 10))
    assert [(one.first, one.last) for one in days.steps[:3]] == [
        (date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 5, 1), date(2026, 6, 1)),
        (date(2026, 6, 1), date(2026, 7, 1)),
    ]
    assert (days.ends.ends, days.ends.notice_by, days.ends.effective) == (
        date(2027, 3, 31),
        date(2026, 12, 1),
        date(2027, 4, 1),
    )
    assert days.days_left == 356
    assert days.late == ()


def test_what_is_not_done_in_time_is_late_and_comes_next(kept: Kept) -> None:
    days = calendar(kept.read(), kept.contract(), date(2026, 8, 15))
    assert [one.step.what for one in days.late] == ["Targets and walk-aways set and approved", "Alternatives priced"]
    assert days.next_due is not None
    assert days.next_due.step.what == "Targets and walk-aways set and approved"


def test_done_is_seen_in_the_record_not_ticked(kept: Kept) -> None:
    found = kept.read()
    on = date(2026, 8, 15)
    assert states(found, kept, on)["Alternatives priced"] == "late"
    priced = replace(found, zone=Zone(Decimal(1), Decimal(2), Decimal("1.5")))
    assert states(priced, kept, on)["Alternatives priced"] == "done"
    placed = replace(found, issues=tuple(replace(one, target="1", walk_away="1") for one in found.issues))
    assert states(placed, kept, on)["Targets and walk-aways set and approved"] == "late"
    approved = replace(placed, approvals=(Approval("CFO", "targets", on),))
    assert states(approved, kept, on)["Targets and walk-aways set and approved"] == "done"


def test_a_notice_day_that_has_passed_is_said(kept: Kept) -> None:
    days = calendar(kept.read(), kept.contract(), date(2026, 12, 2))
    assert days.ends.missed == date(2026, 12, 1)


def test_a_contract_without_end_has_no_calendar_and_says_so(kept: Kept) -> None:
    file = kept.contract_folder() / "contract.yaml"
    text = file.read_text(encoding="utf-8").replace("ends: 2027-03-31\n", "")
    file.write_text(text.replace("renewal: {evergreen: 1 year, notice: 120 days}\n", ""), encoding="utf-8")
    days = calendar(replace(kept.read(), effective=None), kept.contract(), date(2026, 4, 10))
    assert (days.steps, days.next_due, days.days_left) == ((), None, None)
    assert calendar_headline(days).startswith("No calendar: the contract has no end")
    assert calendar_sheet(days).empty == ("The contract has no end; say when new terms should begin with 'effective:'.")


def test_past_the_end_the_renewal_term_counts(kept: Kept) -> None:
    found = replace(kept.read(), effective=None)
    days = calendar(found, kept.contract(), date(2027, 6, 1))
    assert (days.ends.ends, days.ends.notice_by) == (date(2028, 3, 31), date(2027, 12, 2))
