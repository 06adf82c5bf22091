"""The columns of a payment report's tables."""

from __future__ import annotations

import pyarrow as pa

from evenhand.money import MONEY, SHARE

COUNT = pa.int64()
TEXT = pa.string()
DAY = pa.date32()

TOTALS = pa.schema(
    [
        ("payer", TEXT),
        ("claims", COUNT),
        ("expected_allowed", MONEY),
        ("patient", MONEY),
        ("sequestration", MONEY),
        ("withhold", MONEY),
        ("payment_due", MONEY),
        ("paid", MONEY),
        ("variance", MONEY),
        ("timed_claims", COUNT),
        ("late_claims", COUNT),
        ("late_share", SHARE),
        ("short_claims", COUNT),
        ("unknown_claims", COUNT),
        ("interest_owed", MONEY),
        ("interest_paid", MONEY),
        ("interest_short", MONEY),
        ("unpaid_claims", COUNT),
        ("unpaid", MONEY),
        ("unknown_accruals", COUNT),
        ("interest_accruing", MONEY),
    ]
)
CAUSES = pa.schema([("payer", TEXT), ("cause", TEXT), ("claims", COUNT), ("amount", MONEY)])
EXPECTED = pa.schema(
    [
        ("claim_key", pa.int64()),
        ("claim_id", TEXT),
        ("payer", TEXT),
        ("product", TEXT),
        ("claim_start_date", DAY),
        ("contract_id", TEXT),
        ("version_no", COUNT),
        ("charge_amount", MONEY),
        ("expected_allowed", MONEY),
        ("allowed_amount", MONEY),
        ("patient_amount", MONEY),
        ("sequestration", MONEY),
        ("withhold", MONEY),
        ("payment_due", MONEY),
        ("paid_amount", MONEY),
        ("payment_variance", MONEY),
        ("allowed_variance", MONEY),
        ("sequestration_variance", MONEY),
        ("withhold_variance", MONEY),
        ("other_variance", MONEY),
        ("received_date", DAY),
        ("due_date", DAY),
        ("paid_date", DAY),
        ("days_late", COUNT),
        ("interest_owed", MONEY),
        ("interest_paid", MONEY),
        ("interest_short", MONEY),
        ("unpaid_amount", MONEY),
        ("days_unpaid", COUNT),
        ("interest_accruing", MONEY),
        ("sequestration_rule", TEXT),
        ("withhold_rule", TEXT),
        ("prompt_rule", TEXT),
    ]
)
