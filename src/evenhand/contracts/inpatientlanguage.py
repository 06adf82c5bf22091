"""The language of hospital stays: DRG weights, case windows, levels of care, groupers, transfers."""

from __future__ import annotations

from evenhand.contracts.outlierlanguage import OUTLIER
from evenhand.contracts.readmissionlanguage import STATUS
from evenhand.contracts.records import Key, Record
from evenhand.contracts.shapes import MONEY, TEXT, Choice, Listed, Sequenced, Value, Word

DRG_WEIGHTS = Record(
    "pay",
    (
        Key("drg_weights", Word("a schedule or file", "weights.csv"), "Weights by DRG.", required=True),
        Key("base", MONEY, "Dollars for a weight of 1.", required=True, example="6500.00"),
    ),
)
AMOUNT = Record(
    "pay",
    (
        Key("amount", MONEY, "Dollars per unit, line, day or case.", required=True),
        Key(
            "days",
            Value("a number of days", "2 or 1-2", r"(1-)?[1-9]\d{0,2}", lambda text: int(text.rpartition("-")[2])),
            "Of a case: how many days of the stay the amount covers.",
        ),
        Key("extra_day", MONEY, "Of a case: dollars for each day beyond them."),
    ),
)
_LEVEL = Record(
    "level",
    (
        Key("name", TEXT, "What the level is called."),
        Key("revenue_codes", Listed(Word(), split=True), "Revenue codes of the level's lines; without it, the stay."),
        Key(
            "days",
            Value("a day or a range of days", "1-3 or 8-", r"\d{1,3}|\d{1,3}-\d{0,3}"),
            "The days the rate holds for; without it, all.",
        ),
        Key("amount", MONEY, "Dollars per day.", required=True, example="2100.00"),
    ),
)
LEVELS = Record(
    "pay",
    (
        Key(
            "levels",
            Sequenced(_LEVEL),
            "Rates per day by level of care; the first that fits a day pays it.",
            required=True,
        ),
        Key(
            "count",
            Choice({"stay": "stay", "level": "level"}),
            "Whether the days of levels are counted within the stay or within the level.",
        ),
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
    Key("outlier", OUTLIER, "On a case or day term: what is paid on top of stays that cost far more than they pay."),
)
