"""The keys of stop-loss rules and limits."""

from __future__ import annotations

from decimal import Decimal

from evenhand.contracts.limits import LEVELS
from evenhand.contracts.records import Key, Record
from evenhand.contracts.shapes import (
    MONEY,
    PERCENT,
    QUANTITY,
    TEXT,
    WHOLE,
    YES,
    Choice,
    Either,
    Listed,
    Sequenced,
    Value,
    Word,
)
from evenhand.contracts.stoploss import MEANS

NONE = Choice({"none": "none"}, "a list of rules")
_BOUNDS = Record(
    "limits",
    (
        Key("percent_of_charges", PERCENT, "As a percentage of the charges of what is held together."),
        Key("amount", MONEY, "In dollars."),
    ),
)
AVERAGE_STAY = Value(
    "a number of days, gmlos or amlos",
    "4.2 or amlos",
    rf"{QUANTITY.pattern}|{'|'.join(MEANS)}",
    lambda text: text if text in MEANS else Decimal(text),
)
OF = Choice({word: word for word in ("charges", "excess", "all days", "excess days")})
OF_DAYS = Choice({word: word for word in ("all days", "excess days")})


def protection_keys(selector: Record) -> tuple[Key, ...]:
    """The keys under ``rules:``, with the shape of ``for:``."""
    return (
        Key(
            "stop_loss",
            Either(NONE, Sequenced(_stop_loss(selector))),
            "Claims so dear, so long or so cheap that they are paid another way; the first that applies pays.",
        ),
        Key(
            "limits",
            Either(NONE, Sequenced(_limit(selector))),
            "What lines, groups of terms, days and claims are paid at least and at most.",
        ),
    )


def _limit(selector: Record) -> Record:
    return Record(
        "limits",
        (
            Key("name", TEXT, "What the limit is called.", required=True, example="Most for surgery"),
            Key(
                "level",
                Choice({word: word for word in LEVELS}),
                "What is held together: a line, a group of lines, those of a day, or the claim.",
                required=True,
                example="claim",
            ),
            Key("terms", Listed(Word("a term", "Surgery")), "Only lines these terms pay."),
            Key("for", selector, "Only lines it covers; by claim, claims with a line it covers."),
            Key("at_least", _BOUNDS, "The floor; the higher of the two where both stand."),
            Key("at_most", _BOUNDS, "The cap; the lower of the two where both stand. It goes before the floor."),
            Key("cite", TEXT, "Where the signed document says so."),
        ),
    )


def _stop_loss(selector: Record) -> Record:
    return Record(
        "stop_loss",
        (
            Key("name", TEXT, "What the rule is called.", required=True, example="High-cost cases"),
            Key("for", selector, "A claim with a line it covers; without it, every claim."),
            Key("when", _when(selector), "What must be exceeded.", required=True, example="{charges_over: 150000}"),
            Key("pay", _PAY, "What is then paid.", required=True, example="{percent: 60, of: excess}"),
            Key(
                "effect",
                Choice({"instead": "instead", "in addition": "in addition"}),
                "Paid instead of the rate (first dollar), or in addition to it (second dollar).",
                required=True,
                example="in addition",
            ),
            Key("carve_outs", _CARVE_OUTS, "What becomes of services paid in addition to the rate of the claim."),
            Key("escalates", YES, "Whether its dollars rise with the escalator."),
            Key("average_stay", AVERAGE_STAY, "The average stay in days; or gmlos or amlos, that of the claim's DRG."),
            Key("maximum", _MAXIMUM, "The most such a claim is paid, carve-outs aside."),
            Key("cite", TEXT, "Where the signed document says so."),
        ),
    )


def _when(selector: Record) -> Record:
    conditions = _conditions(selector)
    alternatives = Sequenced(Record("any", conditions))
    return Record("when", (*conditions, Key("any", alternatives, "One of these must hold, besides what else is said.")))


def _conditions(selector: Record) -> tuple[Key, ...]:
    service = Record(
        "by_service",
        (
            Key("for", selector, "A claim with a line it covers; without it, all others."),
            Key("charges_over", MONEY, "Charges are more than this.", required=True, example="175000"),
        ),
    )
    return (
        Key("charges_over", MONEY, "Qualifying charges are more than this."),
        Key("by_service", Sequenced(service), "The same by service; the first that covers a line counts."),
        Key("times_rate", QUANTITY, "Qualifying charges are more than so many times what the claim is paid otherwise."),
        Key("days_over", WHOLE, "The stay is longer than so many days."),
        Key("times_average_stay", QUANTITY, "The stay is longer than so many times the average stay."),
        Key(
            "charges_under_share_of_rate",
            PERCENT,
            "Qualifying charges are under this percentage of what the claim is paid otherwise.",
        ),
    )


_PAY = Record(
    "pay",
    (
        Key("percent", PERCENT, "Share, in percent, of charges or of the excess."),
        Key("per_day", MONEY, "Dollars for each day."),
        Key("of", OF, "With percent: charges or excess; with per_day: all days or excess days.", True, "excess"),
        Key(
            "lesser_with",
            Record(
                "lesser_with",
                (
                    Key("per_day", MONEY, "Dollars for each day.", required=True, example="1200.00"),
                    Key("of", OF_DAYS, "all days or excess days.", required=True, example="all days"),
                ),
            ),
            "Never more than this: the lesser of the two is paid.",
        ),
        Key("minimum", MONEY, "At least this."),
        Key("maximum", MONEY, "At most this."),
    ),
)
_CARVE_OUTS = Record(
    "carve_outs",
    (
        Key("count", YES, "Their charges count as qualifying charges."),
        Key("replaced", YES, "They are not paid besides."),
    ),
)
_MAXIMUM = Record(
    "maximum",
    (
        Key("amount", MONEY, "In dollars."),
        Key("percent_of_charges", PERCENT, "As a percentage of qualifying charges."),
    ),
)
