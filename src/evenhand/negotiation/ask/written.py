"""An ask as an offer file: an amendment that is not signed, with the rate tables it replaces."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.contracts.adjustments import scaled_amount
from evenhand.contracts.model import FeeSchedule
from evenhand.contracts.writer import rate_table_text, yaml_text
from evenhand.errors import ReadError, UsageError
from evenhand.negotiation.ask.from_book import Ask

_FINE = Decimal("0.000001")


def offer_files(ask: Ask, file: Path | str) -> dict[Path, str]:
    """The files of an ask: the offer, and a rate table for each that it changes.

    In a rate table all rows of a code rise alike, whatever their modifier, setting and day; escalators go on from
    there as before. A term that pays by one rate is adjusted.

    Args:
        ask: the ask.
        file: where the offer is to stand; its tables stand beside it.

    Raises:
        UsageError: the contract was not read from a folder, so no file can say what it amends.
    """
    path = Path(file)
    if ask.contract.folder is None:
        raise UsageError(
            f"{ask.contract.name} stands in no folder; keep the contract in one, so that an offer can amend it"
        )
    tables: dict[str, dict[str, Decimal]] = {}
    terms: list[dict[str, Any]] = []
    for one in ask.rates:
        rise = Decimal(str(one.rise)).quantize(_FINE)
        if rise <= 0:
            continue
        if one.paid.schedule:
            tables.setdefault(one.paid.schedule, {})[one.paid.name] = 1 + rise
        else:
            terms.append({"terms": [one.paid.name], "percent": f"{(rise * 100).normalize():f}"})
    version = ask.contract.version_on(ask.effective) or ask.contract.versions[-1]
    named = {name: f"{path.stem}-{place}.csv" for place, name in enumerate(tables, 1)}
    said: dict[str, Any] = {
        "offer": ask.question.name or f"Our ask to {ask.contract.parties.payer}",
        "amends": os.path.relpath(ask.contract.folder.resolve(), path.parent.resolve()),
        "effective": ask.effective,
    }
    said |= {"ends": ask.question.ends} if ask.question.ends else {}
    said |= {"schedules": named} if named else {}
    said |= {"adjust": terms} if terms else {}
    found = {path: yaml_text(said)}
    for name, factors in tables.items():
        table = _risen(version.schedules[name], factors)
        found[path.parent / named[name]] = rate_table_text(table)
    return found


def write_offer(ask: Ask, file: Path | str, *, force: bool = False) -> list[Path]:
    """Write the files of an ask; the paths written.

    Raises:
        UsageError: one of them is there already, and ``force`` was not given.
        ReadError: one cannot be written.
    """
    files = offer_files(ask, file)
    there = [path for path in files if path.exists()]
    if there and not force:
        raise UsageError(f"{there[0]} is there already; name another file, or give --force to write over it")
    for path, text in files.items():
        try:
            path.write_text(text, encoding="utf-8", newline="")
        except OSError as problem:
            raise ReadError(
                path, f"cannot be written ({problem.strerror})", "name a file in a folder that is there"
            ) from problem
    return list(files)


def _risen(schedule: FeeSchedule, factors: Mapping[str, Decimal]) -> FeeSchedule:
    """The rate table with the rows of some codes higher."""
    rates = tuple(
        replace(rate, amount=scaled_amount(rate.amount, factors[rate.code])) if rate.code in factors else rate
        for rate in schedule.rates
    )
    return replace(schedule, rates=rates)
