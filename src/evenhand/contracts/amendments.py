"""Amendments and offers: read against the contract they change, and laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.contracts.adjustments import Adjustment, adjust
from evenhand.contracts.draft import defaults_last, period_end, plain, read_cases, read_products, read_scope, read_terms
from evenhand.contracts.methods import PaidBySchedule
from evenhand.contracts.model import Amended, Contract, FeeSchedule, Scope, Selector, Term, Version, WorkedCase
from evenhand.contracts.moved import moves
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.records import Entry
from evenhand.contracts.selectors import CodeSets, read_code_sets
from evenhand.contracts.shapes import suggest
from evenhand.contracts.sources import Schedules, Source
from evenhand.contracts.terms import Reading, apply_rules, read_rules
from evenhand.errors import Log
from evenhand.periods import Period


@dataclass(frozen=True, slots=True)
class Amendment:
    """What one amendment or offer changes, from its effective date on."""

    laid: Amended
    entry: Entry
    code_sets: CodeSets
    terms: tuple[Term, ...]
    before: Mapping[str, Scalar]  # new terms → the term they go before
    schedules: Mapping[str, FeeSchedule]
    adjustments: tuple[Adjustment, ...]
    rules: Mapping[str, Any]
    provisions: Mapping[str, Any]
    products: tuple[str, ...]
    scope: Scope
    cases: tuple[WorkedCase, ...]
    log: Log


def read_amendment(entry: Entry, source: Source, contract: Contract) -> Amendment:
    """Read an amendment or offer against the contract it is to be laid over."""
    effective: date = entry.get("effective", contract.period.start)
    inherited = {name: table for version in contract.versions for name, table in version.schedules.items()}
    schedules = Schedules(source, inherited)
    schedules.name(entry.get("schedules", ()))
    sets = read_code_sets(entry.get("code_sets", ()), source.log, known=contract.code_sets)
    reading = Reading(sets, schedules.find, source.log, source.index, source.states)
    signed, known = entry.get("signed"), entry.get("known", entry.get("signed"))
    return Amendment(
        laid=Amended(amendment_name(entry, source.name), effective, signed, known, source.name),
        entry=entry,
        code_sets=sets,
        terms=read_terms(entry, reading),
        before={one.get("name", ""): one.get("before") for one in entry.get("terms", ()) if "before" in one.values},
        schedules=schedules.tables,
        adjustments=_adjustments(entry),
        rules=read_rules(entry.get("rules"), reading, effective),
        provisions=plain(entry.get("provisions")),
        products=read_products(entry),
        scope=read_scope(entry),
        cases=read_cases(entry, source.log, effective),
        log=source.log,
    )


def amendment_name(entry: Entry, file: str) -> str:
    """What the amendment or offer is called."""
    name: str = entry.get("amendment", entry.get("offer", file))
    return name


def _adjustments(entry: Entry) -> tuple[Adjustment, ...]:
    found = []
    for one in entry.get("adjust", ()):
        names: tuple[Scalar, ...] = one.get("terms", ())
        everything = [name.text.lower() for name in names] == ["all"]
        found.append(Adjustment(None if everything else names, 1 + one.get("percent", Decimal(0)), one.line))
    return tuple(found)


def lay(contract: Contract, amendment: Amendment) -> Contract:
    """The contract as it is with the amendment; what cannot be done goes into the amendment's log."""
    extended = _with_dates(contract, amendment)
    start = amendment.laid.effective
    if not _in_time(extended, amendment):
        return contract
    versions: list[Version] = []
    for version in extended.versions:
        if version.period.end <= start or version.period.start >= start:
            versions.append(version)
        else:
            versions.append(replace(version, period=Period(version.period.start, start)))
            versions.append(replace(version, period=Period(start, version.period.end)))
    _check_names(amendment, [version for version in versions if version.period.start >= start])
    _warn_of_lost_steps(amendment, versions)
    changed = tuple(_changed(version, amendment) if version.period.start >= start else version for version in versions)
    return replace(
        extended,
        versions=changed,
        provisions=changed[-1].provisions,
        code_sets=amendment.code_sets,
        cases=_cases(contract, amendment),
        amendments=(*contract.amendments, amendment.laid),
    )


def _in_time(contract: Contract, amendment: Amendment) -> bool:
    start, line = amendment.laid.effective, amendment.entry.line_of("effective")
    if start < contract.period.start:
        amendment.log.error(
            line, f"effective {start} is before the contract itself ({contract.period.start})", "check the date"
        )
    elif start >= contract.period.end:
        amendment.log.error(
            line,
            f"effective {start} is after the contract ends ({contract.period.last})",
            "add 'ends:' if it extends the contract",
        )
    return start in contract.period


def _cases(contract: Contract, amendment: Amendment) -> tuple[WorkedCase, ...]:
    """An offer replaces what the contract says of later days, so cases of those days speak of the past."""
    kept = contract.cases
    if amendment.laid.signed is None:
        kept = tuple(case for case in kept if case.claim["date"] < amendment.laid.effective)
    return (*kept, *amendment.cases)


