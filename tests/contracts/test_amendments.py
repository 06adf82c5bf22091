"""Amendments laid over a contract: versions, order, adjustments, knowledge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.contracts import Contract, read_contract, read_offer
from evenhand.contracts.methods import Amount, PaidBySchedule, PercentOf, PercentOfCharges
from evenhand.money import to_cents
from evenhand.periods import FOREVER, Period

Folder = Callable[..., Path]
SIGNED = "amendment: {name}\nsigned: {signed}\neffective: {effective}\n"


def _amendment(body: str = "", effective: str = "2026-01-01", signed: str = "2025-11-01", name: str = "First") -> str:
    return SIGNED.format(name=name, signed=signed, effective=effective) + body


def _amended(
    folder: Folder, *amendments: str, text: str | None = None, files: dict[str, str] | None = None
) -> Contract:
    written = {f"amendments/{number}.yaml": text for number, text in enumerate(amendments)} | (files or {})
    return read_contract(folder(**({"text": text} if text else {}), files=written))


def _names(contract: Contract, version: int = -1) -> list[str]:
    return [term.name for term in contract.versions[version].terms]


def test_a_boundary_stands_where_an_amendment_takes_effect(folder: Folder) -> None:
    contract = _amended(folder, _amendment("provisions: {payment_days: 20}\n", "2025-07-01"))

    assert [version.period for version in contract.versions] == [
        Period(date(2025, 1, 1), date(2025, 7, 1)),
        Period(date(2025, 7, 1), date(2027, 1, 1)),
    ]
    assert [version.amendments for version in contract.versions] == [(), ("First",)]
    assert [version.provisions for version in contract.versions] == [{}, {"payment_days": 20}]


def test_an_amendment_from_the_first_day_leaves_one_version(folder: Folder) -> None:
    contract = _amended(folder, _amendment("remove_terms: Visits\n", "2025-01-01"))

    assert len(contract.versions) == 1
    assert _names(contract) == ["Stays", "Anything else"]


def test_terms_are_replaced_in_place_added_before_the_default_and_removed(folder: Folder) -> None:
    body = """\
terms:
  - {name: Visits, for: {codes: 99213}, pay: {amount: 101.00}}
  - {name: Scans, for: {codes: 70010-79999}, pay: {amount: 300}}
  - {name: Tests, for: {codes: 80047-89398}, pay: {amount: 20}, before: Visits}
