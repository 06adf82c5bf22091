"""The same claims priced under each side as it stands in each year, with charges grown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evenhand.codes import FACILITY_SERVICE_LINE, service_line
from evenhand.contracts.model import Contract
from evenhand.engines import DuckDB
from evenhand.money import MONEY
from evenhand.negotiation.standing import standing_on
from evenhand.negotiation.worth.credibility import Numbers
from evenhand.negotiation.worth.years import OfferYear, standing_days
from evenhand.pricing import price

Whole = npt.NDArray[np.int64]
#: Charges are raised by so much to see how far prices follow them.
_BUMP = 0.01
_GROWTH = pa.decimal128(12, 8)


@cache
def query(name: str) -> str:
    """The text of one of this question's queries."""
    return (files("evenhand.negotiation.worth") / "queries" / f"{name}.sql").read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True)
class PricedLines:
    """The lines all sides price in every year, as columns of equal length.

    Attributes:
        claim: key of the claim of each.
        unit: number of the patient of each; of the claim, where the patient is not known.
        month: month of service of each, as months since year 0.
        line: number of the service line of each, into ``service_lines``.
        charge: charge of each, today.
        code: procedure code of each, else its revenue code; empty where it has none.
        units: units of each.
        amounts: expected dollars, by side, year and line.
        fees: the same before lesser-of, by side and year, summed.
        elasticity: by how much each side's dollars rise where charges rise by one, in the last year.
        service_lines: their names.
        patients_known: whether patients are told apart.
        left_out: lines, claims and charges some side does not price in some year.
    """

    claim: Whole
    unit: Whole
    month: Whole
    line: Whole
    charge: Numbers
    code: npt.NDArray[np.str_]
    units: Numbers
    amounts: Numbers
    fees: Numbers
    elasticity: Numbers
    service_lines: tuple[str, ...]
    patients_known: bool
    left_out: tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class _Side:
    amount: Numbers
    fee: Numbers
    whole: npt.NDArray[np.bool_]


def price_years(
    tables: Mapping[str, pa.Table], sides: Sequence[Contract], years: Sequence[OfferYear], charge_growth: float
) -> PricedLines:
    """Price claims under each side on each day its rates change in each year, weighed by how long they hold.

    Args:
        tables: service_claims, service_lines and diagnoses of the claims.
        sides: the contract, then the offers.
        years: the years.
        charge_growth: by how much charges grow a year; they are rounded to cents.
    """
    mine = _of_contract(tables, sides[0], years[0].period.start)
    lines = _described(mine)
    found: list[list[_Side]] = [[] for _ in sides]
    for year in years:
        grown = _grown(mine, (1 + charge_growth) ** year.apart)
        for number, side in enumerate(sides):
            found[number].append(_year_of(grown, side, year))
    dearer = _grown(mine, (1 + charge_growth) ** years[-1].apart * (1 + _BUMP))
    return _kept(lines, found, [_year_of(dearer, side, years[-1]) for side in sides])


def _of_contract(tables: Mapping[str, pa.Table], contract: Contract, day: date) -> dict[str, pa.Table]:
    """Only the claims that are the contract's."""
    local = _engine(tables)
    price(local, [standing_on(contract, day)])
    keys = local.arrow("select claim_key from priced_claims where contract_id is not null")["claim_key"]
    return {name: table.filter(pc.is_in(table["claim_key"], keys)) for name, table in tables.items()}


def priced_as_agreed(tables: Mapping[str, pa.Table], contract: Contract) -> pa.Table:
    """Each line's expected amount under the contract as it held on the claim's own days."""
    local = _engine(tables)
    price(local, [contract])
    return local.arrow(
        "select line_key, claim_key, expected_amount from priced_lines where expected_amount is not null"
    )


def _engine(tables: Mapping[str, pa.Table]) -> DuckDB:
    local = DuckDB()
    for name, table in tables.items():
        local.put(name, table)
    return local


