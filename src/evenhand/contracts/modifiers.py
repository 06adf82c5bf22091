"""What modifiers do to a rate, in the contract language: one share, or one for each kind of code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from evenhand.contracts.indicators import KINDS, SHARES
from evenhand.contracts.model import ModifierByCode
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import PERCENT, Choice, Listed, Named, Value
from evenhand.errors import Log

_INDICATOR = Value("an indicator of a few letters or digits", "1", r"[A-Za-z0-9]{1,4}", str.upper)
MODIFIER_BY_CODE = Record(
    "modifier",
    (
        Key("by", Choice({kind: kind for kind in KINDS}), "The indicator of the code that decides."),
        Key("percent", Named(PERCENT, _INDICATOR), "Share of the rate for each value of that indicator."),
        Key("share", Listed(Choice({share: share for share in SHARES})), "The parts of the surgical package it pays."),
        Key(
            "otherwise",
            PERCENT,
            "Share of the rate for a code whose indicator is none of these, or that has none.",
            required=True,
            example="100",
        ),
    ),
)


def read_modifiers(pairs: Iterable[tuple[Scalar, Any]], log: Log) -> dict[str, Any]:
    """The rule as fields of the model: plain shares of all modifiers, and what else some go by."""
    shares: dict[str, Decimal] = {}
    by_code: dict[str, ModifierByCode] = {}
    for name, said in pairs:
        if not isinstance(said, Entry):
            shares[name.text] = said
            continue
        shares[name.text] = said.get("otherwise", Decimal(1))
        if not _is_whole(name.text, said, log):
            continue
        factors = {value.text: factor for value, factor in said.get("percent", ())}
        by_code[name.text] = ModifierByCode(said.get("by", ""), factors, said.get("share", ()))
    return {"modifiers": shares, "modifiers_by_code": by_code}


def _is_whole(name: str, said: Entry, log: Log) -> bool:
    if ("by" in said) != ("percent" in said):
        log.error(
            said.line, f"modifier {name}: by and percent go together", 'write {by: bilateral, percent: {"1": 150}}'
        )
    elif ("by" in said) == ("share" in said):
        log.error(said.line, f"modifier {name} needs either by or share", "write one of them, or a percentage alone")
    else:
        return True
    return False


def said_modifiers(
    shares: Mapping[str, str], by_code: Mapping[str, ModifierByCode], percent: Callable[[Decimal], str]
) -> dict[str, Any]:
    """What a contract file says of the rule; ``percent`` writes a share as a percentage."""
    said: dict[str, Any] = dict(shares)
    for name, one in by_code.items():
        if name in shares:
            own: dict[str, Any] = {"share": list(one.shares)} if one.shares else {"by": one.by}
            if not one.shares:
                own["percent"] = {value: percent(factor) for value, factor in one.factors.items()}
            said[name] = own | {"otherwise": shares[name]}
    return said
