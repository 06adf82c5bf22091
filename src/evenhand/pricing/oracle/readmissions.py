"""Whether a stay is a readmission: by looking through the other claims of its member."""

from __future__ import annotations

from evenhand.contracts.readmissions import Readmission
from evenhand.pricing.oracle.claim import OracleClaim

#: Discharge status of a patient who is still there.
STILL_PATIENT = "30"


def is_readmission(asked: Readmission, claim: OracleClaim) -> bool:
    """Whether some other stay of the patient ended soon enough before this one began."""
    return any(_follows(asked, claim, other) for other in claim.others)


def _follows(asked: Readmission, stay: OracleClaim, first: OracleClaim) -> bool:
    if not (_is_inpatient(stay) and _is_inpatient(first) and _same_patient(stay, first)):
        return False
    begun, ended, admitted = first.first_day, first.last_day, stay.first_day
    if begun is None or ended is None or admitted is None:
        return False
    soon = begun <= ended <= admitted and begun < admitted and (admitted - ended).days <= asked.days
    return soon and _same_provider(asked, stay, first) and _counts(asked, stay, first)


def _is_inpatient(claim: OracleClaim) -> bool:
    return claim.claim_type == "institutional" and (claim.bill_type_code or "").startswith("11")


def _same_patient(stay: OracleClaim, first: OracleClaim) -> bool:
    """One member number; a family may share it, so age and sex must fit where both are stated."""
    members = {_plain(each.member_id) for each in (stay, first)}
    sexes = {_plain(each.patient_sex) for each in (stay, first)} - {""}
    ages = [each.age for each in (stay, first) if each.age is not None]
    return len(members) == 1 and members != {""} and len(sexes) < 2 and max(ages, default=0) - min(ages, default=0) <= 1


def _same_provider(asked: Readmission, stay: OracleClaim, first: OracleClaim) -> bool:
    npis = {(each.billing_npi or "").strip() for each in (stay, first)}
    tins = {(each.billing_tin or "").replace("-", "").replace(" ", "") for each in (stay, first)}
    by_npi, by_tin = (len(found) == 1 and found != {""} for found in (npis, tins))
    return {"any": True, "npi": by_npi, "tin": by_tin, "either": by_npi or by_tin}[asked.provider]


def _counts(asked: Readmission, stay: OracleClaim, first: OracleClaim) -> bool:
    """Whether the first stay is one of those asked for."""
    status, drg = (first.discharge_status or "").strip(), _plain(first.billed_drg)
    if status == STILL_PATIENT or (asked.not_after and (not status or status in asked.not_after)):
        return False
    if asked.same_drg and (not drg or drg != _plain(stay.billed_drg)):
        return False
    return not asked.first_drg or any(drg in one for one in asked.first_drg)


def _plain(text: str | None) -> str:
    return (text or "").strip().upper()
