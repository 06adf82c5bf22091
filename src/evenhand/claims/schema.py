"""The tables every reader fills and every book holds: one :class:`Table` each, one :class:`Column` each.

Names follow the Tuva Project's ``medical_claim`` input layer where it has one. Keys are 64-bit
integers that depend on nothing but a file's content: a file's base (from its SHA-256) plus the
row's ordinal in the file. So the same file always gets the same keys, whatever the order of loading,
and every ranking can end on a key and be the same everywhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pyarrow as pa

from evenhand.money import MONEY, QUANTITY

KEY = pa.int64()
TEXT = pa.string()
DAY = pa.date32()
COUNT = pa.int32()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type, what it means."""

    name: str
    type: pa.DataType
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what one row is, its columns."""

    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema."""
        return pa.schema([(column.name, column.type) for column in self.columns])

    def empty(self) -> pa.Table:
        """A table of this shape without rows."""
        return self.schema.empty_table()


def file_key(content_hash: str) -> int:
    """The base of all keys of a file, from its content's SHA-256 (hex): 62 bits.

    >>> file_key("00" * 32), file_key("ff" * 32) < 2**62
    (0, True)
    """
    return int(content_hash[:16], 16) >> 2


def content_hash(content: bytes) -> str:
    """The SHA-256 of a file's content, in hex."""
    return hashlib.sha256(content).hexdigest()


