"""The columns of a report on terms at work."""

from __future__ import annotations

import pyarrow as pa

from evenhand.money import MONEY, SHARE

_COUNT, _TEXT = pa.int64(), pa.string()
_VOLUME = [("lines", _COUNT), ("claims", _COUNT), ("charges", MONEY)]

FIRED = pa.schema(
    [
        ("contract_id", _TEXT),
        ("term_no", _COUNT),
        ("term", _TEXT),
        ("pays", _TEXT),
        *_VOLUME,
        ("priced_charges", MONEY),
        ("expected", MONEY),
        ("share", SHARE),
        ("percent_of_charges", SHARE),
        ("unpriced_lines", _COUNT),
    ]
)
SILENT = pa.schema(
    [("contract_id", _TEXT), ("term", _TEXT), ("pays", _TEXT), ("why", _TEXT), ("covered_lines", _COUNT)]
)
RULES = pa.schema(
    [
        ("contract_id", _TEXT),
        ("rule", _TEXT),
        ("term", _TEXT),
        ("lines", _COUNT),
        ("claims", _COUNT),
        ("without_amount", MONEY),
        ("with_amount", MONEY),
        ("effect", MONEY),
        ("effect_percent", SHARE),
    ]
)
CONTESTS = pa.schema(
    [
        ("contract_id", _TEXT),
        ("winner", _TEXT),
        ("loser", _TEXT),
        ("why", _TEXT),
        *_VOLUME,
        ("expected", MONEY),
    ]
)
UNPRICED = pa.schema([("reason", _TEXT), ("contract_id", _TEXT), *_VOLUME])
THRESHOLDS = pa.schema(
    [
        ("contract_id", _TEXT),
        ("rule", _TEXT),
        ("claim_id", _TEXT),
        ("charges", MONEY),
        ("threshold", MONEY),
        ("over", MONEY),
    ]
)
