"""Nothing in a contract is typed by YAML: codes and dates are what the author wrote."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.codes import CodeRange
from evenhand.contracts import read_contract
from evenhand.contracts.nodes import Fields, Scalar, read_document
from evenhand.errors import Log

Folder = Callable[..., Path]


@pytest.mark.parametrize("written", ["0275", "50", "NO", "1:30", "2025-01-01", "1e5", "0x1F", "~", "null", ".5", "yes"])
def test_scalars_stay_as_written(written: str) -> None:
    log = Log("contract.yaml")

    node = read_document(f"{written}: {written}\n", log)

    assert isinstance(node, Fields)
    assert node.entries == ((Scalar(written, 1), Scalar(written, 1)),)
    assert log.problems == []


def test_codes_that_yaml_would_change_survive(folder: Folder, base: str) -> None:
    codes = "for: {revenue_codes: [0275, 0360-0369], modifiers: [50, NO, 1E], place_of_service: 09}"
    place = folder(
        base.replace("for: {codes: 99202-99215}", codes) + "rules:\n  modifiers: {50: 150%, 09: 20, NO: 5}\n"
    )

    version = read_contract(place).versions[0]

    assert [condition.ranges for condition in version.terms[0].covers.conditions] == [
        (CodeRange("0275", "0275"), CodeRange("0360", "0369")),
        (CodeRange("50", "50"), CodeRange("NO", "NO"), CodeRange("1E", "1E")),
        (CodeRange("09", "09"),),
    ]
    assert version.rules.modifiers == {"50": Decimal("1.5"), "09": Decimal("0.2"), "NO": Decimal("0.05")}


def test_a_key_without_a_space_is_not_a_key(folder: Folder, base: str) -> None:
    log = Log("contract.yaml")

    assert read_document("50:150%\n", log) == Scalar("50:150%", 1)


def test_anchors_and_merges_are_read(folder: Folder, base: str) -> None:
    text = base.replace("for: {drg: 470}", "for: &joint {drg: 470}")
    text += "  - {name: Long stays, for: {<<: *joint, length_of_stay: 8-}, per: day, pay: {amount: 900}}\n"

    terms = read_contract(folder(text)).versions[0].terms

    assert terms[3].covers.conditions == terms[1].covers.conditions
    assert terms[3].covers.bounds[0].low == 8


def test_a_byte_order_mark_and_windows_lines_do_no_harm(folder: Folder, base: str) -> None:
    place = folder()
    (place / "contract.yaml").write_bytes(b"\xef\xbb\xbf" + base.replace("\n", "\r\n").encode())

    assert read_contract(place).name == "Test"
