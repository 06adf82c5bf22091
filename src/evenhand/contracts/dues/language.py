"""The keys of sequestration, withholds and prompt payment."""

from __future__ import annotations

from evenhand.contracts.records import Key, Record
from evenhand.contracts.shapes import (
    DATE,
    MONEY,
    PERCENT,
    TEXT,
    WHOLE,
    Choice,
    Either,
    Listed,
    Sequenced,
    Value,
    Word,
)

#: What a rule about the payment of a claim can look at.
ATTRIBUTES = ("drg", "bill_type", "claim_type", "product", "billing_npi", "tin")
STATE = Value("a state of two letters, or MEDICARE", "TX", r"[A-Za-z]{2}|(?i:medicare)", str.upper)
ORDER = Choice({"before sequestration": "before", "after sequestration": "after", "beside sequestration": "beside"})
COUNT = Choice({"calendar": False, "working": True})
PER = Choice({"year": "year", "month": "month", "once": "once"})
MONTHS = Choice({"by the day": "days", "begun": "begun", "whole": "whole"})
OF = Choice({"payment": "payment", "charges less allowed": "discount"})
YEAR_DAYS = Choice({"365": 365, "360": 360})
_TABLE = Word("a CSV or XLSX file", "prompt-pay.csv")


def dues_keys(attributes: tuple[Key, ...]) -> tuple[Key, ...]:
    """The keys under ``rules:``, given how a term names what it covers."""
    mine = tuple(key for key in attributes if key.name in ATTRIBUTES)
    covers = Record("for", (*mine, Key("not", Record("not", mine), "None of these may hold.")))
    none = Choice({"none": "none"}, "keys such as 'percent:'")
    return (
        Key(
            "sequestration",
            Either(none, Listed(_sequestration(covers))),
            "A share that comes off the payer's payment, after cost share.",
        ),
        Key("withhold", Either(none, Listed(_withhold(covers))), "A share of its payment that the payer holds back."),
        Key("prompt_pay", Either(none, Listed(_prompt_pay(covers))), "When payment is due, and what lateness costs."),
    )


def _common(covers: Record) -> tuple[Key, ...]:
    return (
        Key("for", covers, "Only claims it covers; without it, every claim."),
        Key("from", DATE, "First day of discharge, else of service, it holds for."),
        Key("ends", DATE, "Last such day, inclusive."),
        Key("cite", TEXT, "Where the signed document says so."),
    )


def _sequestration(covers: Record) -> Record:
    share = Key("percent", PERCENT, "Share of the payment, in percent.", required=True, example="2")
    return Record("sequestration", (share, *_common(covers)))


def _withhold(covers: Record) -> Record:
    return Record(
        "withhold",
        (
            Key("percent", PERCENT, "Share of the payment, in percent.", required=True, example="5"),
            Key("order", ORDER, "Whether it is taken before or after sequestration, or of the same payment."),
            *_common(covers),
        ),
    )


def _prompt_pay(covers: Record) -> Record:
    days = Record(
        "days",
        (
            Key("electronic", WHOLE, "Days for claims sent electronically.", required=True, example="30"),
            Key("paper", WHOLE, "Days for claims on paper."),
        ),
    )
    return Record(
        "prompt_pay",
        (
            Key("state", STATE, "The state whose terms hold, as the table of states has them."),
            Key("table", _TABLE, "With state: a table of states of your own, instead of the one that comes along."),
            Key("days", Either(WHOLE, days), "Days from receipt; without it, the provision payment_days."),
            Key("count", COUNT, "calendar days, or working days (Monday to Friday)."),
            Key("claims", Choice({"electronic": False, "paper": True}), "How claims go out; electronic if absent."),
            Key("percent", PERCENT, "What is owed, in percent."),
            Key("per", PER, "Whether the percentage is for a year, a month, or once."),
            Key("year_days", YEAR_DAYS, "Days of a year: 365 (default) or 360."),
            Key("months", MONTHS, "How days late become months of thirty days; by the day if absent."),
            Key("steps", Sequenced(_STEP), "What is owed by days late, in order, instead of one percentage."),
            Key("of", OF, "What it is a share of: the payment that is late, or charges less the allowed amount."),
            Key("index", _TABLE, "Table of a published rate by month, in percent a year."),
            Key("margin", PERCENT, "With an index: what is added to it."),
            Key("at_least", PERCENT, "With an index: the least the sum is."),
            *_common(covers),
        ),
    )


_STEP = Record(
    "steps",
    (
        Key("to_day", WHOLE, "The last day late it is for; the last step has none."),
        Key("percent", PERCENT, "What is owed, in percent.", required=True, example="1.5"),
        Key("at_most", MONEY, "Owed once: dollars at most."),
        Key("interest", PERCENT, "Owed once: yearly interest on that amount, in percent."),
    ),
)
