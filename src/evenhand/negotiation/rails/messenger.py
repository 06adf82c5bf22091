"""G2: messenger mode. Each provider decides alone; the program carries offers and answers, and nothing else.

A provider's least prices stay in a file of its own, wherever it keeps it: they are never copied into the negotiation,
so nobody there can see them, the program included once it has answered. The log holds a commitment to the file (a hash
with a salt, which the file holds), so that it can be shown later that an answer came from the numbers entered before.
The payer is told for each provider whether it accepts. There is no command that compares providers, recommends a price
or speaks for a group.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evenhand.contracts.nodes import Fields, Scalar, read_yaml
from evenhand.errors import ContractError, SelectionError, UsageError
from evenhand.negotiation.rails.audit import Entry, entries, write_entry
from evenhand.negotiation.record.values import measured

LOG = "messenger"
_ENTERED, _OFFERED, _ANSWERED, _LOOKED = "entered its least prices", "offered", "answered", "looked at answers"


@dataclass(frozen=True, slots=True)
class Minimums:
    """One provider's least prices, as its own file holds them."""

    provider: str
    salt: str
    least: Mapping[str, str]

    @property
    def commitment(self) -> str:
        """The hash the log holds of them."""
        said = json.dumps([self.provider, self.salt, sorted(self.least.items())], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one provider is told: its own numbers beside the payer's, whether all are met, and its receipt."""

    provider: str
    offer: int
    met: Mapping[str, bool]
    accepts: bool
    receipt: str


def enter(negotiation: Path, provider: str, least: Mapping[str, str], file: Path) -> str:
    """Write a provider's least prices into its own file, and a commitment to them into the log; its receipt.

    Raises:
        UsageError: a price is no number, there is none, or the file lies in the negotiation or is there already.
    """
    _refuse_words(least)
    if file.resolve().is_relative_to(negotiation.resolve()):
        raise UsageError(f"{file} lies in the negotiation, where others may read it; keep it where only you can")
    mine = Minimums(provider, secrets.token_hex(16), dict(least))
    text = yaml.safe_dump(
        {"provider": provider, "salt": mine.salt, "least": dict(least)}, sort_keys=False, allow_unicode=True
    )
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError as problem:
        raise UsageError(f"{file} is there already; name another, so that nothing is lost") from problem
    facts = {"commitment": mine.commitment}
    return write_entry(negotiation / LOG, provider, _ENTERED, facts=facts).hash


def _refuse_words(least: Mapping[str, str]) -> None:
    if not least:
        raise UsageError("no price is given; give at least one, such as all=4 %")
    for name, price in least.items():
        if measured(price) is None:
            raise UsageError(f"{name}: '{price}' is no number; write it like 4 %, $120 or 128 % of medicare")


def offer(negotiation: Path, payer: str, prices: Mapping[str, str]) -> Entry:
    """Carry a payer's offer to all providers.

    Raises:
        UsageError: a price is no number, or there is none.
    """
    _refuse_words(prices)
    return write_entry(negotiation / LOG, payer, _OFFERED, facts={"prices": dict(prices)})


def answer(negotiation: Path, provider: str, file: Path) -> Answer:
    """Answer the last offer for one provider, from its own file; only it is told why.

    Raises:
        SelectionError: nothing was offered, or the provider has entered nothing.
        UsageError: the file is another provider's, or not the one that was entered.
        ReadError: the file cannot be read.
        ContractError: it is no file of least prices.
    """
    log = entries(negotiation / LOG)
    last = next((one for one in reversed(log) if one.act == _OFFERED), None)
    if last is None:
        raise SelectionError("the payer has offered nothing yet; there is nothing to answer")
    mine = _read(file)
    _refuse_others(log, mine, provider, file)
    met = {name: _meets(last.facts["prices"].get(name), price) for name, price in mine.least.items()}
    accepts = all(met.values())
    told = {"salt": mine.salt, "least": dict(mine.least), "offer": last.facts["prices"], "met": met}
    saw = ("its own least prices", "the offer", "its own answer")
    facts = {"offer": last.number, "accepts": accepts, "commitment": mine.commitment}
    made = write_entry(negotiation / LOG, provider, _ANSWERED, saw=saw, told=told, facts=facts)
    return Answer(provider, last.number, met, accepts, made.hash)


def _refuse_others(log: list[Entry], mine: Minimums, provider: str, file: Path) -> None:
    if mine.provider != provider:
        raise UsageError(f"{file} is not {provider}'s; each provider answers from its own file")
    entered = [one for one in log if one.act == _ENTERED and one.who == provider]
    if not entered:
        raise SelectionError(f"{provider} has entered no least prices here; enter them first")
    if entered[-1].facts["commitment"] != mine.commitment:
        raise UsageError(f"{file} is not what {provider} entered last; enter it anew before answering")


def _meets(offered: str | None, least: str) -> bool:
    """Whether an offer is at least a price of the same unit; what is not offered is not met."""
    given, wanted = measured(offered or ""), measured(least)
    return given is not None and wanted is not None and given.unit == wanted.unit and given.number >= wanted.number


def answers_for_payer(negotiation: Path, payer: str) -> list[dict[str, Any]]:
    """For each provider that entered prices: whether it accepts the last offer; no number, no reason. Logged."""
    log = entries(negotiation / LOG)
    last = next((one.number for one in reversed(log) if one.act == _OFFERED), None)
    said = {one.who: one.facts["accepts"] for one in log if one.act == _ANSWERED and one.facts["offer"] == last}
    providers = list(dict.fromkeys(one.who for one in log if one.act == _ENTERED))
    words = {True: "accepts", False: "does not accept", None: "has not answered"}
    rows = [{"provider": name, "offer": last, "answer": words[said.get(name)]} for name in providers]
    write_entry(negotiation / LOG, payer, _LOOKED, saw=("each provider's answer",), told=rows)
    return rows


def _read(file: Path) -> Minimums:
    node, log = read_yaml(file, "name the file your least prices were written to")
    said = {key.text: value for key, value in node.entries} if isinstance(node, Fields) else {}
    provider, salt, least = said.get("provider"), said.get("salt"), said.get("least")
    if not isinstance(provider, Scalar) or not isinstance(salt, Scalar) or not isinstance(least, Fields):
        log.error(node.line if node else None, "this is no file of least prices", "name the one 'enter' wrote")
        raise ContractError(log.problems)
    prices = {key.text: value.text for key, value in least.entries if isinstance(value, Scalar)}
    return Minimums(provider.text, salt.text, prices)
