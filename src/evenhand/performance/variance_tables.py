"""The columns of a variance report's tables."""

from __future__ import annotations

import pyarrow as pa

from evenhand.money import MONEY, SHARE

COUNT = pa.int64()
TEXT = pa.string()

SUMMARY = pa.schema(
    [
        ("payer", TEXT),
        ("comparisons", COUNT),
        ("lines", COUNT),
        ("charges", MONEY),
        ("expected", MONEY),
        ("actual", MONEY),
        ("underpaid_comparisons", COUNT),
        ("underpaid", MONEY),
        ("underpaid_share", SHARE),
        ("overpaid_comparisons", COUNT),
        ("overpaid", MONEY),
        ("overpaid_share", SHARE),
    ]
)

#: Counts and dollars of a group, under- and overpayments apart.
APART = [
    ("lines", COUNT),
    ("claims", COUNT),
    ("underpaid_comparisons", COUNT),
    ("underpaid", MONEY),
    ("overpaid_comparisons", COUNT),
    ("overpaid", MONEY),
]

CAUSES = pa.schema(
    [
        ("payer", TEXT),
        ("term", TEXT),
        ("reason", TEXT),
        ("direction", TEXT),
        ("comparisons", COUNT),
        ("lines", COUNT),
        ("claims", COUNT),
        ("amount", MONEY),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("cite", TEXT),
        ("evidence", TEXT),
        ("pattern", TEXT),
        ("pattern_comparisons", COUNT),
    ]
)

DETAIL = pa.schema(
    [
        ("payer", TEXT),
        ("claim_id", TEXT),
        ("compared", TEXT),
        ("claim_key", pa.int64()),
        ("comparison_key", pa.int64()),
        ("service_date", pa.date32()),
        ("hcpcs_code", TEXT),
        ("revenue_center_code", TEXT),
        ("modifiers", TEXT),
        ("units", pa.decimal128(18, 3)),
        ("charge_amount", MONEY),
        ("term", TEXT),
        ("cite", TEXT),
        ("expected_amount", MONEY),
        ("actual_amount", MONEY),
        ("variance_amount", MONEY),
        ("direction", TEXT),
        ("reason", TEXT),
        ("evidence", TEXT),
        ("pattern", TEXT),
        ("also", TEXT),
        ("reasons", TEXT),
        ("payment_date", pa.date32()),
    ]
)

NOT_COMPARED = pa.schema([("payer", TEXT), ("why_not", TEXT), ("lines", COUNT), ("claims", COUNT), ("charges", MONEY)])
