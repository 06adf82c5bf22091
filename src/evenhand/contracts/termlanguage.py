"""The language of terms and rules: what they cover, how they pay, what holds for all of them."""

from __future__ import annotations

from evenhand.contracts.anesthesialanguage import ANESTHESIA
from evenhand.contracts.capitationlanguage import CAPITATION
from evenhand.contracts.chargelimitlanguage import CHARGE_LIMITER
from evenhand.contracts.dues.language import dues_keys
from evenhand.contracts.escalatorlanguage import ESCALATOR
from evenhand.contracts.inpatientlanguage import AMOUNT, DRG_WEIGHTS, LEVELS, STAY_KEYS
from evenhand.contracts.model import LINE_ATTRIBUTES
from evenhand.contracts.modifiers import MODIFIER_BY_CODE
from evenhand.contracts.paidalone import paid_alone_record
from evenhand.contracts.protection.language import protection_keys
from evenhand.contracts.rankings import ranking_keys
from evenhand.contracts.readmissionlanguage import READMITTED_WITHIN
from evenhand.contracts.records import Key, Record, Variants
from evenhand.contracts.shapes import (
    DATE,
    MONEY,
    PERCENT,
    QUANTITY,
    TEXT,
    YEAR,
    YES,
    Choice,
    Either,
    Listed,
    Named,
    Value,
    Word,
)
from evenhand.contracts.tiers import tier_record

TIN = Value("a tax number of nine digits", '"84-0000000"', r"\d{2}-?\d{7}", lambda text: text.replace("-", ""))
NPI = Value("an NPI of ten digits", '"1234567893"', r"\d{10}")
SPAN = Value("a number, or a range", "18, 0-17 or 65-", r"\d{1,3}|\d{1,3}-\d{0,3}|-\d{1,3}")
MODIFIER = Value("a modifier of two letters or digits", '"50" or AS', r"[A-Za-z0-9]{2}", str.upper)
RATES_OF = Value(
    "a date, or 'date of service'",
    "2024-07-01",
    rf"date of service|{DATE.pattern}",
    lambda text: text if text == "date of service" else DATE.convert(text),
)
PER = Choice({word: word for word in ("unit", "line", "day", "case")})
GROUPER = Value(
    "an MS-DRG grouper version",
    "MS-DRG 43.1",
    r"none|(?i:MS-?DRG) ?v?\d{2}(\.\d)?",
    lambda text: text if text == "none" else f"MS-DRG {text.upper().split('DRG')[1].lstrip(' V')}",
)

CODES = Listed(Word(), split=True)
PRESENT = Listed(Choice({letter.lower(): letter for letter in "YNUW"}), split=True)
NAMES = Listed(Word("a name", "Implants"))

ATTRIBUTE_KEYS = (
    Key("codes", CODES, "Procedure codes (HCPCS, CPT, CDT), ranges, names of code sets, or 'on schedule'."),
    Key("revenue_codes", CODES, "Revenue codes of the line."),
    Key("modifiers", CODES, "One of the line's modifiers."),
    Key("place_of_service", CODES, "Two-digit place of service of the line."),
    Key("setting", CODES, "facility or office, from the place of service; institutional lines are facility."),
    Key("rendering_npi", CODES, "Who rendered the line."),
    Key("drg", CODES, "Diagnosis-related group of the claim."),
    Key("bill_type", CODES, "Type of bill of the claim: 111, or 13x for all of 130 to 13Z."),
    Key("claim_type", CODES, "professional, institutional or dental."),
    Key("diagnosis", CODES, "A diagnosis of the claim: the code and everything beneath it."),
    Key("present_on_admission", PRESENT, "Only diagnoses with these indicators: [N, U] for those acquired there."),
    Key("product", CODES, "Product of the claim."),
    Key("billing_npi", CODES, "Who billed the claim."),
    Key("tin", CODES, "Tax number of who billed the claim."),
)
BOUND_KEYS = (
    Key("charge_over", MONEY, "The line's charge is more than this."),
    Key("charge_at_least", MONEY, "The line's charge is this or more."),
    Key("charge_up_to", MONEY, "The line's charge is this or less."),
    Key("claim_charge_over", MONEY, "The claim's charge is more than this."),
    Key("claim_charge_at_least", MONEY, "The claim's charge is this or more."),
    Key("claim_charge_up_to", MONEY, "The claim's charge is this or less."),
    Key("invoice_over", MONEY, "The invoice of one unit is more than this."),
    Key("invoice_at_least", MONEY, "The invoice of one unit is this or more."),
    Key("invoice_up_to", MONEY, "The invoice of one unit is this or less."),
    Key("age", SPAN, "Age of the patient in years when the claim starts: 0-17, 65-."),
    Key("length_of_stay", SPAN, "Nights from admission to discharge, at least 1: 1-3."),
)
NOT = Record("not", ATTRIBUTE_KEYS)
_LINE_KEYS = tuple(key for key in ATTRIBUTE_KEYS if key.name in LINE_ATTRIBUTES)
_LINE_SELECTOR = (*_LINE_KEYS, Key("not", Record("not", _LINE_KEYS), "None of these may hold."))
SELECTOR = Record(
    "for",
    (
        *ATTRIBUTE_KEYS,
        *BOUND_KEYS,
        Key("not", NOT, "None of these may hold."),
        Key("with", Record("with", _LINE_SELECTOR), "A line of the same claim meets all of these."),
        Key("without", Record("without", _LINE_SELECTOR), "No line of the same claim meets all of these."),
        Key("readmitted_within", READMITTED_WITHIN, "A stay so soon after another of the same patient: 30 days."),
    ),
)

