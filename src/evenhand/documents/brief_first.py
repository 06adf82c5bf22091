"""The first screen of a brief: the verdict in a few sentences, and the figures behind it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from evenhand.documents.brief_material import Material
from evenhand.documents.brief_medicare import medicare_figures
from evenhand.documents.offer_sheets import source, span
from evenhand.documents.paper import KeyFigure
from evenhand.documents.sheet import show
from evenhand.documents.small_cells import count_words
from evenhand.documents.words import day_words
from evenhand.money import ZERO, ratio
from evenhand.negotiation import OfferValue


def verdict(material: Material) -> list[str]:
    """What an executive needs to know, most important first."""
    parts = [_offer_verdict(material.offer), _variance_verdict(material), _notice_verdict(material)]
    return [part for part in parts if part]


def _more_or_less(amount: Decimal) -> str:
    return f"{show(abs(amount), 'dollars')} {'less' if amount < 0 else 'more'}"


def _offer_verdict(offer: OfferValue | None) -> str:
    if offer is None:
        return ""
    if offer.change_percent is None:
        return "The offer cannot be valued: no claim is priced both under it and under the contract."
    percent = show(offer.change_percent, "rate")
    worth = f"pays {_more_or_less(offer.change)} {span(offer)} than the contract would ({percent})"
    if offer.announced is None:
        return f"On your own claims the offer {worth}."
    way = "lowers" if offer.announced < 0 else "raises"
    average = show(abs(offer.announced), "percent")
    return f"The offer {way} listed rates by {average} on average. On your own claims it {worth}."


def _variance_verdict(material: Material) -> str:
    under = material.mine.get("underpaid") or ZERO
    if not under:
        return f"{material.payer} paid what was agreed on every line that could be compared."
    causes = [row for row in material.variances.causes if row["direction"] == "underpaid"]
    largest = next((row for row in causes if row["claims"] >= material.options.small_cells), None)
    words = f"{material.payer} paid {show(under, 'dollars')} less than agreed"
    if largest is None:
        return words + "."
    share = show(ratio(largest["amount"], under), "percent")
    return f"{words}; {share} of it has one cause: {largest['reason']} ({largest['term']})."


def _notice_verdict(material: Material) -> str:
    dates = material.dates
    if dates is None or dates.notice_by is None:
        return ""
    left = (dates.notice_by - material.options.today).days
    if left < 0:
        renews = f"; the contract renews by itself on {day_words(dates.renews_on)}" if dates.renews_on else ""
        return f"The last day to give notice for this term, {day_words(dates.notice_by)}, has passed{renews}."
    return f"Notice that ends the contract with this term must be given by {day_words(dates.notice_by)}: {left} days."


def key_figures(material: Material) -> list[KeyFigure]:
    """The figures of the first screen, each with what it is reckoned over."""
    figures = [] if material.offer is None else [_worth(material.offer)]
    mine = medicare_figures(material)
    level = _level(material) if mine is None else _medicare(material, mine)
    return [*figures, _underpaid(material), level, _denied(material), _days(material)]


def _worth(offer: OfferValue) -> KeyFigure:
    announced = "" if offer.announced is None else f"Announced as {show(offer.announced, 'rate')}. "
    meaning = (
        f"{announced}{show(offer.change, 'change')} on {show(offer.current, 'dollars')} {span(offer)}; "
        f"{show(offer.offered - offer.today, 'change')} against the rates of the day before."
    )
    return KeyFigure("What the offer is worth", show(offer.change_percent, "rate"), meaning, source(offer))


def _underpaid(material: Material) -> KeyFigure:
    mine = material.mine
    over = f"{show(mine.get('overpaid'), 'dollars')} paid too much stands apart."
    meaning = f"{show(mine.get('underpaid_share'), 'percent')} of what was expected. {over}"
    lines = f"{mine.get('compared_lines') or 0:,} lines, service {material.period}: final, primary, not denied, priced."
    return KeyFigure("Paid less than agreed", show(mine.get("underpaid"), "dollars"), meaning, lines)


def _level(material: Material) -> KeyFigure:
    others = [row for row in material.report.payers if row["payer"] != material.payer]
    charges = sum((row["allowed_charges"] or ZERO for row in others), ZERO)
    theirs = ratio(sum((row["allowed"] or ZERO for row in others), ZERO), charges)
    meaning = (
        "No other payer to compare with." if theirs is None else f"The others together: {show(theirs, 'percent')}."
    )
    base = f"{show(material.mine.get('allowed_charges'), 'dollars')} of charges allowed; denied lines left out."
    return KeyFigure("Allowed, of charges", show(material.mine.get("allowed_percent"), "percent"), meaning, base)


def _medicare(material: Material, mine: Mapping[str, Any]) -> KeyFigure:
    others = [row for row in material.benchmark.payers if row["payer"] != material.payer and row["medicare"]]
    theirs = ratio(sum((row["allowed"] for row in others), ZERO), sum((row["medicare"] for row in others), ZERO))
    beside = "No other payer to compare with." if theirs is None else f"The others together: {show(theirs, 'percent')}."
    meaning = f"{beside} Of charges: {show(material.mine.get('allowed_percent'), 'percent')}."
    base = f"{show(mine['medicare'], 'dollars')} that Medicare pays for {mine['lines']:,} of the lines allowed."
    return KeyFigure("Allowed, of Medicare", show(mine["percent_of_medicare"], "percent"), meaning, base)


def _denied(material: Material) -> KeyFigure:
    mine = material.mine
    lines = count_words(mine.get("denied_lines"), material.options.small_cells)
    meaning = f"{lines} lines; {show(mine.get('denied_charges'), 'dollars')} of charges."
    base = f"{show(mine.get('remitted_charges'), 'dollars')} of charges remitted, by final state."
    return KeyFigure("Denied, of charges", show(mine.get("denied_charges_share"), "percent"), meaning, base)


def _days(material: Material) -> KeyFigure:
    mine = material.mine
    due = mine.get("due_claims") or 0
    share, days = show(mine.get("late_share"), "percent"), mine.get("payment_days")
    late = f"Of {due:,} with a due day, {share} later than the contract's {days} days."
    meaning = f"Nine in ten within {show(mine.get('days_p90'), 'days')}. " + (late if due else "")
    base = f"{mine.get('timed_claims') or 0:,} claims, from receipt (else last service) to first payment."
    return KeyFigure("Days to pay, half within", show(mine.get("days_p50"), "days"), meaning.strip(), base)