def _with_dates(contract: Contract, amendment: Amendment) -> Contract:
    entry = amendment.entry
    if not {"ends", "terminated", "renewal"} & entry.values.keys():
        return contract
    ends, terminated = entry.get("ends", contract.ends), entry.get("terminated", contract.terminated)
    if "ends" in entry.values and "terminated" not in entry.values:
        terminated = None
    renewal = {**contract.renewal, **plain(entry.get("renewal"))}
    end = period_end(ends, terminated, renewal)
    if end <= contract.period.start:
        key = "terminated" if "terminated" in entry.values else "ends"
        amendment.log.error(entry.line_of(key), "the contract would end before it starts", "check the date")
        return contract
    period = Period(contract.period.start, end)
    met = [(version, version.period.meet(period)) for version in contract.versions]
    versions = [replace(version, period=still) for version, still in met if still is not None]
    versions[-1] = replace(versions[-1], period=Period(versions[-1].period.start, end))
    return replace(contract, period=period, versions=tuple(versions), renewal=renewal, ends=ends, terminated=terminated)


def _check_names(amendment: Amendment, versions: list[Version]) -> None:
    """Every term that is named must be there when the amendment takes effect."""
    known = [term.name for term in versions[0].terms]
    own = {term.name for term in amendment.terms}
    named = [*amendment.entry.get("remove_terms", ())]
    named += [name for one in amendment.adjustments for name in one.names or ()]
    named += [name for name in amendment.before.values() if name.text not in own]
    for name in named:
        if name.text not in known:
            amendment.log.error(name.line, f"the contract has no term '{name.text}'", suggest(name.text, known))
    for one in amendment.adjustments:
        for name in one.names or ():
            if name.text in own:
                amendment.log.error(
                    name.line, f"'{name.text}' is adjusted and also stated anew", "say what it pays once"
                )


def _warn_of_lost_steps(amendment: Amendment, versions: list[Version]) -> None:
    """A new escalator starts from the stated rates: steps the old one has taken do not carry over."""
    version = next(version for version in versions if version.period.start >= amendment.laid.effective)
    kept_on = amendment.rules.get("escalator", version.rules.escalator)
    old = [one for one in version.rules.escalator if one not in kept_on and one.step(1) <= amendment.laid.effective]
    if not old:
        return
    restated = {term.name for term in amendment.terms} | {name.text for name in amendment.entry.get("remove_terms", ())}
    fresh = _replaced(version.schedules, amendment.schedules)
    kept = [
        term.name
        for term in version.terms
        if any(moves(one, term) for one in old)
        and term.name not in restated
        and not (
            isinstance(term.pay, PaidBySchedule) and fresh[term.pay.schedule] != version.schedules[term.pay.schedule]
        )
    ]
    if kept:
        names = ", ".join(f"'{name}'" for name in kept[:3]) + (" and others" if len(kept) > 3 else "")
        amendment.log.warn(
            amendment.entry.get("rules").line_of("escalator"),
            f"the new escalator starts from the rates as stated: what the old one added to {names} so far is lost",
            "state these rates anew if that is not meant",
        )


def _changed(version: Version, amendment: Amendment) -> Version:
    """Rates are adjusted first: what the amendment states itself is already new."""
    adjusted = adjust(version, amendment.adjustments)
    removed = {name.text for name in amendment.entry.get("remove_terms", ())}
    terms = tuple(term for term in adjusted.terms if term.name not in removed)
    schedules = _replaced(adjusted.schedules, amendment.schedules)
    for term in amendment.terms:
        terms = _placed(terms, term, amendment.before.get(term.name))
    return replace(
        adjusted,
        terms=defaults_last(terms),
        rules=apply_rules(adjusted.rules, amendment.rules),
        schedules=schedules,
        products=amendment.products or adjusted.products,
        scope=_scope(adjusted.scope, amendment.scope),
        amendments=(*adjusted.amendments, amendment.laid.name),
        provisions=merged(adjusted.provisions, amendment.provisions),
    )


def _scope(old: Scope, new: Scope) -> Scope:
    """What the amendment lists in place of what the contract lists."""
    return Scope(**{key: getattr(new, key) or getattr(old, key) for key in Scope.__dataclass_fields__})


def _replaced(old: Mapping[str, FeeSchedule], new: Mapping[str, FeeSchedule]) -> dict[str, FeeSchedule]:
    """A new table takes the place of the one named so, whether by its name or by its file."""
    tables = dict(old)
    for key, table in new.items():
        places = [name for name, before in old.items() if key in (name, before.file)] or [key]
        for place in places:
            tables[place] = replace(table, name=place)
    return tables


def _placed(terms: tuple[Term, ...], term: Term, before: Scalar | None) -> tuple[Term, ...]:
    names = [other.name for other in terms]
    if before is None and term.name in names:
        at = names.index(term.name)
        return (*terms[:at], term, *terms[at + 1 :])
    rest = tuple(other for other in terms if other.name != term.name)
    at = next((i for i, other in enumerate(rest) if _stands_before(other, before)), len(rest))
    return (*rest[:at], term, *rest[at:])


def _stands_before(other: Term, before: Scalar | None) -> bool:
    if before is not None:
        return other.name == before.text
    return other.covers == Selector()


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Provisions with new ones in place of old, key by key."""
    both = dict(old)
    for key, value in new.items():
        held = both.get(key)
        both[key] = merged(held, value) if isinstance(held, Mapping) and isinstance(value, Mapping) else value
    return both
