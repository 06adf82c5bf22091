"""Every rule of findings, by a file that breaks it; and what is never shown."""

from __future__ import annotations

from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

GOOD = ["CLP*PCN1*1*150*100*20*12*ICN1", "SVC*HC:99213*150*100**1", "CAS*CO*45*30", "CAS*PR*1*20"]


def found(accounts: ModuleType, content: bytes) -> list[dict[str, Any]]:
    tables = accounts.read_all(content)
    assert accounts.differences(content, tables) == []
    findings: list[dict[str, Any]] = accounts.rows(tables, "findings")
    return findings


def changed(texts: ModuleType, old: str, new: str, payment: str = "100") -> bytes:
    content: bytes = texts.remittance(*GOOD, payment=payment)
    assert old.encode() in content
    return content.replace(old.encode(), new.encode(), 1)


def test_a_good_file_has_none(accounts: ModuleType, texts: ModuleType) -> None:
    assert found(accounts, texts.remittance(*GOOD)) == []


RULES = [
    ("SVC*HC:99213*150*100", "SVC*HC:99213*150*90", "line-balance", "error", "SVC03", "-10.00"),
    ("CAS*PR*1*20", "CAS*CO*2*20", "patient-balance", "warning", "CLP05", "20.00"),
    ("CLP*PCN1*1*150*100", "CLP*PCN1*1*160*100", "claim-balance", "error", "CLP04", "-10.00"),
    ("CLP*PCN1*1*150*100", "CLP*PCN1*1*160*100", "claim-lines", "warning", "CLP03", "10.00"),
    ("BPR*I*100", "BPR*I*99.99", "transaction-balance", "error", "BPR02", "-0.01"),
    ("CLP*PCN1*1*150*", "CLP*PCN1*1*15O*", "bad-amount", "error", "CLP03", None),
    ("CLP*PCN1*1*150*", "CLP*PCN1*1**", "missing-amount", "error", "CLP03", None),
    ("CAS*CO*45*30", "CAS*CO*45", "missing-amount", "error", "CAS03", None),
    ("CAS*CO*45*30", "CAS*CO*45*1E1", "bad-amount", "error", "CAS03", None),
    ("CAS*CO*45*30", "CAS*CO*45*30.005", "bad-amount", "error", "CAS03", None),
    ("CAS*CO*45*30", "CAS*XX*45*30", "code-shape", "warning", "CAS01", None),
    ("CAS*CO*45*30", "CAS*CO*4 5*30*1x", "bad-quantity", "warning", "CAS04", None),
    ("HC:99213", "HC:9921", "code-shape", "warning", "SVC01", None),
    ("DTM*405*20260104", "DTM*405*20260230", "bad-date", "warning", "DTM02", None),
    ("SE*14*0001", "SE*15*0001", "segment-count", "warning", "SE01", None),
    ("SE*14*0001", "SE*14*0002", "control-number", "warning", "SE02", None),
    ("GE*1*1", "GE*2*1", "segment-count", "warning", "GE01", None),
    ("GE*1*1", "GE*1*7", "control-number", "warning", "GE02", None),
    ("IEA*1*", "IEA*3*", "segment-count", "warning", "IEA01", None),
    ("IEA*1*000000001", "IEA*1*000000002", "control-number", "warning", "IEA02", None),
    ("IEA*1*000000001~", "", "missing-trailer", "warning", "IEA", None),
    ("SE*14*0001~", "", "missing-trailer", "warning", "SE", None),
    ("LX*1~", "LX*1~SVC*HC:99212*70*60~", "segment-position", "error", "SVC02", "70.00"),
    ("LX*1~", "LX*1~CAS*CO*45*7~", "segment-position", "error", "CAS03", "7.00"),
    ("LX*1~", "LX*1~QQQ*1~", "unknown-segment", "note", "xxx", None),
    ("SE*14*0001~", "SE*14*0001~REF*X~", "text-outside", "note", None, None),
    ("CAS*PR*1*20", "CAS*PR*1*20*" + "*" * 16 + "5", "extra-elements", "warning", "CAS20", None),
    ("CAS*PR*1*20", "CAS*PR*1*20~AMT*B6*150", "allowed-is-charge", "note", "AMT02", "120.00"),
    ("CAS*PR*1*20", "CAS*PR*1*20~AMT*B6*119.99", "allowed-too-low", "note", "AMT02", "-0.01"),
    ("CAS*CO*45*30", "CAS*CO*24*30", "capitation", "note", "SVC03", "100.00"),
    ("SE*14", "PLB*1*20261231*L6*-5~SE*15", "interest-balance", "warning", "AMT02", "-5.00"),
]


@pytest.mark.parametrize(("old", "new", "rule", "severity", "element", "amount"), RULES)
def test_each_rule(
    old: str,
    new: str,
    rule: str,
    severity: str,
    element: str,
    amount: str | None,
    *,
    accounts: ModuleType,
    texts: ModuleType,
) -> None:
    findings = found(accounts, changed(texts, old, new))
    matching = [f for f in findings if f["rule"] == rule and f["element"] == element]
    assert len(matching) == 1, [(f["rule"], f["element"]) for f in findings]
    finding = matching[0]
    assert (finding["severity"], finding["amount"]) == (severity, None if amount is None else Decimal(amount))
    assert finding["message"]


