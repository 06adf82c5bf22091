"""From an entry of the contract file to a contract of one version, before any amendment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from evenhand.contracts.cases import read_case
from evenhand.contracts.codevalues import FORMS
from evenhand.contracts.model import Contract, Parties, Rules, Scope, Term, Version, WorkedCase
from evenhand.contracts.records import Entry
from evenhand.contracts.selectors import read_code_sets
from evenhand.contracts.sources import Schedules, Source
from evenhand.contracts.terms import Reading, apply_rules, read_rules, read_term
from evenhand.errors import Log
from evenhand.periods import FOREVER, Period, through

#: Stands in for a first day that could not be read, so the rest can be.
_NO_DAY = date(2000, 1, 1)


def draft_contract(entry: Entry, source: Source, contract_id: str) -> Contract:
    """The contract as first signed."""
    effective: date = entry.get("effective", _NO_DAY)
    schedules = Schedules(source)
    schedules.name(entry.get("schedules", ()))
    sets = read_code_sets(entry.get("code_sets", ()), source.log)
    reading = Reading(sets, schedules.find, source.log, source.index, source.states)
    terms = defaults_last(read_terms(entry, reading))
    rules = apply_rules(Rules(), read_rules(entry.get("rules"), reading, effective))
    renewal, provisions = plain(entry.get("renewal")), plain(entry.get("provisions"))
    period = contract_period(entry, effective, renewal, source.log)
    products = read_products(entry)
    return Contract(
        id=entry.get("id", contract_id),
        name=entry.get("contract", contract_id),
        parties=_parties(entry.get("parties")),
        period=period,
        versions=(Version(period, terms, rules, schedules.tables, products, (), provisions, read_scope(entry)),),
        renewal=renewal,
        provisions=provisions,
        cases=read_cases(entry, source.log, effective),
        folder=source.file.parent,
        ends=entry.get("ends"),
        terminated=entry.get("terminated"),
        signed=entry.get("signed"),
        known=entry.get("known", entry.get("signed")),
        code_sets=sets,
        **_choosing(entry, source.log),
    )


def contract_period(entry: Entry, effective: date, renewal: Mapping[str, Any], log: Log) -> Period:
    """From the first day to the last; evergreen renewal has no last day until the contract is terminated."""
    ends, terminated = entry.get("ends"), entry.get("terminated")
    for key, day in (("ends", ends), ("terminated", terminated)):
        if day is not None and day < effective:
            log.error(
                entry.line_of(key),
                f"{key} {day} is before the contract takes effect on {effective}",
                "check both dates",
            )
            return Period(effective)
    return Period(effective, period_end(ends, terminated, renewal))


def period_end(ends: date | None, terminated: date | None, renewal: Mapping[str, Any]) -> date:
    """The day a contract stops, exclusive."""
    last = terminated or (None if "evergreen" in renewal else ends)
    return FOREVER if last is None else through(last, last).end


def read_terms(entry: Entry, reading: Reading) -> tuple[Term, ...]:
    """All terms, their names checked against each other."""
    terms = tuple(read_term(one, reading) for one in entry.get("terms", ()))
    first: dict[str, int] = {}
    for term in terms:
        if term.name in first:
            reading.log.error(
                term.line, f"two terms are named '{term.name}'", f"the other is on line {first[term.name]}; rename one"
            )
        first.setdefault(term.name, term.line)
    if not terms and "terms" in entry.values:
        reading.log.error(entry.line_of("terms"), "terms lists nothing", "give at least one term")
    return terms


def defaults_last(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Default rates after all other terms, wherever they stand: they pay what no other term covers."""
    return tuple(sorted(terms, key=lambda term: term.default))


def read_cases(entry: Entry, log: Log, effective: date) -> tuple[WorkedCase, ...]:
    """All worked cases."""
    return tuple(read_case(one, log, effective) for one in entry.get("cases", ()))


def read_products(entry: Entry) -> tuple[str, ...]:
    """The products, spelled as claims have them where they are known."""
    return tuple(dict.fromkeys(FORMS["product"].tidy(name) for name in entry.get("products", ())))


def read_scope(entry: Entry) -> Scope:
    """Which claims between the parties it is for."""
    return Scope(**{key: tuple(dict.fromkeys(entry.get(key, ()))) for key in Scope.__dataclass_fields__})


def _choosing(entry: Entry, log: Log) -> dict[str, Any]:
    """How it is chosen among others."""
    if entry.get("rental", False) and not entry.get("networks", ()):
        log.error(entry.line_of("rental"), "rental: the contract lists no networks", "add 'networks: [NAME]'")
    return {key: entry.get(key) for key in ("chosen_by", "precedence", "rental") if entry.get(key) is not None}


def plain(entry: Entry | None) -> dict[str, Any]:
    """An entry as a dictionary, without its lines."""
    if entry is None:
        return {}
    return {key: plain(value) if isinstance(value, Entry) else value for key, value in entry.values.items()}


def _parties(entry: Entry | None) -> Parties:
    if entry is None:
        return Parties("", "")
    provider, payer = (_party(entry.get(side, "")) for side in ("provider", "payer"))
    return Parties(
        provider=provider.get("name", ""),
        payer=payer.get("name", ""),
        provider_tins=provider.get("tin", ()),
        provider_npis=provider.get("npi", ()),
        payer_ids=payer.get("ids", ()),
        payer_aliases=payer.get("also", ()),
    )


def _party(said: str | Entry) -> Entry:
    return Entry(0, {"name": said}) if isinstance(said, str) else said
