"""The sections of a brief on the contract's days and provisions, and on what to ask next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenhand.contracts import Contract
from evenhand.contracts.calendar import KeyDates
from evenhand.contracts.words import rules_words
from evenhand.documents.brief_material import Material
from evenhand.documents.offer_sheets import losers_and_winners, span
from evenhand.documents.paper import Section
from evenhand.documents.sheet import Field, Sheet, show
from evenhand.documents.words import day_words
from evenhand.negotiation import OfferValue

_SAYS = (Field("what", ""), Field("says", ""))


def contract_section(material: Material) -> Section:
    """The days that matter next, the rules, the provisions."""
    contract, dates = material.contract, material.dates
    if contract is None or dates is None:
        return Section("contract", "The contract", f"The book holds no contract with {material.payer}.")
    tables = (
        Sheet("dates", "Days that matter", _SAYS, _days(dates)),
        Sheet("rules", "Rules and provisions", _SAYS, _rules(contract)),
    )
    return Section("contract", "The contract", contract.name + ".", tables=tables, note="As the contract's files say.")


def _days(dates: KeyDates) -> list[dict[str, Any]]:
    rows = (
        ("Began", dates.first_day),
        ("This term ends", dates.term_ends),
        ("Last day to give notice", dates.notice_by),
        ("Renews by itself on", dates.renews_on),
        ("Rates rise next on", dates.next_escalation),
    )
    return [{"what": what, "says": day_words(day)} for what, day in rows if day is not None]


def _rules(contract: Contract) -> list[dict[str, Any]]:
    said = rules_words(contract.versions[-1].rules) | _flat(contract.provisions)
    return [{"what": key.replace("_", " ").capitalize(), "says": words} for key, words in said.items()]


def _flat(provisions: Any, before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in provisions.items():
        name = f"{before}{key}"
        found |= _flat(value, f"{name}, ") if hasattr(value, "items") else {name: str(value)}
    return found


def ask_section(material: Material) -> Section:
    """Questions that follow from the figures."""
    points = tuple(_questions(material))
    lead = "Each follows from a figure above." if points else "Nothing in the figures asks for a question."
    return Section("ask", "What to ask next", lead, points=points)


def _questions(material: Material) -> Iterator[str]:
    if material.offer is not None:
        yield from _on_offer(material.offer, material.options.small_cells)
    yield from _on_causes(material)
    yield from _on_payment(material)
    yield from _on_denials(material)


def _on_offer(offer: OfferValue, fewest: int) -> Iterator[str]:
    losers = [row for row in losers_and_winners(offer.codes)[0] if row["claims_at_least"] >= fewest][:5]
    if losers:
        names = "; ".join(str(row["item"]) for row in losers)
        kept = sum(row["change"] for row in losers)
        yield (
            f"Would you hold these at the contract's rates: {names}? That alone moves the offer by "
            f"{show(-kept, 'dollars')} {span(offer)}."
        )
    if offer.own_rise > 0 and offer.change < offer.own_rise:
        yield (
            f"The contract rises by itself by {show(offer.own_rise, 'dollars')} on {day_words(offer.as_of)}. "
            "What does the offer give in its place?"
        )
    if offer.offered_limits > 0:
        yield (
            f"Lesser-of takes back {show(offer.offered_limits, 'dollars')} under the offer. "
            "Can the comparison be dropped, or made on the whole claim?"
        )
    unpriced = sum(row["lines"] for row in offer.unpriced)
    if unpriced:
        yield f"{unpriced:,} lines have no price on one side. Which term is meant to pay them?"


def _on_causes(material: Material) -> Iterator[str]:
    rows = [row for row in material.variances.causes if row["direction"] == "underpaid"]
    shown = [row for row in rows if row["claims"] >= material.options.small_cells][:3]
    for row in shown:
        yield (
            f"{row['term']}, since {day_words(row['first_day'])}: allowed mostly as “{row['pattern']}”. "
            f"When will the {row['lines']:,} lines ({show(row['amount'], 'dollars')}) be paid again, "
            "and the cause mended?"
        )


def _on_payment(material: Material) -> Iterator[str]:
    mine = material.mine
    if (mine.get("late_claims") or 0) >= max(1, material.options.small_cells):
        yield (
            f"{mine['late_claims']:,} of {mine['due_claims']:,} claims were paid after the contract's "
            f"{mine['payment_days']} days. Will interest be paid, and what changes?"
        )
    if (mine.get("not_remitted_claims") or 0) >= max(1, material.options.small_cells):
        yield (
            f"{mine['not_remitted_claims']:,} claims ({show(mine['not_remitted_charges'], 'dollars')} of charges) have "
            "no remittance on file. Where do they stand?"
        )


def _on_denials(material: Material) -> Iterator[str]:
    mine = [row for row in material.report.denials if row["payer"] == material.payer]
    first = next((row for row in mine if row["claims"] >= material.options.small_cells), None)
    if first:
        yield (
            f"{show(first['charges_share'], 'percent')} of denied charges were denied as “{first['meaning']}” "
            f"(reason {first['reason']}). Which rule is applied, and can it be written into the contract?"
        )
