"""837: what is read where, for professional, institutional and dental claims."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest


def only(row: dict[str, Any], names: str) -> dict[str, Any]:
    return {name: row[name] for name in names.split()}


def test_a_professional_claim(accounts: ModuleType, texts: ModuleType) -> None:
    claim = accounts.rows(accounts.read_all(texts.professional()), "claims")[0]
    assert only(
        claim,
        "claim_id claim_type claim_frequency original_claim_id payer payer_id payer_sequence filing_code product plan "
        "group_number member_id patient_birth_date patient_sex billing_npi billing_tin rendering_npi facility_npi "
        "place_of_service_code bill_type_code claim_start_date claim_end_date charge_amount repriced_allowed_amount "
        "prior_authorization",
    ) == {
        "claim_id": "PCN1",
        "claim_type": "professional",
        "claim_frequency": "1",
        "original_claim_id": "ICN0",
        "payer": "PLAN ONE",
        "payer_id": "60054",
        "payer_sequence": "P",
        "filing_code": "12",
        "product": "PPO",
        "plan": "GOLD PLAN",
        "group_number": "GRP1",
        "member_id": "W1",
        "patient_birth_date": date(1980, 2, 29),
        "patient_sex": "F",
        "billing_npi": "1234567893",
        "billing_tin": "841234567",
        "rendering_npi": "1222222220",
        "facility_npi": "1333333339",
        "place_of_service_code": "11",
        "bill_type_code": None,
        "claim_start_date": date(2026, 1, 2),
        "claim_end_date": date(2026, 1, 4),
        "charge_amount": Decimal("300.00"),
        "repriced_allowed_amount": Decimal("250.00"),
        "prior_authorization": "AUTH9",
    }


def test_a_dependent_has_the_subscribers_coverage_and_an_own_birth_date(
    accounts: ModuleType, texts: ModuleType
) -> None:
    claim = accounts.rows(accounts.read_all(texts.professional()), "claims")[1]
    assert only(claim, "claim_id member_id patient_birth_date patient_sex payer_id claim_frequency rendering_npi") == {
        "claim_id": "PCN2",
        "member_id": "W1",
        "patient_birth_date": date(2015, 5, 5),
        "patient_sex": "M",
        "payer_id": "60054",
        "claim_frequency": "7",
        "rendering_npi": None,
    }


def test_professional_lines(accounts: ModuleType, texts: ModuleType) -> None:
    first, second, _ = accounts.rows(accounts.read_all(texts.professional()), "lines")
    names = (
        "claim_line_number line_control_number code_qualifier hcpcs_code hcpcs_modifier_1 service_unit_quantity "
        "unit_measure place_of_service_code claim_line_start_date claim_line_end_date charge_amount rendering_npi "
        "diagnosis_pointers ndc_code repriced_allowed_amount"
    )
    assert tuple(only(first, names).values()) == (
        1, "L1", "HC", "99213", "25", Decimal("1.000"), "UN", "11", date(2026, 1, 3), date(2026, 1, 3),
        Decimal("100.00"), "1222222220", "1:2", None, None,
    )  # fmt: skip
    assert tuple(only(second, names).values()) == (
        2, "L2", "HC", "J1885", None, Decimal("2.500"), "UN", "22", date(2026, 1, 2), date(2026, 1, 4),
        Decimal("200.00"), "1444444447", "1", "00409379501", Decimal("150.00"),
    )  # fmt: skip


def test_other_payers_stay_apart_from_the_claim(accounts: ModuleType, texts: ModuleType) -> None:
    tables = accounts.read_all(texts.professional())
    claim, line = accounts.rows(tables, "other_payers")
    keys = accounts.rows(tables, "claims")[0]["claim_key"], accounts.rows(tables, "lines")[0]["line_key"]
    assert tuple(claim.values()) == (
        keys[0], None, 1, "S", "MC", "PLAN TWO", "99999", "OTHER1", Decimal("80.00"), None, None, date(2026, 2, 1),
    )  # fmt: skip
    assert tuple(line.values()) == (
        keys[0], keys[1], 1, None, None, None, "99999", None, Decimal("80.00"), Decimal("1.000"), "99212",
        date(2026, 2, 2),
    )  # fmt: skip
    adjustments = accounts.rows(tables, "other_payer_adjustments")
    assert [tuple(row.values())[1:7] for row in adjustments] == [
        (None, 1, 1, "CO", "45", Decimal("100.00")),
        (None, 1, 2, "CO", "59", Decimal("20.00")),
        (keys[1], 1, 1, "CO", "45", Decimal("20.00")),
    ]


def test_an_institutional_claim(accounts: ModuleType, texts: ModuleType) -> None:
    tables = accounts.read_all(texts.institutional())
    claim = accounts.rows(tables, "claims")[0]
    assert only(
        claim,
        "claim_type place_of_service_code bill_type_code admit_type_code admit_source_code discharge_disposition_code "
        "claim_start_date claim_end_date admission_date discharge_date drg_code attending_npi charge_amount",
    ) == {
        "claim_type": "institutional",
        "place_of_service_code": None,
        "bill_type_code": "111",
        "admit_type_code": "1",
        "admit_source_code": "7",
        "discharge_disposition_code": "01",
        "claim_start_date": date(2026, 1, 1),
        "claim_end_date": date(2026, 1, 4),
        "admission_date": date(2026, 1, 1),
        "discharge_date": None,
        "drg_code": "871",
        "attending_npi": "1555555550",
        "charge_amount": Decimal("1500.50"),
    }
    lines = accounts.rows(tables, "lines")
    names = "revenue_center_code code_qualifier hcpcs_code charge_amount service_unit_quantity unit_measure"
    assert [tuple(only(line, names).values()) for line in lines] == [
        ("0120", None, None, Decimal("1000.00"), Decimal("3.000"), "DA"),
        ("0300", "HC", "80053", Decimal("500.50"), Decimal("1.000"), "UN"),
    ]
    assert lines[1]["claim_line_start_date"] == date(2026, 1, 1), "without a date of its own, the claim's"


def test_diagnoses_and_procedures(accounts: ModuleType, texts: ModuleType) -> None:
    rows = accounts.rows(accounts.read_all(texts.institutional()), "diagnoses")
    assert [tuple(row.values())[1:] for row in rows] == [
        (1, "diagnosis", "icd-10-cm", "A419", "Y", None),
        (1, "admitting", "icd-10-cm", "R509", None, None),
        (2, "diagnosis", "icd-10-cm", "N179", "N", None),
        (3, "diagnosis", "icd-10-cm", "I10", "Y", None),
        (1, "procedure", "icd-10-pcs", "0BH17EZ", None, date(2026, 1, 2)),
    ]
    rows = accounts.rows(accounts.read_all(texts.professional()), "diagnoses")
    assert [(row["position"], row["code"]) for row in rows] == [(1, "M1711"), (2, "E119"), (3, "I10"), (1, "J029")]


def test_a_dental_claim(accounts: ModuleType, texts: ModuleType) -> None:
    tables = accounts.read_all(texts.dental())
    claim, lines = accounts.rows(tables, "claims")[0], accounts.rows(tables, "lines")
    assert (claim["claim_type"], claim["claim_start_date"]) == ("dental", date(2026, 1, 20))
    assert [(row["code_qualifier"], row["hcpcs_code"], row["service_unit_quantity"]) for row in lines] == [
        ("AD", "D0120", Decimal("1.000")),
        ("AD", "D1110", Decimal("1.000")),
    ]


def test_without_a_known_implementation_the_lines_tell_the_type(accounts: ModuleType, texts: ModuleType) -> None:
    content = texts.institutional().replace(b"005010X223A2", b"005010")
    assert accounts.rows(accounts.read_all(content), "claims")[0]["claim_type"] == "institutional"


@pytest.mark.parametrize("kind", ["professional", "institutional", "dental"])
def test_raw_segments_can_be_cut_out_of_the_file(kind: str, accounts: ModuleType, texts: ModuleType) -> None:
    content = getattr(texts, kind)()
    for claim in accounts.rows(accounts.read_all(content), "claims"):
        raw = content[claim["byte_offset"] : claim["byte_offset"] + claim["byte_length"]]
        assert raw.startswith(f"CLM*{claim['claim_id']}*".encode())
        assert raw.endswith(b"~")
        assert raw.count(b"CLM*") == 1
        assert b"SE*" not in raw


def test_raw_segments_of_a_wrapped_file_are_cut_out_of_its_original_bytes(
    accounts: ModuleType, texts: ModuleType
) -> None:
    content = texts.professional()
    wrapped = b"\r\n".join(content[at : at + 80] for at in range(0, len(content), 80))
    plain, other = accounts.read_all(content), accounts.read_all(wrapped)
    for one, two in zip(accounts.rows(plain, "claims"), accounts.rows(other, "claims"), strict=True):
        raw = wrapped[two["byte_offset"] : two["byte_offset"] + two["byte_length"]]
        assert raw.replace(b"\r\n", b"") == content[one["byte_offset"] : one["byte_offset"] + one["byte_length"]]


def test_files_without_shared_folders_add_up(accounts: ModuleType, texts: ModuleType) -> None:
    for content in (texts.professional(), texts.institutional(), texts.dental()):
        tables = accounts.read_all(content)
        assert accounts.differences(content, tables) == []
        assert accounts.rows(tables, "findings") == []
