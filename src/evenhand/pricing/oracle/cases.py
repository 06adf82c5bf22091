"""The claim a worked case describes, with all that the case leaves unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from evenhand.contracts.model import Contract, Version, WorkedCase
from evenhand.pricing.oracle.claim import OracleClaim, as_day

#: The charge of a worked case's line that states none: so high that no lesser-of limit bites.
NO_CHARGE_STATED = Decimal("999999.99")

#: Names a worked case may use → names of the service tables.
CASE_NAMES = {
    "code": "hcpcs_code",
    "codes": "hcpcs_code",
    "revenue_code": "revenue_center_code",
    "revenue_codes": "revenue_center_code",
    "modifier": "modifiers",
    "place_of_service": "place_of_service_code",
    "date": "service_date",
    "charge": "charge_amount",
    "invoice": "invoice_amount",
    "drg": "drg_code",
    "bill_type": "bill_type_code",
    "tin": "billing_tin",
    "admission": "admission_date",
    "discharge": "discharge_date",
    "diagnosis": "diagnoses",
    "sex": "patient_sex",
    "site": "site_npi",
}


def case_claim(case: WorkedCase, contract: Contract) -> OracleClaim:
    """The claim a worked case describes: between the contract's own parties, on its first day unless dated.

    A line without a charge is billed at 999,999.99, so that no limit to charges bites.
    """
    told = _renamed(case.claim)
    before = {name: told.pop(name) for name in tuple(told) if name.startswith("last_")}
    day = as_day(told.pop("service_date", None)) or as_day(told.get("claim_start_date")) or contract.period.start
    parties = contract.parties
    claim: dict[str, Any] = {
        "claim_start_date": day,
        "claim_end_date": day,
        "payer": parties.payer,
        "billing_tin": next(iter(parties.provider_tins), None),
        "billing_npi": next(iter(parties.provider_npis), None),
        **_stay(told, day),
        **_scoped(contract.version_on(day) or contract.versions[0], told.pop("site_npi", None)),
        **told,
    }
    priced = OracleClaim.of(claim, [_case_line(line, number) for number, line in enumerate(case.lines, start=1)])
    return _after(priced, before) if "last_discharge" in before else priced


def _after(claim: OracleClaim, before: Mapping[str, Any]) -> OracleClaim:
    """The claim after a stay of the same patient at the same provider, which it says nothing else of."""
    ended = as_day(before["last_discharge"])
    assert ended is not None
    known = replace(
        claim,
        member_id="MEMBER",
        billing_npi=claim.billing_npi or "0000000000",
        billing_tin=claim.billing_tin or "000000000",
    )
    stay = replace(
        known,
        lines=(),
        admission_date=as_day(before.get("last_admission")) or ended - timedelta(days=1),
        discharge_date=ended,
        drg_code=before.get("last_drg"),
        discharge_status=before.get("last_discharge_status"),
    )
    return replace(known, others=(stay,))


def _case_line(line: Mapping[str, Any], number: int) -> dict[str, Any]:
    told = _renamed(line)
    told.setdefault("charge_amount", NO_CHARGE_STATED)
    if "minutes" in told:
        told |= {"units": told.pop("minutes"), "unit_measure": "MJ"}
    return {"line_key": number, "claim_line_number": number, **told}


def _stay(told: dict[str, Any], day: date) -> dict[str, Any]:
    """A stated length of stay becomes a discharge so many days after admission."""
    nights = told.pop("length_of_stay", None)
    if nights is None:
        return {}
    admitted = as_day(told.get("admission_date")) or day
    return {"admission_date": admitted, "discharge_date": admitted + timedelta(days=int(nights))}


def _scoped(version: Version, site: str | None) -> dict[str, Any]:
    """The first network, plan and site the contract lists; no claim has the network ``none``."""
    networks = [name for name in version.scope.networks if name.lower() != "none"][:1]
    named = {"network": networks, "plan": version.scope.plans[:1]}
    place = site or next(iter(version.scope.sites), "")
    where = {"site_npi" if len(place) > 2 else "place_of_service_code": place} if place else {}
    return {key: each[0] for key, each in named.items() if each} | where


def _renamed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {CASE_NAMES.get(name, name): value for name, value in row.items()}
