"""The columns of the tables contracts are laid out in."""

from __future__ import annotations

import pyarrow as pa

from evenhand.pricing.anesthesia import ANESTHESIA
from evenhand.pricing.inpatient import INPATIENT

KEY = pa.int64()
NUMBER = pa.int32()
TEXT = pa.string()
DAY = pa.date32()
FLAG = pa.bool_()
MONEY = pa.decimal128(18, 2)
RATE = pa.decimal128(18, 4)
#: Rates of a schedule: drugs are paid by the thousandth of a cent.
FINE_RATE = pa.decimal128(18, 6)
MULTIPLIER = pa.decimal128(12, 6)
#: Four of them multiplied still fit 38 digits on every engine.
MODIFIER = pa.decimal128(8, 6)
ESCALATION = pa.decimal128(18, 8)

#: Attributes a version is asked about one by one: what no term looks at tells no two services apart.
ASKED = (
    "revenue_codes",
    "modifiers",
    "place_of_service",
    "setting",
    "rendering_npi",
    "drg",
    "bill_type",
    "claim_type",
    "product",
    "billing_npi",
    "tin",
)

#: Attributes and measures of a claim, other than its diagnoses: what makes a version ask about claims at all.
ASKED_OF_CLAIMS = frozenset(
    ("drg", "bill_type", "claim_type", "product", "billing_npi", "tin", "claim_charge", "age", "length_of_stay")
)

#: Attributes and measures of a line, other than code, modifiers and setting: what makes a version ask more about lines.
ASKED_OF_LINES = frozenset(("revenue_codes", "place_of_service", "rendering_npi", "charge", "invoice"))

#: Measures of a line; the others are of its claim.
MEASURED_OF_LINES = frozenset(("charge", "invoice"))

_BANDS = [("version_key", KEY), ("measure", TEXT), ("band", TEXT), ("low", MONEY), ("high", MONEY)]

