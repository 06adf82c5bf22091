"""One claim worked by hand, and what each fact about a hospital or stay changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from evenhand.schedules.ipps import COMPONENTS, Drg, Hospital, constants_of, drg_rates, price_ipps
from evenhand.schedules.ipps.factors import factors_of

Price = Callable[..., dict[str, Any]]
#: An urban hospital of 340 beds that neither teaches nor takes part in any programme.
PLAIN = Hospital(
    provider="plain", wage_index=Decimal("1.1008"), cbsa_size="other urban", beds=340, operating_ccr=Decimal("0.198"),
    capital_ccr=Decimal("0.018"), ssi_share=Decimal("0.05"), medicaid_share=Decimal("0.1"),
)  # fmt: skip


def test_by_hand(price_one: Price) -> None:
    """Operating (4,071.57 × 1.1008 + 1,889.74) × 1.8999 = 12,105.638…; DSH: 15 % of days, 2.5 %, a quarter of it paid.

    Capital: 1.1008^.6848 = 1.0680; 466.21 × 1.0680 = 497.91; × 1.8999 = 945.98; DSH 2.7183^(.2025 × .15) − 1 = .0308.
    """
    paid = price_one(PLAIN)

    assert paid["operating_amount"] == Decimal("12105.64")
    assert paid["dsh_amount"] == Decimal("75.66")
    assert paid["capital_amount"] == Decimal("945.98")
    assert paid["capital_dsh_amount"] == Decimal("29.14")
    assert paid["total_amount"] == Decimal("13156.42")
    assert paid["return_code"] == "14"


def test_an_outlier_by_hand(price_one: Price) -> None:
    """Costs 300,000 × .198 = 59,400 and × .018 = 5,400; T = 29,064.

    Operating line: 12,105.6389… × 1.00625 + T × (.683 × 1.1008 + .317) × .198/.216 = 12,181.30 + 28,476.21; capital
    line: 945.979… × 1.0308 + T × 1.0680 × .018/.216 = 975.12 + 2,586.70; 80 % of what is beyond each.
    """
    paid = price_one(PLAIN, charge_amount=Decimal("300000.00"))

    assert paid["outlier_amount"] == Decimal("14994.00")
    assert paid["capital_outlier_amount"] == Decimal("1470.55")
    assert paid["return_code"] == "16"


def test_transfers(price_one: Price) -> None:
    """The first day counts twice; half of a special-pay DRG is paid at once; DRG 789 is always whole."""
    shares = {
        (drg, code): price_one(PLAIN, drg=drg, review_code=code, length_of_stay=0)["transfer_fraction"]
        for drg, code in (
            ("480", "3"),
            ("480", "9"),
            ("291", "9"),
            ("189", "9"),
            ("189", "3"),
            ("789", "3"),
            ("470", "3"),
        )
    }
    assert shares == {
        ("480", "3"): Decimal("0.3226"),  # 2 days of 6.2
        ("480", "9"): Decimal("0.6613"),
        ("291", "9"): Decimal("0.5000"),
        ("189", "9"): 1,  # not a post-acute DRG
        ("189", "3"): Decimal("0.5556"),
        ("789", "3"): 1,
        ("470", "3"): 1,  # 2 days of 1.8
    }


def test_a_transfer_lowers_the_fixed_loss(price_one: Price) -> None:
    whole = price_one(PLAIN, drg="480", charge_amount=Decimal("200000"), length_of_stay=9)
    moved = price_one(PLAIN, drg="480", charge_amount=Decimal("200000"), length_of_stay=1, review_code="3")

    assert (moved["outlier_amount"], moved["capital_outlier_amount"]) == (Decimal("19326.24"), Decimal("1811.80"))
    assert (moved["return_code"], whole["return_code"]) == ("05", "14")


def test_burns_are_paid_nine_tenths_beyond(price_one: Price) -> None:
    """Two stays whose charges differ by 10,000: .9 × 10,000 × .198 more."""
    less, more = (
        price_one(PLAIN, drg="928", charge_amount=Decimal(charges))["outlier_amount"] for charges in (900_000, 910_000)
    )
    assert more - less == Decimal("1782.00")


@pytest.mark.parametrize(
    ("changed", "share"),
    [
        ({"medicaid_share": "0.0999"}, "0"),
        ({"medicaid_share": "0.1"}, "0.0250"),
        ({"medicaid_share": "0.1519"}, "0.0587"),  # (.2019 − .15) × .65 + .025 = .058735
        ({"medicaid_share": "0.152"}, "0.0588"),
        ({"medicaid_share": "0.35"}, "0.2222"),
        ({"medicaid_share": "0.35", "beds": 99}, "0.12"),
        ({"medicaid_share": "0.35", "beds": 499, "cbsa_size": "rural"}, "0.12"),
        ({"medicaid_share": "0.35", "beds": 500, "cbsa_size": "rural"}, "0.2222"),
        ({"medicaid_share": "0.35", "beds": 99, "referral_centre": True}, "0.2222"),
    ],
)
def test_disproportionate_share(changed: dict[str, Any], share: str) -> None:
    said: dict[str, Any] = changed | {"medicaid_share": Decimal(changed["medicaid_share"])}
    assert factors_of(replace(PLAIN, **said), constants_of(2021)).dsh == Decimal(share)


def test_teaching_and_programmes(price_one: Price) -> None:
    """IME 1.35 × (1.25^.405 − 1) = .127686…; VBP + 1 %, readmissions − 2 %, HAC − 1 % of all of it."""
    teaching = replace(
        PLAIN,
        irb_ratio=Decimal("0.25"),
        vbp_part=True,
        vbp_factor=Decimal("1.01"),
        hrrp_factor=Decimal("0.98"),
        hac=True,
    )
    paid = price_one(teaching)

    assert paid["ime_amount"] == Decimal("1545.73")
    assert paid["vbp_amount"] == Decimal("121.06")
    assert paid["hrrp_amount"] == Decimal("-242.11")
    before = sum(paid[name] for name in COMPONENTS if name != "hac_amount")
    assert paid["hac_amount"] == -(before / 100).quantize(Decimal("0.01"))


def test_a_new_technology_adds_its_share_up_to_its_cap(price_one: Price) -> None:
    """Costs 100,000 × .198 = 19,800 less 12,181.30 paid: 65 % of 7,618.70."""
    charged = {"charge_amount": Decimal("100000.00")}
    none, some, capped, poor = (
        price_one(PLAIN, **said)["new_technology_amount"]
        for said in (
            charged,
            charged | {"new_technology_cap_amount": Decimal(9000)},
            charged | {"new_technology_cap_amount": Decimal("1234.50"), "new_technology_share": Decimal("0.75")},
            {"new_technology_cap_amount": Decimal(9000)},
        )
    )
    assert (none, some, capped, poor) == (0, Decimal("4952.16"), Decimal("1234.50"), 0)


def test_rates_by_drg_are_ordinary_stays(drgs: list[Drg], price_one: Price) -> None:
    rates = {row["drg"]: row for row in drg_rates(PLAIN, drgs, 2021)}

    assert rates["470"]["total_amount"] == Decimal("13156.42")
    assert len(rates) == len(drgs)
    assert "outlier_amount" not in rates["470"]
    for drg in ("003", "928"):
        assert price_one(PLAIN, drg=drg, length_of_stay=99)["total_amount"] == rates[drg]["total_amount"]


def test_years_differ(price_one: Price) -> None:
    """FY 2026: (4,456.72 × 1.1008 + 2,295.89) × 1.8999 = 13,682.79."""
    assert price_one(PLAIN, 2026)["operating_amount"] == Decimal("13682.79")
    assert price_one(PLAIN, 2025)["operating_amount"] == Decimal("13443.28")


@pytest.mark.parametrize(
    ("said", "outcome", "code"),
    [
        ({"provider": "other"}, "no such hospital", "51"),
        ({"drg": "998"}, "no such DRG", "54"),
        ({"length_of_stay": None}, "no length of stay", "56"),
        ({"review_code": "7"}, "no such review code", "57"),
        ({"charge_amount": None}, "no charge", "58"),
    ],
)
def test_without_a_price_there_is_no_amount(price_one: Price, said: dict[str, Any], outcome: str, code: str) -> None:
    paid = price_one(PLAIN, **said)

    assert (paid["outcome"], paid["return_code"]) == (outcome, code)
    assert {paid[name] for name in (*COMPONENTS, "total_amount")} == {None}


def test_claims_keep_their_order_and_names(drgs: list[Drg]) -> None:
    claims = pa.table(
        {
            "claim_id": ["b", None, "a"],
            "provider": ["plain"] * 3,
            "drg": ["3", "470", "001"],
            "review_code": [0, 3, None],
            "length_of_stay": [1, 2, 3],
            "charge_amount": [1, 2, 3],
        }
    )
    rows = price_ipps(claims, [PLAIN], drgs, 2021).rows()

    assert [row["claim_id"] for row in rows] == ["b", "2", "a"]
    assert [row["drg"] for row in rows] == ["003", "470", "001"]
    assert [row["review_code"] for row in rows] == ["0", "3", "0"]
