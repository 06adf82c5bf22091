"""The contract language, declared once: the reader and the JSON Schema both come from here."""

from __future__ import annotations

from evenhand.contracts.records import Key, Record, Variants
from evenhand.contracts.shapes import (
    CHANGE,
    DATE,
    LENGTH,
    MONEY,
    PERCENT,
    QUANTITY,
    TEXT,
    WHOLE,
    YEAR,
    YES,
    Choice,
    Either,
    Listed,
    Named,
    Sequenced,
    Value,
    Word,
)

IDENTIFIER = Value(
    "an identifier of small letters, digits and dashes", "cedar-ridge-summit", r"[a-z0-9][a-z0-9_-]{0,79}"
)
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
METHODS_ESCALATED = ("fee_schedule", "percent_of", "amount", "case", "day")

_CODES = Listed(Word(), split=True)
_NAMES = Listed(Word("a name", "Implants"))

ATTRIBUTE_KEYS = (
    Key("codes", _CODES, "Procedure codes (HCPCS, CPT, CDT), ranges, names of code sets, or 'on schedule'."),
    Key("revenue_codes", _CODES, "Revenue codes of the line."),
    Key("modifiers", _CODES, "One of the line's modifiers."),
    Key("place_of_service", _CODES, "Two-digit place of service of the line."),
    Key("setting", _CODES, "facility or office, from the place of service; institutional lines are facility."),
    Key("rendering_npi", _CODES, "Who rendered the line."),
    Key("drg", _CODES, "Diagnosis-related group of the claim."),
    Key("bill_type", _CODES, "Type of bill of the claim: 111, or 13x for all of 130 to 13Z."),
    Key("claim_type", _CODES, "professional, institutional or dental."),
    Key("diagnosis", _CODES, "A diagnosis of the claim: the code and everything beneath it."),
    Key("product", _CODES, "Product of the claim."),
    Key("billing_npi", _CODES, "Who billed the claim."),
    Key("tin", _CODES, "Tax number of who billed the claim."),
)
BOUND_KEYS = (
    Key("charge_over", MONEY, "The line's charge is more than this."),
    Key("charge_at_least", MONEY, "The line's charge is this or more."),
    Key("charge_up_to", MONEY, "The line's charge is this or less."),
    Key("claim_charge_over", MONEY, "The claim's charge is more than this."),
    Key("claim_charge_at_least", MONEY, "The claim's charge is this or more."),
    Key("claim_charge_up_to", MONEY, "The claim's charge is this or less."),
    Key("age", SPAN, "Age of the patient in years when the claim starts: 0-17, 65-."),
    Key("length_of_stay", SPAN, "Nights from admission to discharge, at least 1: 1-3."),
)
NOT = Record("not", ATTRIBUTE_KEYS)
SELECTOR = Record("for", (*ATTRIBUTE_KEYS, *BOUND_KEYS, Key("not", NOT, "None of these may hold.")))

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
        "percent_of_charges": Record(
            "pay", (Key("percent_of_charges", PERCENT, "Share of the billed charge, in percent.", required=True),)
        ),
        "amount": Record("pay", (Key("amount", MONEY, "Dollars per unit, line, day or case.", required=True),)),
    },
)

TERM_KEYS = (
    Key("name", TEXT, "What the term is called; no two terms share a name.", required=True, example="Office visits"),
    Key("for", SELECTOR, "What it covers; without it, everything."),
    Key("per", PER, "What the rate is for: unit (default), line, day or case."),
    Key(
        "pay",
        Either(Choice({"nothing": "nothing"}, "keys such as 'amount:'"), PAY),
        "How it pays.",
        required=True,
        example="{amount: 100.00}",
    ),
    Key("carve_out", YES, "Paid in addition to any case or day term."),
    Key("except", _NAMES, "On a case or day term: line terms paid in addition to it."),
    Key("cite", TEXT, "Where the signed document says so."),
)
TERM = Record("term", TERM_KEYS)
PLACED_TERM = Record("term", (*TERM_KEYS, Key("before", Word("a term", "Anything else"), "The term it goes before.")))

