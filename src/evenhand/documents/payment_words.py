"""What is due for one claim, and what came, as one would reckon it on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenhand.money import show_money


def payment_words(row: Mapping[str, Any]) -> list[str]:
    """The lines of the reckoning of a row of expected payments."""
    said = [
        f"Claim {row['claim_id'] or row['claim_key']} · {row['payer']} · {row['claim_start_date'] or 'no date'}",
        f"    {show_money(row['expected_allowed'])} allowed by contract",
        f"  − {show_money(row['patient_amount'])} the patient's share",
    ]
    for name, what in (("sequestration", "sequestration"), ("withhold", "withheld")):
        if row[f"{name}_rule"]:
            said.append(f"  − {show_money(row[name])} {what}: {row[f'{name}_rule']}")
    return [
        *said,
        f"  = {show_money(row['payment_due'])} due{_when(row)}",
        *_paid(row),
        *_interest(row),
        *_accruing(row),
    ]


def _when(row: Mapping[str, Any]) -> str:
    if row["due_date"] is None:
        return ", when is not known"
    return f" by {row['due_date']}, received on {row['received_date']}; {row['prompt_rule']}"


def _paid(row: Mapping[str, Any]) -> list[str]:
    """What came, and why it differs."""
    last = f", the last on {row['paid_date']}" if row["paid_date"] else ""
    said = [f"    {show_money(row['paid_amount'])} paid{last}: {show_money(row['payment_variance'])} against due"]
    for name in ("allowed", "sequestration", "withhold", "other"):
        if row[f"{name}_variance"]:
            said.append(
                f"        {show_money(row[f'{name}_variance'])} by {'something else' if name == 'other' else name}"
            )
    return said


def _interest(row: Mapping[str, Any]) -> list[str]:
    if not row["days_late"]:
        return []
    late = f"    {row['days_late']} days late: "
    if row["interest_owed"] is None:
        return [late + "what is owed for that is not known"]
    owed, paid, short = (show_money(row[f"interest_{name}"]) for name in ("owed", "paid", "short"))
    return [f"{late}{owed} interest owed, {paid} paid, {short} short"]


def _accruing(row: Mapping[str, Any]) -> list[str]:
    """What never came, and the interest on it to the day asked about."""
    if not row["days_unpaid"]:
        return []
    late = f"    {show_money(row['unpaid_amount'])} never paid, {row['days_unpaid']} days late: "
    if row["interest_accruing"] is None:
        return [late + "what accrues on that is not known"]
    return [f"{late}{show_money(row['interest_accruing'])} of interest accruing besides"]
