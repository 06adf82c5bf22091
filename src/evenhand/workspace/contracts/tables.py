"""Kept answers about contracts as sheets: which terms pay, and what a change is worth."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Field, Sheet

_FIRED = (
    Field("term", "Term"),
    Field("pays", "Pays"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
    Field("expected", "Expected", "dollars"),
    Field("share", "Of the contract", "percent"),
    Field("percent_of_charges", "Of charges", "percent"),
)
_SILENT = (Field("term", "Term"), Field("pays", "Pays"), Field("why", "Why it pays nothing"))
_RULES = (
    Field("rule", "Rule"),
    Field("term", "Term"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("effect", "Effect", "change"),
    Field("effect_percent", "Change", "rate"),
)
_UNPRICED = (
    Field("reason", "Why"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
)
_CHANGES = (
    Field("words", "Change"),
    Field("alone", "Worth alone", "change"),
    Field("alone_percent", "Of all", "rate"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
)
_TOTALS = (Field("what", "What"), Field("dollars", "Dollars", "money"), Field("share", "Change", "rate"))
_FIGURES = ("money", "dollars", "change", "percent", "rate")


def terms_tables(value: Mapping[str, Any]) -> list[Sheet]:
    """Which terms pay, which never do, which rules bite, what has no price."""
    return [
        _sheet("fired", "Terms that pay, most dollars first", _FIRED, value["fired"]),
        _sheet("silent", "Terms that pay no line", _SILENT, value["silent"], "Every term pays something."),
        _sheet("rules", "Rules that change a price", _RULES, value["rules"], "No rule changes a price."),
        _sheet("unpriced", "Lines without a price", _UNPRICED, value["unpriced"], "Every line has a price."),
    ]


def change_tables(value: Mapping[str, Any]) -> list[Sheet]:
    """What changes are worth: each alone, and all together."""
    alone = _sheet("changes", "Change by change", _CHANGES, value["changes"])
    return [alone, _sheet("together", value["title"], _TOTALS, value["together"])]


def _sheet(
    name: str, title: str, fields: tuple[Field, ...], rows: list[Mapping[str, Any]], empty: str = "Nothing."
) -> Sheet:
    figures = [field.key for field in fields if field.kind in _FIGURES]
    return Sheet(name, title, fields, [{**row, **_decimals(row, figures)} for row in rows], empty=empty)


def _decimals(row: Mapping[str, Any], keys: list[str]) -> dict[str, Decimal | None]:
    return {key: None if row.get(key) is None else Decimal(row[key]) for key in keys}
