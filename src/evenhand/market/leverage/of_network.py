"""Leverage from who else there is: adequacy, services only we give, our share of the network, the plan's of us."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.market.leverage.figure import COUNTED, SCREEN, Figure, Leverage


def adequacy(found: Leverage) -> Iterator[Figure]:
    """What a network would lack without us."""
    screen = found.evidence.screen
    if screen is None or not len(screen.counties):
        return
    rows = screen.counties.rows()
    lacking = ("below the required share without us", "too few without us")
    below = [row for row in rows if any(words in row["finding"] for words in lacking)]
    worst = max(rows, key=lambda row: row["lost_share"])
    yield Figure(
        "Counties and specialties short of a requirement without us",
        float(len(below)),
        "count",
        f"{len(rows):,} counties and specialties we practise in",
        rows[0]["source"],
        f"{SCREEN}: straight lines, distance only; see the regulation for time, credits and exceptions",
        "where this is not zero, an MA network may not be able to do without us",
        "where this is not zero, find others first",
    )
    yield Figure(
        f"Beneficiaries who lose the last one: {worst['specialty']}, {worst['county']}",
        worst["lost_share"],
        "share",
        f"{worst['beneficiaries']:,.0f} beneficiaries of the county",
        worst["source"],
        f"{SCREEN}: straight lines within {worst['miles']:g} miles",
        "the county and specialty where we matter most",
        "the county and specialty most at risk",
        patients=worst["lost"],
    )


def unique(found: Leverage) -> Iterator[Figure]:
    """What only we bill."""
    if found.evidence.unique is None:
        return
    rows = found.evidence.unique.rows()
    patients = sum(row["patients"] for row in rows)
    yield Figure(
        "Codes only we bill",
        float(len(rows)),
        "count",
        "codes we bill in the table of services",
        "table of services",
        "counted; who is not in the table is not seen",
        "services the plan cannot buy elsewhere in the table",
        "services to find elsewhere, or to let members travel for",
        patients=patients if rows else None,
    )


def network(found: Leverage) -> Iterator[Figure]:
    """How much of the network we are."""
    if found.evidence.network is None or not len(found.evidence.network):
        return
    top = found.evidence.network.rows()[0]
    yield Figure(
        f"Our share of the network: {top['specialty']}",
        top["share"],
        "share",
        f"{top['network']:,} providers of the specialty in the table",
        "table of providers",
        COUNTED,
        "the specialty where we are most of the network",
        "the specialty where they are most of the network",
    )


def volume(found: Leverage) -> Iterator[Figure]:
    """How much of our volume the plan is."""
    for row in found.evidence.volume or ():
        if found.plan is None or found.plan.casefold() in row["payer"].casefold():
            yield Figure(
                f"{row['payer']}'s share of our charges",
                None if row["charges_share"] is None else float(row["charges_share"]),
                "share",
                f"all charges in the book; {row['claims']:,} claims of this payer",
                "your book",
                COUNTED,
                "what we would have to refill without this plan",
                "how much they depend on this plan",
                patients=float(row["patients"]),
            )
