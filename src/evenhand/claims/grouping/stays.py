"""The group of each stay, from its diagnoses, procedures, age, sex and discharge status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from evenhand.claims.grouping.groupers import UNGROUPED, Grouper, GroupsClaims, available, program
from evenhand.errors import PricingError

#: One row for each stay that was to be grouped.
GROUPS = pa.schema(
    [
        ("claim_key", pa.int64()),
        ("grouper", pa.string()),
        ("drg_code", pa.string()),
        ("mdc_code", pa.string()),
        ("why_not", pa.string()),
    ]
)

_SEXES = {"M": 0, "F": 1}
_UNKNOWN_SEX = 2
#: Discharged home: what the grouper is told where the claim does not say.
_HOME = 1


def group_stays(
    stays: Iterable[Mapping[str, Any]], diagnoses: Iterable[Mapping[str, Any]], grouper: Grouper
) -> pa.Table:
    """Group stays by one version of the grouper.

    Args:
        stays: rows with ``claim_key``, ``age`` (years), ``patient_sex`` (M, F) and ``discharge_status`` (two digits).
        diagnoses: rows of the ``diagnoses`` table (``claim_key``, ``position``, ``kind``, ``code``,
            ``present_on_admission``).
        grouper: the version.

    Returns:
        A table of :data:`GROUPS`: the DRG and MDC of each stay; ``999`` and ``why_not`` where it cannot be grouped.

    Raises:
        PricingError: The grouper is not installed, or does not know the version.
    """
    codes: dict[int, list[Mapping[str, Any]]] = {}
    for row in sorted(diagnoses, key=lambda row: (row["claim_key"], row["position"], row["code"] or "")):
        codes.setdefault(row["claim_key"], []).append(row)
    with program() as grouping:
        known = available(grouping)
        if grouper not in known:
            names = ", ".join(map(str, known))
            raise PricingError(f"{grouper} is not among the grouper versions installed: {names}")
        return pa.Table.from_pylist(list(_grouped(stays, codes, grouper, grouping)), schema=GROUPS)


def _grouped(
    stays: Iterable[Mapping[str, Any]],
    codes: Mapping[int, list[Mapping[str, Any]]],
    grouper: Grouper,
    grouping: GroupsClaims,
) -> Iterator[dict[str, Any]]:
    """Stays alike in all the grouper looks at are grouped once."""
    seen: dict[str, tuple[str, str | None, str | None]] = {}
    for stay in stays:
        claim = _claim(stay, codes.get(stay["claim_key"], []), grouper)
        alike = repr(claim)
        if alike not in seen:
            seen[alike] = _answer(claim, grouping)
        drg, mdc, why_not = seen[alike]
        yield {
            "claim_key": stay["claim_key"],
            "grouper": str(grouper),
            "drg_code": drg,
            "mdc_code": mdc,
            "why_not": why_not,
        }


def _claim(stay: Mapping[str, Any], codes: list[Mapping[str, Any]], grouper: Grouper) -> dict[str, Any]:
    diagnoses = [_diagnosis(row) for row in codes if row["kind"] == "diagnosis" and row["code"]]
    admitting = [_diagnosis(row) for row in codes if row["kind"] == "admitting" and row["code"]]
    claim: dict[str, Any] = {
        "version": grouper.code,
        "age": stay["age"],
        "sex": _SEXES.get((stay["patient_sex"] or "").strip().upper(), _UNKNOWN_SEX),
        "discharge_status": _status(stay["discharge_status"]),
        "pdx": diagnoses[0] if diagnoses else {"code": ""},
        "sdx": diagnoses[1:],
        "procedures": [{"code": row["code"]} for row in codes if row["kind"] == "procedure" and row["code"]],
    }
    return {**claim, "admit_dx": {"code": admitting[0]["code"]}} if admitting else claim


def _diagnosis(row: Mapping[str, Any]) -> dict[str, Any]:
    present = row.get("present_on_admission")
    code = {"code": row["code"].replace(".", "").strip().upper()}
    return {**code, "poa": present} if present in ("Y", "N", "U", "W") else code


def _status(status: str | None) -> int:
    return int(status) if status and status.strip().isdigit() else _HOME


def _answer(claim: dict[str, Any], grouping: GroupsClaims) -> tuple[str, str | None, str | None]:
    if not claim["pdx"]["code"]:
        return UNGROUPED, None, "the claim has no diagnosis"
    if claim["age"] is None or not 0 <= claim["age"] <= 124:
        return UNGROUPED, None, "the patient's age is not known"
    try:
        found = grouping.group(claim)
    except (RuntimeError, ValueError):
        return UNGROUPED, None, "the grouper could not read the claim"
    drg = f"{found['final_drg']:03}"
    reason = None if found["return_code"] == "OK" else found["return_code"].replace("_", " ").lower()
    return drg, f"{found['final_mdc']:02}", reason
