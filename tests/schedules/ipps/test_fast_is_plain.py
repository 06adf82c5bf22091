"""The SQL steps give what the plain arithmetic gives, to the cent, for any hospital and any stay."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.schedules.ipps import COMPONENTS, Drg, Hospital, constants_of, known_years, price_ipps
from evenhand.schedules.ipps.factors import factors_of
from evenhand.schedules.ipps.plain import Stay, pay


def decimals(least: str, most: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(least), Decimal(most), places=places, allow_nan=False, allow_infinity=False)


HOSPITALS = st.builds(
    Hospital,
    provider=st.just("one"),
    wage_index=st.one_of(st.just(Decimal(1)), decimals("0.4", "2", 4)),
    cbsa_size=st.sampled_from(["large urban", "other urban", "rural"]),
    beds=st.sampled_from([20, 99, 100, 499, 500]),
    operating_ccr=decimals("0", "1.5", 3),
    capital_ccr=decimals("0", "0.3", 3),
    ssi_share=decimals("0", "0.4", 4),
    medicaid_share=decimals("0", "0.6", 4),
    irb_ratio=decimals("0", "2", 4),
    capital_ime_ratio=decimals("0", "2", 4),
    vbp_part=st.just(False),
    hrrp_factor=decimals("0.97", "1", 4),
    hac=st.booleans(),
    uncompensated_care=decimals("0", "3000", 2),
    quality=st.booleans(),
    ehr_reduction=st.booleans(),
    cola=st.sampled_from([Decimal(1), Decimal("1.22"), Decimal("1.250")]),
    referral_centre=st.booleans(),
) | st.builds(
    Hospital,
    provider=st.just("one"),
    wage_index=decimals("0.6", "1.6", 4),
    cbsa_size=st.just("large urban"),
    beds=st.just(300),
    operating_ccr=decimals("0.1", "0.5", 3),
    capital_ccr=decimals("0.01", "0.05", 3),
    ssi_share=decimals("0", "0.4", 4),
    medicaid_share=decimals("0", "0.6", 4),
    vbp_part=st.just(True),
    vbp_factor=decimals("0.98", "1.03", 11),
    hac=st.booleans(),
)
FLAGS = st.sampled_from([(False, False), (True, False), (True, True)])
DRGS = st.tuples(
    st.sampled_from(["001", "470", "789", "927", "935"]), decimals("0.1", "30", 4), decimals("0", "40", 1), FLAGS
).map(lambda said: Drg(said[0], said[1], said[2], *said[3]))
STAYS = st.builds(
    Stay,
    review_code=st.sampled_from(["0", "3", "9"]),
    length_of_stay=st.integers(0, 60),
    charge_amount=st.one_of(decimals("0", "200000", 2), decimals("0", "9999999.99", 2)),
    new_technology_cap=st.one_of(st.none(), decimals("0", "400000", 2)),
    new_technology_share=st.sampled_from([Decimal("0.65"), Decimal("0.75")]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSPITALS, DRGS, st.lists(STAYS, min_size=1, max_size=40), st.sampled_from(known_years()))
def test_fast_is_plain(hospital: Hospital, drg: Drg, stays: list[Stay], year: int) -> None:
    fast = price_ipps(claims_of(stays, drg), [hospital], [drg], year).rows()
    factors = factors_of(hospital, constants_of(year))

    for ours, stay in zip(fast, stays, strict=True):
        paid = pay(stay, drg, factors)
        plain = {f"{name}_amount": value for name, value in asdict(paid).items()}
        assert {name: ours[name] for name in COMPONENTS} == {name: plain[name] for name in COMPONENTS}
        assert ours["total_amount"] == paid.total
        assert (ours["return_code"], ours["transfer_fraction"]) == (paid.return_code, paid.transfer_fraction)


def claims_of(stays: list[Stay], drg: Drg) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {
            "provider": "one",
            "drg": drg.drg,
            "review_code": stay.review_code,
            "length_of_stay": stay.length_of_stay,
            "charge_amount": stay.charge_amount,
            "new_technology_cap_amount": stay.new_technology_cap,
            "new_technology_share": stay.new_technology_share,
        }
        for stay in stays
    ]
    money = pa.decimal128(18, 2)
    kinds = {"length_of_stay": pa.int64(), "charge_amount": money, "new_technology_cap_amount": money}
    return pa.Table.from_pylist(
        rows,
        pa.schema(
            [(name, kinds.get(name, pa.decimal128(5, 4) if "share" in name else pa.string())) for name in rows[0]]
        ),
    )
