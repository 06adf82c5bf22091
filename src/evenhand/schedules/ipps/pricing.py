"""Inpatient claims priced as CMS's pricer prices them: hospitals' factors once, then SQL steps over all claims."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from evenhand.engines import DuckDB, Step, read_steps
from evenhand.results import Result
from evenhand.schedules.ipps.drgs import Drg
from evenhand.schedules.ipps.hospital import Hospital
from evenhand.schedules.ipps.tables import claims_table, drgs_table, hospitals_table, transfers_table
from evenhand.schedules.ipps.years import Year, constants_of

#: The components that add up to ``total_amount``.
COMPONENTS = (
    "operating_amount",
    "dsh_amount",
    "ime_amount",
    "outlier_amount",
    "capital_amount",
    "capital_dsh_amount",
    "capital_ime_amount",
    "capital_outlier_amount",
    "uncompensated_care_amount",
    "new_technology_amount",
    "hrrp_amount",
    "vbp_amount",
    "hac_amount",
)
_NEVER = ("outlier_amount", "capital_outlier_amount", "new_technology_amount")
_PRICED = "select * exclude (claim_key) from ipps_priced_claims order by claim_key"


def price_ipps(claims: pa.Table, hospitals: Sequence[Hospital], drgs: Sequence[Drg], year: int | Path | Year) -> Result:
    """Price inpatient claims under Medicare's inpatient prospective payment system.

    Args:
        claims: A row for each stay: ``provider`` (as a hospital is called), ``drg``, ``length_of_stay`` (days),
            ``charge_amount`` (covered charges, dollars); and if there are any ``claim_id``, ``review_code`` (``0``
            normal, ``3`` transfer, ``9`` post-acute transfer), ``new_technology_cap_amount`` (dollars) and
            ``new_technology_share`` (0.65 where not said).
        hospitals: Those the claims name.
        drgs: The DRG table of the fiscal year.
        year: The fiscal year of discharge, a file with its constants, or the constants.

    Returns:
        The claims in their order, each with its ``outcome`` (``priced``, or why not), the pricer's ``return_code``,
        ``weight``, ``transfer_fraction``, each of :data:`COMPONENTS` and ``total_amount``, in dollars to the cent.
        A claim without a price has none of these amounts.

    Raises:
        PricingError: Nothing is known of the year, two hospitals have one name, or a column is missing.
    """
    constants = year if isinstance(year, Year) else constants_of(year)
    engine = DuckDB()
    engine.put("ipps_claims", claims_table(claims))
    engine.put("ipps_hospitals", hospitals_table(hospitals, constants))
    engine.put("ipps_drgs", drgs_table(drgs))
    engine.put("ipps_transfers", transfers_table(drgs))
    engine.run(ipps_steps())
    return Result(engine.arrow(_PRICED))


def drg_rates(hospital: Hospital, drgs: Sequence[Drg], year: int | Path | Year) -> Result:
    """What a hospital is paid for each DRG: a stay of ordinary length and cost that goes home.

    Args:
        hospital: The hospital.
        drgs: The DRG table of the fiscal year.
        year: As for :func:`price_ipps`.

    Returns:
        A row for each DRG: ``drg``, ``weight``, the components that such a stay can have, and ``total_amount``.

    Raises:
        PricingError: As for :func:`price_ipps`.
    """
    stays = pa.table(
        {
            "provider": [hospital.provider] * len(drgs),
            "drg": [one.drg for one in drgs],
            "length_of_stay": pa.array([1] * len(drgs), pa.int64()),
            "charge_amount": pa.array([Decimal(0)] * len(drgs), pa.decimal128(18, 2)),
        }
    )
    priced = price_ipps(stays, [hospital], drgs, year).arrow()
    paid = [name for name in COMPONENTS if name not in _NEVER]
    return Result(priced.select(["drg", "weight", *paid, "total_amount"]))


@cache
def ipps_steps() -> tuple[Step, ...]:
    """The SQL steps, in order."""
    return tuple(read_steps(files(__package__) / "steps"))
