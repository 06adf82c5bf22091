"""How strong are we? Where patients would go without us, how concentrated a market is, what walking away is worth."""

from __future__ import annotations

from evenhand.market.cells import Cells, Definition, assign
from evenhand.market.discharges import Discharges
from evenhand.market.diversion import Diversion, diversion
from evenhand.market.guidelines import GUIDELINES, Flag, flags
from evenhand.market.hospital_hhi import hospital_hhi
from evenhand.market.implied_shares import ImpliedShares, implied_shares
from evenhand.market.leverage import Evidence, Figure, Leverage, leverage
from evenhand.market.own import own_volume
from evenhand.market.reading import read_discharges
from evenhand.market.services import network_share, read_services, unique_services
from evenhand.market.shares import Concentration, concentration
from evenhand.market.willingness import Merger, Willingness, merger, willingness_to_pay

__all__ = [
    "GUIDELINES",
    "Cells",
    "Concentration",
    "Definition",
    "Discharges",
    "Diversion",
    "Evidence",
    "Figure",
    "Flag",
    "ImpliedShares",
    "Leverage",
    "Merger",
    "Willingness",
    "assign",
    "concentration",
    "diversion",
    "flags",
    "hospital_hhi",
    "implied_shares",
    "leverage",
    "merger",
    "network_share",
    "own_volume",
    "read_discharges",
    "read_services",
    "unique_services",
    "willingness_to_pay",
]
