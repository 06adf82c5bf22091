"""Holding what we compute against what publishers print: every match the releases at hand allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evenhand.schedules.library import Library, Release
from evenhand.schedules.verifying.coded import laboratory, outpatient, stated_factor, weighted_rates
from evenhand.schedules.verifying.inpatient import inpatient_claims
from evenhand.schedules.verifying.match import Match
from evenhand.schedules.verifying.physician import published_amounts, published_caps

__all__ = ["Match", "inpatient_claims", "verify"]

#: Kind of release → how it is held against what is computed.
_CHECKS: dict[str, Callable[[Library, Release], Iterator[Match]]] = {
    "pfs-amounts": published_amounts,
    "pfs-oppscap": published_caps,
    "pfs-rvu": stated_factor,
    "opps-rates": outpatient,
    "opps-apc": outpatient,
    "asc-procedures": weighted_rates,
    "asc-ancillaries": weighted_rates,
    "clfs-rates": laboratory,
}


def verify(library: Library) -> Iterator[Match]:
    """Every match the releases of a library allow, one after the other."""
    for kind, check in _CHECKS.items():
        for release in library.of_kind(kind):
            yield from check(library, release)
