"""Where a contract says less than it seems to: silent rules, terms never reached, dates gone by. Warnings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evenhand.contracts.calendar import key_dates
from evenhand.contracts.coverage import makes_idle
from evenhand.contracts.dues import DUES, silent_dues
from evenhand.contracts.inpatientgaps import stay_gaps
from evenhand.contracts.model import Contract, Rules, Selector, Term
from evenhand.contracts.protection import silent_protection
from evenhand.contracts.rankinggaps import ranking_gaps, silent_status
from evenhand.contracts.rategaps import rate_gaps
from evenhand.contracts.records import Entry
from evenhand.errors import Problem

_SILENT = {
    "lesser_of": "rules do not say whether charges below the rate limit it",
    "multiple_procedures": "rules do not say how several procedures of one day are paid",
    "modifiers": "rules do not say what modifiers do to a rate",
    "escalator": "rules do not say whether rates rise by themselves",
}


def find_gaps(contract: Contract, entry: Entry, file: str, today: date) -> list[Problem]:
    """All warnings about a contract that can be read."""
    found = [
        *_silent_rules(contract, entry, file),
        *_idle_terms(contract),
        *_no_default(contract, file),
        *rate_gaps(contract, file),
        *stay_gaps(contract),
        *ranking_gaps(contract, file),
        *_cases(contract),
        *_dates(contract, entry, file, today),
    ]
    return list(dict.fromkeys(found))


def find_offer_gaps(contract: Contract, entry: Entry, file: str, today: date) -> list[Problem]:
    """All warnings about an offer: of what it states itself, not of the contract beneath."""
    found = [*_idle_terms(contract), *rate_gaps(contract, file), *_cases(contract)]
    start: date = entry.get("effective")
    if start < today:
        found.append(
            _warning(file, entry.line_of("effective"), f"the offer takes effect on {start}, a day gone by", "")
        )
    said: Entry | None = entry.get("rules")
    if said is not None and any(rule in said for rule in DUES):
        line = entry.line_of("rules")
        found += [_warning(file, line, *told) for told in silent_dues(contract.versions[-1:])]
    tables = {table.source for _, table in contract.versions[-1].schedules.items()}
    return [one for one in dict.fromkeys(found) if one.file == file or one.file in tables]


def _warning(file: str, line: int | None, what: str, right: str) -> Problem:
    return Problem(file, line, what, right, "warning")


def _silent_rules(contract: Contract, entry: Entry, file: str) -> Iterator[Problem]:
    """A rule that is absent from the contract and from every amendment."""
    said: Entry | None = entry.get("rules")
    line = entry.line_of("rules")
    none = Rules()
    for rule, what in _SILENT.items():
        stated = said is not None and rule in said
        set_later = any(getattr(version.rules, rule) != getattr(none, rule) for version in contract.versions)
        if not stated and not set_later:
            yield _warning(file, line, what, f"add '{rule}:' under rules, or '{rule}: none'")
    if said is None or "paid_alone" not in said:
        yield from silent_status(contract, file, line)
    for what, right in (*silent_protection(contract.versions), *silent_dues(contract.versions)):
        yield _warning(file, line, what, right)


def _idle_terms(contract: Contract) -> Iterator[Problem]:
    """Terms an earlier one always wins over."""
    for version in contract.versions:
        for level in (True, False):
            terms = [term for term in version.terms if term.claim_level is level]
            for place, term in enumerate(terms):
                winner = next((earlier for earlier in terms[:place] if makes_idle(earlier, term)), None)
                if winner is not None:
                    what = f"'{term.name}' is never reached: '{winner.name}' before it covers all it covers"
                    yield _warning(term.source, term.line, what, f"put it before '{winner.name}', or narrow that one")


def _no_default(contract: Contract, file: str) -> Iterator[Problem]:
    last = contract.versions[-1]
    if not any(_covers_all(term) for term in last.terms if not term.claim_level):
        what = "no term covers what the others leave; such lines are priced 'no term'"
        yield _warning(file, None, what, "add a last term without 'for:' if the contract has a default")


def _covers_all(term: Term) -> bool:
    pays_all = term.pay.method in ("amount", "percent_of_charges", "excluded", "capitation")
    return term.default or (term.covers == Selector() and pays_all)


def _cases(contract: Contract) -> Iterator[Problem]:
    for case in contract.cases:
        day = case.claim["date"]
        if day not in contract.period:
            what = f"the case of {day} lies outside the contract and cannot be priced"
            yield _warning(case.source, case.line, what, f"the contract runs from {contract.period.start}")


def _dates(contract: Contract, entry: Entry, file: str, today: date) -> Iterator[Problem]:
    last = contract.period.last
    if last is not None and last < today:
        key = "terminated" if contract.terminated else "ends"
        yield _warning(file, entry.line_of(key), f"the contract ended on {last}", "amend it if it was extended")
        return
    days = key_dates(contract, today)
    if days.notice_by is not None and days.term_ends is not None and days.notice_by < today:
        then = f"it renews on {days.renews_on}" if days.renews_on else f"it ends on {days.term_ends}"
        what = f"the last day to give notice for {days.term_ends} was {days.notice_by}"
        yield _warning(file, entry.line_of("renewal"), what, then)
