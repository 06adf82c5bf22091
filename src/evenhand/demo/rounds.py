"""The demo's negotiation with Summit Health: what people decide and say in it; everything else is worked out.

Its days are counted back from the day the practice's files were gathered. It is told as arguments of the ordinary
commands, so that each step can be run again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from evenhand.book import Book
from evenhand.demo.practice import SUMMIT, TODAY

NAME = "summit"
#: What both sides offer begins and ends on the same days.
FIRST_DAY, LAST_DAY = "2027-01-01", "2029-12-31"
Command = tuple[str, ...]


def before(days: int) -> str:
    """A day so long before the files were gathered."""
    return (TODAY - timedelta(days=days)).isoformat()


OPENED, TARGETS, ASKED, OFFERED, COUNTERED, NOW = (before(days) for days in (330, 250, 140, 60, 14, 0))
#: The year of claims our ask was worked out on: what was at hand when it was made.
ASKED_ON = (date(2025, 6, 1).isoformat(), date(2026, 5, 31).isoformat())

#: Issue, opening, target, walk-away.
_POSITIONS = (
    ("fee-schedule", "6 %", "4 %", "0 %"),
    ("implants", "5 %", "2 %", "0 %"),
    ("joint-replacement-inpatient", "6 %", "4 %", "0 %"),
    ("shoulder-replacement-inpatient", "6 %", "4 %", "0 %"),
    ("joint-replacement-day-case", "8 %", "5 %", "1 %"),
    ("arthroscopy-day-case", "6 %", "4 %", "0 %"),
    ("other-surgery-day-case", "6 %", "4 %", "0 %"),
    ("other-facility-services", "4 %", "2 %", "0 %"),
    ("anything-else", "3 %", "0 %", "-10 %"),
    ("escalator", "3 %", "3 %", "1 %"),
    ("payment-days", "15 days", "21 days", "30 days"),
    ("timely-filing", "365 days", "180 days", "120 days"),
    ("retro-audit", "6 months", "9 months", "12 months"),
    ("appeal", "365 days", "180 days", "120 days"),
    ("amendment-notice", "120 days", "90 days", "60 days"),
    ("interest", "18 %", "15 %", "12 %"),
    ("termination-without-cause", "180 days", "120 days", "90 days"),
    ("length", "3 years", "3 years", "2 years"),
)
_BELIEFS = (
    ("fee-schedule", "-3 %", "0 %", "2 %", "likely", "their offer, and the last cycle"),
    ("escalator", "0 %", "0 %", "2 %", "guessed", "their offer strikes it"),
    ("joint-replacement-day-case", "0 %", "2 %", "6 %", "guessed", "they want cases out of the hospital"),
)


def opening(book: Book) -> Iterator[Command]:
    """The negotiation is begun: why, who, what we bring, what we want, where our limits are."""
    yield "start", NAME, "--contract", SUMMIT.key, "--effective", FIRST_DAY, "--today", OPENED
    yield "goal", NAME, "Case rates and fees that keep up with cost"
    yield "goal", NAME, "No retroactive audits past a year"
    for claim, number, period in proofs(book):
        yield "proof", NAME, claim, "--number", number, "--period", period, "--source", "own claims and remittances"
    yield (
        "message",
        NAME,
        "We want to stay in network, at rates that keep up with cost, under one three-year agreement.",
    )
    yield "person", NAME, "Dana Whitfield", "--role", "Director of managed care", "--email", "dana@cedarridge.example"
    yield (
        *("person", NAME, "R. Alvarez", "--side", "them", "--role", "Vice president of networks"),
        *("--organisation", SUMMIT.name),
    )
    yield "person", NAME, "Chief financial officer", "--email", "ruth@cedarridge.example", "--approves"
    for issue, first, target, last in _POSITIONS:
        yield "position", NAME, issue, "--opening", first, "--target", target, "--walk-away", last
    yield "drop", NAME, "renewal"
    yield "drop", NAME, "lesser-of"
    yield "approve", NAME, "targets", "--who", "Chief financial officer", "--date", TARGETS


def after_our_ask() -> Iterator[Command]:
    """What was said and promised when our ask had been sent."""
    yield (
        *("talk", NAME, "They ask for three years, and for the claims behind our figures.", "--kind", "meeting"),
        *("--who", "Dana Whitfield", "--who", "R. Alvarez", "--date", before(118)),
    )
    yield (
        *("promise", NAME, "Send the counts of day cases by procedure", "--owner", "Dana Whitfield"),
        *("--due", before(104), "--date", before(118)),
    )
    yield "done", NAME, "1", "--date", before(107)


def after_their_offer() -> Iterator[Command]:
    """What their offer taught us, and what is agreed."""
    for issue, first, target, last, sure, source in _BELIEFS:
        yield (
            *("belief", NAME, issue, "--opening", first, "--target", target, "--walk-away", last),
            *("--sure", sure, "--source", source, "--date", before(50)),
        )
    yield (
        *("talk", NAME, "They call it +4 % on average; we show what it does to our claims.", "--kind", "call"),
        *("--who", "Dana Whitfield", "--who", "R. Alvarez", "--date", before(46)),
    )
    yield "settle", NAME, "timely-filing", "180 days"


def after_our_counter() -> Iterator[Command]:
    """Where it stands on the day the files were gathered; what was given for a rate is off the table."""
    yield "drop", NAME, "payment-days"
    yield (
        *("talk", NAME, "They will answer before the notice day.", "--kind", "call"),
        *("--who", "R. Alvarez", "--date", before(7)),
    )
    yield (
        *("promise", NAME, "Answer our counteroffer", "--owner", SUMMIT.name),
        *("--due", (TODAY + timedelta(days=7)).isoformat(), "--date", before(7)),
    )


def proofs(book: Book) -> Iterator[tuple[str, str, str]]:
    """What we bring them, in figures of the book: claim, number, period."""
    engine = book.settled()
    (row,) = engine.arrow(_PROOFS.format(payer=SUMMIT.payer_id)).to_pylist()
    period = f"{row['first_day']} to {row['last_day']}"
    joints = row["day_cases"] + row["stays"]
    if joints:
        yield "Joint replacements as day cases", f"{row['day_cases'] / joints:.0%} of {joints:,}", period
    if row["remitted"]:
        yield "Claims paid without a denied line", f"{row['paid'] / row['remitted']:.1%} of {row['remitted']:,}", period


_PROOFS = """
select
    min(claim_start_date) as first_day,
    max(claim_start_date) as last_day,
    count(*) filter (where drg_code in ('469', '470', '521', '522') and bill_type_code = '111') as stays,
    count(*) filter (where bill_type_code = '131' and claim_key in (
        select claim_key from service_lines where hcpcs_code in ('27130', '27446', '27447'))) as day_cases,
    count(*) filter (where state in ('paid', 'cost share')) as paid,
    count(*) filter (where state <> 'not remitted') as remitted
from service_claims join settled_claims using (claim_key)
where payer_id = '{payer}'
"""
