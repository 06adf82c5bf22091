"""The DRG of one stay by the grouper version its contract names."""

from __future__ import annotations

from dataclasses import replace

from evenhand.claims.grouping import Grouper, group_stays
from evenhand.contracts.model import Version
from evenhand.pricing.oracle.claim import OracleClaim


def regrouped(version: Version, claim: OracleClaim) -> OracleClaim:
    """The claim with the DRG the contract's grouper gives it; as it is where that cannot be told."""
    inpatient = claim.drg_code is not None or (claim.bill_type_code or "").startswith("11")
    if version.rules.grouper is None or claim.claim_type != "institutional" or not inpatient:
        return claim
    stay = {
        "claim_key": 0,
        "age": claim.age,
        "patient_sex": claim.patient_sex,
        "discharge_status": claim.discharge_status,
    }
    told = [("diagnosis", *each) for each in claim.coded] + [("procedure", code, None) for code in claim.procedures]
    codes = [
        {"claim_key": 0, "position": place, "kind": kind, "code": code, "present_on_admission": indicator}
        for place, (kind, code, indicator) in enumerate(told, start=1)
    ]
    (group,) = group_stays([stay], codes, Grouper.named(version.rules.grouper)).to_pylist()
    return (
        claim
        if group["mdc_code"] is None
        else replace(claim, drg_code=group["drg_code"], stated_drg=claim.drg_code or "")
    )
