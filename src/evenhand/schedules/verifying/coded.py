"""Schedules that print a rate for each code: rates against weights, copayments against rates, tests as printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from typing import Any

from evenhand.money import to_cents
from evenhand.schedules.coded import Coded
from evenhand.schedules.factors import factor
from evenhand.schedules.library import Library, Release
from evenhand.schedules.tables.agreement import factor_of
from evenhand.schedules.verifying.match import Match, Pair, match

#: Beginning of a kind's name → the factor its weights are multiplied by, and the schedule in words.
_NAMES = {"opps": "Outpatient hospital", "asc": "Surgery centre"}
_CENT = Decimal("0.01")
#: From this weight on, the cents of a rate tell its factor to three decimals.
_TELLING = 10


def outpatient(library: Library, release: Release) -> Iterator[Match]:
    """Rates of Addenda A and B, and the least copayments beside them."""
    yield from weighted_rates(library, release)
    rows = [row for row in library.table(release).to_pylist() if row["rate"]]
    yield from match("Outpatient hospital", "least copayments, 20 % of the rate", release.id, map(_copayment, rows))


def weighted_rates(library: Library, release: Release) -> Iterator[Match]:
    """Every rate that has a weight: the weight times the factor of the year, and that factor against the release's.

    Where no factor of the year is known, the one most rates imply stands in for it, and the row says so.
    """
    name = release.kind_name.split("-")[0]
    rows = [row for row in library.table(release).to_pylist() if row["weight"] and row["rate"]]
    implied = factor_of([(row["weight"], row["rate"]) for row in rows if row["weight"] >= _TELLING])
    known = factor(name, release.first_day)
    value = known.value if known else implied
    if value is None:
        return
    said = f"weights × {value}" + ("" if known else ", the factor most of them imply")
    yield from match(_NAMES[name], said, release.id, (_weighted(row, value) for row in rows))
    if known and implied:
        pairs = [((known.value,), (implied,), f"factor of {release.first_day.year} ({known.sure})")]
        yield from match("Conversion factor", "the one the release implies", release.id, pairs)


def stated_factor(library: Library, release: Release) -> Iterator[Match]:
    """The conversion factor a release of relative values states on its rows."""
    stated = sorted({value for value in library.table(release)["conversion_factor"].unique().to_pylist() if value})
    known = {one.value for name in ("pfs", "pfs-qp") if (one := factor(name, release.first_day))}
    pairs: list[Pair] = [
        ((min(known, key=lambda one: abs(one - value)),) if known else None, (value,), str(release.first_day))
        for value in stated
    ]
    yield from match("Conversion factor", "the one the release states", release.id, pairs)


def laboratory(library: Library, release: Release) -> Iterator[Match]:
    """Rates of laboratory tests, paid as printed; tests without a rate, which contractors price, are not computable."""
    taken = Coded(library, "clfs").of(release)
    paid = {(fee.code, fee.modifier): fee.amount for fee in taken.fees}
    yield from match(
        "Clinical laboratory",
        "printed rates",
        release.id,
        (_tested(row, paid.get((row["code"], row["modifier"] or ""))) for row in library.table(release).to_pylist()),
    )


def _weighted(row: dict[str, Any], value: Decimal) -> Pair:
    return (to_cents(row["weight"] * value),), (row["rate"],), _name(row)


def _copayment(row: dict[str, Any]) -> Pair:
    """A fifth of the rate, rounded up; where it is nothing, the service is preventive or its device passed through."""
    fifth = (row["rate"] / 5).quantize(_CENT, ROUND_CEILING)
    return ((fifth,) if row["least_copay"] else None), (row["least_copay"],), f"{_name(row)}, status {row['status']}"


def _tested(row: dict[str, Any], amount: Decimal | None) -> Pair:
    return (None if amount is None else (amount,)), (row["rate"],), _name(row)


def _name(row: dict[str, Any]) -> str:
    return str(row.get("code") or f"APC {row['apc']}")
