"""What terms say of hospital stays, as tables: transfers, case windows, levels of care."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa

from evenhand.contracts.carelevels import care_groups
from evenhand.contracts.leveltexts import level_name
from evenhand.contracts.methods import Amount, DrgWeights, Levels, PaidBySchedule, Payment
from evenhand.contracts.model import Condition, FeeSchedule, Selector, Term

KEY = pa.int64()
TEXT = pa.string()
DAYS = pa.decimal128(9, 4)
FACTOR = pa.decimal128(12, 6)
RATE = pa.decimal128(18, 4)
#: Days counted over lines whose units may be anything.
QUANTITY = pa.decimal128(38, 3)

#: Decimals the share of a transferred case is held to, as Medicare's own pricer does.
SHARE_PLACES = Decimal("0.0001")

#: Table → its columns.
INPATIENT: dict[str, list[tuple[str, pa.DataType]]] = {
    "contract_transfers": [("term_key", KEY), ("status", TEXT), ("post_acute", pa.bool_())],
    "contract_drgs": [("rate_key", KEY), ("gmlos", DAYS), ("amlos", DAYS), ("transfer", TEXT)],
    "contract_transfer_shares": [
        ("special", pa.bool_()),
        ("gmlos", DAYS),
        ("nights", pa.int64()),
        ("factor", FACTOR),
    ],
    "contract_readmissions": [
        ("readmission_key", KEY),
        ("version_key", KEY),
        ("days", pa.int32()),
        ("same_drg", pa.bool_()),
        ("asks_first_drg", pa.bool_()),
        ("asks_status", pa.bool_()),
        ("provider", TEXT),
    ],
    "contract_readmission_drgs": [("readmission_key", KEY), ("low", TEXT), ("high", TEXT), ("size", pa.int32())],
    "contract_readmission_statuses": [("readmission_key", KEY), ("status", TEXT)],
    "contract_outliers": [
        ("term_key", KEY),
        ("version_key", KEY),
        ("name", TEXT),
        ("cite", TEXT),
        ("cost_to_charge", FACTOR),
        ("fixed_loss", pa.decimal128(18, 2)),
        ("percent", FACTOR),
        ("escalates", pa.int32()),
        ("counts_carve_outs", pa.bool_()),
    ],
    "contract_outlier_drgs": [
        ("term_key", KEY),
        ("low", TEXT),
        ("high", TEXT),
        ("size", pa.int32()),
        ("percent", FACTOR),
    ],
    "contract_windows": [("term_key", KEY), ("days", pa.int64()), ("amount", RATE)],
    "contract_levels": [("term_key", KEY), ("level_no", pa.int32()), ("level", TEXT), ("amount", RATE)],
    "contract_level_codes": [
        ("term_key", KEY),
        ("group_no", pa.int32()),
        ("by_stay", pa.bool_()),
        ("low", TEXT),
        ("high", TEXT),
    ],
    "contract_level_days": [
        ("term_key", KEY),
        ("group_no", pa.int32()),
        ("level_no", pa.int32()),
        ("after_day", QUANTITY),
        ("until_day", QUANTITY),
    ],
}

#: The day after which no stay goes on.
NO_LAST_DAY = Decimal(10) ** 17

Rows = Mapping[str, list[tuple[Any, ...]]]


def by_drg(term: Term) -> bool:
    """Whether the term pays a case by the claim's DRG."""
    return term.claim_level and isinstance(term.pay, PaidBySchedule | DrgWeights)


def stated(pay: Payment) -> Decimal | None:
    """The dollars a way of paying states itself: an amount, or the base rate of DRG weights."""
    dollars = pay.amount if isinstance(pay, Amount) else pay.base if isinstance(pay, DrgWeights) else None
    return None if dollars is None else dollars.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def add_term(rows: Rows, term_key: int, term: Term) -> None:
    """The rows of one term."""
    if term.transfer is not None:
        statuses = [(status, False) for status in term.transfer.discharge_status]
        statuses += [(status, True) for status in term.transfer.post_acute]
        rows["contract_transfers"] += [(term_key, *each) for each in dict(reversed(statuses)).items()]
    pay = term.pay
    if isinstance(pay, Amount) and pay.days is not None and pay.extra_day is not None:
        rows["contract_windows"].append((term_key, pay.days, pay.extra_day))
    if isinstance(pay, Levels):
        _add_levels(rows, term_key, pay)


def _add_levels(rows: Rows, term_key: int, pay: Levels) -> None:
    names = [(number, level_name(level), level.amount) for number, level in enumerate(pay.levels, start=1)]
    rows["contract_levels"] += [(term_key, *each) for each in names]
    for number, group in enumerate(care_groups(pay), start=1):
        for one in group.ranges:
            rows["contract_level_codes"].append((term_key, number, pay.counts == "stay", one.low, one.high))
        for tier in group.tiers:
            until = NO_LAST_DAY if tier.until is None else Decimal(tier.until)
            rows["contract_level_days"].append((term_key, number, tier.level_no, Decimal(tier.after), until))


def covered(term: Term) -> Selector:
    """What a term covers: one that pays by level of care needs a line of a level."""
    if not isinstance(term.pay, Levels):
        return term.covers
    codes = tuple(sorted({one for level in term.pay.levels for one in level.revenue_codes}))
    if not codes:
        return term.covers
    return replace(term.covers, conditions=(*term.covers.conditions, Condition("revenue_codes", codes)))


def add_stays(rows: Rows, schedules: Sequence[FeeSchedule]) -> None:
    """The rows of all tables of DRGs: keys are those of the rates, which number the schedules' rows from 1."""
    first = 1
    lengths: set[Any] = set()
    for schedule in schedules:
        if schedule.by == "drg":
            for rate_key, rate in enumerate(schedule.rates, start=first):
                if rate.drg is not None:
                    rows["contract_drgs"].append((rate_key, rate.drg.gmlos, rate.drg.amlos, rate.drg.transfer))
                    lengths |= {rate.drg.gmlos} - {None}
        first += len(schedule.rates)
    if rows["contract_transfers"]:
        rows["contract_transfer_shares"].extend(share for gmlos in sorted(lengths) for share in _shares(gmlos))


def _shares(gmlos: Decimal) -> Iterator[tuple[bool, Decimal, int, Decimal]]:
    """The share earned by each night that has not earned all of it."""
    nights = 1
    while nights + 1 < gmlos:
        part = Decimal(nights + 1) / gmlos
        for special, share in ((False, part), (True, Decimal("0.5") + part / 2)):
            held = share.quantize(SHARE_PLACES, rounding=ROUND_HALF_UP)
            if held < 1:
                yield special, gmlos, nights, held
        nights += 1
