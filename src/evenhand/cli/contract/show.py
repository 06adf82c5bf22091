"""`evenhand contract show`: a contract as one would read it aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from evenhand.cli.contract.opened import open_contract
from evenhand.cli.output import emit, output_options
from evenhand.contracts import Contract, Version, key_dates
from evenhand.contracts import words as words
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


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="What holds on this day (default: today).")
@click.option("--rates", is_flag=True, help="List the rates of its schedules, too.")
@click.option("--book", type=click.Path(path_type=Path), help="Book to look for a contract's id in.")
@output_options
def show(path: Path, on: Any, rates: bool, book: Path | None, **output: Any) -> None:
    """Show a contract: parties, dates, terms in their order, rules, provisions."""
    contract = open_contract(path, book)
    day = on.date() if on else _nearest(contract, date.today())
    version = contract.version_on(day)
    if version is None:
        raise SelectionError(f"{contract.id} is not in force on {day}; it runs {_period(contract)}")
    sheets = [_facts(contract, day), _terms(contract, version, day), _rules(version)]
    if version.provisions:
        sheets.append(Sheet("provisions", "Provisions", _PAIRS, list(_provisions(version.provisions))))
    if len(contract.versions) > 1:
        sheets.append(_versions(contract))
    if rates:
        sheets.append(_rates(version))
    emit(sheets, **output)


def _nearest(contract: Contract, day: date) -> date:
    """The day itself, or the contract's first or last where it lies outside."""
    if day in contract.period:
        return day
    return contract.period.start if day < contract.period.start else contract.period.last or day


def _period(contract: Contract) -> str:
    return words.period_words(contract.period.start, contract.period.last)


def _facts(contract: Contract, day: date) -> Sheet:
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


def _terms(contract: Contract, version: Version, day: date) -> Sheet:
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


def _rules(version: Version) -> Sheet:
    rows = [{"key": key.replace("_", " "), "value": value} for key, value in words.rules_words(version.rules).items()]
    return Sheet("rules", "Rules", _PAIRS, rows)


def _provisions(provisions: Mapping[str, Any], prefix: str = "") -> Iterator[dict[str, str]]:
    for key, value in provisions.items():
        name = f"{prefix}{key.replace('_', ' ')}"
        if isinstance(value, Mapping):
            yield from _provisions(value, f"{name}: ")
        else:
            yield {"key": name, "value": ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)}


def _versions(contract: Contract) -> Sheet:
    rows = [
        {
            "version": number,
            "period": words.period_words(version.period.start, version.period.last),
            "amendments": ", ".join(version.amendments) or "as first signed",
        }
        for number, version in enumerate(contract.versions, start=1)
    ]
    return Sheet("versions", "Versions", _VERSIONS, rows)


def _rates(version: Version) -> Sheet:
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
