"""The leverage of one system: every figure that what is at hand allows, and what is not at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evenhand.market.bargaining import bargains
from evenhand.market.cells import Definition, assign
from evenhand.market.discharges import Discharges
from evenhand.market.diversion import diversion
from evenhand.market.guidelines import flags
from evenhand.market.leverage.figure import Evidence, Leverage
from evenhand.market.leverage.of_market import captive, index, rival, share, worth
from evenhand.market.leverage.of_network import adequacy, network, unique, volume
from evenhand.market.leverage.of_rates import bargaining
from evenhand.market.shares import concentration
from evenhand.market.willingness import willingness_to_pay


def leverage(
    discharges: Discharges,
    us: str,
    *,
    plan: str | None = None,
    definition: Definition | None = None,
    evidence: Evidence | None = None,
) -> Leverage:
    """Measure a system's leverage.

    Args:
        discharges: of every hospital of the region.
        us: the system, or a hospital of it.
        plan: the plan across the table: only its rates and its share of our volume.
        definition: how patients are put into cells; the usual one when absent.
        evidence: rates, adequacy, services, our own volume.

    Raises:
        SelectionError: the system is not in the discharges.
    """
    evidence = evidence or Evidence()
    system = discharges.system(us)
    cells = assign(discharges, definition or Definition.usual(discharges))
    market = concentration(discharges)
    moved = diversion(discharges, cells)
    bargained = bargains(evidence.rates, moved, leaving=evidence.leaving) if evidence.rates else None
    found = Leverage(
        discharges.systems[system],
        plan,
        (),
        tuple(_missing(evidence)),
        system,
        discharges,
        cells,
        willingness_to_pay(discharges, cells),
        moved,
        market,
        tuple(flags(market.index)),
        bargained,
        evidence,
    )
    return _with_figures(found)


def _with_figures(found: Leverage) -> Leverage:
    parts = (share, worth, captive, index, rival, adequacy, unique, network, volume, bargaining)
    return replace(found, figures=tuple(figure for part in parts for figure in part(found)))


def _missing(evidence: Evidence) -> Iterator[str]:
    if evidence.rates is None:
        yield "no rates: neither bargaining weights nor what a better walk-away is worth"
    if evidence.screen is None:
        yield "no providers and beneficiaries: nothing on network adequacy"
    if evidence.unique is None:
        yield "no services: nothing on what only we give"
    if evidence.volume is None:
        yield "no book: nothing on how much of our own volume the plan is"
