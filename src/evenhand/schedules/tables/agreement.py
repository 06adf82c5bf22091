"""What must agree within published tables: amounts with the weights, percentages and factors they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from evenhand.schedules.tables.kind import Check, Disagreement

_CENT, _THOUSANDTH = Decimal("0.01"), Decimal("0.001")
#: Amounts are rounded to cents once, and CMS's own last step is not always half up: one row of the 3,924 of January
#: 2026 is off by a cent. A cent either way is therefore no fault; what is further off is.
_TOLERATED = Decimal("0.015")
#: Fewer rows than this say nothing of the factor they share.
_TELLING = 5
#: A unit of weight is worth tens of dollars in every system: with less, weights and rates have changed places.
_LEAST = 10
#: In so many rows of any table some have a weight.
_MANY = 100


def weights_make_rates(table: pa.Table) -> Iterator[Disagreement]:
    """Each rate is its weight times one factor, the same in all rows: to the cent."""
    weighed = [(place, row) for place, row in enumerate(table.to_pylist()) if row["weight"]]
    if table.num_rows >= _MANY and not weighed:
        yield from ((place, "no row has a weight") for place in range(table.num_rows))
    yield from ((place, f"{_name(row)} has a weight and no rate") for place, row in weighed if row["rate"] is None)
    rows = [(place, row) for place, row in weighed if row["rate"] is not None]
    factor = factor_of([(row["weight"], row["rate"]) for _, row in rows])
    if factor is None:
        return
    if factor < _LEAST:
        yield from ((place, f"{_name(row)}: its weight and its rate have changed places") for place, row in rows)
        return
    for place, row in rows:
        product, rate = row["weight"] * factor, row["rate"]
        if abs(product - rate) > _TOLERATED:
            made = f"{_plain(row['weight'])} at the factor {factor} of the other rows comes to {_cents(product)}"
            yield place, f"{_name(row)}: its weight {made}, its rate is {_plain(rate)}"


def factor_of(pairs: list[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The factor, to three decimals as CMS states it, that most rates are their weights times.

    The larger the weight, the less the rounding of its rate blurs the factor: the middle one of the
    hundred largest tells it, whatever single rows hold.
    """
    if len(pairs) < _TELLING:
        return None
    ratios = sorted(rate / weight for weight, rate in sorted(pairs)[-100:])
    return ratios[len(ratios) // 2].quantize(_THOUSANDTH, ROUND_HALF_UP)


def shares_make_offsets(table: pa.Table, *, only: tuple[str, str] | None = None) -> Iterator[Disagreement]:
    """Each device amount is its share of the rate; shares are printed to a hundredth of a percent.

    Args:
        table: Rows with a share, a rate and an offset.
        only: A column and the value of it that the rows have that are compared.
    """
    for place, row in enumerate(table.to_pylist()):
        if None in (row["share"], row["rate"], row["offset"]) or (only and row[only[0]] != only[1]):
            continue
        blur = row["rate"] * Decimal("0.000051") + _TOLERATED
        if abs(row["share"] * row["rate"] - row["offset"]) > blur:
            share = _plain(row["share"] * 100)
            yield place, f"{_name(row)}: {share} % of {_plain(row['rate'])} is not its offset {_plain(row['offset'])}"


def copays_are_shares(table: pa.Table) -> Iterator[Disagreement]:
    """The least copayment is a fifth of the rate, or nothing; rounded to a cent either way, and not above the national.

    Where it is nothing, the service is preventive, or passed through with a device.
    """
    for place, row in enumerate(table.to_pylist()):
        rate, least, national = row["rate"], row["least_copay"], row["national_copay"]
        if rate is None or not least:
            continue
        if abs(rate / 5 - least) > _TOLERATED:
            yield place, f"{_name(row)}: its least copayment {_plain(least)} is not a fifth of its rate {_plain(rate)}"
        elif national and national + _CENT < least:
            yield place, f"{_name(row)}: its national copayment {_plain(national)} is below the least, {_plain(least)}"


def adjusted_copays_are_shares(table: pa.Table) -> Iterator[Disagreement]:
    """The adjusted copayment is the adjusted share of the rate, printed to a thousandth of a percent, or a common cap.

    The cap is the inpatient deductible of the year (42 CFR 419.41).
    """
    cap = pc.max(table["adjusted_copay"]).as_py()
    for place, row in enumerate(table.to_pylist()):
        rate, share, copay = row["rate"], row["adjusted_share"], row["adjusted_copay"]
        if None in (rate, share, copay):
            continue
        if copay == cap and rate * share > cap:
            continue
        if abs(rate * share - copay) > rate * Decimal("0.0000051") + _TOLERATED:
            percent = _plain(share * 100)
            yield place, f"{_name(row)}: {percent} % of {_plain(rate)} is not its adjusted copayment {_plain(copay)}"


def all_of(*checks: Check) -> Check:
    """Several checks as one."""

    def check(table: pa.Table) -> Iterator[Disagreement]:
        for one in checks:
            yield from one(table)

    check.__doc__ = " ".join((one.__doc__ or "").split("\n")[0] for one in checks)
    return check


def _name(row: dict[str, Any]) -> str:
    return str(row.get("code") or row.get("apc"))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _cents(value: Decimal) -> str:
    return f"{value.quantize(_CENT, ROUND_HALF_UP)}"
