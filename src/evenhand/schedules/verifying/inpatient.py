"""Inpatient stays that CMS's own pricer has priced, held against ours: totals, and what they are made of."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evenhand.errors import ReadError
from evenhand.money import parse_money
from evenhand.schedules.ipps import price_ipps, read_drgs
from evenhand.schedules.ipps.claims import read_claims
from evenhand.schedules.verifying.match import Match, Pair, match

#: Our column → what CMS's program calls it, and what it is.
_AMOUNTS = {
    "total_amount": ("total", "totals"),
    "operating_amount": ("oper_fsp", "operating payment by weight"),
    "dsh_amount": ("oper_dsh", "disproportionate share"),
    "ime_amount": ("oper_ime", "indirect medical education"),
    "outlier_amount": ("oper_outlier", "operating outlier"),
    "capital_amount": ("cap_fsp", "capital payment by weight"),
    "capital_dsh_amount": ("cap_dsh", "capital disproportionate share"),
    "capital_ime_amount": ("cap_ime", "capital indirect medical education"),
    "capital_outlier_amount": ("cap_outlier", "capital outlier"),
}


def inpatient_claims(claims: Path, drgs: Path, year: int) -> Iterator[Match]:
    """Hold our price of each stay against what the file says CMS's pricer paid.

    Args:
        claims: A table as ``evenhand schedules ipps`` reads it, with the pricer's amounts beside each stay: ``total``,
            and whichever of its components the file has (``oper_fsp``, ``oper_dsh``, ``oper_ime``, ``oper_outlier``,
            ``cap_fsp``, ``cap_dsh``, ``cap_ime``, ``cap_outlier``), or our own names of them.
        drgs: The DRG table of the year.
        year: The fiscal year of discharge.

    Raises:
        ReadError: A file cannot be read, or no column of it is an amount of the pricer's.
        PricingError: Nothing is known of the year.
    """
    table, hospitals = read_claims(claims)
    priced = price_ipps(table, hospitals, read_drgs(drgs, year), year).rows()
    truth = _truth(claims)
    columns = {ours: name for ours in _AMOUNTS if (name := _column(ours, truth))}
    if not columns or len(truth) != len(priced):
        raise ReadError(claims, "there is no column of amounts CMS's pricer paid", "name one 'total', for instance")
    for ours, name in columns.items():
        pairs = (_pair(row, said, ours, name) for row, said in zip(priced, truth, strict=True))
        yield from match("Inpatient stays", f"CMS's pricer, {_AMOUNTS[ours][1]}", claims.name, pairs)


def _truth(claims: Path) -> Sequence[dict[str, str]]:
    """The rows as text, headings in lower case."""
    try:
        with claims.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise ReadError(claims, f"cannot be read as CSV ({problem})", "save the priced claims as CSV") from None
    return [{(name or "").strip().lower(): text or "" for name, text in row.items()} for row in rows]


def _column(ours: str, truth: Sequence[dict[str, str]]) -> str | None:
    names = truth[0] if truth else {}
    return next((name for name in (_AMOUNTS[ours][0], ours) if name in names), None)


def _pair(row: dict[str, Any], said: dict[str, str], ours: str, name: str) -> Pair:
    """A stay we have no price for cannot be computed; a cell that is no amount differs from any."""
    computed = None if row["outcome"] != "priced" else (row[ours],)
    return computed, (parse_money(said[name]),), f"stay {row['claim_id']}, DRG {row['drg']}"
