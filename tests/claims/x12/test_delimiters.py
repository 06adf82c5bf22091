"""Finding interchanges and what delimits them."""

from __future__ import annotations

from types import ModuleType

import pytest

from evenhand.claims.x12 import looks_like_x12
from evenhand.claims.x12.delimiters import Delimiters, find_interchange

GOOD = ["CLP*PCN1*1*150*100*20*12*ICN1", "SVC*HC:99213*150*100**1", "CAS*CO*45*30", "CAS*PR*1*20"]


def test_recognition(texts: ModuleType) -> None:
    assert looks_like_x12(texts.remittance(*GOOD))
    assert looks_like_x12(b"\xef\xbb\xbf  \r\n" + texts.remittance(*GOOD))
    assert not looks_like_x12(b"claim_id,ISA,amount\n1,2,3\n")
    assert not looks_like_x12(b"LOUISA*00*")
    assert not looks_like_x12(b"")


@pytest.mark.parametrize("terminator", ["~", "\n", "\r\n", "\r", "~\n", "~\r\n", "_", "\x1c"])
@pytest.mark.parametrize(("element", "component"), [("*", ":"), ("|", ">"), ("\x1d", "\x1f"), ("^", "<")])
def test_any_delimiters(element: str, component: str, terminator: str, accounts: ModuleType, texts: ModuleType) -> None:
    content = texts.remittance(*GOOD).decode().replace("^*00501", "U*00501")
    plain = accounts.read_all(content.encode())
    other = accounts.read_all(texts.delimited(content, element, component, terminator).encode("latin-1"))
    assert sorted(plain) == sorted(other)
    for name in ("remit_claims", "remit_lines", "adjustments"):
        dropped = [column for column in plain[name].column_names if "key" in column or "byte" in column]
        assert plain[name].drop_columns(dropped).equals(other[name].drop_columns(dropped)), name


def test_an_isa_without_padding(accounts: ModuleType, texts: ModuleType) -> None:
    content = texts.remittance(*GOOD).replace(b" " * 10, b"").replace(b"SENDER   ", b"SENDER")
    tables = accounts.read_all(content)
    assert tables["remit_claims"].num_rows == 1
    assert accounts.rows(tables, "findings") == []


def test_a_damaged_terminator_is_told_by_what_follows(texts: ModuleType) -> None:
    content = texts.remittance(*GOOD)
    found = find_interchange(content[:105] + b"X" + content[106:], 0)
    assert found == (0, Delimiters(ord("*"), ord(":"), ord("~")))


def test_two_interchanges_with_the_same_and_with_other_delimiters(accounts: ModuleType, texts: ModuleType) -> None:
    one = texts.remittance(*GOOD)
    other = texts.delimited(one.decode(), "|", ">", "\n").encode()
    tables = accounts.read_all(one + one + b"\r\n" + other + one)
    assert tables["remits"].num_rows == 4
    assert accounts.rows(tables, "findings") == []
    assert len(set(tables["remit_claims"]["remit_claim_key"].to_pylist())) == 4


def test_latin_1_and_utf_8_names(accounts: ModuleType, texts: ModuleType) -> None:
    text = texts.remittance(*GOOD).decode().replace("PLAN ONE", "PLAN É")
    for encoding in ("latin-1", "utf-8"):
        tables = accounts.read_all(text.encode(encoding))
        assert tables["remits"]["payer"].to_pylist() == ["PLAN É"]