_BY_CHARGES = Record(
    "pay", (Key("percent_of_charges", PERCENT, "Share of the billed charge, in percent.", required=True),)
)
_BY_AMOUNT = Record("pay", (Key("amount", MONEY, "Dollars per unit, line, day or case.", required=True),))
_BY_INVOICE = Record(
    "pay",
    (
        Key("percent_of_invoice", PERCENT, "Share of the line's invoice, in percent.", required=True),
        Key("up_to", MONEY, "The most for one unit."),
        Key(
            "otherwise",
            Variants("otherwise", {"percent_of_charges": _BY_CHARGES, "amount": _BY_AMOUNT}),
            "How a line without an invoice is paid.",
        ),
    ),
)
_PERCENT = Key("percent", PERCENT, "The share, in percent.", required=True, example="128")
PAY = Variants(
    "pay",
    {
        "fee_schedule": Record(
            "pay", (Key("fee_schedule", Word("a schedule or file", "exhibit-a.csv"), "Rates by code.", required=True),)
        ),
        "percent_of": Record(
            "pay",
            (
                Key("percent_of", Word("a schedule or file", "medicare-pfs"), "The schedule.", required=True),
                _PERCENT,
                Key("year", YEAR, "Use the schedule's rates of 1 January of this year."),
                Key(
                    "rates_of",
                    RATES_OF,
                    "Use the rates of this day; 'date of service' rolls with the service.",
                ),
            ),
        ),
        "percent_of_charges": _BY_CHARGES,
        "amount": AMOUNT,
        "percent_of_invoice": _BY_INVOICE,
        "capitation": CAPITATION,
        "anesthesia": ANESTHESIA,
        "drg_weights": DRG_WEIGHTS,
        "levels": LEVELS,
    },
)

TERM_KEYS = (
    Key("name", TEXT, "What the term is called; no two terms share a name.", required=True, example="Office visits"),
    Key("for", SELECTOR, "What it covers; without it, everything."),
    Key("per", PER, "What the rate is for: unit (default), line, day or case."),
    Key(
        "pay",
        Either(Choice({"nothing": "nothing", "packaged": "packaged"}, "keys such as 'amount:'"), PAY),
        "How it pays.",
        required=True,
        example="{amount: 100.00}",
    ),
    Key("carve_out", YES, "Paid in addition to any case or day term."),
    Key("except", NAMES, "On a case, day or capitation term: line terms paid in addition to it."),
    Key("default", YES, "A default rate: pays only what no other term covers, wherever it stands."),
    Key("cite", TEXT, "Where the signed document says so."),
    Key("once", Choice({"claim": "claim", "day": "day"}), "Paid for one line only of a claim or day: the highest fee."),
    Key("most_units", QUANTITY, "The most units of a line that are paid."),
    Key("stop_loss", YES, "no: its charges do not count towards a stop-loss."),
    *STAY_KEYS,
)
TERM = Record("term", TERM_KEYS)
PLACED_TERM = Record("term", (*TERM_KEYS, Key("before", Word("a term", "Anything else"), "The term it goes before.")))

RULES = Record(
    "rules",
    (
        Key("grouper", GROUPER, "Grouper version stays are grouped by; none: the DRG billed counts."),
        Key(
            "lesser_of",
            Either(
                Choice({"none": "none", "line": "line", "claim": "claim"}),
                Record(
                    "lesser_of",
                    (
                        Key(
                            "level",
                            Choice({"line": "line", "claim": "claim"}),
                            "Compare with the charge line by line, or for the claim as a whole.",
                            required=True,
                            example="line",
                        ),
                    ),
                ),
            ),
            "Never more than the charge.",
        ),
        Key(
            "multiple_procedures",
            Either(
                Choice({"none": "none"}, "keys such as 'percent:'"),
                Listed(Record("multiple_procedures", ranking_keys(SELECTOR, MODIFIER))),
            ),
            "Several procedures of one claim and day: one ranking, or a list; the first that covers a line holds.",
        ),
        Key(
            "modifiers",
            Either(
                Choice({"none": "none"}, "modifiers with their share"),
                Named(Either(PERCENT, MODIFIER_BY_CODE), MODIFIER),
            ),
            "Share of the rate paid with a modifier.",
        ),
        Key(
            "tiers",
            Either(Choice({"none": "none"}, "a list of tiers"), Listed(tier_record(SELECTOR))),
            "Shares of the rate by who renders a service, or where.",
        ),
        Key(
            "paid_alone",
            Either(Choice({"none": "none"}, "keys such as 'status:'"), paid_alone_record(SELECTOR)),
            "Services that are paid only where nothing else of their table is paid that day.",
        ),
        Key(
            "bilateral_lines",
            Choice({"none": "none", "as modifier 50": True}),
            "A code on two lines, one with RT and one with LT, is paid as modifier 50 pays both sides.",
        ),
        Key(
            "bilateral_units",
            Choice({"none": "none", "as modifier 50": True}),
            "Two units on one line of a code with bilateral indicator 1 or 3 are paid as modifier 50 pays both sides.",
        ),
        Key("indicators", Word("a schedule or file", "medicare-pfs"), "The table whose indicators of codes hold."),
        Key(
            "escalator",
            Either(
                Choice({"none": "none"}, "keys such as 'every:'"),
                Listed(ESCALATOR),
            ),
            "Rates that rise by themselves.",
        ),
        *protection_keys(SELECTOR),
        Key(
            "charge_limiter",
            Either(Choice({"none": "none"}, "keys such as 'cap:'"), Listed(CHARGE_LIMITER)),
            "Shares of charges that fall where charges rise too fast.",
        ),
        *dues_keys(ATTRIBUTE_KEYS),
    ),
)
