"""A contract as one would read it aloud: its parties and days, terms in their order, rules, provisions, rates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from evenhand.contracts import Contract, Version, key_dates, words
from evenhand.contracts.choosingwords import choosing_words
from evenhand.documents.sheet import Field, Sheet
from evenhand.errors import SelectionError

_PAIRS = (Field("key", "What"), Field("value", "As agreed"))
_TERMS = (
    Field("rank", "#", "count"),
    Field("term", "Term"),
    Field("covers", "Covers"),
    Field("pays", "Pays"),
    Field("cite", "Clause"),
)
_RATES = (
    Field("schedule", "Schedule"),
    Field("code", "Code"),
    Field("modifier", "Modifier"),
    Field("setting", "Setting"),
    Field("amount", "Rate", "number"),
    Field("from", "From", "date"),
    Field("through", "Through", "date"),
)
_VERSIONS = (Field("version", "#", "count"), Field("period", "In force"), Field("amendments", "With"))


def contract_sheets(contract: Contract, day: date, *, rates: bool = False) -> list[Sheet]:
    """The contract as it holds on a day.

    Raises:
        SelectionError: it is not in force on that day.
    """
    version = version_in_force(contract, day)
    sheets = [facts_sheet(contract, day), terms_sheet(version, day), rules_sheet(version)]
    if version.provisions:
        sheets.append(provisions_sheet(version))
    if len(contract.versions) > 1:
        sheets.append(versions_sheet(contract))
    return [*sheets, rates_sheet(version)] if rates else sheets


def version_in_force(contract: Contract, day: date) -> Version:
    """The version of a day.

    Raises:
        SelectionError: the contract is not in force on that day.
    """
    version = contract.version_on(day)
    if version is None:
        raise SelectionError(f"{contract.id} is not in force on {day}; it runs {_period(contract)}")
    return version


def nearest_day(contract: Contract, day: date) -> date:
    """The day itself, or the contract's first or last where it lies outside."""
    if day in contract.period:
        return day
    return contract.period.start if day < contract.period.start else contract.period.last or day


def _period(contract: Contract) -> str:
    return words.period_words(contract.period.start, contract.period.last)


def facts_sheet(contract: Contract, day: date) -> Sheet:
    """Who, for what, from when to when, and the days that matter next."""
    parties, days = contract.parties, key_dates(contract, day)
    facts = {
        "Contract": contract.id,
        "Provider": " · ".join([parties.provider, *map(_tin, parties.provider_tins), *parties.provider_npis]),
        "Payer": " · ".join([parties.payer, *parties.payer_ids, *parties.payer_aliases]),
        "Products": ", ".join(contract.versions[-1].products) or "all",
        **choosing_words(contract),
        "In force": words.period_words(contract.period.start, contract.terminated or contract.ends),
        "Renewal": _renewal(contract),
        "Notice by": days.notice_by,
        "Renews on": days.renews_on,
        "Next escalation": days.next_escalation,
    }
    rows = [{"key": key, "value": str(value)} for key, value in facts.items() if value]
    return Sheet("contract", contract.name, _PAIRS, rows)


def _tin(number: str) -> str:
    return f"{number[:2]}-{number[2:]}"


def _renewal(contract: Contract) -> str:
    parts = []
    if "evergreen" in contract.renewal:
        parts.append(f"renews by itself for {contract.renewal['evergreen']} at a time")
    if "notice" in contract.renewal:
        parts.append(f"{contract.renewal['notice']} notice")
    return ", ".join(parts)


def terms_sheet(version: Version, day: date) -> Sheet:
    """The payment terms in their order."""
    rows = [
        {
            "rank": rank,
            "term": term.name,
            "covers": words.selector_words(term.covers),
            "pays": words.terms_payment(term),
            "cite": term.cite,
        }
        for rank, term in enumerate(version.terms, start=1)
    ]
    amended = f", with {' and '.join(version.amendments)}" if version.amendments else ""
    title = f"Terms on {day}: the first that covers a line or claim pays it{amended}"
    return Sheet("terms", title, _TERMS, rows)


def rules_sheet(version: Version) -> Sheet:
    """What holds for all terms."""
    rows = [{"key": key.replace("_", " "), "value": value} for key, value in words.rules_words(version.rules).items()]
    return Sheet("rules", "Rules", _PAIRS, rows)


def provisions_sheet(version: Version) -> Sheet:
    """What is not about rates."""
    return Sheet("provisions", "Provisions", _PAIRS, list(_provisions(version.provisions)))


def _provisions(provisions: Mapping[str, Any], prefix: str = "") -> Iterator[dict[str, str]]:
    for key, value in provisions.items():
        name = f"{prefix}{key.replace('_', ' ')}"
        if isinstance(value, Mapping):
            yield from _provisions(value, f"{name}: ")
        else:
            yield {"key": name, "value": ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)}


def versions_sheet(contract: Contract) -> Sheet:
    """Which amendments hold when."""
    rows = [
        {
            "version": number,
            "period": words.period_words(version.period.start, version.period.last),
            "amendments": ", ".join(version.amendments) or "as first signed",
        }
        for number, version in enumerate(contract.versions, start=1)
    ]
    return Sheet("versions", "Versions", _VERSIONS, rows)


def rates_sheet(version: Version) -> Sheet:
    """Every rate of its schedules."""
    rows = [
        {
            "schedule": name,
            "code": rate.code,
            "modifier": rate.modifier,
            "setting": rate.setting,
            "amount": rate.amount,
            "from": rate.period.start if rate.period.start > date.min else None,
            "through": rate.period.last,
        }
        for name, schedule in version.schedules.items()
        for rate in schedule.rates
    ]
    return Sheet("rates", "Rates", _RATES, rows)