RULES = Record(
    "rules",
    (
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
                Record(
                    "multiple_procedures",
                    (
                        Key("order", Choice({"fee": "fee"}), "Rank by fee, highest first."),
                        Key(
                            "percent",
                            Listed(PERCENT),
                            "First, second, third…; the last repeats.",
                            required=True,
                            example="[100, 50, 25]",
                        ),
                        Key("for", SELECTOR, "Which procedures; without it codes 10004-69990."),
                    ),
                ),
            ),
            "Several procedures of one claim and day.",
        ),
        Key(
            "modifiers",
            Either(Choice({"none": "none"}, "modifiers with their share"), Named(PERCENT, MODIFIER)),
            "Share of the rate paid with a modifier.",
        ),
        Key(
            "escalator",
            Either(
                Choice({"none": "none"}, "keys such as 'every:'"),
                Record(
                    "escalator",
                    (
                        Key("every", LENGTH, "How often, in months or years.", required=True, example="1 year"),
                        Key("percent", CHANGE, "Rise at each step, compounding.", required=True, example="3"),
                        Key(
                            "applies_to",
                            Listed(Choice({word: word for word in METHODS_ESCALATED})),
                            "Ways of paying it moves, and 'case' or 'day' for such terms.",
                            required=True,
                            example="[fee_schedule, case]",
                        ),
                        Key("from", DATE, "Where counting starts; without it, the effective date."),
                    ),
                ),
            ),
            "Rates that rise by themselves.",
        ),
    ),
)

PROVISIONS = Record(
    "provisions",
    (
        Key("payment_days", WHOLE, "Days the payer has to pay a clean claim."),
        Key("timely_filing", LENGTH, "How long after service a claim may be filed."),
        Key("appeal", LENGTH, "How long after payment it may be disputed."),
        Key("retro_audit", LENGTH, "How far back the payer may audit and recover."),
        Key("amendment_notice", LENGTH, "Notice before the payer may change terms."),
        Key("interest", PERCENT, "Yearly interest on late payment, in percent."),
        Key(
            "termination",
            Record(
                "termination",
                (
                    Key("without_cause", LENGTH, "Notice to end the contract without cause."),
                    Key("with_cause", LENGTH, "Notice to end it for breach."),
                    Key("cure", LENGTH, "Time to put a breach right."),
                ),
            ),
            "How the contract may be ended early.",
        ),
    ),
    free=True,
)

_LINE_KEYS = (
    Key("code", TEXT, "Procedure code."),
    Key("modifiers", Listed(MODIFIER, split=True), "Modifiers, in billed order."),
    Key("units", QUANTITY, "Units; 1 if absent."),
    Key("charge", MONEY, "Billed charge; without it, taken to be above any rate."),
    Key("revenue_code", TEXT, "Revenue code."),
    Key("place_of_service", TEXT, "Place of service."),
    Key("setting", Choice({"facility": "facility", "office": "office"}), "facility or office."),
    Key("rendering_npi", TEXT, "Who rendered it."),
)
_CLAIM = Record(
    "claim",
    (
        Key(
            "claim_type", Choice({w: w for w in ("professional", "institutional", "dental")}), "professional if absent."
        ),
        Key("drg", TEXT, "DRG."),
        Key("bill_type", TEXT, "Type of bill."),
        Key("admission", DATE, "Admission."),
        Key("discharge", DATE, "Discharge."),
        Key("age", WHOLE, "Age in years."),
        Key("product", TEXT, "Product."),
        Key("diagnosis", Listed(TEXT, split=True), "Diagnoses."),
        Key("charge", MONEY, "Charge of the whole claim; without it, the sum of its lines."),
        Key("billing_npi", TEXT, "Who billed it."),
        Key("tin", TIN, "Tax number of who billed it."),
    ),
)
CASE = Record(
    "case",
    (
        Key("name", TEXT, "What the case shows."),
        Key("date", DATE, "Day of service; without it, the first day."),
        Key("claim", _CLAIM, "What the claim says as a whole."),
        Key("lines", Sequenced(Record("line", (*_LINE_KEYS, Key("date", DATE, "Day of this line.")))), "Its lines."),
        *_LINE_KEYS,
        Key("allowed", MONEY, "What the contract allows, exactly.", required=True, example="118.52"),
    ),
)

