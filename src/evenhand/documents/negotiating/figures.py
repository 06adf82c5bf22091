"""What several of the documents say in the same words: dollars, rounds, the walk-away, the days left."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from evenhand.documents.charts import intervals
from evenhand.documents.negotiating.dossier import Dossier, RoundWorth
from evenhand.documents.paper import Picture, picture_words
from evenhand.documents.sheet import Field, Sheet, show
from evenhand.documents.words import day_words
from evenhand.documents.worth_sheets import basis_words
from evenhand.negotiation.record import Negotiation, Zone

#: A position as long as this is not broken in two.
_SHORT = 12
_LINES = (Field("what", "What"), Field("says", "As it stands"), Field("source", "Source and day"))
NO_WALK_AWAY = "No walk-away has been worked out (evenhand negotiation walkaway {name} --keep)."


def dollars(value: float | Decimal | None) -> str:
    """A change in whole dollars."""
    return show(None if value is None else Decimal(str(round(value))), "change")


def plain(text: str, longest: int = 140) -> str:
    r"""What people typed, short enough for a line.

    >>> plain("One  two\nthree", 9)
    'One two…'
    """
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"


def whole(text: str) -> str:
    """A position that stays on one line where it is short enough to: ``8 %``, ``365 days``."""
    return text.replace(" ", "\N{NO-BREAK SPACE}") if len(text) <= _SHORT else text


def worth_words(one: RoundWorth, years: int) -> str:
    """What a round is worth with how sure that is, from both chairs."""
    row = one.change
    chance = show(Decimal(str(round(row["p_gain"], 4))), "percent")
    sure = f"p10 {dollars(row['p10'])}, p90 {dollars(row['p90'])}; chance of a gain {chance}"
    return (
        f"{plain(one.offer, 70)}, {day_words(one.round.date)}. Net to the provider over {years} years, discounted: "
        f"{sure}. The plan pays {dollars(one.plan)}."
    )


def basis_of(dossier: Dossier) -> str:
    """Claims behind the dollars, and the day they were worked out."""
    if dossier.worth is None:
        return dossier.why_not
    return f"{basis_words(dossier.worth)} Worked out {day_words(dossier.options.today)}."


def rounds_picture(dossier: Dossier) -> Picture:
    """All rounds from p10 to p90; ours in the accent colour."""
    rows = [
        {"name": one.called, "ours": one.round.by == "us", "shown": dollars(one.change["p50"]), **one.change}
        for one in dossier.rounds
    ]
    svg = intervals(rows, "name", ("p10", "p50", "p90"), shown="shown", marked="ours")
    words = picture_words(
        [(row["name"], f"{row['shown']} ({dollars(row['p10'])} to {dollars(row['p90'])})") for row in rows]
    )
    years = dossier.options.worth.years
    return Picture(f"Net change to the provider over {years} years, p10 to p90, p50 written", svg, words)


def standing_sheet(dossier: Dossier, title: str) -> Sheet:
    """Walk-away, leverage, the best alternative: a line each with its source and day."""
    found = dossier.negotiation
    rows = [*_zone_rows(found, dossier.name), *_alternative_rows(found)]
    return Sheet("without", title, _LINES, rows)


def _zone_rows(found: Negotiation, name: str) -> list[dict[str, Any]]:
    zone = found.zone
    if zone is None:
        return [
            {"what": "Walk-away", "says": NO_WALK_AWAY.format(name=name), "source": "–"},
            {"what": "Leverage", "says": "Not known without the walk-away prices.", "source": "–"},
        ]
    source = f"{zone.source or 'as recorded'}, {day_words(zone.as_of)}"
    unit = f" a {zone.unit}" if zone.unit else ""
    prices = ", ".join(
        f"{word} {show(price, 'money')}" for word, price in (("ours", zone.ours), ("theirs", zone.theirs))
    )
    walk = f"Prices{unit}: {prices}; today {show(zone.today, 'money')}. {_exists(zone)}"
    return [
        {"what": "Walk-away", "says": walk.strip(), "source": source},
        {"what": "Leverage", "says": _leverage(zone, found.side == "provider"), "source": source},
    ]


def _exists(zone: Zone) -> str:
    if zone.exists is None:
        return ""
    return f"A price both gain from exists in {show(zone.exists, 'percent')} of draws."


def _leverage(zone: Zone, provider: bool) -> str:
    """What we can still ask for, as a share of the zone between both walk-away prices."""
    width = zone.theirs - zone.ours if provider else zone.ours - zone.theirs
    if width <= 0:
        return "At the likely values there is no price both gain from."
    room = zone.theirs - zone.today if provider else zone.today - zone.theirs
    share = show(room / width, "percent")
    return f"{share} of the zone between both walk-away prices lies beyond today's price: what we can still ask for."


def _alternative_rows(found: Negotiation) -> list[dict[str, Any]]:
    known = sorted(found.alternatives, key=lambda one: -(one.worth if one.worth is not None else Decimal("-Infinity")))
    if not known:
        return [{"what": "Best alternative", "says": "No alternative is recorded.", "source": "–"}]
    best = known[0]
    worth = f": {show(best.worth, 'change')} a year to us" if best.worth is not None else ", not priced"
    source = f"{best.source or 'as recorded'}, {day_words(best.as_of)}"
    return [{"what": "Best alternative", "says": f"{plain(best.name, 80)}{worth}.", "source": plain(source, 90)}]


def days_words(dossier: Dossier) -> str:
    """Days left until new terms, and until notice must be given."""
    ends, today = dossier.calendar.ends, dossier.options.today
    said = []
    if ends.notice_by is not None:
        left = (ends.notice_by - today).days
        how = f"in {left:,} days" if left >= 0 else "which has passed"
        said.append(f"Notice by {day_words(ends.notice_by)}, {how}.")
    due = dossier.calendar.next_due
    if due is not None:
        how = f"Late: {due.step.what}, due" if due.state == "late" else f"Next: {due.step.what}, by"
        said.append(f"{how} {day_words(due.last)}.")
    return " ".join(said) or "The contract has no end, and nobody says when new terms should begin."