_COLUMNS: dict[str, list[tuple[str, pa.DataType]]] = {
    "contracts_listed": [
        ("contract_no", NUMBER),
        ("contract_id", TEXT),
        ("contract", TEXT),
        ("lists_tins", FLAG),
        ("lists_npis", FLAG),
        ("chosen_by", TEXT),
        ("precedence", NUMBER),
    ],
    "contract_questions": [
        ("networks", FLAG),
        ("plans", FLAG),
        ("sites", FLAG),
        ("days", FLAG),
        ("anything", FLAG),
    ],
    "contract_parties": [("contract_no", NUMBER), ("kind", TEXT), ("value", TEXT)],
    "contract_versions": [
        ("version_key", KEY),
        ("contract_no", NUMBER),
        ("contract_id", TEXT),
        ("version_no", NUMBER),
        ("from_day", DAY),
        ("to_day", DAY),
        ("lists_products", FLAG),
        ("lesser_of", TEXT),
        ("grouper", TEXT),
        ("asks_claims", FLAG),
        ("asks_lines", FLAG),
        *((f"asks_{attribute}", FLAG) for attribute in ASKED),
    ],
    "contract_products": [("version_key", KEY), ("product", TEXT)],
    "contract_scopes": [("version_key", KEY), ("scope", TEXT), ("kind", TEXT), ("value", TEXT)],
    "contract_claim_bands": _BANDS,
    "contract_line_bands": _BANDS,
    "contract_terms": [
        ("term_key", KEY),
        ("version_key", KEY),
        ("term_no", NUMBER),
        ("term", TEXT),
        ("cite", TEXT),
        ("method", TEXT),
        ("per", TEXT),
        ("claim_level", FLAG),
        ("carve_out", FLAG),
        ("amount", RATE),
        ("percent", MULTIPLIER),
        ("schedule", TEXT),
        ("schedule_key", KEY),
        ("pinned", DAY),
        ("escalates", NUMBER),
        ("counts_units", FLAG),
        ("counts_to_stop_loss", FLAG),
        ("indicator_key", KEY),
        ("indicator_day", DAY),
        ("once_key", KEY),
        ("most_units", pa.decimal128(18, 3)),
    ],
    # those paid for the claim as a whole, and those paid by invoice: where there are none, steps have nothing to do
    "contract_claim_terms": [("term_key", KEY)],
    "contract_invoices": [("term_key", KEY)],
    # versions that hold each claim to its charges
    "contract_charge_holds": [("version_key", KEY)],
    "contract_excepts": [("term_key", KEY), ("line_term_key", KEY)],
    # versions some term of which asks for diagnoses
    "contract_diagnoses": [("version_key", KEY)],
    # and those that ask whether a diagnosis was present on admission
    "contract_present_diagnoses": [("version_key", KEY)],
    "contract_selectors": [
        ("selector_key", KEY),
        ("version_key", KEY),
        ("kind", TEXT),
        ("others", NUMBER),
        ("has_leading", FLAG),
    ],
    "contract_tests": [
        ("test_key", KEY),
        ("selector_key", KEY),
        ("version_key", KEY),
        ("attribute", TEXT),
        ("negated", FLAG),
        ("leading", FLAG),
    ],
    "contract_ranges": [
        ("test_key", KEY),
        ("version_key", KEY),
        ("attribute", TEXT),
        ("low", TEXT),
        ("high", TEXT),
        ("size", NUMBER),
        ("single", FLAG),
    ],
    "contract_companions": [("companion_key", KEY), ("version_key", KEY), ("wanted", NUMBER)],
    "contract_companion_tests": [
        ("test_key", KEY),
        ("companion_key", KEY),
        ("version_key", KEY),
        ("attribute", TEXT),
        ("negated", FLAG),
    ],
    "contract_companion_ranges": [("test_key", KEY), ("low", TEXT), ("high", TEXT), ("size", NUMBER)],
    "contract_modifiers": [("version_key", KEY), ("modifier", TEXT), ("factor", MODIFIER)],
    # versions that pay RT and LT on two lines as modifier 50
    "contract_bilateral_lines": [("version_key", KEY)],
    # and those that pay two units so: what for each kind of code
    "contract_bilateral_units": [("version_key", KEY), ("profile_no", NUMBER), ("factor", MODIFIER)],
    "contract_rankings": [
        ("ranking_key", KEY),
        ("version_key", KEY),
        ("ranking", TEXT),
        ("by_claim", FLAG),
        ("each_unit", FLAG),
        ("by_rvu", FLAG),
        ("by_profile", FLAG),
        ("by_part", FLAG),
    ],
    # of rankings of parts, what each rank of a part is paid
    "contract_parts": [
        ("part_key", KEY),
        ("ranking_key", KEY),
        ("part", TEXT),
        ("first_rank", NUMBER),
        ("last_rank", NUMBER),
        ("factor", MULTIPLIER),
    ],
    "contract_unit_rankings": [("ranking_key", KEY)],
    # rankings with families of endoscopies, and the families that are stated
    "contract_families": [("ranking_key", KEY), ("by_table", FLAG)],
    "contract_family_codes": [("ranking_key", KEY), ("base", TEXT), ("low", TEXT), ("high", TEXT), ("size", NUMBER)],
    "contract_ranked_profiles": [("ranking_key", KEY), ("profile_no", NUMBER)],
    "contract_paid_alone": [("alone_key", KEY), ("version_key", KEY), ("by_profile", FLAG)],
    "contract_alone_profiles": [("alone_key", KEY), ("profile_no", NUMBER)],
    "contract_tiers": [("tier_key", KEY), ("version_key", KEY), ("tier", TEXT), ("factor", MODIFIER)],
    "contract_modifiers_by_profile": [
        ("version_key", KEY),
        ("modifier", TEXT),
        ("profile_no", NUMBER),
        ("factor", MODIFIER),
    ],
    "contract_indicators": [
        ("schedule_key", KEY),
        ("code", TEXT),
        ("from_day", DAY),
        ("to_day", DAY),
        ("indicator_no", KEY),
        ("profile_no", NUMBER),
        ("rvu_facility", RATE),
        ("rvu_office", RATE),
        ("endo_base", TEXT),
        ("pctc", TEXT),
        ("reduced_facility", RATE),
        ("reduced_office", RATE),
    ],
    "contract_apart": [("ranking_key", KEY), ("modifier", TEXT)],
    "contract_procedures": [
        ("ranking_key", KEY),
        ("first_rank", NUMBER),
        ("last_rank", NUMBER),
        ("factor", MULTIPLIER),
    ],
    "contract_escalations": [
        ("version_key", KEY),
        ("escalates", NUMBER),
        ("from_day", DAY),
        ("to_day", DAY),
        ("factor", ESCALATION),
        ("share", MULTIPLIER),
    ],
    # versions with a rule that adjusts claims as a whole: only their claims are looked at again
    "contract_adjusters": [("version_key", KEY)],
    "contract_stop_losses": [
        ("alternative_key", KEY),
        ("version_key", KEY),
        ("rule_no", NUMBER),
        ("name", TEXT),
        ("cite", TEXT),
        ("selector_key", KEY),
        ("needs_charges", FLAG),
        ("counts_carve_outs", FLAG),
        ("replaces_carve_outs", FLAG),
        ("instead", FLAG),
        ("escalates", NUMBER),
        ("charges_over", MONEY),
        ("by_service", FLAG),
        ("times_rate", RATE),
        ("has_charge_threshold", FLAG),
        ("needs_stay", FLAG),
        ("fixed_stay_over", ESCALATION),
        ("fixed_stay_floor", NUMBER),
        ("under_share", MULTIPLIER),
        ("percent", MULTIPLIER),
        ("of_excess", FLAG),
        ("per_day", MONEY),
        ("excess_days", FLAG),
        ("minimum", MONEY),
        ("maximum", MONEY),
        ("claim_maximum", MONEY),
        ("claim_share", MULTIPLIER),
    ],
    # triggers that count days by the mean stay of the claim's DRG
    "contract_average_stays": [("alternative_key", KEY), ("version_key", KEY), ("mean", TEXT), ("times", RATE)],
    "contract_limits": [
        ("limit_key", KEY),
        ("version_key", KEY),
        ("position", NUMBER),
        ("level", TEXT),
        ("name", TEXT),
        ("cite", TEXT),
        ("has_terms", FLAG),
        ("selector_key", KEY),
        ("floor_share", MULTIPLIER),
        ("floor_amount", MONEY),
        ("cap_share", MULTIPLIER),
        ("cap_amount", MONEY),
        ("floor_kind", TEXT),
        ("cap_kind", TEXT),
    ],
    "contract_limit_terms": [("limit_key", KEY), ("term_key", KEY)],
    "contract_stop_loss_services": [
        ("threshold_key", KEY),
        ("alternative_key", KEY),
        ("version_key", KEY),
        ("place", NUMBER),
        ("selector_key", KEY),
        ("charges_over", MONEY),
    ],
    **INPATIENT,
    **ANESTHESIA,
}

#: Table → its Arrow schema.
SCHEMAS: dict[str, pa.Schema] = {name: pa.schema(columns) for name, columns in _COLUMNS.items()}

#: The rates of all schedules, laid out by themselves.
RATES: pa.Schema = pa.schema(
    [
        ("rate_key", KEY),
        ("schedule_key", KEY),
        ("code", TEXT),
        ("modifier", TEXT),
        ("setting", TEXT),
        ("amount", FINE_RATE),
        ("from_day", DAY),
        ("to_day", DAY),
    ]
)
