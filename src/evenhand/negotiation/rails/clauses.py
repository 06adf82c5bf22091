"""G6 to G9: clauses and words that a lawyer should see, found in a contract's provisions and a negotiation's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.contracts import Contract
from evenhand.negotiation.rails.facts import Flag


@dataclass(frozen=True, slots=True)
class Suspect:
    """A kind of clause, by the words it is recognised by."""

    rail: str
    name: str
    words: str
    clears: str


SUSPECTS = (
    Suspect(
        "G6",
        "all-or-nothing",
        r"all[- ]or[- ](?:nothing|none)|all[- ](?:products|facilities|affiliates)\b|every (?:affiliate|facility)",
        "let each product or facility be contracted by itself",
    ),
    Suspect(
        "G6",
        "anti-steering or anti-tiering",
        r"anti[- ]?(?:steering|tiering)|(?:not|no|may not|shall not)\b[^.;]{0,40}\b(?:steer|tier)|preferred tier|"
        r"(?:highest|most favou?rable) (?:benefit )?tier|equal (?:tier|access)",
        "take the clause out, or have counsel check the state's law",
    ),
    Suspect(
        "G6",
        "most-favoured-nation",
        r"most[- ]favou?red[- ](?:nation|customer|payer)|\bMFN\b|parity of rates|lowest rate (?:given|offered|to any)|"
        r"no (?:less|more) favou?rable than (?:any )?other",
        "take the clause out; several states ban it",
    ),
    Suspect(
        "G6",
        "gag",
        r"\bgag\b|(?:not|no|neither|nor|prohibit\w*)\b[^.;]{0,40}\bdisclos\w+[^.;]{0,40}\b(?:price|rate|quality|cost|term)|"
        r"price[- ]secrecy",
        "take it out: gag clauses on price and quality are banned for group and individual plans",
    ),
    Suspect(
        "G6",
        "exclusive",
        r"exclusiv(?:e|ity|ely)\b|(?:not|no)\b[^.;]{0,30}\bcontract with (?:any )?(?:other|compet)",
        "limit it in time and place, and have counsel check it",
    ),
    Suspect(
        "G7",
        "anti-kickback",
        r"free (?:of charge|items?|services?|supplies|software)|below cost|\bswapping\b|in (?:return|exchange) for "
        r"(?:the )?referrals?|kick-?back",
        "price at fair value and apart from referrals",
    ),
    Suspect(
        "G8",
        "self-referral",
        r"per referral|(?:volume|value) of referrals?|bonus pool|"
        r"share of (?:ancillary|imaging|laboratory) (?:revenue|profit)",
        "set pay in advance at fair market value, whatever is referred",
    ),
)
#: Of an MA contract: what it needs, and the provisions in which it may stand.
_MA_NEEDS = (
    ("prompt payment", ("payment_days", "prompt_pay", "prompt payment")),
    ("hold-harmless of members", ("hold_harmless", "hold harmless", "member_protection")),
    ("delegated entities", ("delegation", "delegated", "delegated_entities")),
)
#: Words that turn a clause around: what is excluded, removed or banned.
_ABSENT = re.compile(r"^\W*(?:no|none|not|without|removed|deleted|struck|absent|never)\W*$", re.IGNORECASE)


def texts_of(contract: Contract) -> Iterator[tuple[str, str]]:
    """Every provision of a contract as a place and its words, the key among them."""
    for key, value in _flat(contract.provisions):
        yield f"provisions: {key}", f"{key.replace('_', ' ')}: {value}"
    for term in contract.versions[-1].terms:
        yield f"term: {term.name}", f"{term.name} {term.cite}"


def _flat(provisions: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in provisions.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def suspect_clauses(texts: Iterable[tuple[str, str]]) -> list[Flag]:
    """A flag for each suspect kind of clause in each place.

    A provision that answers its own name with no (``exclusive: no``) is none.
    """
    found = []
    for where, text in texts:
        _, colon, value = text.partition(":")
        if colon and _ABSENT.match(value):
            continue
        for kind in SUSPECTS:
            match = re.search(kind.words, text, re.IGNORECASE)
            if match is not None:
                found.append(Flag(kind.rail, "flag", where, f"{kind.name}: '{match[0].strip()}'", kind.clears))
    return found


def medicare_advantage_needs(contract: Contract, plan: str) -> list[Flag]:
    """What a contract with a Medicare Advantage plan needs and does not state; empty for other plans."""
    products = " ".join(product for version in contract.versions for product in version.products).lower()
    if plan != "medicare advantage" and "medicare" not in products and not re.search(r"\bma\b", products):
        return []
    held = " ".join(key for key, _ in _flat(contract.provisions)).lower()
    rules = contract.versions[-1].rules
    stated = {"prompt payment"} if rules.prompt_pay else set()
    return [_need(name, _states(held, words) or name in stated) for name, words in _MA_NEEDS]


def _states(held: str, words: Sequence[str]) -> bool:
    return any(word in held for word in words)


def _need(name: str, there: bool) -> Flag:
    if there:
        return Flag("G9", "clear", "provisions", f"{name}: stated")
    return Flag("G9", "flag", "provisions", f"{name}: not stated in the contract's provisions", "state it")