remove_terms: [Stays]
"""
    contract = _amended(folder, _amendment(body))

    assert _names(contract, 0) == ["Visits", "Stays", "Anything else"]
    assert _names(contract) == ["Tests", "Visits", "Scans", "Anything else"]
    assert contract.versions[1].terms[1].pay == Amount(Decimal("101.00"))


def test_a_new_table_takes_the_place_of_the_old_one(folder: Folder) -> None:
    contract = _amended(
        folder,
        _amendment("schedules: {rates.csv: rates-2026.csv}\n"),
        files={"amendments/rates-2026.csv": "code,rate\n99213,104.00\n"},
    )

    assert [version.schedules["rates.csv"].rates[0].amount for version in contract.versions] == [100, 104]


def test_a_table_is_replaced_by_its_file_where_it_goes_by_a_name(folder: Folder, base: str) -> None:
    text = base.replace("terms:", "schedules: {exhibit: rates.csv}\nterms:").replace(
        "fee_schedule: rates.csv", "fee_schedule: exhibit"
    )
    contract = _amended(
        folder,
        _amendment("schedules: {rates.csv: rates-2026.csv}\n"),
        text=text,
        files={"rates-2026.csv": "code,rate\n99213,104.00\n"},
    )

    assert list(contract.versions[1].schedules) == ["exhibit"]
    assert contract.versions[1].schedules["exhibit"].rates[0].amount == 104


def test_an_adjustment_moves_amounts_rates_and_percentages(folder: Folder, base: str) -> None:
    text = (
        base + "  - {name: Drugs, for: {codes: J0000-J9999}, pay: {percent_of: rates.csv, year: 2025, percent: 106}}\n"
    )
    contract = _amended(folder, _amendment("adjust: {terms: all, percent: 4}\n"), text=text)

    pays = [term.pay for term in contract.versions[1].terms]
    assert pays == [
        PaidBySchedule("rates.csv × 1.04"),
        Amount(Decimal("20800.00")),
        PercentOfCharges(Decimal("0.468")),
        PercentOf("rates.csv", Decimal("1.1024"), date(2025, 1, 1)),
    ]
    schedules = contract.versions[1].schedules
    assert {name: table.rates[0].amount for name, table in schedules.items()} == {
        "rates.csv": Decimal("100.00"),
        "rates.csv × 1.04": Decimal("104.00"),
    }


def test_a_schedule_all_of_whose_terms_move_keeps_its_name(folder: Folder) -> None:
    contract = _amended(folder, _amendment("adjust: {terms: [Visits], percent: -2.5}\n"))

    assert contract.versions[1].terms[0].pay == PaidBySchedule("rates.csv")
    assert contract.versions[1].schedules["rates.csv"].rates[0].amount == Decimal("97.50")
    assert contract.versions[1].terms[1].pay == Amount(Decimal(20000))


@pytest.mark.parametrize(
    ("amount", "percent", "adjusted"),
    [("0.50", "1", "0.51"), ("1.50", "-1", "1.49"), ("33.33", "3.5", "34.50"), ("10.05", "10", "11.06")],
)
def test_adjusted_amounts_round_half_up_to_cents(
    folder: Folder, base: str, amount: str, percent: str, adjusted: str
) -> None:
    contract = _amended(
        folder,
        _amendment(f"adjust: {{terms: Stays, percent: {percent}}}\n"),
        text=base.replace("amount: 20000", f"amount: {amount}"),
    )

    assert contract.versions[1].terms[1].pay == Amount(Decimal(adjusted))


def test_what_an_amendment_states_itself_is_not_adjusted(folder: Folder) -> None:
    body = "adjust: {terms: all, percent: 10}\n"
    body += "terms:\n  - {name: Stays, for: {drg: 470}, per: case, pay: {amount: 21000}}\n"

    contract = _amended(folder, _amendment(body))

    assert [term.pay for term in contract.versions[1].terms[1:]] == [
        Amount(Decimal(21000)),
        PercentOfCharges(Decimal("0.495")),
    ]


def test_rules_are_replaced_one_by_one_and_none_removes(folder: Folder, base: str) -> None:
    text = base + "rules:\n  lesser_of: line\n  modifiers: {50: 150}\n"
    contract = _amended(folder, _amendment("rules: {lesser_of: none}\n"), text=text)

    assert [version.rules.lesser_of for version in contract.versions] == ["line", None]
    assert contract.versions[1].rules.modifiers == {"50": Decimal("1.5")}


def test_provisions_are_merged_key_by_key(folder: Folder, base: str) -> None:
    text = base + "provisions: {payment_days: 30, termination: {without_cause: 90 days, cure: 30 days}}\n"
    contract = _amended(folder, _amendment("provisions: {termination: {cure: 60 days}}\n"), text=text)

    assert contract.provisions["payment_days"] == 30
    assert {key: str(value) for key, value in contract.provisions["termination"].items()} == {
        "without_cause": "90 days",
        "cure": "60 days",
    }


def test_an_amendment_may_extend_or_shorten_the_contract(folder: Folder) -> None:
    longer = _amended(folder, _amendment("ends: 2028-12-31\n", "2027-01-01"))
    shorter = _amended(folder, _amendment("terminated: 2026-03-31\n"))

    assert longer.period == Period(date(2025, 1, 1), date(2029, 1, 1))
    assert shorter.period == Period(date(2025, 1, 1), date(2026, 4, 1))
    assert shorter.terminated == date(2026, 3, 31)


def test_evergreen_renewal_runs_past_the_stated_end_until_terminated(folder: Folder, base: str) -> None:
    text = base.replace("terms:", "renewal: {evergreen: 1 year}\nterms:")

    running = read_contract(folder(text))
    stopped = read_contract(folder(text.replace("terms:", "terminated: 2027-12-31\nterms:"), name="stopped"))

    assert (running.period.end, running.ends) == (FOREVER, date(2026, 12, 31))
    assert stopped.period.last == date(2027, 12, 31)


def test_amendments_apply_in_the_order_they_take_effect(folder: Folder) -> None:
    later = _amendment(
        "terms:\n  - {name: Stays, for: {drg: 470}, per: case, pay: {amount: 3}}\n", "2026-07-01", name="B"
    )
    earlier = _amendment(
        "terms:\n  - {name: Stays, for: {drg: 470}, per: case, pay: {amount: 2}}\n", "2026-01-01", name="A"
    )

    contract = _amended(folder, later, earlier)

    assert [version.terms[1].pay for version in contract.versions] == [Amount(Decimal(n)) for n in (20000, 2, 3)]
    assert contract.versions[2].amendments == ("A", "B")


def test_an_amendment_knows_the_code_sets_of_its_contract(folder: Folder, base: str) -> None:
    text = base.replace("terms:", "code_sets: {scans: 70010-79999}\nterms:")
    body = "code_sets: {tests: 80047-89398}\nterms:\n  - {name: S, for: {codes: [scans, tests]}, pay: {amount: 1}}\n"

    term = _amended(folder, _amendment(body), text=text).versions[1].terms[2]

    assert [str(codes) for codes in term.covers.conditions[0].ranges] == ["70010-79999", "80047-89398"]


def test_what_was_not_yet_known_is_left_out_and_the_digest_says_so(folder: Folder) -> None:
    place = folder()
    alone = read_contract(place)
    (place / "amendments").mkdir()
    (place / "amendments/late.yaml").write_text(_amendment("remove_terms: Stays\n", "2025-06-01", "2025-09-15"))

    assert read_contract(place, as_known_on=date(2025, 9, 14)) == alone
    assert _names(read_contract(place, as_known_on=date(2025, 9, 15))) == ["Visits", "Anything else"]
    assert read_contract(place).digest != alone.digest


def test_known_may_be_later_than_signed(folder: Folder) -> None:
    place = folder(files={"amendments/a.yaml": _amendment("known: 2025-12-24\nremove_terms: Stays\n")})

    assert len(read_contract(place, as_known_on=date(2025, 12, 23)).versions) == 1
    assert len(read_contract(place, as_known_on=date(2025, 12, 24)).versions) == 2


def test_the_digest_follows_every_file_and_no_other(folder: Folder) -> None:
    place = folder(name="one")
    first = read_contract(place).digest
    (place / "notes.txt").write_text("not part of it")

    assert read_contract(place).digest == read_contract(place / "contract.yaml").digest == first
    assert read_contract(folder(name="two")).digest == first
    (place / "rates.csv").write_text("code,amount\n99213,100.01\n")
    assert read_contract(place).digest != first


OFFER = """\
offer: Offer of May
amends: ..
effective: 2026-01-01
adjust: {terms: all, percent: 4}
"""
COUNTER = """\
offer: Counter of June
amends: may.yaml
effective: 2026-01-01
terms:
  - {name: Stays, for: {drg: 470}, per: case, pay: {amount: 22000}}
