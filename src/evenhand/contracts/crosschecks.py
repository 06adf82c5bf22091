"""What can only be seen once all terms of a version stand together. These are errors."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.contracts.model import Contract, Term, Version
from evenhand.contracts.shapes import suggest
from evenhand.errors import Problem


def crosscheck(contract: Contract) -> list[Problem]:
    """Terms named in ``except`` must be there, and be paid by the line."""
    found = [problem for version in contract.versions for problem in (*_exceptions(version), *_escalators(version))]
    return list(dict.fromkeys(found))


def _escalators(version: Version) -> Iterator[Problem]:
    """What an escalator names must be there when it is stated; a later amendment may take it away."""
    terms, schedules = [term.name for term in version.terms], list(version.schedules)
    for escalator in version.rules.escalator:
        if version.amendments and version.amendments[-1] and not escalator.source.startswith("amend"):
            continue
        for what, names, known in (("term", escalator.terms, terms), ("schedule", escalator.schedules, schedules)):
            for name in names:
                if name not in known:
                    right = suggest(name, known)
                    yield Problem(escalator.source, escalator.line, f"escalator: there is no {what} '{name}'", right)


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
