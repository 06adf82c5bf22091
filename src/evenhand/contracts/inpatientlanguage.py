"""The language of hospital stays: DRG weights, groupers, transfers."""

from __future__ import annotations

from evenhand.contracts.records import Key, Record
from evenhand.contracts.shapes import MONEY, TEXT, Listed, Value, Word

STATUS = Value("a discharge status of two digits", '"02"', r"\d{1,2}", lambda text: text.zfill(2))

DRG_WEIGHTS = Record(
    "pay",
    (
        Key("drg_weights", Word("a schedule or file", "weights.csv"), "Weights by DRG.", required=True),
        Key("base", MONEY, "Dollars for a weight of 1.", required=True, example="6500.00"),
    ),
)
TRANSFER = Record(
    "transfer",
    (
        Key(
            "discharge_status",
            Listed(STATUS, split=True),
            "Statuses that mean another hospital takes over: paid by the day up to the full price.",
            required=True,
            example="[02, 05, 66]",
        ),
        Key(
            "post_acute",
            Listed(STATUS, split=True),
            "Statuses that mean post-acute care: the same, for DRGs the table marks post-acute or special.",
        ),
    ),
)
STAY_KEYS = (
    Key("grouper", TEXT, "The DRG grouper and version the term goes by, such as MS-DRG 42."),
    Key("transfer", TRANSFER, "On a case term by DRG: how a case is paid that ends in a transfer."),
)
