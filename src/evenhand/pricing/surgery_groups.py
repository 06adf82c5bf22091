"""The group a code is paid by, for those who ask why: found in the contract, not in what was priced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evenhand.contracts import Contract


def group_of(contracts: Sequence[Contract], row: Mapping[str, Any], day: date | None) -> str:
    """The group of a priced line's code in the schedule that paid it; empty where that has no groups.

    Args:
        contracts: The contracts priced under.
        row: A row of ``priced_lines`` with the ``hcpcs_code`` of its line.
        day: The day of service.
    """
    contract = next((one for one in contracts if one.id == row["contract_id"]), None)
    if contract is None or row["schedule"] is None or row["term_no"] is None:
        return ""
    version = contract.versions[row["version_no"] - 1]
    pinned = getattr(version.terms[row["term_no"] - 1].pay, "pinned", None) or day
    code = (row["hcpcs_code"] or "").strip().upper()
    return next(
        (
            rate.group
            for rate in version.schedules[row["schedule"]].rates
            if rate.group and rate.code == code and pinned is not None and pinned in rate.period
        ),
        "",
    )