"""


def test_an_offer_is_laid_over_its_contract(folder: Folder) -> None:
    place = folder(files={"offers/may.yaml": OFFER})
    contract = read_contract(place)

    offered = read_offer(place / "offers/may.yaml")

    assert (offered.id, offered.offer, contract.offer) == ("test", "Offer of May", "")
    assert offered.name == "Test – offer: Offer of May"
    assert offered.version_on(date(2026, 1, 1)).terms[1].pay == Amount(Decimal("20800.00"))  # type: ignore[union-attr]
    assert offered.digest != contract.digest


def test_a_counteroffer_is_laid_over_the_offer(folder: Folder) -> None:
    place = folder(files={"offers/may.yaml": OFFER, "offers/june.yaml": COUNTER})

    countered = read_offer(place / "offers/june.yaml")

    assert countered.name == "Test – offer: Counter of June"
    assert [laid.name for laid in countered.amendments] == ["Offer of May", "Counter of June"]
    assert [term.pay for term in countered.versions[1].terms[1:]] == [
        Amount(Decimal(22000)),
        PercentOfCharges(Decimal("0.468")),
    ]


def test_an_offer_may_lie_anywhere_when_the_contract_is_given(folder: Folder, tmp_path: Path) -> None:
    contract = read_contract(folder())
    (tmp_path / "mail").mkdir()
    offer = tmp_path / "mail/may.yaml"
    offer.write_text(OFFER.replace("amends: ..\n", ""))

    offered = read_offer(offer, contract=contract)

    assert offered.versions[1].terms[1].pay == Amount(Decimal("20800.00"))


def test_an_offer_without_amends_changes_the_contract_it_lies_in(folder: Folder) -> None:
    place = folder(files={"offers/may.yaml": OFFER.replace("amends: ..\n", "")})

    assert read_offer(place / "offers/may.yaml").id == "test"


def test_cases_of_the_contract_that_an_offer_overtakes_are_left_out(folder: Folder, base: str) -> None:
    cases = "cases:\n  - {code: 99213, allowed: 100}\n  - {code: 99213, date: 2026-05-01, allowed: 100}\n"
    place = folder(base + cases, {"offers/may.yaml": OFFER + "cases:\n  - {code: 99213, allowed: 104}\n"})

    offered = read_offer(place / "offers/may.yaml")

    assert [(case.claim["date"], case.allowed) for case in offered.cases] == [
        (date(2025, 1, 1), Decimal(100)),
        (date(2026, 1, 1), Decimal(104)),
    ]


DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days=st.lists(DAYS, max_size=6))
def test_versions_tile_the_period(folder: Folder, days: list[date]) -> None:
    place = folder(name="tiles")
    for file in (place / "amendments").glob("*.yaml"):
        file.unlink()
    (place / "amendments").mkdir(exist_ok=True)
    for number, day in enumerate(days):
        (place / f"amendments/{number}.yaml").write_text(_amendment(effective=str(day), name=str(number)))

    contract = read_contract(place)

    edges = [version.period.start for version in contract.versions] + [contract.period.end]
    assert edges == [*sorted({contract.period.start, *days}), date(2027, 1, 1)]
    assert [version.period.end for version in contract.versions] == edges[1:]


@given(amount=st.decimals(0, 10**6, places=2), percent=st.decimals(-50, 50, places=2))
def test_an_adjusted_amount_is_the_exact_product_rounded_once(amount: Decimal, percent: Decimal) -> None:
    from evenhand.contracts.adjustments import scaled
    from evenhand.contracts.model import FeeSchedule, Rate

    factor = 1 + percent / 100

    (rate,) = scaled(FeeSchedule("a", (Rate("99213", amount),)), "b", factor).rates

    assert rate.amount == to_cents(amount * factor)
    assert abs(rate.amount - amount * factor) <= Decimal("0.005")
