"""Hospitals, DRGs and claims laid out as the tables the SQL steps read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from evenhand.errors import PricingError
from evenhand.money import MONEY
from evenhand.schedules.ipps.drgs import Drg
from evenhand.schedules.ipps.factors import Factors, factors_of
from evenhand.schedules.ipps.hospital import Hospital
from evenhand.schedules.ipps.plain import (
    BURN_SHARE,
    BURNS,
    NEVER_A_TRANSFER,
    NEW_TECHNOLOGY_SHARE,
    OUTLIER_SHARE,
    POST_ACUTE,
    TRANSFER,
    transfer_fraction,
)
from evenhand.schedules.ipps.years import Year

_SHARE = pa.decimal128(5, 4)

#: What :func:`evenhand.schedules.ipps.price_ipps` reads of a claim; all but the first three may be absent.
CLAIMS = pa.schema(
    [
        ("provider", pa.string()),
        ("drg", pa.string()),
        ("length_of_stay", pa.int64()),
        ("charge_amount", MONEY),
        ("claim_id", pa.string()),
        ("review_code", pa.string()),
        ("new_technology_cap_amount", MONEY),
        ("new_technology_share", _SHARE),
    ]
)
_NEEDED = ("provider", "drg", "length_of_stay", "charge_amount")
#: Factor → its decimals. All are wide: a product of two short decimals is a short one, too short for these.
_DECIMALS = {
    "operating_base": 6,
    "dsh_paid": 6,
    "ime": 9,
    "capital_base": 5,
    "capital_dsh": 4,
    "capital_ime": 9,
    "operating_loading": 9,
    "capital_loading": 9,
    "operating_threshold": 17,
    "capital_threshold": 16,
    "vbp": 11,
    "hrrp": 4,
    "hac": 2,
    "operating_ccr": 3,
    "capital_ccr": 3,
}
_WIDE = 20
_HOSPITALS = pa.schema(
    [
        ("provider", pa.string()),
        *((name, pa.decimal128(_WIDE, decimals)) for name, decimals in _DECIMALS.items()),
        ("uncompensated_care_amount", MONEY),
        ("fixed_loss_amount", MONEY),
    ]
)
_DRGS = pa.schema(
    [
        ("drg", pa.string()),
        ("weight", pa.decimal128(6, 4)),
        ("gmlos", pa.decimal128(4, 1)),
        ("post_acute", pa.bool_()),
        ("special_pay", pa.bool_()),
        ("never_a_transfer", pa.bool_()),
        ("outlier_share", pa.decimal128(3, 2)),
    ]
)
_TRANSFERS = pa.schema(
    [("drg", pa.string()), ("review_code", pa.string()), ("per_diem_days", pa.int64()), ("fraction", _SHARE)]
)


def claims_table(claims: pa.Table) -> pa.Table:
    """The claims with every column the steps read, numbered in their order.

    Raises:
        PricingError: A needed column is missing, or one cannot be read as what it holds.
    """
    missing = [name for name in _NEEDED if name not in claims.column_names]
    if missing:
        raise PricingError(f"the claims have no column {' or '.join(missing)}; there must be {', '.join(_NEEDED)}")
    keys = pa.array(range(1, claims.num_rows + 1), pa.int64())
    columns = {"claim_key": keys} | {field.name: _column(claims, field) for field in CLAIMS}
    columns["drg"] = _drgs(columns["drg"])
    columns["review_code"] = _review_codes(columns["review_code"])
    columns["claim_id"] = pc.coalesce(columns["claim_id"], keys.cast(pa.string()))
    columns["new_technology_share"] = pc.coalesce(
        columns["new_technology_share"], pa.scalar(NEW_TECHNOLOGY_SHARE, _SHARE)
    )
    return pa.table(columns)


def _column(claims: pa.Table, field: pa.Field) -> pa.ChunkedArray | pa.Array:
    if field.name not in claims.column_names:
        return pa.nulls(claims.num_rows, field.type)
    column = claims.column(field.name)
    try:
        if pa.types.is_integer(column.type) and pa.types.is_decimal(field.type):
            column = column.cast(pa.decimal128(38, field.type.scale))
        return column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as problem:
        raise PricingError(f"claims, column {field.name}: {problem}") from None


def _drgs(codes: Any) -> Any:
    """DRGs of three digits; none stays none."""
    return pc.if_else(pc.equal(codes, ""), codes, pc.utf8_lpad(codes, 3, "0"))


def _review_codes(codes: Any) -> Any:
    """``00`` and no code at all are ``0``."""
    bare = pc.ascii_ltrim(pc.fill_null(codes, "0"), "0")
    return pc.if_else(pc.equal(bare, ""), "0", bare)


def hospitals_table(hospitals: Sequence[Hospital], year: Year) -> pa.Table:
    """Each hospital with its factors for the year.

    Raises:
        PricingError: Two hospitals have one name.
    """
    _check_once([one.provider for one in hospitals], "hospital")
    rows = [_factor_row(one.provider, factors_of(one, year)) for one in hospitals]
    return pa.Table.from_pylist(rows, _HOSPITALS)


def _factor_row(provider: str, factors: Factors) -> dict[str, Any]:
    return {
        "provider": provider,
        **{name: getattr(factors, name) for name in _DECIMALS},
        "uncompensated_care_amount": factors.uncompensated_care,
        "fixed_loss_amount": factors.fixed_loss,
    }


def drgs_table(drgs: Sequence[Drg]) -> pa.Table:
    """Each DRG with the share its outliers are paid.

    Raises:
        PricingError: Two DRGs have one number.
    """
    _check_once([one.drg for one in drgs], "DRG")
    return pa.Table.from_pylist([_drg_row(one) for one in drgs], _DRGS)


def _drg_row(drg: Drg) -> Mapping[str, Any]:
    return {
        "drg": drg.drg,
        "weight": drg.weight,
        "gmlos": drg.gmlos,
        "post_acute": drg.post_acute,
        "special_pay": drg.special_pay,
        "never_a_transfer": drg.drg == NEVER_A_TRANSFER,
        "outlier_share": BURN_SHARE if drg.drg in BURNS else OUTLIER_SHARE,
    }


def transfers_table(drgs: Sequence[Drg]) -> pa.Table:
    """The share of each DRG that a transfer of so many days is paid, where it is not paid whole."""
    return pa.Table.from_pylist([row for drg in drgs for row in _fractions(drg)], _TRANSFERS)


def _fractions(drg: Drg) -> Iterator[dict[str, Any]]:
    for code in (TRANSFER, POST_ACUTE):
        for days in range(2, int(drg.gmlos) + 1):
            fraction = transfer_fraction(drg, code, days)
            if fraction < Decimal(1):
                yield {"drg": drg.drg, "review_code": code, "per_diem_days": days, "fraction": fraction}


def _check_once(names: Sequence[str], what: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise PricingError(f"{what} {', '.join(twice[:5])} is given twice; keep one of each")
