"""The contract language, declared once: the reader and the JSON Schema both come from here.

What stands under ``terms:`` and ``rules:`` is declared in :mod:`evenhand.contracts.termlanguage`.
"""

from __future__ import annotations

from evenhand.contracts.datedschedules import DATED
from evenhand.contracts.madeschedules import MADE
from evenhand.contracts.medicareschedules import MEDICARE
from evenhand.contracts.readmissionlanguage import STATUS
from evenhand.contracts.records import Key, Record
from evenhand.contracts.rvuschedules import RVU_SCHEDULE
from evenhand.contracts.shapes import (
    CHANGE,
    DATE,
    LENGTH,
    MONEY,
    PERCENT,
    QUANTITY,
    TEXT,
    WHOLE,
    YES,
    Choice,
    Either,
    Listed,
    Named,
    Sequenced,
    Value,
    Word,
)
from evenhand.contracts.termlanguage import CODES, MODIFIER, NAMES, NPI, PLACED_TERM, PRESENT, RULES, TERM, TIN

SITE = Value("an NPI of ten digits, or a place of service of two", '"1234567893" or "22"', r"\d{10}|\d{2}")
IDENTIFIER = Value(
    "an identifier of small letters, digits and dashes", "cedar-ridge-summit", r"[a-z0-9][a-z0-9_-]{0,79}"
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
    Key("minutes", WHOLE, "Anaesthesia time, instead of units."),
    Key("invoice", MONEY, "What the provider was invoiced for the line's items."),
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
        Key("sex", Choice({"m": "M", "f": "F"}), "M or F; a grouper asks for it."),
        Key("discharge_status", STATUS, "Patient status at discharge, two digits: 01 home, 02 another hospital…"),
        Key("procedures", Listed(TEXT, split=True), "Procedures of the stay (ICD-10-PCS), the principal one first."),
        Key("product", TEXT, "Product."),
        Key("diagnosis", Listed(TEXT, split=True), "Diagnoses."),
        Key("present_on_admission", PRESENT, "Indicators of these diagnoses, in their order: Y, N, U or W."),
        Key("charge", MONEY, "Charge of the whole claim; without it, the sum of its lines."),
        Key("billing_npi", TEXT, "Who billed it."),
        Key("tin", TIN, "Tax number of who billed it."),
        Key("last_discharge", DATE, "When a stay of the same patient here ended before this one."),
        Key("last_admission", DATE, "When that stay began; without it, the day before it ended."),
        Key("last_drg", TEXT, "Its DRG."),
        Key("last_discharge_status", STATUS, "Its patient status at discharge."),
        Key("network", TEXT, "Network; without it, the first the contract lists."),
        Key("plan", TEXT, "Plan or group; without it, the first the contract lists."),
        Key("site", SITE, "Site, by NPI or place of service; without it, the first the contract lists."),
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

_MADE = Record("schedule", (*MADE.keys, *DATED.keys, *RVU_SCHEDULE.keys, *MEDICARE.keys))
SCHEDULES = Named(Either(Word("a CSV or XLSX file", "exhibit-a.csv"), _MADE))
_DATES = (
    Key("ends", DATE, "Last day, inclusive."),
    Key("terminated", DATE, "Last day, when the contract was ended early or not renewed."),
    Key("renewal", RENEWAL, "What happens at the end."),
)
_PRODUCTS = Key("products", Listed(TEXT, split=True), "Products it covers; without it, all.")
_SCOPE = (
    Key("networks", Listed(TEXT, split=True), "Networks it covers; 'none' for claims that name none; without it, all."),
    Key("plans", Listed(TEXT, split=True), "Plans or groups it covers, by name or group number; without it, all."),
    Key("sites", Listed(SITE), "Sites it covers, by NPI or place of service; without it, all."),
)
_CODE_SETS = Key("code_sets", Named(CODES), "Names for lists of codes.")

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
        Key("schedules", SCHEDULES, "Names for rate tables."),
        _CODE_SETS,
        Key("terms", Sequenced(TERM), "Payment terms; earlier ones win.", required=True, example="[…]"),
        Key("rules", RULES, "What holds for all terms."),
        Key("provisions", PROVISIONS, "Terms that are not about rates."),
        Key("cases", Sequenced(CASE), "Claims whose price is stated; they must price exactly."),
        Key("known", DATE, "When it became known; without it, when signed."),
        *_SCOPE,
        Key("rental", YES, "A network that rents itself to payers: covers its networks' claims, whoever pays."),
        Key(
            "chosen_by",
            Choice({word: word for word in ("service", "admission", "discharge")}),
            "Day of a facility stay that must be inside: admission (default), discharge or start of service.",
        ),
        Key("precedence", WHOLE, "Of several contracts that fit, the lowest number; those without come last."),
    ),
)

_ADJUSTMENT = Record(
    "adjust",
    (
        Key("terms", NAMES, "'all', or names of terms.", required=True, example="all"),
        Key("percent", CHANGE, "Change, in percent.", required=True, example="4"),
    ),
)
_CHANGES = (
    Key("amends", TEXT, "Contract or offer it is laid over; implied in a contract's amendments folder."),
    Key("effective", DATE, "First day.", required=True, example="2026-01-01"),
    *_DATES,
    _PRODUCTS,
    Key("schedules", SCHEDULES, "Rate tables that replace others, or new ones."),
    _CODE_SETS,
    Key("terms", Sequenced(PLACED_TERM), "Terms that replace those of the same name, or are new."),
    Key("remove_terms", NAMES, "Terms that no longer hold."),
    Key("adjust", Listed(_ADJUSTMENT), "Across-the-board changes of rates."),
    Key("rules", RULES, "Rules that replace those of the same name."),
    Key("provisions", PROVISIONS, "Provisions that replace those of the same name."),
    Key("cases", Sequenced(CASE), "Claims whose price is stated."),
    *_SCOPE,
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
