"""A negotiation begun from its contract: every rate group and every non-rate term on the table from the first day."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.contracts import Contract, Escalator, Term, Version
from evenhand.contracts.durations import Duration
from evenhand.contracts.methods import Amount, Excluded, Packaged, PaidBySchedule, PercentOf, PercentOfCharges
from evenhand.errors import UsageError
from evenhand.money import show_rate
from evenhand.negotiation.record.model import LANGUAGE, LENGTH_OF_TERM, RATE, Issue, Negotiation, Notice, Side
from evenhand.negotiation.record.preparation import end_of_term

#: Provisions in which more is better for the provider, and in which less is; a payer's are the other way round.
_MORE = {"timely_filing", "appeal", "amendment_notice", "interest", "without_cause"}
_LESS = {"payment_days", "retro_audit"}
_WORDS = {
    "payment_days": "Days to pay a clean claim",
    "timely_filing": "Timely filing",
    "appeal": "Time to dispute a payment",
    "retro_audit": "Look-back of audits and recoveries",
    "amendment_notice": "Notice before terms are changed",
    "interest": "Interest on late payment",
    "termination.without_cause": "Notice to end without cause",
    "termination.with_cause": "Notice to end for breach",
    "termination.cure": "Time to put a breach right",
}
#: What contracts are silent on and negotiations should not be: on the table even where the contract says nothing.
_ALWAYS = ("payment_days", "timely_filing", "appeal", "retro_audit", "amendment_notice", "interest")


def begun_from(contract: Contract, folder: Path, *, side: Side = "provider", today: date) -> Negotiation:
    """A negotiation of a contract, with its issues and the days its contract sets, ready to be filled in.

    Args:
        contract: as signed.
        folder: where the negotiation will lie; the contract is named from there.
        side: which side we are on.
        today: the day it is opened.

    Raises:
        UsageError: the contract was not read from a folder.
    """
    if contract.folder is None:
        raise UsageError("a negotiation is about a contract in a folder; name that folder")
    ends = end_of_term(contract, today)
    last = contract.version_on(today) or contract.versions[-1]
    return Negotiation(
        name=f"{contract.parties.payer if side == 'provider' else contract.parties.provider} {_year(ends.effective)}",
        side=side,
        contract=Path(os.path.relpath(contract.folder, folder)).as_posix(),
        provider=contract.parties.provider,
        payer=contract.parties.payer,
        opened=today,
        effective=ends.effective,
        issues=tuple(_numbered([*_rates(last, side), *_provisions(last, side), *_length(contract)])),
        notices=(Notice("non-renewal", due=ends.notice_by),) if ends.notice_by else (),
    )


def _year(day: date | None) -> str:
    return "" if day is None else str(day.year)


def _rates(version: Version, side: Side) -> Iterator[Issue]:
    """An issue for each term that pays something; its values are changes in percent."""
    better = "higher" if side == "provider" else "lower"
    for term in version.terms:
        if not isinstance(term.pay, Excluded | Packaged):
            today = _rate_today(term)
            yield Issue(
                _id(term.name), term.name, RATE, (term.name,), unit="percent change", better=better, today=today
            )
    if version.rules.escalator:
        said = "; ".join(_escalator(one) for one in version.rules.escalator)
        yield Issue("escalator", "Yearly escalator", RATE, unit="percent a year", better=better, today=said)
    if version.rules.lesser_of:
        yield Issue("lesser-of", "Lesser of rate and charge", LANGUAGE, today=f"by {version.rules.lesser_of}")


def _rate_today(term: Term) -> str:
    match term.pay:
        case Amount():
            return f"{show_rate(term.pay.amount)} per {term.per}"
        case PaidBySchedule(schedule):
            return f"by {schedule}"
        case PercentOf(schedule, factor):
            return f"{(factor * 100).normalize():f} % of {schedule}"
        case PercentOfCharges(factor):
            return f"{(factor * 100).normalize():f} % of charges"
    return ""


def _escalator(one: Escalator) -> str:
    by = f"by {one.index.name}" if one.index is not None else f"{((one.factor - 1) * 100).normalize():f} %"
    return f"{by} every {'year' if one.months == 12 else f'{one.months} months'}"


def _provisions(version: Version, side: Side) -> Iterator[Issue]:
    held = dict(_flat(version.provisions))
    for key in [*held, *(key for key in _ALWAYS if key not in held)]:
        name = _WORDS.get(key, key.replace("_", " ").replace(".", ": ").capitalize())
        value = held.get(key, "")
        yield Issue(
            _id(name if key not in _WORDS else key),
            name,
            LANGUAGE,
            provision=key,
            unit=_unit(value),
            better=_better(key, side),
            today=_shown(key, value) or "the contract is silent",
        )


def _flat(provisions: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in provisions.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _shown(key: str, value: Any) -> str:
    if key == "interest" and value != "":
        return f"{(value * 100).normalize():f} %"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _unit(value: Any) -> str:
    return f"{value.unit}s" if isinstance(value, Duration) else "days" if isinstance(value, int) else ""


def _better(key: str, side: Side) -> str:
    last = key.rsplit(".", maxsplit=1)[-1]
    if last not in _MORE | _LESS:
        return ""
    more = last in _MORE
    return "higher" if more == (side == "provider") else "lower"


def _length(contract: Contract) -> Iterator[Issue]:
    evergreen = contract.renewal.get("evergreen")
    until = f"until {contract.ends}" if contract.ends else "no end"
    yield Issue("length", "Length of the agreement", LENGTH_OF_TERM, today=until)
    said = f"renews for {evergreen}" if evergreen else "does not renew"
    yield Issue("renewal", "Renewal", LENGTH_OF_TERM, today=said)


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or "issue"


def _numbered(issues: list[Issue]) -> Iterator[Issue]:
    """Each with an id of its own."""
    seen: dict[str, int] = {}
    for one in issues:
        seen[one.id] = seen.get(one.id, 0) + 1
        yield one if seen[one.id] == 1 else replace(one, id=f"{one.id}-{seen[one.id]}")
