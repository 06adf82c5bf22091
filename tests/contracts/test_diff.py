"""Differences between contracts, in plain words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evenhand.contracts import Change, compare, read_contract, read_offer

Folder = Callable[..., Path]
OFFER = "offer: O\neffective: 2026-01-01\n"


def _words(folder: Folder, base: str, old: str, new: str) -> list[str]:
    first = read_contract(folder(base, name="first"))
    second = read_contract(folder(base.replace(old, new), name="second"))
    return [change.words for change in compare(first, second)]


def test_a_contract_says_the_same_as_itself(folder: Folder) -> None:
    contract = read_contract(folder())

    assert compare(contract, contract) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("amount: 20000", "amount: 21000.50", "Stays pays $21,000.50 per case, was $20,000.00 per case"),
        ("99202-99215", "99213", "Visits covers code 99213, was codes 99202–99215"),
        ("drg: 470}", "drg: 470}\n    except: Visits", "Stays, paid in addition: Visits, was nothing"),
        ("drg: 470}", "drg: 470}\n    cite: §2", "Stays, clause: §2, was none"),
        ("name: Stays", "name: Hips", "Stays: removed (was DRG 470: $20,000.00 per case)"),
        ("terms:", "rules: {lesser_of: line}\nterms:", None),
        ("terms:", "products: PPO\nterms:", "products: now PPO"),
        ("A payer", "Another", "payer: Another, was A payer"),
        ("ends: 2026-12-31", "ends: 2027-12-31", "ends: 2027-12-31, was 2026-12-31"),
        ("terms:", "renewal: {notice: 90 days}\nterms:", "renewal, notice: now 90 days"),
        ("terms:", "provisions: {payment_days: 30}\nterms:", "payment days: now 30"),
        ("terms:", "provisions: {termination: {cure: 30 days}}\nterms:", "termination, cure: now 30 days"),
    ],
)
def test_each_kind_of_change_is_told(folder: Folder, base: str, old: str, new: str, words: str | None) -> None:
    expected = words or (
        "lesser of: never more than the charge, line by line, was none: the rate is paid even above the charge"
    )

    assert _words(folder, base, old, new)[0] == expected


def test_order_is_money(folder: Folder, base: str) -> None:
    first = read_contract(folder(base, name="first"))
    head, terms = base.split("terms:\n")
    visits, rest = terms.split("  - name: Stays")
    second = read_contract(folder(f"{head}terms:\n  - name: Stays{rest}{visits}", name="second"))

    assert [change.words for change in compare(first, second)] == [
        "the order of terms differs from place 1 on: 'Stays' now stands before 'Visits'"
    ]


def test_rates_that_change_appear_and_go(folder: Folder, base: str) -> None:
    first = read_contract(folder(base, {"rates.csv": "code,rate\n99213,100\n99214,140\n99215,180\n"}, name="first"))
    second = read_contract(folder(base, {"rates.csv": "code,rate\n99213,103.5\n99215,180\n99212,60\n"}, name="second"))

    assert compare(first, second) == [
        Change("rate", where, before, after, words, date(2025, 1, 1))
        for where, before, after, words in [
            ("99212 in rates.csv", "", "$60.00", "99212 in rates.csv: now $60.00"),
            ("99213 in rates.csv", "$100.00", "$103.50 (+3.5%)", "99213 in rates.csv: $103.50 (+3.5%), was $100.00"),
            ("99214 in rates.csv", "$140.00", "", "99214 in rates.csv: no longer $140.00"),
        ]
    ]


def test_an_offer_shows_from_the_day_it_takes_effect(folder: Folder) -> None:
    body = "adjust: {terms: all, percent: 4}\nrules: {lesser_of: line}\nends: 2027-12-31\n"
    place = folder(files={"offers/o.yaml": OFFER + body})

    changes = compare(read_contract(place), read_offer(place / "offers/o.yaml"))

    assert [(str(change.since), change.kind, change.where) for change in changes] == [
        ("None", "date", "ends"),
        ("2026-01-01", "term", "Stays"),
        ("2026-01-01", "term", "Anything else"),
        ("2026-01-01", "rule", "lesser of"),
        ("2026-01-01", "rate", "99213 in rates.csv"),
    ]


def test_a_day_can_be_chosen(folder: Folder) -> None:
    place = folder(files={"offers/o.yaml": OFFER + "remove_terms: Stays\n"})
    contract, offer = read_contract(place), read_offer(place / "offers/o.yaml")

    assert compare(contract, offer, on=date(2025, 12, 31)) == []
    assert [change.words for change in compare(contract, offer, on=date(2026, 1, 1))] == [
        "Stays: removed (was DRG 470: $20,000.00 per case)"
    ]


def test_contracts_of_different_times_are_not_compared_in_silence(folder: Folder, base: str) -> None:
    first = read_contract(folder(base, name="first"))
    second = read_contract(folder(base.replace("2025-01-01", "2028-01-01").replace("2026-", "2029-"), name="second"))

    assert compare(first, second)[-1].words == "the two are never in force on the same day; no terms compared"
