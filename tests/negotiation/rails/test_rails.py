"""Guard rails: joint asks, pooled rates, suspect clauses, the termination clock; each with its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evenhand.contracts import read_contract
from evenhand.errors import UsageError
from evenhand.negotiation.rails import (
    RAILS,
    Asker,
    joint_ask,
    medicare_advantage_needs,
    pooled,
    refuse_joint_ask,
    refuse_pooled,
    suspect_clauses,
    termination_clock,
    texts_of,
)

ONE, TWO = Asker("Cedar", "84-0000000"), Asker("Alder", "84-1111111")


def test_every_rail_has_a_source_and_says_how_sure() -> None:
    assert list(RAILS) == [f"G{number}" for number in range(1, 12)]
    for rail in RAILS.values():
        assert rail.source
        assert rail.sure in ("read", "from memory", "our judgement")


def test_one_organisation_may_ask() -> None:
    assert joint_ask([]).state == "clear"
    assert joint_ask([ONE], ["840000000"]).state == "clear"
    assert joint_ask([replace(ONE, owner="Cedar Group"), replace(TWO, owner="cedar  group")]).state == "clear"


def test_competitors_are_refused_and_messenger_mode_is_offered() -> None:
    flag = joint_ask([ONE, TWO])
    assert (flag.state, flag.found) == ("blocked", "2 owners ask together")
    with pytest.raises(UsageError, match=r"G1: 2 owners ask together; .*messenger mode.*Sherman Act"):
        refuse_joint_ask(flag)


def test_several_tax_numbers_without_owners_are_refused() -> None:
    flag = joint_ask([], ["84-0000000", "84-1111111"])
    assert flag.state == "blocked"
    assert "tax numbers whose owner is not stated: 84-0000000, 84-1111111" in flag.found


def test_stated_integration_is_a_flag_and_not_a_blessing() -> None:
    flag = joint_ask([ONE, TWO], integrated="clinical, ACO agreement")
    assert flag.state == "flag"
    assert "as stated and not checked here" in flag.found
    refuse_joint_ask(flag)


def test_rivals_private_rates_are_not_pooled() -> None:
    assert pooled([("Summit's file", "published"), ("ours", "own contract")]).state == "clear"
    with pytest.raises(UsageError, match=r"G4: not published and not your own: Alder's contract.*MultiPlan"):
        refuse_pooled([("Summit's file", "published"), ("Alder's contract", "shared by a friend")])


@pytest.mark.parametrize(
    ("text", "rail", "kind"),
    [
        ("participation: all-or-nothing for every facility", "G6", "all-or-nothing"),
        ("network: plan shall not steer members to other tiers", "G6", "anti-steering or anti-tiering"),
        ("most favoured nation: yes", "G6", "most-favoured-nation"),
        ("rates: no less favorable than any other payer", "G6", "most-favoured-nation"),
        ("confidentiality: neither party may disclose any price or quality data", "G6", "gag"),
        ("exclusivity: three years in the county", "G6", "exclusive"),
        ("software: provided free of charge", "G7", "anti-kickback"),
        ("bonus: bonus pool by volume of referrals", "G8", "self-referral"),
    ],
)
def test_suspect_words_are_flagged_where_they_stand(text: str, rail: str, kind: str) -> None:
    flags = suspect_clauses([("provisions: x", text)])
    assert (flags[0].rail, flags[0].where) == (rail, "provisions: x")
    assert flags[0].found.startswith(kind)
    assert flags[0].clears


@pytest.mark.parametrize(
    "text",
    [
        "payment days: 30",
        "most favoured nation: none",
        "exclusive: no",
        "retro audit: 12 months",
        "dispute: the plan shall not deny a claim for lack of notice",
    ],
)
def test_ordinary_words_are_not(text: str) -> None:
    assert suspect_clauses([("provisions: x", text)]) == []


def contract(folder: Path, more: str = "") -> Path:
    (folder / "contract.yaml").write_text(
        "contract: x\nparties: {provider: a, payer: b}\neffective: 2024-01-01\nends: 2027-03-31\n"
        "renewal: {evergreen: 1 year, notice: 120 days}\n"
        f"terms: [{{name: t, pay: {{percent_of_charges: 4}}}}]\n{more}",
        encoding="utf-8",
    )
    return folder


def test_the_clock_by_hand(tmp_path: Path) -> None:
    made = read_contract(contract(tmp_path, "provisions: {termination: {without_cause: 90 days}}\n"))
    ticks = termination_clock(made, date(2026, 12, 15), plan="medicare advantage")
    assert [(one.day, one.past) for one in ticks] == [
        (date(2026, 12, 1), True),  # 120 days before the end
        (date(2027, 2, 14), False),  # 45 days before
        (date(2027, 3, 1), False),  # 30 days before
        (date(2027, 3, 15), False),  # 90 days from today
        (date(2027, 3, 31), False),
        (date(2027, 4, 1), False),
        (date(2027, 6, 29), False),  # 90 days after
    ]
    assert {one.what: one.sure for one in ticks}["the contract's last day"] == "read"


def test_a_contract_without_end_has_no_clock(tmp_path: Path) -> None:
    folder = contract(tmp_path)
    file = folder / "contract.yaml"
    file.write_text(file.read_text().replace("ends: 2027-03-31\n", "").replace("renewal: ", "# "), encoding="utf-8")
    assert termination_clock(read_contract(folder), date(2026, 12, 15)) == []


def test_what_a_medicare_advantage_contract_needs(tmp_path: Path) -> None:
    made = read_contract(contract(tmp_path, "provisions: {payment_days: 30, hold harmless: yes}\n"))
    assert medicare_advantage_needs(made, "employer") == []
    states = {one.found: one.state for one in medicare_advantage_needs(made, "medicare advantage")}
    assert states == {
        "prompt payment: stated": "clear",
        "hold-harmless of members: stated": "clear",
        "delegated entities: not stated in the contract's provisions": "flag",
    }


def test_texts_are_provisions_and_terms(tmp_path: Path) -> None:
    made = read_contract(contract(tmp_path, "provisions: {termination: {cure: 30 days}, mfn: yes}\n"))
    assert ("provisions: termination.cure", "termination.cure: 30 days") in list(texts_of(made))
    assert [one.found for one in suspect_clauses(texts_of(made))] == ["most-favoured-nation: 'mfn'"]
