"""The plain average of rate changes: every listed rate counts once, however seldom it is billed.

It is the figure an offer is announced with, shown to stand beside what the claims say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from evenhand.claims.schema import DIAGNOSES
from evenhand.contracts.model import Contract
from evenhand.money import MONEY, QUANTITY, ratio
from evenhand.negotiation.prices import ask, price_sides

_PLACES = {"facility": "22", "office": "11"}
_TEXT = pa.string()
_WORDS = (
    "origin claim_id claim_type payer payer_id product plan group_number billing_npi billing_tin rendering_npi "
    "member_id bill_type_code drg_code discharge_status network site_npi place_of_service_code"
)
_DAYS = "claim_start_date claim_end_date admission_date discharge_date"
_CLAIMS = pa.schema(
    [
        ("claim_key", pa.int64()),
        *((name, _TEXT) for name in _WORDS.split(" ")),
        *((name, pa.date32()) for name in _DAYS.split(" ")),
        ("age", pa.int32()),
        ("charge_amount", MONEY),
    ]
)
_LINES = pa.schema(
    [
        ("line_key", pa.int64()),
        ("claim_key", pa.int64()),
        ("claim_line_number", pa.int32()),
        ("revenue_center_code", _TEXT),
        ("hcpcs_code", _TEXT),
        ("modifiers", _TEXT),
        ("units", QUANTITY),
        ("unit_measure", _TEXT),
        ("place_of_service_code", _TEXT),
        ("setting", _TEXT),
        ("service_date", pa.date32()),
        ("charge_amount", MONEY),
        ("rendering_npi", _TEXT),
        ("invoice_amount", MONEY),
    ]
)


def listed_rates(sides: Mapping[str, Contract], day: date) -> list[dict[str, Any]]:
    """Each rate any side lists, priced under all: code, modifier, setting, the rates, the changes.

    Args:
        sides: ``today``, ``current`` and ``offer``, each as it stands.
        day: any day; all of them hold on every day.
    """
    keys = sorted({key for contract in sides.values() for key in _listed(contract)})
    tables = {
        "service_claims": pa.Table.from_pylist(
            [_claim(number, sides["current"], day) for number in range(1, len(keys) + 1)], schema=_CLAIMS
        ),
        "service_lines": pa.Table.from_pylist([_line(n, key, day) for n, key in enumerate(keys, 1)], schema=_LINES),
        "diagnoses": DIAGNOSES.empty(),
    }
    rows = ask(price_sides(tables, sides), "listed_pairs")
    return [{**row, "change": _change(row, "current_rate"), "announced": _change(row, "today_rate")} for row in rows]


def _change(row: Mapping[str, Any], since: str) -> Decimal | None:
    return ratio(row["offer_rate"] - row[since], row[since])


def plain_average(rows: Iterable[Mapping[str, Any]], key: str = "change") -> Decimal | None:
    """The mean of the changes, each counting once."""
    changes = [row[key] for row in rows if row[key] is not None]
    return ratio(sum(changes, Decimal(0)), len(changes))


def _listed(contract: Contract) -> Iterable[tuple[str, str, str]]:
    for version in contract.versions:
        for schedule in version.schedules.values():
            for rate in schedule.rates:
                yield rate.code, rate.modifier, rate.setting or "office"


def _claim(number: int, contract: Contract, day: date) -> dict[str, Any]:
    """A claim that the contract's own parties would send."""
    parties, scope = contract.parties, contract.versions[0].scope
    site = next(iter(scope.sites), "")
    return {
        "claim_key": number,
        "network": next((name for name in scope.networks if name.lower() != "none"), None),
        "plan": next(iter(scope.plans), None),
        "site_npi": site if len(site) == 10 else None,
        "place_of_service_code": site if len(site) == 2 else None,
        "origin": "claim",
        "claim_type": "professional",
        "payer": parties.payer,
        "payer_id": next(iter(parties.payer_ids), None),
        "product": next(iter(contract.versions[0].products), None),
        "billing_tin": next(iter(parties.provider_tins), None),
        "billing_npi": next(iter(parties.provider_npis), None),
        "claim_start_date": day,
        "claim_end_date": day,
        "charge_amount": Decimal("1.00"),
    }


def _line(number: int, key: tuple[str, str, str], day: date) -> dict[str, Any]:
    code, modifier, setting = key
    return {
        "line_key": number,
        "claim_key": number,
        "claim_line_number": 1,
        "hcpcs_code": code,
        "modifiers": modifier,
        "units": Decimal(1),
        "place_of_service_code": _PLACES.get(setting),
        "setting": setting,
        "service_date": day,
        "charge_amount": Decimal("1.00"),
    }
