"""Name the reason of each variance, with the arithmetic that shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from evenhand.contracts.model import Contract
from evenhand.money import ratio, show_money
from evenhand.performance.alternatives.implied import Named, implied
from evenhand.performance.alternatives.readings import Reading, readings
from evenhand.performance.alternatives.repricing import fits
from evenhand.performance.basis import Basis

UNEXPLAINED = "unexplained"
ABOVE = "paid above the rate"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one comparison differs.

    ``evidence`` holds the amounts; ``pattern`` says the same without any claim's figures, so that it can
    leave the building; ``also`` names other reasons that would fit.
    """

    comparison_key: int
    reason: str
    evidence: str
    pattern: str
    also: str = ""


def find_reasons(basis: Basis, variances: Sequence[Mapping[str, Any]]) -> list[Reason]:
    """The reason of each variance: what the remittance itself says, else the first reading that gives the amount.

    Args:
        basis: an engine in which this room's steps have been run.
        variances: rows of `variances`.
    """
    if not variances:
        return []
    by_id = {contract.id: contract for contract in basis.contracts}
    named = sorted({row["contract_id"] for row in variances} & by_id.keys())
    numbered = [(name, reading) for name in named for reading in readings(by_id[name])]
    found = _readings_by_comparison(basis, numbered)
    return [_reason(row, found.get(row["comparison_key"], []), by_id.get(row["contract_id"])) for row in variances]


def _readings_by_comparison(basis: Basis, numbered: Sequence[tuple[str, Reading]]) -> Mapping[int, list[Reading]]:
    found: dict[int, list[Reading]] = defaultdict(list)
    if numbered:
        for fit in sorted(fits(basis.engine, numbered), key=lambda fit: fit.reading):
            found[fit.comparison_key].append(numbered[fit.reading][1])
    return found


def _reason(row: Mapping[str, Any], fitting: list[Reading], contract: Contract | None) -> Reason:
    key, amount = row["comparison_key"], show_money(row["actual_amount"])
    stated = _from_remittance(row, contract)
    if stated:
        return Reason(key, *stated, also=_others(fitting, stated[0]))
    if fitting:
        first = fitting[0]
        evidence = f"allowed {amount} is {first.words}{_detail(first, row, contract)}"
        evidence += f"; expected {show_money(row['expected_amount'])}"
        return Reason(key, first.reason, evidence, first.words, _others(fitting, first.reason))
    return Reason(key, *(implied(row) or _no_reading(row)))


def _others(fitting: Iterable[Reading], named: str) -> str:
    return ", ".join(dict.fromkeys(reading.reason for reading in fitting if reading.reason != named))


def _from_remittance(row: Mapping[str, Any], contract: Contract | None) -> Named | None:
    """Nothing was allowed: the term and the remittance's own reason codes say what happened."""
    if row["actual_amount"] != 0 or row["expected_amount"] <= 0:
        return None
    codes = f" ({row['reasons']})" if row["reasons"] else ""
    expected = show_money(row["expected_amount"])
    if _paid_in_addition(row["term"], contract):
        pattern = f"nothing allowed{codes} for what is paid in addition to the claim's price"
        return "carve-out not paid", f"{pattern}; expected {expected}", pattern
    if row["state"] == "bundled":
        pattern = f"nothing allowed{codes}: taken into another service"
        return "bundled", f"{pattern}; expected {expected}", pattern
    return None


def _paid_in_addition(term: str | None, contract: Contract | None) -> bool:
    terms = [t for version in contract.versions for t in version.terms] if contract else []
    return any((t.name == term and t.carve_out) or term in t.excepts for t in terms)


def _no_reading(row: Mapping[str, Any]) -> Named:
    actual, expected = row["actual_amount"], row["expected_amount"]
    figures = f"allowed {show_money(actual)}, expected {show_money(expected)}"
    share = ratio(actual, expected)
    percent = "" if share is None else f": {share * 100:.1f}% of it"
    pattern = "a price the contract does not have" if share is None else f"{share * 100:.0f}% of the contract price"
    if row["variance_amount"] > 0:
        billed = "; it is the charge itself" if actual == row["charge_amount"] else ""
        return ABOVE, figures + percent + billed, pattern
    return UNEXPLAINED, f"{figures}{percent}; no other reading of the contract gives this amount", pattern


def _detail(reading: Reading, row: Mapping[str, Any], contract: Contract | None) -> str:
    """What exactly was changed, or until when the older version was in force."""
    if reading.reason == "code changed":
        return f" (billed {row['hcpcs_code']}, paid as {row['adjudicated_code']})"
    if reading.way == "units":
        return f" (billed {_number(row['units'])}, counted {_number(row['adjudicated_units'])})"
    if reading.words.endswith("the version before") and contract is not None and row["service_date"] is not None:
        return _until(contract, row)
    return ""


def _until(contract: Contract, row: Mapping[str, Any]) -> str:
    version = contract.version_on(row["service_date"])
    if version is None or version is contract.versions[0]:
        return ""
    return f", in force until {version.period.start - timedelta(days=1)}"


def _number(value: Any) -> str:
    return "none" if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
