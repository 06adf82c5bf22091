"""Readiness, known mistakes, impasse and escalation: each computed from the record, shown with its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.contracts import read_contract
from evenhand.negotiation.rails import Flag
from evenhand.negotiation.readiness import DataFacts, RoundWorth, escalation, impasse, pitfalls, readiness
from evenhand.negotiation.record import (
    Approval,
    Calendar,
    Commitment,
    Issue,
    Negotiation,
    Notice,
    Round,
    Talk,
    Zone,
    calendar,
)
from evenhand.negotiation.record.model import Belief, Person, Proof

TODAY = date(2026, 7, 1)
GOOD = DataFacts(5000, date(2025, 5, 1), date(2026, 5, 31), 4000, 3980, date(2026, 12, 31), date(2026, 1, 1), False)
ZONE = Zone(Decimal(600), Decimal(900), Decimal(800), Decimal("0.95"), "claim", TODAY)
READY = Negotiation(
    "Summit 2027",
    "provider",
    "x",
    "Cedar",
    "Summit",
    opened=date(2026, 4, 1),
    effective=date(2027, 4, 1),
    message="We want to stay.",
    people=(Person("CFO", approves=True),),
    approvals=(Approval("CFO", "targets", TODAY), Approval("CFO", "escalation", TODAY)),
    value=(Proof("Fewer readmissions", "2.1 %", "2025", "registry"),),
    issues=(
        Issue("fee", kind="rate", today="100", target="5 %", walk_away="3 %", theirs=Belief(target="1 %")),
        Issue("days", today="30", target="20 days", walk_away="30 days", theirs=Belief(target="45 days")),
    ),
    zone=ZONE,
)


@pytest.fixture
def days(tmp_path: Path) -> Calendar:
    (tmp_path / "contract.yaml").write_text(
        "contract: x\nparties: {provider: a, payer: b}\neffective: 2024-01-01\nends: 2027-03-31\n"
        "renewal: {evergreen: 1 year, notice: 120 days}\nterms: [{name: t, pay: {percent_of_charges: 4}}]\n",
        encoding="utf-8",
    )
    return calendar(READY, read_contract(tmp_path), TODAY)


def test_all_is_green_when_all_is_there(days: Calendar) -> None:
    found = readiness(READY, days, GOOD)
    assert [(one.name, one.evidence) for one in found.items if one.state != "green"] == []
    assert found.ready
    assert all(one.makes_green == "" for one in found.items)


@pytest.mark.parametrize(
    ("change", "item", "state"),
    [
        ({"value": ()}, "Value proposition has numbers", "red"),
        ({"value": (*READY.value, Proof("Trust"))}, "Value proposition has numbers", "amber"),
        ({"message": ""}, "One message", "amber"),
        ({"issues": (replace(READY.issues[0], walk_away=""),)}, "Targets and walk-aways set", "red"),
        ({"issues": READY.issues[:1]}, "More than rates", "amber"),
        ({"zone": None}, "Alternatives priced", "red"),
        ({"zone": replace(ZONE, as_of=date(2025, 1, 1))}, "Alternatives priced", "amber"),
        ({"approvals": ()}, "Leaders aligned", "red"),
        ({"people": ()}, "Leaders aligned", "red"),
        (
            {"issues": tuple(replace(one, theirs=Belief()) for one in READY.issues)},
            "The other side understood",
            "amber",
        ),
    ],
)
def test_what_is_missing_is_not_green_and_says_what_would_be(
    days: Calendar, change: dict[str, object], item: str, state: str
) -> None:
    (found,) = [one for one in readiness(replace(READY, **change), days, GOOD).items if one.name == item]  # type: ignore[arg-type]
    assert found.state == state
    assert found.evidence
    assert found.makes_green


@pytest.mark.parametrize(
    ("facts", "item", "evidence"),
    [
        (DataFacts(), "Claims are recent", "no claims"),
        (replace(GOOD, last_day=date(2026, 1, 1)), "Claims are recent", "5,000 claims from 2025-05-01 to 2026-01-01"),
        (
            replace(GOOD, first_day=date(2026, 1, 1)),
            "Claims cover a year",
            "5,000 claims from 2026-01-01 to 2026-05-31",
        ),
        (
            replace(GOOD, answered=3000),
            "Claims are answered",
            "3,000 of 4,000 claims older than 90 days have a remittance",
        ),
        (replace(GOOD, built_in=True), "Benchmarks are dated", "only the few codes that come with the program"),
        (
            replace(GOOD, benchmark=date(2024, 12, 31)),
            "Benchmarks are dated",
            "newest physician fee schedule: 2026-01-01 to 2024-12-31",
        ),
    ],
)
def test_data_is_judged_with_its_count_and_days(days: Calendar, facts: DataFacts, item: str, evidence: str) -> None:
    (found,) = [one for one in readiness(READY, days, facts).items if one.name == item]
    assert found.state != "green"
    assert found.evidence == evidence


def test_a_notice_day_that_has_passed_is_red_unless_notice_was_given(days: Calendar) -> None:
    late = replace(days, today=date(2026, 12, 15))
    state = {one.name: one.state for one in readiness(READY, late, GOOD).items}
    assert state["Notice day ahead"] == "red"
    given = replace(READY, notices=(Notice("non-renewal", sent=date(2026, 11, 1)),))
    state = {one.name: one.state for one in readiness(given, late, GOOD).items}
    assert state["Notice day ahead"] == "green"


def seen(found: Negotiation, days: Calendar, flags: tuple[Flag, ...] = ()) -> list[str]:
    return [one.name for one in pitfalls(found, days, flags) if one.seen]


def test_no_mistake_is_seen_where_there_is_none(days: Calendar) -> None:
    assert seen(READY, days) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"rounds": (Round(1, TODAY, "them", state="accepted"),)}, "Taking the first offer"),
        ({"issues": READY.issues[:1]}, "Rates only"),
        ({"zone": None}, "No leverage"),
        ({"zone": replace(ZONE, today=Decimal(900))}, "No leverage"),
        ({"zone": replace(ZONE, exists=Decimal("0.2"))}, "No leverage"),
        ({"talks": (Talk(TODAY, "call", said="We will terminate in March."),)}, "Bluffing termination"),
        ({"notices": (Notice("termination", sent=TODAY),)}, "Bluffing termination"),
        ({"opened": date(2027, 1, 15)}, "Starting late"),
    ],
)
def test_each_known_mistake_is_seen(days: Calendar, change: dict[str, object], name: str) -> None:
    assert name in seen(replace(READY, **change), days)  # type: ignore[arg-type]


def test_a_threat_that_is_approved_and_borne_by_the_walk_away_is_no_bluff(days: Calendar) -> None:
    threat = replace(
        READY,
        talks=(Talk(TODAY, "call", said="We would leave the network."),),
        approvals=(Approval("Board", "termination", TODAY),),
        zone=replace(ZONE, ours=Decimal(850)),
    )
    assert "Bluffing termination" not in seen(threat, days)
    assert "Bluffing termination" in seen(replace(threat, zone=ZONE), days)


def test_flags_of_the_rails_are_a_matter_of_compliance(days: Calendar) -> None:
    assert seen(READY, days, (Flag("G6", "flag", "provisions: mfn", "x"),)) == ["Compliance"]
    assert seen(READY, days, (Flag("G11", "flag", "walk-away", "x"),)) == []


def worth(number: int, by: str, share: str) -> RoundWorth:
    return RoundWorth(number, by, Decimal(share) * 1_000_000, Decimal(share), 500)  # type: ignore[arg-type]


STUCK = (worth(1, "us", "0.50"), worth(2, "them", "-0.30"), worth(3, "us", "0.499"), worth(4, "them", "-0.299"))


def test_rounds_without_movement_and_a_gap_wider_than_the_zone(days: Calendar) -> None:
    talking = replace(READY, talks=(Talk(TODAY, "call"),))
    found = impasse(talking, days, STUCK)
    assert {one.name: one.there for one in found.signals} == {
        "We did not move": True,
        "They did not move": True,
        "Gap wider than the zone": True,  # 79.8 % of the contract against 37.5 % of today's price
        "Their offer is past our walk-away": True,  # 800 × 0.701 = 560.80, below 600
        "Little time": False,
        "Notice day near": False,
        "Silence": False,
        "Promises not kept": False,
    }
    assert (found.count, found.level) == (4, "impasse")


def test_movement_within_the_zone_is_no_signal(days: Calendar) -> None:
    moving = (worth(1, "us", "0.08"), worth(2, "them", "0.00"), worth(3, "us", "0.06"), worth(4, "them", "0.01"))
    talking = replace(READY, talks=(Talk(TODAY, "call"),))
    assert impasse(talking, days, moving).level == "none"


def test_what_cannot_be_known_is_said_so(days: Calendar) -> None:
    found = {one.name: one for one in impasse(replace(READY, zone=None), days).signals}
    assert found["We did not move"].there is None
    assert found["Gap wider than the zone"].evidence == "the walk-away is not kept"
    assert found["Silence"].evidence == "no talk and no round is recorded"


def test_little_time_silence_and_broken_promises(days: Calendar) -> None:
    late = replace(days, today=date(2027, 3, 10))
    quiet = replace(
        READY,
        talks=(Talk(date(2027, 1, 5), "call"),),
        commitments=(Commitment(1, "Send rates", "Summit", due=date(2027, 2, 1)),),
    )
    names = [one.name for one in impasse(quiet, late).signals if one.there]
    assert names == ["Little time", "No time to set up rates", "Silence", "Promises not kept"]
    near = replace(days, today=days.ends.notice_by - timedelta(days=10))  # type: ignore[operator,arg-type]
    assert "Notice day near" in [one.name for one in impasse(READY, near).signals if one.there]


def test_the_payers_walk_away_is_the_other_way_round(days: Calendar) -> None:
    payer = replace(READY, side="payer", zone=replace(ZONE, ours=Decimal(900), theirs=Decimal(600)))
    found = {
        one.name: one.there for one in impasse(payer, days, (worth(1, "us", "0"), worth(2, "them", "0.30"))).signals
    }
    assert found["Their offer is past our walk-away"] is True  # 1,040 a claim, and 900 is the most
    assert found["Gap wider than the zone"] is False


def test_an_escalation_says_what_is_missing(days: Calendar) -> None:
    tried = replace(
        READY,
        rounds=(Round(1, date(2026, 5, 1), "us"), Round(2, date(2026, 6, 1), "them")),
        talks=(Talk(date(2026, 5, 10), "call", ("R. Alvarez",), "They say no."),),
    )
    found = escalation(tried, readiness(tried, days, GOOD), impasse(tried, days, STUCK), STUCK[:1])
    assert found.missing == ()
    assert [row["what"] for row in found.tried] == [
        "round 1 by us, open",
        "call with R. Alvarez",
        "round 2 by them, open",
    ]
    assert found.tried[0]["change"] == Decimal("500000.00")
    assert [row["id"] for row in found.open] == ["fee", "days"]
    none = replace(READY, message="", approvals=(), issues=())
    missing = escalation(none, readiness(none, days, GOOD), impasse(none, days)).missing
    assert "a round by us and one by them" in missing
    assert "one message, under 'message:'" in missing
    assert missing[-1] == "readiness is red: targets and walk-aways set, leaders aligned"
