"""What can only be seen once all terms of a version stand together. These are errors."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.contracts.chargelimit import ChargeLimiter
from evenhand.contracts.escalation import Escalator
from evenhand.contracts.methods import Capitated, PercentOf
from evenhand.contracts.model import Contract, Term, Version
from evenhand.contracts.shapes import suggest
from evenhand.errors import Problem


def crosscheck(contract: Contract) -> list[Problem]:
    """Terms named in ``except`` must be there, and be paid by the line."""
    checks = (_exceptions, _named, _carved_out, _pinned_late)
    return list(dict.fromkeys(problem for version in contract.versions for one in checks for problem in one(version)))


def _named(version: Version) -> Iterator[Problem]:
    """What a rule names must be there when it is stated; a later amendment may take it away."""
    terms, schedules = [term.name for term in version.terms], list(version.schedules)
    wanted: list[tuple[str, Escalator | ChargeLimiter, str, tuple[str, ...], list[str]]]
    wanted = [("escalator", one, "term", one.terms, terms) for one in version.rules.escalator]
    wanted += [("escalator", one, "schedule", one.schedules, schedules) for one in version.rules.escalator]
    wanted += [("charge_limiter", one, "term", one.terms, terms) for one in version.rules.charge_limiter]
    for rule, one, what, names, known in wanted:
        old = bool(version.amendments) and not one.source.startswith("amendments/")
        for name in names:
            if name not in known and not old:
                yield Problem(one.source, one.line, f"{rule}: there is no {what} '{name}'", suggest(name, known))


def _pinned_late(version: Version) -> Iterator[Problem]:
    """A year pinned in a schedule whose releases are used late could mean the release or what was used that day."""
    for term in version.terms:
        table = version.schedules.get(term.pay.schedule) if isinstance(term.pay, PercentOf) else None
        if isinstance(term.pay, PercentOf) and term.pay.pinned and table is not None and table.lagged:
            what = f"'{term.name}' pins {term.pay.pinned} in a schedule that rolls with a lag"
            yield _problem(term, what, "write 'rates_of: date of service', or pin the schedule itself with 'year:'")


def _carved_out(version: Version) -> Iterator[Problem]:
    """What capitation does not pay for must be found first."""
    names = [term.name for term in version.terms]
    for place, term in enumerate(version.terms):
        if isinstance(term.pay, Capitated):
            for name in term.excepts:
                if name in names and names.index(name) > place:
                    yield _problem(term, f"'{name}' stands after it, and is never reached", f"put '{name}' before it")


def _exceptions(version: Version) -> Iterator[Problem]:
    lines = {term.name: term for term in version.terms if not term.claim_level}
    everywhere = {term.name for term in version.terms}
    for term in version.terms:
        for name in term.excepts:
            if name in lines:
                continue
            if name in everywhere:
                yield _problem(term, f"'{name}' is itself paid per case or day", "except names terms paid by the line")
            else:
                yield _problem(term, f"except: there is no term '{name}'", suggest(name, list(lines)))


def _problem(term: Term, what: str, right: str) -> Problem:
    return Problem(term.source, term.line, what, right)
