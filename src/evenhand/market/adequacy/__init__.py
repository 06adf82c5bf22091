"""Can a network lawfully do without us? Who loses the last provider within limits, by county and specialty."""

from __future__ import annotations

from evenhand.market.adequacy.limits import COUNTY_TYPES, Limit, Limits, base_limits, county_type
from evenhand.market.adequacy.people import Beneficiaries, Providers, read_beneficiaries, read_centroids, read_providers
from evenhand.market.adequacy.reference_file import read_reference
from evenhand.market.adequacy.screen import Screen, adequacy, miles_between

__all__ = [
    "COUNTY_TYPES",
    "Beneficiaries",
    "Limit",
    "Limits",
    "Providers",
    "Screen",
    "adequacy",
    "base_limits",
    "county_type",
    "miles_between",
    "read_beneficiaries",
    "read_centroids",
    "read_providers",
    "read_reference",
]
