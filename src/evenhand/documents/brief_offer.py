"""The section of a brief on what an offer is really worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from evenhand.documents.brief_material import Material
from evenhand.documents.charts import bars
from evenhand.documents.offer_sheets import losers_and_winners, source, span
from evenhand.documents.paper import Picture, Section, picture_words
from evenhand.documents.sheet import Field, Sheet, show
from evenhand.documents.small_cells import gathered, in_a_picture
from evenhand.money import ratio
from evenhand.negotiation import OfferValue

_SUMS = ("change", "lines", "current_amount", "offer_amount", "share_of_current")
_SIDES = (
    Field("lines", "Lines", "count"),
    Field("current_amount", "Contract", "dollars"),
    Field("offer_amount", "Offer", "dollars"),
    Field("change", "Change", "change"),
    Field("change_percent", "Change", "rate"),
)
_BRIDGE = (
    Field("what", ""),
    Field("dollars", "Dollars", "dollars"),
    Field("change", "Step", "change"),
    Field("rate", "Step", "rate"),
)
#: Codes shown each way.
_SHOWN = 8


def offer_section(material: Material) -> Section | None:
    """What the offer is worth; ``None`` without an offer."""
    offer = material.offer
    if offer is None:
        return None
    if offer.change_percent is None:
        return Section("offer", "The offer", "No claim is priced both under the contract and under the offer.")
    fewest = material.options.small_cells
    return Section(
        "offer",
        "What the offer is worth",
        _lead(offer),
        pictures=(_averages(offer), _by_service_line(offer, fewest)),
        tables=(_bridge(offer), _service_lines(offer, fewest), *_codes(offer, fewest)),
        note=source(offer) + _apart(offer),
    )


def _lead(offer: OfferValue) -> str:
    rise = ""
    if offer.own_rise > 0:
        rise = (
            f" The contract by itself would pay {show(offer.own_rise, 'dollars')} more from {offer.as_of:%B %Y}; "
            "a fair reading of the offer starts from there, not from today's rates."
        )
    limits = offer.offered_limits - offer.current_limits
    held = ""
    if offer.current_limits or offer.offered_limits:
        way = "less" if limits < 0 else "more"
        held = (
            f" Lesser-of takes back {show(offer.offered_limits, 'dollars')} under the offer, "
            f"{show(abs(limits), 'dollars')} {way} than now."
        )
    return f"An average over listed rates counts a code billed once a year as much as one billed daily.{rise}{held}"


def _averages(offer: OfferValue) -> Picture:
    rows = [
        {"name": "Announced", "value": offer.announced},
        {"name": "Over the contract", "value": offer.plain_average},
        {"name": "Codes you bill", "value": offer.billed_average},
        {"name": "Your claims", "value": offer.change_percent},
    ]
    shown = [{**row, "shown": show(row["value"], "rate")} for row in rows if row["value"] is not None]
    svg = bars(shown, "name", "value", marked="Your claims", shown="shown")
    words = picture_words([(str(row["name"]), str(row["shown"])) for row in shown])
    return Picture("From the announced average to your claims", svg, words)


def _by_service_line(offer: OfferValue, fewest: int) -> Picture:
    named = in_a_picture(_lines_of(offer, fewest), "service_line", "claims_at_least")
    rows = [row for row in named if row.get("change")]
    shown = [{**row, "shown": show(row["change"], "change")} for row in rows]
    svg = bars(shown, "service_line", "change", shown="shown")
    words = picture_words([(row["service_line"], row["shown"]) for row in shown])
    return Picture(f"Change by service line, dollars {span(offer)}", svg, words)


def _lines_of(offer: OfferValue, fewest: int) -> list[Mapping[str, Any]]:
    return _rated(_gathered(offer.service_lines.rows(), "service_line", "service line", fewest))


def _gathered(rows: Sequence[Mapping[str, Any]], key: str, kind: str, fewest: int) -> list[Mapping[str, Any]]:
    return gathered(rows, "claims_at_least", fewest=fewest, name=(key, kind), sums=_SUMS)


def _rated(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Percentages again, gathered rows included."""
    return [{**row, "change_percent": ratio(row.get("change"), row.get("current_amount"))} for row in rows]


def _service_lines(offer: OfferValue, fewest: int) -> Sheet:
    fields = (Field("service_line", "Service line"), *_SIDES)
    return Sheet("offer-service-lines", "By service line", fields, _lines_of(offer, fewest))


def _codes(offer: OfferValue, fewest: int) -> tuple[Sheet, Sheet]:
    losers, winners = losers_and_winners(offer.codes)
    fields = (Field("item", "Code or term"), *_SIDES)
    return (
        Sheet("offer-losers", "Paid less", fields, _top(losers, fewest), empty="Nothing is paid less."),
        Sheet("offer-winners", "Paid more", fields, _top(winners, fewest), empty="Nothing is paid more."),
    )


def _top(rows: Sequence[Mapping[str, Any]], fewest: int) -> list[Mapping[str, Any]]:
    """The first codes, then the others in one row, then those too few to show."""
    whole = _gathered(rows, "item", "code", fewest)
    few = [row for row in whole if "claims_at_least" not in row]
    large = [row for row in whole if "claims_at_least" in row]
    rest = large[_SHOWN:]
    if rest:
        sums = {key: sum((row[key] or 0 for row in rest), Decimal(0)) for key in _SUMS}
        large = [*large[:_SHOWN], {"item": f"{len(rest)} other codes", **sums}]
    return _rated([*large, *few])


def _bridge(offer: OfferValue) -> Sheet:
    rows = [
        {"what": "At the rates of the day before", "dollars": offer.today},
        {
            "what": f"Contract on {offer.as_of}, left as it is",
            "dollars": offer.current,
            "change": offer.own_rise,
            "rate": ratio(offer.own_rise, offer.today),
        },
        {"what": "Offer", "dollars": offer.offered, "change": offer.change, "rate": offer.change_percent},
        {
            "what": "Offer against the day before",
            "change": offer.offered - offer.today,
            "rate": offer.change_since_today,
        },
    ]
    return Sheet("offer", "The same claims, three ways", _BRIDGE, rows)


def _apart(offer: OfferValue) -> str:
    """What stands outside the figures."""
    unpriced = sum(row["lines"] for row in offer.unpriced)
    left_out = sum(row["lines"] for row in offer.left_out)
    return (
        f" Outside these figures: {unpriced:,} lines without a price on one side; {left_out:,} lines this payer "
        f"would pay under neither (denied, taken back, bundled, or second to another payer). "
        f"Averages are over {offer.listed:,} listed rates, {offer.billed:,} of them of codes billed."
    )