def test_the_message_says_where_what_and_what_would_be_right(accounts: ModuleType, texts: ModuleType) -> None:
    content = changed(texts, "CLP*PCN1*1*150*100", "CLP*PCN1*1*15O*100")
    finding = found(accounts, content)[0]
    assert finding["message"] == "CLP03 says '15O', which is not an amount of money with at most two decimals"
    assert content[finding["byte_offset"] :].startswith(b"15O*100")
    assert (finding["subject"], finding["found"]) == ("remit_claims", "15O")
    claims = accounts.rows(accounts.read_all(content), "remit_claims")
    assert claims[0]["charge_amount"] is None
    assert finding["subject_key"] == claims[0]["remit_claim_key"]


def test_a_balance_says_both_amounts(accounts: ModuleType, texts: ModuleType) -> None:
    finding = found(accounts, changed(texts, "BPR*I*100", "BPR*I*1250.5"))[0]
    assert finding["message"] == "the payment is 1250.50, but its claims pay 100.00 less provider adjustments of 0.00"
    assert (finding["found"], finding["expected"]) == ("1250.50", "100.00")


def test_a_reversal_need_not_state_the_patients_share(accounts: ModuleType, texts: ModuleType) -> None:
    reversal = ["CLP*PCN1*22*-150*-100**12*ICN1", "SVC*HC:99213*-150*-100**1", "CAS*CO*45*-30", "CAS*PR*1*-20"]
    assert found(accounts, texts.remittance(*reversal, payment="-100")) == []


def test_other_transactions_are_named_and_not_read(accounts: ModuleType, texts: ModuleType) -> None:
    other = ["277", "BHT*0085*08*1*20260105", "STC*A1:20*20260105**150", "CLP*NOT*1*9*9"]
    content = texts.wrap([other, ["835", texts.bpr("100"), *texts.HEADER_835, *GOOD]]).encode()
    findings = found(accounts, content)
    assert [(f["rule"], f["severity"], f["found"]) for f in findings] == [("not-read", "note", "277")]
    assert len(accounts.rows(accounts.read_all(content), "remit_claims")) == 1


def test_claims_and_remittances_in_one_file(accounts: ModuleType, texts: ModuleType) -> None:
    claim = ["837", *texts.SUBMITTER, *texts.PROVIDER, *texts.SUBSCRIBER, *texts.PROFESSIONAL]
    content = texts.wrap([claim, ["835", texts.bpr("100"), *texts.HEADER_835, *GOOD]]).encode()
    tables = accounts.read_all(content)
    assert accounts.rows(tables, "findings") == []
    assert (tables["claims"].num_rows, tables["remit_claims"].num_rows) == (1, 1)


def test_a_837_whose_lines_do_not_make_the_claim(accounts: ModuleType, texts: ModuleType) -> None:
    findings = found(accounts, texts.professional().replace(b"CLM*PCN1*300", b"CLM*PCN1*301"))
    assert [(f["rule"], f["element"], f["amount"]) for f in findings] == [("claim-charge", "CLM02", Decimal("1.00"))]


def test_no_interchange(accounts: ModuleType) -> None:
    assert [f["rule"] for f in found(accounts, b"")] == ["no-interchange"]
    assert [f["rule"] for f in found(accounts, b"nothing of the kind")] == ["no-interchange"]


def test_a_file_cut_off_inside_a_segment(accounts: ModuleType, texts: ModuleType) -> None:
    content = texts.remittance(*GOOD)
    content = content[: content.index(b"CAS*PR") + 8]
    rules = [f["rule"] for f in found(accounts, content)]
    assert "truncated" in rules
    assert rules.count("missing-trailer") == 3


def test_no_finding_shows_a_date_of_birth(accounts: ModuleType, texts: ModuleType) -> None:
    content = texts.professional().replace(b"DMG*D8*20150505*M", b"DMG*D8*2015-05-05*M")

    (finding,) = [one for one in found(accounts, content) if one["rule"] == "bad-date"]

    assert (finding["element"], finding["found"]) == ("DMG02", None)
    assert finding["message"] == "DMG02 (not shown) is not a date as CCYYMMDD"


def test_no_finding_shows_a_name(accounts: ModuleType, texts: ModuleType) -> None:
    content = texts.remittance(*GOOD).replace(b"CLP*PCN1*1*150", b"CLP*PCN1*1*O'SMITH-JONES 12")
    findings = found(accounts, content)
    assert findings[0]["found"] == "O'xxxxx-xxxxx 12"
    assert not any("SMITH" in str(value) for finding in findings for value in finding.values())


def test_text_around_the_interchange_is_noted(accounts: ModuleType, texts: ModuleType) -> None:
    content = b"From: someone\n\n" + texts.remittance(*GOOD) + b"\n-- \nend of mail"
    assert [f["rule"] for f in found(accounts, content)] == ["text-outside", "text-outside"]
    assert accounts.read_all(content)["remit_claims"].num_rows == 1
