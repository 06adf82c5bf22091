"""835: what is read where."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import ModuleType

CLAIM = [
    "CLP*PCN1*1*300*100*50*12*ICN9*11*1**470*1.2345",
    "CAS*OA*23*0",
    "NM1*QC*1*DOE*JANE****MI*PAT1",
    "NM1*IL*1*DOE*JOHN****MI*SUB1",
    "NM1*82*1*DOC*RN****XX*1222222220",
    "MOA*.5*12.5*MA01*MA18",
    "REF*1L*GRP1",
    "REF*CE*GOLD PPO",
    "REF*F8*ICN0",
    "REF*EA*MRN7",
    "DTM*232*20260101",
    "DTM*233*20260103",
    "DTM*050*20260110",
    "DTM*036*20261231",
    "AMT*AU*200",
    "AMT*I*1.25",
    "AMT*F5*9",
    "SVC*HC:99213:25:59*200*100**2*HC:99214*3",
    "DTM*150*20260101",
    "DTM*151*20260102",
    "CAS*CO*45*50**253*2*1",
    "CAS*PR*1*48",
    "REF*6R*L1",
    "REF*HPI*1444444447",
    "REF*LU*11",
    "AMT*B6*150",
    "LQ*HE*N130",
    "SVC*NU:450*100*0",
    "CAS*CO*97*98",
    "CAS*PR*3*2",
]
PLB = ["PLB*1234567893*20261231*L6*-1.25*WO:ICN5*10"]


def test_the_remittance(accounts: ModuleType, texts: ModuleType) -> None:
    content = texts.remittance(*CLAIM, *PLB, payment="91.25")
    tables = accounts.read_all(content)
    remit = accounts.rows(tables, "remits")[0]
    place = remit.pop("byte_offset"), remit.pop("byte_length")
    assert content[place[0] : sum(place)].startswith(b"ST*835")
    assert content[place[0] : sum(place)].endswith(b"SE*41*0001~")
    assert remit == {
        "remit_key": remit["file_id"],
        "file_id": remit["file_id"],
        "version": "005010X221A1",
        "sender_id": "SENDER",
        "interchange_control_number": "000000001",
        "group_control_number": "1",
        "transaction_control_number": "0001",
        "payer": "PLAN ONE",
        "payer_id": "12345",
        "payee": "CLINIC",
        "payee_npi": "1234567893",
        "payee_tin": "841234567",
        "trace_number": "EFT1",
        "payment_date": date(2026, 1, 5),
        "production_date": date(2026, 1, 4),
        "payment_amount": Decimal("91.25"),
        "credit_debit": "C",
        "payment_method": "ACH",
        "segment_count": 41,
    }
    assert accounts.rows(tables, "findings") == []
    assert accounts.differences(content, tables) == []


def test_the_claim(accounts: ModuleType, texts: ModuleType) -> None:
    claim = accounts.rows(accounts.read_all(texts.remittance(*CLAIM)), "remit_claims")[0]
    assert list(claim.values())[2:22] == [
        "PCN1", "1", Decimal("300.00"), Decimal("100.00"), Decimal("50.00"), "12", "ICN9", "ICN0", "11", "1", "470",
        Decimal("1.2345"), "SUB1", "1222222220", "GRP1", "GOLD PPO", date(2026, 1, 1), date(2026, 1, 3),
        date(2026, 1, 10), Decimal("200.00"),
    ]  # fmt: skip
    assert claim["interest_amount"] == Decimal("1.25")


def test_the_lines(accounts: ModuleType, texts: ModuleType) -> None:
    first, second = accounts.rows(accounts.read_all(texts.remittance(*CLAIM)), "remit_lines")
    assert list(first.values())[2:] == [
        1, "L1", "HC", "99213", "25", "59", None, None, None, Decimal("200.00"), Decimal("100.00"), Decimal("2.000"),
        "HC", "99214", Decimal("3.000"), date(2026, 1, 1), date(2026, 1, 2), Decimal("150.00"), "1444444447",
    ]  # fmt: skip
    assert list(second.values())[2:] == [
        2, None, "NU", None, None, None, None, None, "0450", Decimal("100.00"), Decimal("0.00"), Decimal("1.000"),
        None, None, None, date(2026, 1, 1), date(2026, 1, 1), None, None,
    ]  # fmt: skip


def test_what_has_no_column_of_its_own_is_kept(accounts: ModuleType, texts: ModuleType) -> None:
    tables = accounts.read_all(texts.remittance(*CLAIM))
    line = accounts.rows(tables, "remit_lines")[0]["remit_line_key"]
    found = {
        name: [tuple(row.values())[1:] for row in accounts.rows(tables, name)]
        for name in ("remarks", "remit_amounts", "remit_references", "remit_dates")
    }
    assert found == {
        "remarks": [(None, "MOA", "MA01"), (None, "MOA", "MA18"), (line, "LQ", "N130")],
        "remit_amounts": [(None, "MOA02", Decimal("12.50")), (None, "F5", Decimal("9.00"))],
        "remit_references": [(None, "EA", "MRN7"), (line, "LU", "11")],
        "remit_dates": [(None, "036", date(2026, 12, 31))],
    }


def test_adjustments_and_provider_adjustments(accounts: ModuleType, texts: ModuleType) -> None:
    tables = accounts.read_all(texts.remittance(*CLAIM, *PLB))
    rows = [tuple(row.values())[2:] for row in accounts.rows(tables, "adjustments")]
    assert rows == [
        (1, "OA", "23", Decimal("0.00"), None),
        (1, "CO", "45", Decimal("50.00"), None),
        (2, "CO", "253", Decimal("2.00"), Decimal("1.000")),
        (3, "PR", "1", Decimal("48.00"), None),
        (1, "CO", "97", Decimal("98.00"), None),
        (2, "PR", "3", Decimal("2.00"), None),
    ]
    rows = [tuple(row.values())[1:] for row in accounts.rows(tables, "provider_adjustments")]
    assert rows == [
        (1, "1234567893", date(2026, 12, 31), "L6", None, Decimal("-1.25")),
        (2, "1234567893", date(2026, 12, 31), "WO", "ICN5", Decimal("10.00")),
    ]


def test_claims_can_be_cut_out_of_the_original_file(accounts: ModuleType, texts: ModuleType) -> None:
    content = texts.remittance(*CLAIM, "CLP*PCN2*1*5*5").replace(b"~", b"~\r\n  ")
    first, second = accounts.rows(accounts.read_all(content), "remit_claims")
    raw = content[first["byte_offset"] : first["byte_offset"] + first["byte_length"]]
    assert raw.startswith(b"CLP*PCN1*")
    assert raw.endswith(b"CAS*PR*3*2~")
    assert content[second["byte_offset"] :][: second["byte_length"]] == b"CLP*PCN2*1*5*5~"
