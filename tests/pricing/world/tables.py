"""Claims as the input tables of the engine."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from evenhand.pricing.oracle import OracleClaim

TEXT, KEY, DAY = pa.string(), pa.int64(), pa.date32()
MONEY, QUANTITY = pa.decimal128(18, 2), pa.decimal128(18, 3)

CLAIMS = pa.schema(
    [
        ("claim_key", KEY),
        ("claim_type", TEXT),
        ("payer", TEXT),
        ("payer_id", TEXT),
        ("product", TEXT),
        ("member_id", TEXT),
        ("billing_npi", TEXT),
        ("billing_tin", TEXT),
        ("claim_start_date", DAY),
        ("claim_end_date", DAY),
        ("admission_date", DAY),
        ("discharge_date", DAY),
        ("bill_type_code", TEXT),
        ("drg_code", TEXT),
        ("age", pa.int32()),
        ("patient_sex", TEXT),
        ("discharge_status", TEXT),
        ("charge_amount", MONEY),
        *((name, TEXT) for name in ("network", "plan", "group_number", "site_npi", "place_of_service_code")),
    ]
)
LINES = pa.schema(
    [
        ("line_key", KEY),
        ("claim_key", KEY),
        ("claim_line_number", pa.int32()),
        ("revenue_center_code", TEXT),
        ("hcpcs_code", TEXT),
        ("modifiers", TEXT),
        ("units", QUANTITY),
        ("unit_measure", TEXT),
        ("place_of_service_code", TEXT),
        ("setting", TEXT),
        ("service_date", DAY),
        ("charge_amount", MONEY),
        ("rendering_npi", TEXT),
        ("invoice_amount", MONEY),
    ]
)
DIAGNOSES = pa.schema(
    [("claim_key", KEY), ("position", pa.int32()), ("kind", TEXT), ("code", TEXT), ("present_on_admission", TEXT)]
)


def service_tables(claims: Sequence[OracleClaim]) -> dict[str, pa.Table]:
    """The input tables of the engine for these claims."""
    claim_rows = [{name: getattr(claim, name) for name in CLAIMS.names} for claim in claims]
    line_rows = [
        {name: getattr(line, name) for name in LINES.names if name != "claim_key"}
        | {"claim_key": claim.claim_key, "modifiers": ",".join(line.modifiers)}
        for claim in claims
        for line in claim.lines
    ]
    diagnoses = [
        {"claim_key": claim.claim_key, "position": place, "kind": kind, "code": code, "present_on_admission": present}
        for claim in claims
        for kind, codes in (("diagnosis", claim.coded), ("procedure", [(each, None) for each in claim.procedures]))
        for place, (code, present) in enumerate(codes, start=1)
    ]
    return {
        "service_claims": pa.Table.from_pylist(claim_rows, CLAIMS),
        "service_lines": pa.Table.from_pylist(line_rows, LINES),
        "diagnoses": pa.Table.from_pylist(diagnoses, DIAGNOSES),
    }