RENEWAL = Record(
    "renewal",
    (
        Key("evergreen", LENGTH, "Renews by itself for this long, again and again."),
        Key("notice", LENGTH, "Notice before the end that stops renewal."),
    ),
)
_PROVIDER = Record(
    "provider",
    (
        Key("name", TEXT, "Name.", required=True, example="Cedar Ridge Orthopaedics"),
        Key("tin", Listed(TIN), "Tax numbers claims are billed under."),
        Key("npi", Listed(NPI), "Billing NPIs."),
    ),
)
_PAYER = Record(
    "payer",
    (
        Key("name", TEXT, "Name.", required=True, example="Summit Health"),
        Key("ids", Listed(TEXT), "Payer identifiers in claim and remittance files."),
        Key("also", Listed(TEXT), "Other names it goes by."),
    ),
)
PARTIES = Record(
    "parties",
    (
        Key("provider", Either(TEXT, _PROVIDER), "Who is paid.", required=True, example="Cedar Ridge Orthopaedics"),
        Key("payer", Either(TEXT, _PAYER), "Who pays.", required=True, example="Summit Health"),
    ),
)

_SCHEDULES = Named(Word("a CSV or XLSX file", "exhibit-a.csv"))
_DATES = (
    Key("ends", DATE, "Last day, inclusive."),
    Key("terminated", DATE, "Last day, when the contract was ended early or not renewed."),
    Key("renewal", RENEWAL, "What happens at the end."),
)
_PRODUCTS = Key("products", Listed(TEXT, split=True), "Products it covers; without it, all.")
_CODE_SETS = Key("code_sets", Named(_CODES), "Names for lists of codes.")

CONTRACT = Record(
    "contract",
    (
        Key("contract", TEXT, "Name of the contract.", required=True, example="Cedar Ridge with Summit Health"),
        Key("id", IDENTIFIER, "Identifier; without it, the folder's name."),
        Key("parties", PARTIES, "Whom it binds.", required=True, example="{provider: NAME, payer: NAME}"),
        _PRODUCTS,
        Key("effective", DATE, "First day.", required=True, example="2025-01-01"),
        *_DATES,
        Key("signed", DATE, "Day of signature."),
        Key("schedules", _SCHEDULES, "Names for rate tables."),
        _CODE_SETS,
        Key("terms", Sequenced(TERM), "Payment terms; earlier ones win.", required=True, example="[…]"),
        Key("rules", RULES, "What holds for all terms."),
        Key("provisions", PROVISIONS, "Terms that are not about rates."),
        Key("cases", Sequenced(CASE), "Claims whose price is stated; they must price exactly."),
    ),
)

_ADJUSTMENT = Record(
    "adjust",
    (
        Key("terms", _NAMES, "'all', or names of terms.", required=True, example="all"),
        Key("percent", CHANGE, "Change, in percent.", required=True, example="4"),
    ),
)
_CHANGES = (
    Key("amends", TEXT, "Contract or offer it is laid over; implied in a contract's amendments folder."),
    Key("effective", DATE, "First day.", required=True, example="2026-01-01"),
    *_DATES,
    _PRODUCTS,
    Key("schedules", _SCHEDULES, "Rate tables that replace others, or new ones."),
    _CODE_SETS,
    Key("terms", Sequenced(PLACED_TERM), "Terms that replace those of the same name, or are new."),
    Key("remove_terms", _NAMES, "Terms that no longer hold."),
    Key("adjust", Listed(_ADJUSTMENT), "Across-the-board changes of rates."),
    Key("rules", RULES, "Rules that replace those of the same name."),
    Key("provisions", PROVISIONS, "Provisions that replace those of the same name."),
    Key("cases", Sequenced(CASE), "Claims whose price is stated."),
)
AMENDMENT = Record(
    "amendment",
    (
        Key("amendment", TEXT, "Name of the amendment.", required=True, example="First amendment"),
        Key("signed", DATE, "Day of signature.", required=True, example="2025-11-20"),
        Key("known", DATE, "When it became known; without it, when signed."),
        *_CHANGES,
    ),
)
OFFER = Record("offer", (Key("offer", TEXT, "Name of the offer.", required=True, example="Offer of May"), *_CHANGES))