def _columns(*rows: tuple[str, pa.DataType, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


def _texts(names: str, meaning: str) -> tuple[tuple[str, pa.DataType, str], ...]:
    return tuple((name, TEXT, meaning) for name in names.split())


_FILE = ("file_id", KEY, "the file it came from")
_PLACE = (
    ("byte_offset", KEY, "where its first segment or row starts in the original file"),
    ("byte_length", KEY, "how many bytes of the original file it takes"),
)

FILES = Table(
    "files",
    "a file that was read",
    _columns(
        ("file_id", KEY, "base of all keys of the file: file_key(sha256)"),
        ("path", TEXT, "where it was read from; `archive.zip!member` inside an archive"),
        ("sha256", TEXT, "hash of its (uncompressed) content"),
        ("bytes", KEY, "size of its (uncompressed) content"),
        ("kind", TEXT, "what it was recognised as: x12, tuva, mapped, unknown"),
        ("content", TEXT, "what it holds in words, such as `835 ×2, 837P ×1`"),
    ),
)

CLAIMS = Table(
    "claims",
    "a claim as submitted (837 CLM, or a claim of a claims table)",
    _columns(
        ("claim_key", KEY, "key"),
        _FILE,
        ("claim_id", TEXT, "the provider's number for the claim (CLM01)"),
        ("claim_type", TEXT, "professional, institutional or dental"),
        ("claim_frequency", TEXT, "1 original, 7 replacement, 8 void (CLM05-3)"),
        ("original_claim_id", TEXT, "payer's number of the claim this one replaces or voids (REF*F8)"),
        ("payer", TEXT, "destination payer's name (2010BB NM1*PR)"),
        ("payer_id", TEXT, "destination payer's identifier"),
        ("payer_sequence", TEXT, "P primary, S secondary, T tertiary… (SBR01)"),
        ("filing_code", TEXT, "claim filing indicator (SBR09)"),
        ("product", TEXT, "product the filing indicator stands for; null when it says none"),
        ("plan", TEXT, "plan or group name (SBR04)"),
        ("group_number", TEXT, "group or policy number (SBR03)"),
        ("member_id", TEXT, "subscriber's member number"),
        ("person_id", TEXT, "the patient, where the source tells persons apart"),
        ("patient_birth_date", DAY, "patient's date of birth"),
        ("patient_sex", TEXT, "patient's sex as coded"),
        ("billing_npi", TEXT, "billing provider's NPI"),
        ("billing_tin", TEXT, "billing provider's tax number, digits only"),
        ("billing_zip", TEXT, "ZIP code of the billing provider's address, five or nine digits"),
        ("rendering_npi", TEXT, "rendering provider's NPI at claim level"),
        ("attending_npi", TEXT, "attending provider's NPI (institutional)"),
        ("facility_npi", TEXT, "service facility's NPI"),
        ("facility_zip", TEXT, "ZIP code of the service facility's address, five or nine digits"),
        ("place_of_service_code", TEXT, "place of service, two digits (professional)"),
        ("bill_type_code", TEXT, "type of bill without its leading zero, such as 111 (institutional)"),
        ("admit_type_code", TEXT, "CL101"),
        ("admit_source_code", TEXT, "CL102"),
        ("discharge_disposition_code", TEXT, "CL103, patient status"),
        ("claim_start_date", DAY, "first day of service"),
        ("claim_end_date", DAY, "last day of service"),
        ("admission_date", DAY, "day of admission"),
        ("discharge_date", DAY, "day of discharge"),
        ("drg_code_type", TEXT, "ms-drg or apr-drg, where the source says"),
        ("drg_code", TEXT, "DRG as billed, three digits"),
        ("drg_severity", TEXT, "severity of illness of an APR-DRG, 1 to 4"),
        ("charge_amount", MONEY, "total billed charge (CLM02)"),
        ("repriced_allowed_amount", MONEY, "allowed amount a repricer wrote on the claim (HCP02)"),
        ("prior_authorization", TEXT, "authorisation number (REF*G1)"),
        ("network", TEXT, "network or repricer the claim names (HCP04)"),
        *_PLACE,
    ),
)

LINES = Table(
    "lines",
    "a service line of a claim",
    _columns(
        ("line_key", KEY, "key"),
        ("claim_key", KEY, "its claim"),
        ("claim_line_number", COUNT, "line number, from 1 (LX01 or position)"),
        ("line_control_number", TEXT, "provider's number for the line (REF*6R)"),
        ("revenue_center_code", TEXT, "revenue code, four digits"),
        ("code_qualifier", TEXT, "kind of procedure code: HC, N4, HP, AD…"),
        ("hcpcs_code", TEXT, "procedure code (CPT or HCPCS)"),
        *_texts(
            "hcpcs_modifier_1 hcpcs_modifier_2 hcpcs_modifier_3 hcpcs_modifier_4",
            "modifier, in the order billed",
        ),
        ("ndc_code", TEXT, "drug code of the line (LIN03)"),
        ("service_unit_quantity", QUANTITY, "units billed"),
        ("unit_measure", TEXT, "UN units, MJ minutes, DA days"),
        ("place_of_service_code", TEXT, "place of service of the line, else of the claim"),
        ("claim_line_start_date", DAY, "first day of the line, else of the claim"),
        ("claim_line_end_date", DAY, "last day of the line"),
        ("charge_amount", MONEY, "billed charge of the line"),
        ("rendering_npi", TEXT, "rendering provider of the line, else of the claim"),
        ("diagnosis_pointers", TEXT, "positions of the diagnoses the line points at, such as `1:2`"),
        ("repriced_allowed_amount", MONEY, "allowed amount a repricer wrote on the line (HCP02)"),
        ("allowed_amount", MONEY, "allowed amount, where the source is an adjudicated claims table"),
        ("paid_amount", MONEY, "paid amount, likewise"),
        ("deductible_amount", MONEY, "deductible, likewise"),
        ("coinsurance_amount", MONEY, "coinsurance, likewise"),
        ("copayment_amount", MONEY, "copayment, likewise"),
        ("paid_date", DAY, "date paid, likewise"),
        ("invoice_amount", MONEY, "what the provider was invoiced for the line's items: implants, costly drugs"),
    ),
)

DIAGNOSES = Table(
    "diagnoses",
    "a diagnosis or inpatient procedure of a claim (HI segments)",
    _columns(
        ("claim_key", KEY, "its claim"),
        ("position", COUNT, "1 is the principal or first; counted per kind"),
        ("kind", TEXT, "diagnosis, admitting, reason, cause or procedure"),
        ("code_type", TEXT, "icd-10-cm, icd-9-cm, icd-10-pcs, icd-9-pcs"),
        ("code", TEXT, "code without the dot"),
        ("present_on_admission", TEXT, "Y, N, U, W"),
        ("procedure_date", DAY, "day of the procedure"),
    ),
)

OTHER_PAYERS = Table(
    "other_payers",
    "what another payer did with a claim (2320) or one of its lines (2430 SVD)",
    _columns(
        ("claim_key", KEY, "its claim"),
        ("line_key", KEY, "its line, null at claim level"),
        ("position", COUNT, "order in the claim or line"),
        ("payer_sequence", TEXT, "P, S, T… (SBR01; claim level)"),
        ("filing_code", TEXT, "claim filing indicator (claim level)"),
        ("payer", TEXT, "name (claim level)"),
        ("payer_id", TEXT, "identifier"),
        ("member_id", TEXT, "member number with that payer (claim level)"),
        ("paid_amount", MONEY, "paid by that payer (AMT*D, SVD02)"),
        ("paid_units", QUANTITY, "units paid (SVD05)"),
        ("hcpcs_code", TEXT, "adjudicated procedure (SVD03)"),
        ("paid_date", DAY, "adjudication date (DTP*573)"),
    ),
)

OTHER_PAYER_ADJUSTMENTS = Table(
    "other_payer_adjustments",
    "an adjustment by another payer, as the claim reports it (CAS in 2320 or 2430)",
    _columns(
        ("claim_key", KEY, "its claim"),
        ("line_key", KEY, "its line, null at claim level"),
        ("other_payer_position", COUNT, "which row of other_payers of that claim or line"),
        ("position", COUNT, "order within it"),
        ("group_code", TEXT, "CO, PR, OA, PI, CR"),
        ("reason_code", TEXT, "claim adjustment reason code (CARC)"),
        ("amount", MONEY, "amount; null with a finding when it was not a number"),
        ("quantity", QUANTITY, "quantity"),
    ),
)

REMITS = Table(
    "remits",
    "a remittance: one 835 transaction (ST to SE), one payment",
    _columns(
        ("remit_key", KEY, "key"),
        _FILE,
        ("version", TEXT, "implementation, such as 005010X221A1 (GS08)"),
        ("sender_id", TEXT, "interchange sender (ISA06)"),
        ("interchange_control_number", TEXT, "ISA13"),
        ("group_control_number", TEXT, "GS06"),
        ("transaction_control_number", TEXT, "ST02"),
        ("payer", TEXT, "N1*PR name"),
        ("payer_id", TEXT, "N1*PR identifier, else TRN03"),
        ("payee", TEXT, "N1*PE name"),
        ("payee_npi", TEXT, "N1*PE identifier qualified XX"),
        ("payee_tin", TEXT, "N1*PE identifier qualified FI, or REF*TJ; digits only"),
        ("trace_number", TEXT, "cheque or EFT number (TRN02)"),
        ("payment_date", DAY, "BPR16"),
        ("production_date", DAY, "DTM*405"),
        ("payment_amount", MONEY, "BPR02"),
        ("credit_debit", TEXT, "BPR03"),
        ("payment_method", TEXT, "BPR04: ACH, CHK, NON…"),
        ("segment_count", COUNT, "segments from ST to SE as counted"),
        *_PLACE,
    ),
)

REMIT_CLAIMS = Table(
    "remit_claims",
    "a claim in a remittance (CLP)",
    _columns(
        ("remit_claim_key", KEY, "key"),
        ("remit_key", KEY, "its remittance"),
        ("claim_id", TEXT, "the provider's number for the claim (CLP01)"),
        ("status_code", TEXT, "CLP02: 1 primary, 2 secondary, 4 denied, 22 reversal…"),
        ("charge_amount", MONEY, "CLP03"),
        ("paid_amount", MONEY, "CLP04"),
        ("patient_responsibility_amount", MONEY, "CLP05"),
        ("filing_code", TEXT, "claim filing indicator (CLP06)"),
        ("payer_claim_number", TEXT, "payer's number for the claim (CLP07)"),
        ("original_payer_claim_number", TEXT, "payer's number of the claim it reverses or corrects (REF*F8)"),
        ("facility_code", TEXT, "place of service or first digits of the bill type (CLP08)"),
        ("claim_frequency", TEXT, "CLP09"),
        ("drg_code", TEXT, "DRG the payer paid (CLP11)"),
        ("drg_weight", pa.decimal128(18, 4), "CLP12"),
        ("member_id", TEXT, "NM1*IL else NM1*QC identifier"),
        ("rendering_npi", TEXT, "NM1*82 identifier"),
        ("group_number", TEXT, "REF*1L"),
        ("contract_class", TEXT, "REF*CE: the payer's own name for the contract it used"),
        ("claim_start_date", DAY, "DTM*232"),
        ("claim_end_date", DAY, "DTM*233"),
        ("received_date", DAY, "DTM*050"),
        ("reported_allowed_amount", MONEY, "AMT*AU, coverage amount: information only"),
        ("interest_amount", MONEY, "AMT*I"),
        *_PLACE,
    ),
)

REMIT_LINES = Table(
    "remit_lines",
    "a service line in a remittance (SVC)",
    _columns(
        ("remit_line_key", KEY, "key"),
        ("remit_claim_key", KEY, "its remittance claim"),
        ("remit_line_number", COUNT, "position in the claim, from 1"),
        ("line_control_number", TEXT, "provider's number for the line (REF*6R)"),
        ("code_qualifier", TEXT, "kind of the adjudicated code: HC, NU, N4, HP, AD…"),
        ("hcpcs_code", TEXT, "adjudicated code (SVC01-2), whatever its kind but NU"),
        *_texts(
            "hcpcs_modifier_1 hcpcs_modifier_2 hcpcs_modifier_3 hcpcs_modifier_4",
            "modifier as adjudicated",
        ),
        ("revenue_center_code", TEXT, "SVC04, or SVC01-2 when its kind is NU"),
        ("charge_amount", MONEY, "SVC02"),
        ("paid_amount", MONEY, "SVC03"),
        ("service_unit_quantity", QUANTITY, "units paid (SVC05; 1 when absent)"),
        ("submitted_code_qualifier", TEXT, "SVC06-1, when the payer changed the code"),
        ("submitted_code", TEXT, "SVC06-2"),
        ("submitted_unit_quantity", QUANTITY, "SVC07"),
        ("service_start_date", DAY, "DTM*472 or 150, else the claim's"),
        ("service_end_date", DAY, "DTM*151, else the start"),
        ("reported_allowed_amount", MONEY, "AMT*B6"),
        ("rendering_npi", TEXT, "REF*HPI, where the payer gives it by line"),
    ),
)

ADJUSTMENTS = Table(
    "adjustments",
    "one reason and amount of a CAS segment in a remittance",
    _columns(
        ("remit_claim_key", KEY, "its remittance claim"),
        ("remit_line_key", KEY, "its line, null at claim level"),
        ("position", COUNT, "order within the claim or line, from 1"),
        ("group_code", TEXT, "CO, PR, OA, PI, CR"),
        ("reason_code", TEXT, "claim adjustment reason code (CARC)"),
        ("amount", MONEY, "amount; null with a finding when it was not a number"),
        ("quantity", QUANTITY, "quantity"),
    ),
)

REMARKS = Table(
    "remarks",
    "a remark code of a remittance claim or line",
    _columns(
        ("remit_claim_key", KEY, "its remittance claim"),
        ("remit_line_key", KEY, "its line, null at claim level"),
        ("source", TEXT, "LQ, MIA or MOA"),
        ("code", TEXT, "remittance advice remark code (RARC)"),
    ),
)

REMIT_AMOUNTS = Table(
    "remit_amounts",
    "an AMT, MIA or MOA amount that has no column of its own",
    _columns(
        ("remit_claim_key", KEY, "its remittance claim"),
        ("remit_line_key", KEY, "its line, null at claim level"),
        ("qualifier", TEXT, "AMT01 such as `F5`, or element such as `MIA04`, `MOA02`"),
        ("amount", MONEY, "amount"),
    ),
)

REMIT_REFERENCES = Table(
    "remit_references",
    "a REF that has no column of its own",
    _columns(
        ("remit_claim_key", KEY, "its remittance claim"),
        ("remit_line_key", KEY, "its line, null at claim level"),
        ("qualifier", TEXT, "REF01"),
        ("value", TEXT, "REF02"),
    ),
)

REMIT_DATES = Table(
    "remit_dates",
    "a DTM that has no column of its own",
    _columns(
        ("remit_claim_key", KEY, "its remittance claim"),
        ("remit_line_key", KEY, "its line, null at claim level"),
        ("qualifier", TEXT, "DTM01"),
        ("day", DAY, "DTM02"),
    ),
)

PROVIDER_ADJUSTMENTS = Table(
    "provider_adjustments",
    "one code and amount of a PLB segment: money between payer and provider outside any claim",
    _columns(
        ("remit_key", KEY, "its remittance"),
        ("position", COUNT, "order within the remittance, from 1"),
        ("provider_id", TEXT, "PLB01"),
        ("fiscal_date", DAY, "PLB02"),
        ("reason_code", TEXT, "WO, FB, 72, L6, CS, CT…"),
        ("reference", TEXT, "second component of the code, often a claim number"),
        ("amount", MONEY, "payer's sign: positive reduces the payment"),
    ),
)

FINDINGS = Table(
    "findings",
    "something a file says that is broken, doubtful or not understood",
    _columns(
        _FILE,
        ("rule", TEXT, "name of the check, such as `line-balance`"),
        ("severity", TEXT, "error, warning or note"),
        ("subject", TEXT, "table the key belongs to: files, claims, lines, remits, remit_claims, remit_lines"),
        ("subject_key", KEY, "key of the row concerned"),
        ("byte_offset", KEY, "where in the original file"),
        ("element", TEXT, "segment and element, such as `CAS03`, or column"),
        ("found", TEXT, "what the file says (never a name)"),
        ("expected", TEXT, "what would be right"),
        ("amount", MONEY, "found minus expected, where both are money"),
        ("message", TEXT, "the whole in words"),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        FILES,
        CLAIMS,
        LINES,
        DIAGNOSES,
        OTHER_PAYERS,
        OTHER_PAYER_ADJUSTMENTS,
        REMITS,
        REMIT_CLAIMS,
        REMIT_LINES,
        ADJUSTMENTS,
        REMARKS,
        REMIT_AMOUNTS,
        REMIT_REFERENCES,
        REMIT_DATES,
        PROVIDER_ADJUSTMENTS,
        FINDINGS,
    )
}