def _grown(tables: Mapping[str, pa.Table], factor: float) -> DuckDB:
    by = pa.scalar(Decimal(f"{factor:.8f}"), _GROWTH)
    local = DuckDB()
    for name, table in tables.items():
        at = table.schema.get_field_index("charge_amount")
        if at >= 0:
            charges = pc.round(pc.multiply(table["charge_amount"], by), 2, "half_towards_infinity").cast(MONEY)
            table = table.set_column(at, "charge_amount", charges)
        local.put(name, table)
    return local


def _year_of(local: DuckDB, side: Contract, year: OfferYear) -> _Side:
    """A side's year: what each line comes to on each day its rates change, weighed by how long they hold."""
    parts = [(_priced(local, standing_on(side, day)), share) for day, share in standing_days(side, year.period)]
    amount = sum(part.amount * share for part, share in parts)
    fee = sum(part.fee * share for part, share in parts)
    whole = np.logical_or.reduce([part.whole for part, _ in parts])
    return _Side(np.asarray(amount), np.asarray(fee), whole)


def _priced(local: DuckDB, standing: Contract) -> _Side:
    price(local, [standing])
    rows = local.arrow(query("priced_amounts"))
    amount, fee = (_numbers(rows[name]) for name in ("expected_amount", "fee_amount"))
    return _Side(amount, fee, _numbers(rows["whole"]) > 0)


def _numbers(column: pa.ChunkedArray) -> Numbers:
    """A column as floats; NaN where it is null. Statistics only: what is priced was priced exactly."""
    numbers: Numbers = column.cast(pa.float64()).fill_null(np.nan).to_numpy()
    return numbers


def _described(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    rows = _engine(tables).arrow(query("described_lines"))
    codes = rows["hcpcs_code"].to_pylist()
    names = {code: service_line(code) for code in set(codes)}
    return {
        "claim": rows["claim_key"].to_numpy(),
        "member": rows["patient"].to_pylist(),
        "month": rows["month"].cast(pa.int64()).to_numpy(),
        "charge": _numbers(rows["charge_amount"]),
        "units": np.nan_to_num(_numbers(rows["units"])),
        "code": np.array(rows["code"].to_pylist(), dtype=str),
        "named": np.array([names[code] for code in codes], dtype=object),
    }


def _kept(lines: Mapping[str, Any], found: Sequence[Sequence[_Side]], dearer: Sequence[_Side]) -> PricedLines:
    """Lines with a price everywhere; of a claim priced as one anywhere, all or none."""
    amounts = np.array([[year.amount for year in side] for side in found])
    whole = np.logical_or.reduce([year.whole for side in found for year in side])
    _, claim = np.unique(lines["claim"], return_inverse=True)
    priced = ~np.isnan(amounts).any(axis=(0, 1))
    as_one = np.bincount(claim, whole) > 0
    broken = np.bincount(claim, ~priced) > 0
    kept = priced & ~(as_one & broken)[claim]
    fees = np.array([[np.nansum(year.fee[kept]) for year in side] for side in found])
    before, after = amounts[:, -1, kept].sum(axis=1), np.array([np.nansum(side.amount[kept]) for side in dearer])
    follows = np.divide(after - before, before * _BUMP, out=np.zeros_like(before), where=before > 0)
    named = np.where(as_one[claim], FACILITY_SERVICE_LINE, lines["named"])[kept]
    names, line = np.unique(named.astype(str), return_inverse=True)
    members = [patient for patient, held in zip(lines["member"], kept, strict=True) if held]
    _, unit = np.unique(np.array(members, dtype=str), return_inverse=True)
    lost = ~kept
    left = (int(lost.sum()), len(np.unique(claim[lost])), float(np.nansum(lines["charge"][lost])))
    known = not any(patient.startswith("claim ") for patient in members)
    charge = np.nan_to_num(lines["charge"][kept])
    return PricedLines(
        lines["claim"][kept],
        unit,
        lines["month"][kept],
        line,
        charge,
        lines["code"][kept],
        lines["units"][kept],
        amounts[:, :, kept],
        fees,
        follows,
        tuple(str(name) for name in names),
        known,
        left,
    )
