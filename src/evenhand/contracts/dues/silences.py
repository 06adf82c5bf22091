"""What rules about payment leave open although it decides money, and what to look up before relying on them."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.contracts.lateness import PromptPay
from evenhand.contracts.model import Rules, Version

_SURE = ("sources agree", "statute", "official notices")


def silent_dues(versions: tuple[Version, ...]) -> Iterator[tuple[str, str]]:
    """Each doubt in words, with what to do; once for all versions."""
    found = [told for version in versions for told in _version(version)]
    yield from dict.fromkeys(found)


def _version(version: Version) -> Iterator[tuple[str, str]]:
    rules = version.rules
    yield from _order(rules)
    for rule in rules.prompt_pay:
        yield from _prompt_pay(rule)
        if rule.days(version.period.start, version.provisions.get("payment_days"))[0] is None:
            yield "prompt_pay does not say within how many days payment is due", "add 'days: 30', or payment_days"


def _order(rules: Rules) -> Iterator[tuple[str, str]]:
    if rules.sequestration and any(rule.order is None for rule in rules.withhold):
        what = "the withhold does not say whether it is taken before sequestration; reckoned as if after it"
        yield what, "add 'order: after sequestration', before or beside"


def _prompt_pay(rule: PromptPay) -> Iterator[tuple[str, str]]:
    if any(terms.linked_to for terms in rule.terms) and rule.index is None:
        name = next(terms.linked_to for terms in rule.terms if terms.linked_to)
        what = f"the interest follows the {name}, and no table of it is named: none is reckoned"
        yield what, "add 'index: FILE' with a row for each month"
    source = rule.source
    if source is None:
        return
    if source.status not in _SURE:
        what = f"prompt pay in {source.state}: {source.status or 'not confirmed'}. {source.note}".strip()
        yield what, f"check the statute{f' ({source.citation})' if source.citation else ''}"
    elif source.note:
        yield f"prompt pay in {source.state}: {source.note}", f"see {source.citation}"
    if rule.covers is None and source.state != "MEDICARE":
        what = f"the law of {source.state} is taken to hold for every product; self-funded plans are usually exempt"
        yield what, "say which it is for: 'for: {not: {product: …}}'"
