"""What can only be seen once all terms of a version stand together. These are errors."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.contracts.chargelimit import ChargeLimiter
from evenhand.contracts.escalation import Escalator
from evenhand.contracts.inpatient import DrgFacts
from evenhand.contracts.limits import Limit
from evenhand.contracts.methods import ByTable, Capitated, PercentOf, wanted_of
from evenhand.contracts.model import Contract, Term, Version
from evenhand.contracts.shapes import suggest
from evenhand.errors import Problem


def crosscheck(contract: Contract) -> list[Problem]:
    """Terms named in ``except`` must be there, and be paid by the line; tables must be of the kind needed."""
    checks = (_exceptions, _named, _carved_out, _pinned_late, _tables, _transfers, _sides)
    return list(dict.fromkeys(problem for version in contract.versions for one in checks for problem in one(version)))


def _named(version: Version) -> Iterator[Problem]:
    """What a rule names must be there when it is stated; a later amendment may take it away."""
    terms, schedules = [term.name for term in version.terms], list(version.schedules)
    wanted: list[tuple[str, Escalator | ChargeLimiter | Limit, str, tuple[str, ...], list[str]]]
    wanted = [("escalator", one, "term", one.terms, terms) for one in version.rules.escalator]
    wanted += [("escalator", one, "schedule", one.schedules, schedules) for one in version.rules.escalator]
    wanted += [("charge_limiter", one, "term", one.terms, terms) for one in version.rules.charge_limiter]
    wanted += [("limits", one, "term", one.terms, terms) for one in version.rules.limits]
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


def _tables(version: Version) -> Iterator[Problem]:
    """By DRG for cases, by code for lines; weights only where a base rate multiplies them."""
    for term in version.terms:
        pay = term.pay
        table = version.schedules.get(pay.schedule) if isinstance(pay, ByTable) else None
        if (
            not isinstance(pay, ByTable)
            or table is None
            or not table.rates
            or term.per == "day"
            or (term.per == "case" and isinstance(pay, PercentOf))
        ):
            continue
        if (table.by == "drg") is not term.claim_level:
            right = "give the table a column of DRGs" if term.claim_level else "write per: case, or give it codes"
            yield _problem(term, f"{table.name} gives rates by {_SAID[table.by]}", right)
        elif table.holds != wanted_of(pay):
            yield _problem(term, f"{table.name} holds {table.holds}s", _PAYS_BY[table.holds])


def _transfers(version: Version) -> Iterator[Problem]:
    """A case is cut by its DRG's geometric mean length of stay: the table must give it."""
    for term in version.terms:
        table = version.schedules.get(getattr(term.pay, "schedule", ""))
        if term.transfer is None or table is None or table.by != "drg":
            continue
        lacking = [rate.code for rate in table.rates if rate.drg is None or not _cuts(rate.drg)]
        if lacking:
            what = f"'{term.name}' cuts transfers by GMLOS, and {table.name} has none for {lacking[0]}"
            more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
            yield _problem(term, what + more, "give it a column GMLOS, and 'none' under transfer for DRGs never cut")


def _sides(version: Version) -> Iterator[Problem]:
    """Modifiers that tell the side of a line cannot change its fee besides."""
    for side in ("RT", "LT") if version.rules.bilateral_lines else ():
        if side in version.rules.modifiers:
            what = f"bilateral_lines pay by RT and LT, and modifier {side} has a share of its own"
            yield Problem("contract.yaml", None, what, f"take {side} out of modifiers")


def _cuts(drg: DrgFacts) -> bool:
    return drg.gmlos is not None or drg.transfer == "none"


_PAYS_BY = {
    "amount": "pay by fee_schedule",
    "weight": "pay by drg_weights, with a base",
    "base unit": "pay by anesthesia, with a conversion factor",
}
_SAID = {"drg": "DRG", "code": "procedure code"}


def _problem(term: Term, what: str, right: str) -> Problem:
    return Problem(term.source, term.line, what, right)
